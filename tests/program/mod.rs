//! Runs the built program and writes down what a person would see.

#![allow(dead_code, reason = "every test takes what it needs")]

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// Status, standard output and standard error.
pub fn run(arguments: &[&str]) -> String {
    run_with_input(arguments, b"")
}

/// The same with something on standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> String {
    run_in(Path::new("."), arguments, input)
}

/// The same in a folder, so that paths in the output are those that the test chose.
pub fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jewelcase"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with the tests");
    // A program that stops before it has read everything closes the pipe: that is no fault of the test.
    let _ = child.stdin.take().expect("the input is piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends by itself");
    let status = output.status.code().expect("the program ends without a signal");
    let stdout = String::from_utf8(output.stdout).expect("reports are UTF-8");
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    format!("status: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}")
}
