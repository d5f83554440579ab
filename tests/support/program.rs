//! Runs the real program: arguments, output, files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Path of the program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_taskscope");

/// The program with arguments and an empty standard input.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub fn taskscope(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Runs the program, which must succeed.
pub fn succeeded(arguments: &[&str]) -> Output {
    let output = taskscope(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    output
}

/// Runs the program, which must succeed, and returns what it prints.
pub fn printed(arguments: &[&str]) -> String {
    text(&succeeded(arguments).stdout)
}

/// Runs the program, which must fail with a code and print nothing, and returns its message.
pub fn refused(arguments: &[&str], code: i32) -> String {
    let output = taskscope(arguments);
    let message = text(&output.stderr);
    assert_eq!(
        (output.status.code(), text(&output.stdout).as_str()),
        (Some(code), ""),
        "{message}"
    );
    message
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The path of a file in a folder.
pub fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
