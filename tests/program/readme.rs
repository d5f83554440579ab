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
    let files: Vec<&str> =
        targets.filter(|target| !target.starts_with("http") && !target.starts_with('#')).collect();
    assert!(!files.is_empty());
    for file in files {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file}");
    }
}

#[test]
fn the_pictures_of_studies_are_what_their_commands_write() {
    let folder = tempfile::TempDir::new().unwrap();
    let commands: Vec<&str> = README
        .split("```sh\ntaskscope ")
        .skip(1)
        .map(|block| block.lines().next().unwrap())
        .filter(|command| command.contains(" --out ") && !command.starts_with("export"))
        .collect();
    assert!(commands.len() >= 3);
    for command in commands {
        let (question, name) = command.rsplit_once(" --out ").unwrap();
        let out = folder.path().join(name);
        assert!(taskscope(&format!("{question} --out {}", out.display())).status.success());
        let stem = ["sweep", "phase", "affinity"];
        let drawn = stem.map(|stem| out.join(format!("{stem}.svg")));
        let drawn = drawn.iter().find(|path| path.exists()).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let shown = root.join("assets/pictures").join(format!("{name}.svg"));
        let [drawn, shown] = [drawn, &shown].map(|path| std::fs::read_to_string(path).unwrap());
        assert!(drawn == shown, "assets/pictures/{name}.svg is not what `{command}` draws");
    }
}

#[test]
fn the_columns_in_the_readme_are_those_of_the_table() {
    for (name, words) in taskscope::study::table::columns() {
        assert!(README.contains(&format!("| `{name}` | {words} |\n")), "{name}");
    }
}

#[test]
fn the_proxies_in_the_readme_are_those_there_are() {
    for proxy in taskscope::study::probe::PROXIES {
        let symbol = proxy.symbol.replace('|', "\\|");
        let row = format!("| `{}` | {symbol} | {} | {} |\n", proxy.id, proxy.help, proxy.source);
        assert!(README.contains(&row), "{row}");
    }
}
