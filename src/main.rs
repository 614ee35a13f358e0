//! The `solieu` command.

mod cli;

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::Parser;
use solieu::pipeline::RunError;
use solieu::rules::RuleError;
use solieu::sink::{Failure, SinkError};

fn main() -> ExitCode {
    #[cfg(unix)]
    survive_full_files();
    match cli::run(cli::Cli::parse()) {
        Ok(status) => ExitCode::from(status),
        // Whoever reads our output has enough of it.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            match broken_rule(&error) {
                Some(rule) => cli::tell_of_rule(rule),
                None => cli::tell(&format!("{error:#}")),
            }
            let sink = error.chain().find_map(|cause| cause.downcast_ref::<SinkError>());
            // All other failures have the same status.
            sink.map_or(ExitCode::from(2), |error| {
                cli::tell_of_others(error);
                ExitCode::from(error.failure.status())
            })
        }
    }
}

/// Where a file may not grow any more (`ulimit -f`), a signal would end the program without a word. Once that is heard,
/// writing fails as it does on a full disk.
#[cfg(unix)]
fn survive_full_files() {
    // Without it, all else works.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
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
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}
