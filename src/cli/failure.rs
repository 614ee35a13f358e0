//! What is said of a failure, and the exit status.

use std::io::{self, IsTerminal as _, Write as _};

use solieu::pipeline::RunError;
use solieu::rules::RuleError;
use solieu::sink::{Failure, SinkError};

/// Says why a command failed, if it is no other's wish, and gives the exit status.
pub(crate) fn failed(error: &anyhow::Error, json: bool) -> u8 {
    // Whoever reads our output has enough of it.
    if is_broken_pipe(error) {
        return 0;
    }
    let sink = error.chain().find_map(|cause| cause.downcast_ref::<SinkError>());
    let others = sink.map(|error| &error.others[..]).unwrap_or_default();
    let others = others.iter().map(|(place, left)| format!("{place}: {left}"));
    match broken_rule(error) {
        _ if json => {
            let others: Vec<String> = others.collect();
            let line = serde_json::json!({ "error": said(error), "others": others });
            let _ = writeln!(io::stderr(), "{line}");
        }
        Some(rule) => {
            let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let _ = writeln!(io::stderr(), "{}", rule.render(colour));
        }
        None => std::iter::once(said(error)).chain(others).for_each(|line| super::tell(&line)),
    }
    // All other failures have the same status.
    sink.map_or(2, |error| error.failure.status())
}

/// The error with all that led to it. One that says nothing of a place is of standard output.
fn said(error: &anyhow::Error) -> String {
    let io = error.downcast_ref::<io::Error>().map(io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    let full = matches!(
        io.or(json),
        Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
    );
    let place = if full && error.chain().len() == 1 { "cannot write to standard output: " } else { "" };
    format!("{place}{error:#}")
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
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
