//! The README and the guide: their transcripts match the program, and their pictures exist.

use std::path::Path;

use taskscope::guide::{TOPICS, Topic};

use crate::support::once::Once;
use crate::support::program::printed;

const README: &str = include_str!("../../README.md");

/// All texts with commands: the README and the topics of the guide.
fn texts() -> impl Iterator<Item = &'static str> {
    [README].into_iter().chain(TOPICS.iter().map(|topic| topic.text))
}

/// Commands of console blocks with the output below them, each command once.
fn transcripts() -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<_> = texts()
        .flat_map(|text| text.split("```console\n$ taskscope ").skip(1))
        .map(|block| block.split("```").next().unwrap().split_once('\n').unwrap())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The text of a topic.
fn topic(name: &str) -> &'static str {
    Topic::find(name).unwrap().text
}

fn words(command: &str) -> Vec<&str> {
    command.split_whitespace().collect()
}

/// One test for each transcript, so that a failure names it. All transcripts must be listed.
macro_rules! transcripts {
    ($($test:ident: $command:literal,)*) => {
        const TESTED: &[&str] = &[$($command),*];
        $(
            #[test]
            fn $test() {
                prints_what_is_written($command);
            }
        )*
    };
}

transcripts! {
    transcript_of_affinities_of_six_tasks: "affinity six-tasks",
    transcript_of_a_surrogate_of_six_tasks: "affinity six-tasks --subsets 24 --trials 40",
    transcript_of_weights_by_theory: "run two-tasks --trials 40 --method by-size --method svd --method uncertainty --method oracle --method plug-in",
    transcript_of_balancing: "run turning-data --trials 40 --method dwa --method pcgrad --method mgda --method famo --method doremi",
    transcript_of_affinities_on_the_same_data: "affinity same-data",
    transcript_of_alignment: "run alignment",
    transcript_of_alignment_beside_ridge: "run alignment-ridge",
    transcript_of_a_relu_unit: "run relu-turned --set source.samples=1000 --trials 20",
    transcript_of_transfer_learning: "run ratings-transfer",
    transcript_of_the_claims: "claims",
    transcript_of_a_random_pair: "run random-pair",
    transcript_of_a_source_with_few_rows_in_task_2: "run fig3-task2 --set source.samples=20",
    transcript_of_a_source_with_few_rows_in_task_3: "run fig3-task3 --set source.samples=20",
    transcript_of_a_source_with_many_rows: "run fig3-task3 --set source.samples=1e6",
    transcript_of_ratings: "run ratings",
    transcript_of_a_pair_of_ratings: "run ratings-pair --trials 20",
    transcript_of_advice_on_ratings: "advise ratings",
    transcript_of_rows_that_turn: "run turning-data --set source.rotation=90",
    transcript_of_svd_weights: "run svd-weights",
    transcript_of_two_tasks: "run two-tasks",
    transcript_of_a_sweep_to_90_degrees: "sweep two-tasks --x source.angle=0:90:7 --trials 60",
    transcript_of_a_sweep_to_180_degrees: "sweep two-tasks --x source.angle=0:180:13 --trials 60",
    transcript_of_changes_that_turn_a_verdict: "flip two-tasks",
    transcript_of_methods_side_by_side: "methods two-tasks",
    transcript_of_methods_with_equal_thetas: "methods two-tasks --set source.angle=0",
    transcript_of_methods_with_opposite_thetas: "methods two-tasks --set source.angle=180",
    transcript_of_methods_at_a_right_angle: "methods two-tasks --set source.angle=90",
    transcript_of_methods_with_rows_that_spread_differently:
        "methods two-tasks --set source.condition=10 --set source.angle=30",
    transcript_of_methods_with_few_source_rows: "methods turning-data",
    transcript_of_methods_with_rows_that_turn: "methods turning-data --set source.rotation=90",
    transcript_of_the_knobs: "knobs turning-data",
    transcript_of_the_list_of_lessons: "lesson list",
    transcript_of_the_presets: "presets",
}

