//! Runs the built program in a folder at a moment.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// Midnight of the first of January 2026 in Coordinated Universal Time, in seconds since 1970.
pub const NEW_YEAR_2026: u64 = 1_767_225_600;

/// Status, standard output and standard error of a command in a folder, on the first of January 2026 as far as the program is concerned.
pub fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    run_on(NEW_YEAR_2026, folder, arguments, input)
}

/// The same at a moment.
pub fn run_on(moment: u64, folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jewelcase"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("SOURCE_DATE_EPOCH", moment.to_string())
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
    super::schema::assert_report(arguments, &stdout);
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    format!("status: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}")
}
