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

/// Where a file may not grow any more (`ulimit -f`), a signal would end the program without a word. Once that is heard,
/// writing fails as it does on a full disk.
#[cfg(unix)]
fn survive_full_files() {
    // Without it, all else works.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