fn prints_what_is_written(command: &str) {
    let mut written =
        transcripts().into_iter().filter(|(written, _)| *written == command).peekable();
    assert!(written.peek().is_some(), "`{command}` is in no text");
    let drawing = drawing_commands().into_iter().find(|(question, _)| *question == command);
    let output = match drawing {
        Some((question, name)) => drawn(question, name).1,
        None => printed(&words(command)),
    };
    written.for_each(|(_, written)| assert_eq!(output, written, "{command}"));
}

/// The transcript of one claim. It takes as long as the same claim among all of them.
const ONE_CLAIM: &str = "claims theory-line";

/// What is written of a claim in the transcript of all claims.
fn among_all_claims(id: &str) -> String {
    let all = transcripts().into_iter().find(|(command, _)| *command == "claims").unwrap().1;
    let mut parts = all.trim_end().split("\n\n");
    let part = parts.find(|part| part.starts_with(&format!("{id}: ")));
    format!("{}\n", part.unwrap_or_else(|| panic!("{id} is not among all claims")))
}

#[test]
fn transcript_of_a_claim_is_what_stands_among_all_claims() {
    let mut written = transcripts().into_iter().filter(|(command, _)| *command == ONE_CLAIM);
    assert_eq!(written.next().unwrap().1, among_all_claims("theory-line"));
    assert!(written.next().is_none());
    for id in ["proposition-3", "similarity"] {
        assert_eq!(printed(&["claims", id]), among_all_claims(id));
    }
}

#[test]
fn every_transcript_is_tested() {
    let mut written: Vec<&str> = transcripts().into_iter().map(|(command, _)| command).collect();
    written.dedup();
    let mut tested = [TESTED, &[ONE_CLAIM]].concat();
    tested.sort_unstable();
    assert_eq!(written, tested);
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

/// Commands that draw the pictures of studies, with the names of the pictures.
fn drawing_commands() -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<_> = texts()
        .flat_map(|text| text.split("```sh\ntaskscope ").skip(1))
        .filter_map(|block| block.lines().next().unwrap().split_once(" --out "))
        .filter(|(question, _)| !question.starts_with("export"))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The picture that a command draws, and what it prints; each is run once.
fn drawn(question: &str, name: &str) -> (String, String) {
    static DRAWN: Once<(String, String)> = Once::new();
    DRAWN.get(question, || {
        let folder = tempfile::TempDir::new().unwrap();
        let out = folder.path().join(name);
        let printed = printed(&[&words(question)[..], &["--out", out.to_str().unwrap()]].concat());
        let stem = ["sweep", "phase", "affinity"];
        let drawn = stem.map(|stem| out.join(format!("{stem}.svg")));
        let drawn = drawn.iter().find(|path| path.exists()).unwrap();
        (std::fs::read_to_string(drawn).unwrap(), printed)
    })
}

fn is_what_its_command_writes(name: &str) {
    let command = drawing_commands().into_iter().find(|(_, written)| *written == name);
    let (question, _) = command.unwrap_or_else(|| panic!("no command writes {name}"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = root.join("assets/pictures").join(format!("{name}.svg"));
    let shown = std::fs::read_to_string(shown).unwrap();
    let (drawn, _) = drawn(question, name);
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
fn the_picture_of_panels_is_what_its_command_writes() {
    let mut blocks = texts().flat_map(|text| text.split("```sh\ntaskscope ").skip(1));
    let command = blocks.find(|block| block.contains("--out panels.svg")).unwrap();
    let question = command.lines().next().unwrap().strip_suffix(" --out panels.svg").unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().join("panels.svg");
    printed(&[&words(question)[..], &["--out", out.to_str().unwrap()]].concat());
    let shown = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures/panels.svg");
    assert!(
        std::fs::read(out).unwrap() == std::fs::read(shown).unwrap(),
        "`{question}` draws another"
    );
}

#[test]
fn every_picture_of_a_study_is_tested() {
    let mut names: Vec<&str> = drawing_commands().into_iter().map(|(_, name)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["figure3", "phase", "six-tasks"]);
}
