//! Runs the built program and writes down what a person would see.

pub mod moment;
mod schema;

use self::moment::run_in;
use std::path::Path;

/// Status, standard output and standard error.
pub fn run(arguments: &[&str]) -> String {
    run_with_input(arguments, b"")
}

/// The same with something on standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> String {
    run_in(Path::new("."), arguments, input)
}
