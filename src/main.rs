//! The command `jewelcase`: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    jewelcase::internals::cli::run(std::env::args_os())
}
