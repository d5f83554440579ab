//! The README and the guide: their commands print what stands there, and their pictures exist.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use taskscope::guide::TOPICS;

const README: &str = include_str!("../README.md");

/// All texts with commands in them: the README and the topics of the guide.
fn texts() -> impl Iterator<Item = &'static str> {
    TOPICS.iter().map(|topic| topic.text).chain([README])
}

/// Commands of the console blocks of a text, with the output printed below them.
fn transcripts(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.split("```console\n$ taskscope ")
        .skip(1)
        .map(|block| block.split("```").next().unwrap().split_once('\n').unwrap())
        .collect()
}

/// The text of a topic.
fn topic(name: &str) -> &'static str {
    taskscope::guide::Topic::find(name).unwrap().text
}

fn taskscope(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taskscope"))
        .args(arguments.split_whitespace())
        .output()
        .unwrap()
}

#[test]
fn every_output_in_the_readme_and_the_guide_is_what_its_command_prints() {
    let mut transcripts: Vec<_> = texts().flat_map(transcripts).collect();
    transcripts.sort_unstable();
    transcripts.dedup();
    assert!(transcripts.len() >= 15);
    for (arguments, printed) in transcripts {
        let output = taskscope(arguments);
        assert!(output.status.success(), "{arguments}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), printed, "{arguments}");
    }
}

#[test]
fn the_scenario_in_the_guide_can_be_computed() {
    let json = topic("scenarios").split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let scenario = taskscope::scenario::Scenario::parse(json, "scenarios.md").unwrap();
    assert_eq!(scenario.tasks().len(), 2);
}

#[test]
fn the_readme_is_short_and_its_percentages_and_angles_are_measured() {
    assert!(README.len() <= 12_000, "{}", README.len());
    let code: String = README.split("```").skip(1).step_by(2).collect();
    let prose = README.split("```").step_by(2);
    let words: Vec<&str> = prose.flat_map(str::split_whitespace).collect();
    let numbers = words.windows(2).filter(|pair| pair[1].starts_with('%') || pair[0].contains('.'));
    for pair in numbers {
        let number = pair[0].trim_start_matches('[').trim_end_matches(['.', ',', ';', ':', ')']);
        let is_number = number.trim_start_matches(['−', '+']).parse::<f64>().is_ok();
        let elsewhere = ["2005.00944", "1.89"].contains(&number);
        assert!(!is_number || elsewhere || code.contains(number), "{number}");
    }
}

#[test]
fn every_file_that_the_readme_and_the_guide_point_to_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = TOPICS.iter().map(|topic| (root.join("assets/guide"), topic.text));
    for (folder, text) in texts.chain([(root.to_owned(), README)]) {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for file in targets.filter(|target| !target.starts_with("http")) {
            assert!(folder.join(file).exists(), "{file}");
        }
    }
}

#[test]
fn the_pictures_of_studies_are_what_their_commands_write() {
    let folder = tempfile::TempDir::new().unwrap();
    let commands: Vec<&str> = texts()
        .flat_map(|text| text.split("```sh\ntaskscope ").skip(1))
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
