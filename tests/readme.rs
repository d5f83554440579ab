//! The README: its commands do what it says they do, and its pictures exist.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");

/// Commands of console blocks with the output printed below them.
fn transcripts() -> Vec<(&'static str, &'static str)> {
    README
        .split("```console\n$ taskscope ")
        .skip(1)
        .map(|block| block.split("```").next().unwrap().split_once('\n').unwrap())
        .collect()
}

fn taskscope(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taskscope"))
        .args(arguments.split_whitespace())
        .output()
        .unwrap()
}

#[test]
fn every_output_in_the_readme_is_what_its_command_prints() {
    assert!(transcripts().len() >= 5);
    for (arguments, printed) in transcripts() {
        let output = taskscope(arguments);
        assert!(output.status.success(), "{arguments}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), printed, "{arguments}");
    }
}

#[test]
fn the_scenario_in_the_readme_can_be_computed() {
    let json = README.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let scenario = taskscope::scenario::Scenario::parse(json, "README.md").unwrap();
    assert_eq!(scenario.tasks().len(), 2);
}

#[test]
fn every_subcommand_is_in_the_readme_and_every_one_there_exists() {
    let help = String::from_utf8(taskscope("--help").stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let listed: Vec<&str> =
        commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in listed.iter().filter(|name| **name != "help") {
        assert!(README.contains(&format!("| `taskscope {name}")), "{name}");
    }
    for row in README.lines().filter(|line| line.starts_with("| `taskscope ")) {
        let name = row.trim_start_matches("| `taskscope ").split([' ', '`']).next().unwrap();
        assert!(name.starts_with('[') || listed.contains(&name), "{name}");
    }
}

#[test]
fn every_file_the_readme_points_to_exists() {
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files: Vec<&str> = targets.filter(|target| !target.starts_with("http")).collect();
    assert!(!files.is_empty());
    for file in files {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file}");
    }
}
