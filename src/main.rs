//! The `solieu` command.

mod cli;

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::Parser;

fn main() -> ExitCode {
    #[cfg(unix)]
    survive_full_files();
    cli::run(cli::Cli::parse()).into()
}

/// Past a file-size limit (`ulimit -f`) the kernel sends SIGXFSZ, which ends the process. Handling it makes the write fail
/// with an error instead.
#[cfg(unix)]
fn survive_full_files() {
    // Without it, all else works.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
