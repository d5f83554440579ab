//! The README: its commands do what it says they do, and its pictures exist.

use std::path::Path;

use crate::support::program::{printed, succeeded};

const README: &str = include_str!("../../README.md");

/// Commands of console blocks with the output printed below them.
fn transcripts() -> Vec<(&'static str, &'static str)> {
    README
        .split("```console\n$ taskscope ")
        .skip(1)
        .map(|block| block.split("```").next().unwrap().split_once('\n').unwrap())
        .collect()
}

fn words(command: &str) -> Vec<&str> {
    command.split_whitespace().collect()
}

/// One test for each transcript, so that a failure names it; all of them are listed here.
macro_rules! transcripts {
    ($($test:ident: $command:literal,)*) => {
        const TESTED: &[&str] = &[$($command),*];
        $(
            #[test]
            fn $test() {
                prints_what_the_readme_says($command);
            }
        )*
    };
}

transcripts! {
    transcript_of_a_source_with_few_rows_in_task_2: "run fig3-task2 --set source.samples=20",
    transcript_of_a_source_with_few_rows_in_task_3: "run fig3-task3 --set source.samples=20",
    transcript_of_a_source_with_many_rows: "run fig3-task3 --set source.samples=1e6",
    transcript_of_a_random_pair: "run random-pair",
    transcript_of_svd_weights: "run svd-weights",
    transcript_of_alignment: "run alignment",
    transcript_of_a_sweep: "sweep two-tasks --x source.angle=0:90:7 --trials 60",
    transcript_of_affinities_of_six_tasks: "affinity six-tasks",
    transcript_of_affinities_on_the_same_data: "affinity same-data",
    transcript_of_the_list_of_lessons: "lesson list",
    transcript_of_the_claims: "claims",
    transcript_of_the_presets: "presets",
    transcript_of_the_knobs: "knobs turning-data",
}

fn prints_what_the_readme_says(command: &str) {
    let written = transcripts().into_iter().find(|(written, _)| *written == command);
    let (_, output) = written.unwrap_or_else(|| panic!("`{command}` is not in the README"));
    assert_eq!(printed(&words(command)), output, "{command}");
}

#[test]
fn every_transcript_in_the_readme_is_tested() {
    let written: Vec<&str> = transcripts().into_iter().map(|(command, _)| command).collect();
    assert_eq!(written, TESTED);
}

#[test]
fn the_scenario_in_the_readme_can_be_computed() {
    let json = README.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let scenario = taskscope::scenario::Scenario::parse(json, "README.md").unwrap();
    assert_eq!(scenario.tasks().len(), 2);
}

#[test]
fn every_subcommand_is_in_the_readme_and_every_one_there_exists() {
    let help = printed(&["--help"]);
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

/// Commands that draw the pictures of studies, each with the name of its picture.
fn drawing_commands() -> Vec<(&'static str, &'static str)> {
    README
        .split("```sh\ntaskscope ")
        .skip(1)
        .filter_map(|block| block.lines().next().unwrap().split_once(" --out "))
        .filter(|(question, _)| !question.starts_with("export"))
        .collect()
}

fn is_what_its_command_writes(name: &str) {
    let command = drawing_commands().into_iter().find(|(_, written)| *written == name);
    let (question, _) = command.unwrap_or_else(|| panic!("no command in the README writes {name}"));
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().join(name);
    succeeded(&[&words(question)[..], &["--out", out.to_str().unwrap()]].concat());
    let stem = ["sweep", "phase", "affinity"];
    let drawn = stem.map(|stem| out.join(format!("{stem}.svg")));
    let drawn = drawn.iter().find(|path| path.exists()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = root.join("assets/pictures").join(format!("{name}.svg"));
    let [drawn, shown] = [drawn, &shown].map(|path| std::fs::read_to_string(path).unwrap());
    assert!(drawn == shown, "assets/pictures/{name}.svg is not what `{question}` draws");
}

#[test]
fn the_picture_of_figure_3_is_what_its_command_writes() {
    is_what_its_command_writes("figure3");
}

#[test]
fn the_phase_diagram_is_what_its_command_writes() {
    is_what_its_command_writes("phase");
}

#[test]
fn the_picture_of_six_tasks_is_what_its_command_writes() {
    is_what_its_command_writes("six-tasks");
}

#[test]
fn every_picture_of_a_study_in_the_readme_is_tested() {
    let names: Vec<&str> = drawing_commands().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["figure3", "phase", "six-tasks"]);
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
