//! What can be asked: the files of the page, and the data below `api/`.

use serde::{Deserialize, Serialize};

use super::Shared;
use super::assets;
use super::http::{Request, Response};
use crate::review::desk::{DecisionError, DecisionRequest, Desk, State};
use crate::review::page_view::PageView;

/// What the page asks for first, besides the index.
#[derive(Serialize)]
struct Session<'a> {
    by: &'a str,
    version: &'a str,
    doubles: usize,
    problems: Vec<String>,
    sequence: usize,
    states: &'a [State],
}

#[derive(Serialize)]
struct Changes {
    sequence: usize,
    rows: Vec<(u32, State)>,
}

#[derive(Deserialize)]
struct Query {
    text: String,
}

#[derive(Serialize)]
struct Message {
    error: String,
}

/// Answers a request.
pub(super) fn answer(shared: &Shared, request: &Request) -> Response {
    let path = match shared.guard.admit(request) {
        Ok(path) => path,
        Err(status) => return Response::error(status),
    };
    let response = match (path.strip_prefix("api/"), request.method.as_str()) {
        (Some(path), "POST") => write(shared, path, request),
        (Some(path), _) => read(shared, path),
        (None, "POST") => None,
        (None, _) => assets::find(path),
    };
    response.unwrap_or_else(|| Response::error(404))
}

fn read(shared: &Shared, path: &str) -> Option<Response> {
    match path.split_once('/') {
        None if path == "index" => Some(Response::json(shared.index.clone())),
        None if path == "session" => session(shared),
        Some(("page", number)) => page(shared, number.parse().ok()?),
        Some(("fact", number)) => card(shared, &shared.desk(), number.parse().ok()?),
        Some(("changes", since)) => {
            let mut desk = shared.desk();
            // Should the file be gone for a moment, what is known still holds.
            let _ = desk.refresh(&shared.facts);
            let rows = desk.changes(since.parse().ok()?);
            Some(json(&Changes { sequence: desk.sequence(), rows }))
        }
        _ => None,
    }
}

fn write(shared: &Shared, path: &str, request: &Request) -> Option<Response> {
    // A type that no plain form can send.
    if request.header("content-type") != Ok(Some("application/json")) {
        return Some(Response::error(415));
    }
    match path {
        "decide" => Some(match serde_json::from_slice(&request.body) {
            Ok(said) => decide(shared, said),
            Err(error) => message(422, error.to_string()),
        }),
        "search" => match serde_json::from_slice::<Query>(&request.body) {
            Ok(query) => Some(json(&shared.facts.search(&query.text))),
            Err(error) => Some(message(422, error.to_string())),
        },
        _ => None,
    }
}

fn session(shared: &Shared) -> Option<Response> {
    let mut desk = shared.desk();
    desk.refresh(&shared.facts).ok()?;
    Some(json(&Session {
        by: desk.by(),
        version: env!("CARGO_PKG_VERSION"),
        doubles: shared.facts.doubles,
        problems: desk.problems().iter().map(ToString::to_string).collect(),
        sequence: desk.sequence(),
        states: desk.states(),
    }))
}

fn page(shared: &Shared, number: usize) -> Option<Response> {
    let entry = shared.facts.pages().get(number)?;
    let raw = shared.pages().page(&entry.path, entry.record.as_deref());
    Some(json(&PageView::new(&shared.facts, entry, raw.as_deref(), &shared.rules)))
}

fn card(shared: &Shared, desk: &Desk, row: u32) -> Option<Response> {
    desk.card(row, &shared.facts).map(|card| json(&card))
}

fn decide(shared: &Shared, said: DecisionRequest) -> Response {
    let row = said.row;
    let mut desk = shared.desk();
    match desk.decide(said, &shared.facts) {
        Ok(()) => card(shared, &desk, row).unwrap_or_else(|| Response::error(500)),
        Err(refusal) => {
            let status = match refusal {
                DecisionError::NoRow => 404,
                DecisionError::NotSaved(_) => 500,
                DecisionError::NoDecision(_) | DecisionError::Correction(_) => 422,
            };
            message(status, refusal.to_string())
        }
    }
}

fn message(status: u16, error: String) -> Response {
    Response { status, ..json(&Message { error }) }
}

fn json(value: &impl Serialize) -> Response {
    serde_json::to_vec(value).map_or_else(|_| Response::error(500), Response::json)
}
