//! What is said of a failure, and the exit status.

use std::io::{self, Write as _};

use anstream::{AutoStream, ColorChoice};
use solieu::pipeline::RunError;
use solieu::rules::RuleError;
use solieu::sink::{Failure, SinkError};

/// Says why a command failed, if it is no other's wish, and gives the exit status.
pub(crate) fn failed(error: &anyhow::Error, json: bool) -> u8 {
    // Whoever reads our output has enough of it.
    if is_broken_pipe(error) {
        return 0;
    }
    let full = full_output(error).map(|full| anyhow::Error::new(full).context("cannot write"));
    let error = full.as_ref().unwrap_or(error);
    let said = format!("{error:#}");
    let sink = error.chain().find_map(|cause| cause.downcast_ref::<SinkError>());
    let others = sink.map(|error| &error.others[..]).unwrap_or_default();
    let others = others.iter().map(|(place, left)| format!("{place}: {left}"));
    match broken_rule(error) {
        _ if json => {
            let others: Vec<String> = others.collect();
            let line = serde_json::json!({ "error": said, "others": others });
            let _ = writeln!(io::stderr(), "{line}");
        }
        Some(rule) => {
            let colour = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
            let _ = writeln!(io::stderr(), "{}", rule.render(colour));
        }
        None => std::iter::once(said).chain(others).for_each(|line| super::tell(&line)),
    }
    // All other failures have the same status.
    sink.map_or(2, |error| error.failure.status())
}

/// An error that says nothing of a place is of standard output, where that has no room left.
fn full_output(error: &anyhow::Error) -> Option<SinkError> {
    let kind = io_kind(error.root_cause()).filter(|_| error.chain().len() == 1)?;
    let full = SinkError::io("standard output", &kind.into()).failure == Failure::Full;
    // A kind alone has other words for it than the system.
    full.then(|| SinkError::new(Failure::Full, "standard output", error.root_cause().to_string()))
}

fn io_kind(cause: &(dyn std::error::Error + 'static)) -> Option<io::ErrorKind> {
    let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    io.or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind))
}

fn broken_rule(error: &anyhow::Error) -> Option<&RuleError> {
    error.chain().find_map(|cause| match cause.downcast_ref::<RunError>() {
        Some(RunError::Rules(rule)) => Some(rule),
        _ => cause.downcast_ref(),
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let closed = |error: &SinkError| error.failure == Failure::Closed;
        if cause.downcast_ref::<SinkError>().is_some_and(closed) {
            return true;
        }
        io_kind(cause) == Some(io::ErrorKind::BrokenPipe)
    })
}
