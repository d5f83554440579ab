//! Output that nobody takes: a full device gives the documented code, a reader that stops early none.
#![cfg(all(unix, feature = "cli"))]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::program::{self, command};
use tempfile::TempDir;

/// Every command that prints, with the cheapest arguments.
const PRINTING: &[&str] = &[
    "--help",
    "--version",
    "help",
    "help run",
    "run --help",
    "lesson check --help",
    "--print-config",
    "two-tasks --trials 2",
    "open two-tasks --trials 2",
    "--line two-tasks --trials 2",
    "run two-tasks --trials 2",
    "run two-tasks --trials 2 --json",
    "run digits --trials 2",
    "methods two-tasks --trials 2",
    "flip two-tasks --trials 4",
    "presets",
    "presets two-tasks",
    "knobs",
    "figures",
    "claims proposition-1",
    "sweep two-tasks --x source.angle=0:90:2 --trials 2",
    "sweep two-tasks --x source.angle=0:90:2 --trials 2 --json",
    "affinity three-tasks --trials 2 --steps 2",
    "lesson list",
    "lesson play same-model --line",
    "lesson sheet same-model",
    "doctor",
    "completions bash",
    "guide",
    "guide start",
    "man",
];

/// What a command says when it has ended; its state folder is there until then.
fn ended(words: &str, output: Stdio) -> Output {
    let arguments: Vec<&str> = words.split(' ').collect();
    let home = TempDir::new().unwrap();
    let mut command = command(&arguments);
    command.env("TASKSCOPE_STATE", home.path()).stdin(Stdio::piped()).stdout(output);
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"help\nnext\nnext\nquit\n");
    child.wait_with_output().unwrap()
}

#[test]
fn a_full_device_gives_the_code_of_what_cannot_be_written() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for words in PRINTING {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = ended(words, full.into());
        let said = program::text(&output.stderr);
        assert_eq!(output.status.code(), Some(5), "{words}: {said}");
        assert!(said.contains("standard output: cannot be written"), "{words}: {said}");
        assert!(!said.contains("panicked"), "{words}: {said}");
    }
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    for words in PRINTING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = ended(words, writer.into());
        let said = program::text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{words}: {said}");
        assert!(!said.contains("panicked"), "{words}: {said}");
    }
}

#[test]
fn a_message_that_cannot_be_written_keeps_its_code() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for (words, code) in [("bogus", 2), ("run --bogus", 2), ("claims bogus", 2)] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let arguments: Vec<&str> = words.split(' ').collect();
        let ended = Command::new(program::PROGRAM)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(full)
            .status();
        assert_eq!(ended.unwrap().code(), Some(code), "{words}");
    }
}
