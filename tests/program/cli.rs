//! The command line: standard output, standard error and exit codes.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::program::{PROGRAM, command, path, succeeded, taskscope, text};
use serde_json::Value;
use taskscope::scenario::preset::PRESETS;
use tempfile::TempDir;

/// The output of a run that must succeed without writing to standard error.
fn printed(arguments: &[&str]) -> String {
    let output = taskscope(arguments);
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), ""),
        "{arguments:?}"
    );
    text(&output.stdout)
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// The one line on standard error of a run that must fail and print nothing else.
fn refused(arguments: &[&str], code: i32) -> String {
    let output = taskscope(arguments);
    let line = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(code), ""), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.starts_with("taskscope: ") && line.ends_with('\n'), "{line}");
    assert!(!line.contains("panicked"), "{line}");
    line
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// A file with the preset two-tasks in which texts are replaced.
fn file_with(folder: &TempDir, replace: &[(&str, &str)]) -> String {
    let mut json = PRESETS[0].json.to_owned();
    for (from, to) in replace {
        assert!(json.contains(from), "{from}");
        json = json.replacen(from, to, 1);
    }
    let path = folder.path().join("scenario.json");
    fs::write(&path, json).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The JSON of a search, which may say how far it is.
fn sought(arguments: &[&str]) -> Value {
    let output = taskscope(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_str(&text(&output.stdout)).unwrap()
}

#[test]
fn flip_names_changes_as_commands_and_as_json() {
    let quick = ["flip", "two-tasks", "--trials", "20", "--json"];
    let found: serde_json::Value = serde_json::from_str(&printed(&quick)).unwrap();
    assert_eq!((&found["schema"], &found["goal"]), (&"taskscope.flip/1".into(), &"hurts".into()));
    let changes = found["changes"].as_array().unwrap();
    assert!(changes.len() > 2);
    for change in changes {
        let command = change["command"].as_str().unwrap();
        for turn in change["turns"].as_array().unwrap() {
            let knob = turn["knob"].as_str().unwrap();
            assert!(command.contains(&format!("--set {knob}=")), "{command}");
            assert!(turn["notches"].as_i64().unwrap() != 0);
        }
        assert_eq!(change["measured"]["trials"], 20);
    }
    assert_eq!(printed(&quick), printed(&[&quick[..], &["--threads", "1"]].concat()));
}

#[test]
fn flip_of_a_file_without_a_theory_line_names_commands_for_that_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my tasks.json");
    let capacity = PRESETS.iter().find(|preset| preset.name == "capacity").unwrap();
    fs::write(&path, capacity.json.replacen("\"width\": 2", "\"width\": 1", 1)).unwrap();
    let path = path.to_str().unwrap();
    let found = sought(&["flip", path, "--trials", "20", "--set", "task.noise=0.6", "--json"]);
    assert_eq!((&found["goal"], &found["predicted_gain"]), (&"helps".into(), &().into()));
    let commands = found["changes"].as_array().unwrap().iter().map(|change| &change["command"]);
    let commands: Vec<&str> = commands.map(|command| command.as_str().unwrap()).collect();
    let own = format!("taskscope '{path}' --set task.noise=0.6 --trials 20");
    assert!(commands.contains(&&*format!("{own} --set model.width=2")), "{commands:?}");
    let noise = commands.iter().find(|command| command.contains("task.noise=1")).unwrap();
    assert!(!noise.contains("task.noise=0.6"), "{noise}");
}

#[test]
fn where_training_together_hurts_flip_names_commands_that_leave_the_data_as_they_are() {
    let asked = ["three-tasks", "--set", "target.noise=0.25", "--trials", "20"];
    let found = sought(&[&["flip"], &asked[..], &["--json"]].concat());
    let alternatives = found["alternatives"].as_array().unwrap();
    let command = |what: &str, name: Value| {
        let is_it = |one: &&Value| one["what"] == what && one["name"] == name;
        alternatives.iter().find(is_it).unwrap()["command"].as_str().unwrap().to_owned()
    };
    let start = "taskscope three-tasks --set target.noise=0.25 --trials 20";
    assert_eq!(command("without", "bad".into()), format!("{start} --aside bad"));
    assert_eq!(command("alone", Value::Null), format!("{start} --aside good --aside bad"));
    assert_eq!(command("weights", "svd".into()), format!("{start} --set model.weights=svd"));
    let aside = printed(&[&["run"], &asked[..], &["--aside", "bad"]].concat());
    assert!(aside.contains("good") && !aside.contains("bad and"), "{aside}");
    let unknown = refused(&["run", "three-tasks", "--aside", "worse"], 2);
    assert!(unknown.contains("--aside") && unknown.contains("target, good, bad"), "{unknown}");
    let goal = text(&taskscope(&["flip", "two-tasks", "--to", "sideways"]).stderr);
    assert!(goal.contains("interval above 0") && goal.contains("interval below 0"), "{goal}");
}

#[test]
fn a_sweep_says_why_there_is_no_theory() {
    let of = |range: &str| printed(&["sweep", "two-tasks", "--x", range, "--trials", "4"]);
    let some = of("source.random=0:0.4:3");
    assert!(some.contains("No theory line above 0: there is none for random labels."), "{some}");
    assert!(!of("source.angle=0:90:3").contains("No theory"));
    let none = printed(&["sweep", "signs", "--x", "source.angle=0:90:2", "--trials", "4"]);
    assert!(none.contains("No theory line: there is none for labels ±1."), "{none}");
}

#[test]
fn methods_stand_side_by_side_with_gains_and_predictions() {
    let found: serde_json::Value =
        serde_json::from_str(&printed(&["methods", "two-tasks", "--trials", "20", "--json"]))
            .unwrap();
    assert_eq!((&found["schema"], &found["trials"]), (&"taskscope.methods/1".into(), &20.into()));
    let methods = found["methods"].as_array().unwrap();
    let names: Vec<&str> = methods.iter().map(|m| m["method"].as_str().unwrap()).collect();
    assert_eq!(names, ["joint", "merge", "fine-tune", "ridge"]);
    assert!(methods[3]["theory_gap"].as_str().unwrap().contains("varies too much"));
    assert!(methods[0]["predicted_margin"].as_f64().unwrap() > 0.0);
    for method in &methods[..3] {
        let (gain, predicted) = (&method["gain"]["mean"], &method["predicted_gain"]);
        assert!(gain.as_f64().unwrap() > 0.5 && predicted.as_f64().unwrap() > 0.5, "{method}");
    }
    let text = printed(&["methods", "two-tasks", "--trials", "20"]);
    assert!(text.contains("the baseline") && text.contains("(n = 20,"), "{text}");
    assert!(refused(&["methods", "relu-turned"], 2).contains("linear units with squared loss"));
}

#[test]
fn run_prints_both_tasks_the_verdict_and_the_theory() {
    let text = printed(&["run", "two-tasks", "--trials", "40"]);
    assert!(text.contains("40 trials") && text.contains("seed 1"), "{text}");
    let verdict = text.lines().find(|line| line.starts_with("source HELPS target: ")).unwrap();
    assert!(verdict.contains('±') && verdict.contains('%'), "{verdict}");
    for task in ["target", "source"] {
        let row = text.lines().find(|line| line.starts_with(&format!("{task}  "))).unwrap();
        assert!(row.contains('±') && row.contains("of 40"), "{row}");
    }
    assert!(text.contains("theory, no training: +"), "{text}");
}

#[test]
fn run_says_all_three_verdicts() {
    for (angle, words, verdict) in [
        ("15", "source HELPS target", "helps"),
        ("31", "source makes NO DIFFERENCE to target", "no difference"),
        ("90", "source HURTS target", "hurts"),
    ] {
        let set = format!("source.angle={angle}");
        let arguments = ["run", "two-tasks", "--trials", "60", "--set", &set];
        assert!(printed(&arguments).contains(words), "{angle}");
        let json = json(&[&arguments[..], &["--json"]].concat());
        assert_eq!(json["tasks"][0]["methods"]["multi"]["verdict"], verdict);
    }
}

#[test]
fn run_prints_json_with_every_field() {
    let json = json(&["run", "two-tasks", "--json", "--trials", "30", "--seed", "5"]);
    assert_eq!(json["schema"], "taskscope.run/1");
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((number(&json["seed"]), number(&json["trials"])), (5.0, 30.0));
    let roles: Vec<_> = json["tasks"].as_array().unwrap().iter().map(|t| &t["role"]).collect();
    assert_eq!(roles, ["target", "source"]);
    for task in json["tasks"].as_array().unwrap() {
        assert_eq!(task["name"], task["role"]);
        let multi = &task["methods"]["multi"];
        for risk in [&task["single"]["excess_risk"], &multi["excess_risk"]] {
            assert!(number(&risk["mean"]) > 0.0 && number(&risk["se"]) > 0.0);
        }
        for interval in [&multi["gain"], &multi["log_ratio"]] {
            let [low, mean, high] = ["low", "mean", "high"].map(|key| number(&interval[key]));
            assert!(low < mean && mean < high);
        }
        assert!((0.0..=1.0).contains(&number(&multi["helped"])));
        let single = number(&task["single"]["excess_risk"]["mean"]);
        let gain = 1.0 - number(&multi["excess_risk"]["mean"]) / single;
        assert!((gain - number(&multi["gain"]["mean"])).abs() < 1e-9);
    }
    let theory = &json["theory"];
    let [single, multi, bias, variance, head, gain] =
        ["single", "multi", "bias", "variance", "head", "gain"].map(|key| number(&theory[key]));
    assert!((multi - (bias + variance + head)).abs() < 1e-12);
    assert!((gain - (1.0 - multi / single)).abs() < 1e-12);
    assert_eq!(json["scenario"]["tasks"][1]["theta"]["angle"], 15);
}

#[test]
fn run_has_no_theory_where_none_is_offered_and_says_why() {
    let arguments = ["run", "two-tasks", "--trials", "4", "--set", "target.samples=20"];
    let json = json(&[&arguments[..], &["--json"]].concat());
    assert!(json["theory"].is_null());
    assert!(json["theory_gap"].as_str().unwrap().contains("d + 1 rows"));
    let text = printed(&arguments);
    assert!(text.contains("no theory line here: ") && text.contains("d + 1 rows"), "{text}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let run = |seed: &str, threads: &str| {
        let arguments = ["run", "turning-data", "--json", "--trials", "12", "--seed", seed];
        command(&arguments).env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
    };
    let first = run("3", "1");
    assert_eq!(first, run("3", "2"));
    assert_eq!(first, run("3", "7"));
    assert_ne!(first, run("4", "2"));
}

#[test]
fn knobs_are_set_from_the_left_to_the_right() {
    let json = json(&[
        "run",
        "--json",
        "--trials",
        "2",
        "--set",
        "source.samples=100",
        "--set",
        "model.weights=by-size",
        "--set",
        "source.cosine=0.5",
        "--set",
        "source.samples=120",
    ]);
    let scenario = &json["scenario"];
    assert_eq!(scenario["tasks"][1]["samples"], 120);
    assert_eq!(scenario["model"]["weights"], "by-size");
    assert_eq!(scenario["tasks"][1]["theta"]["cosine"], 0.5);
    assert!(scenario["tasks"][1]["theta"]["angle"].is_null());
}

#[test]
fn without_a_terminal_a_preset_opens_as_its_summary() {
    let opened = printed(&["two-tasks", "--trials", "8"]);
    assert_eq!(opened, printed(&["run", "two-tasks", "--trials", "8"]));
    assert_eq!(opened, printed(&["--trials", "8"]), "the first preset is the default");
    assert!(!opened.contains('\u{1b}'));
}

#[test]
fn presets_are_listed_with_their_titles() {
    let text = printed(&["presets"]);
    assert_eq!(text.lines().count(), PRESETS.len());
    for (preset, line) in PRESETS.iter().zip(text.lines()) {
        let title = preset.scenario().unwrap().draft().title.clone();
        assert!(line.starts_with(preset.name) && line.ends_with(&title), "{line}");
    }
}

#[test]
fn the_printed_file_of_a_preset_runs_like_the_preset() {
    for preset in PRESETS {
        assert_eq!(printed(&["presets", preset.name]), preset.json);
    }
    let folder = TempDir::new().unwrap();
    for name in ["two-tasks", "ratings-pair"] {
        let path = folder.path().join(format!("{name}.json"));
        fs::write(&path, printed(&["presets", name])).unwrap();
        let run = |scenario: &str| printed(&["run", scenario, "--json", "--trials", "2"]);
        assert_eq!(run(path.to_str().unwrap()), run(name));
    }
}

#[test]
fn the_scenario_in_the_json_runs_to_the_same_outcome() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("two-tasks.json");
    let first =
        json(&["run", "--json", "--trials", "5", "--seed", "8", "--set", "source.cosine=0.3"]);
    fs::write(&path, first["scenario"].to_string()).unwrap();
    assert_eq!(json(&["run", "--json", path.to_str().unwrap()]), first);
}

#[test]
fn knobs_are_listed_with_value_and_range() {
    let text = printed(&["knobs", "two-tasks", "--set", "source.angle=33"]);
    let line = |path: &str| {
        let line = text.lines().find(|line| line.split_whitespace().next() == Some(path));
        line.unwrap_or_else(|| panic!("{path} is not in\n{text}"))
    };
    assert!(line("source.angle").contains(" 33 ") && line("source.angle").contains("0 to 180"));
    assert!(line("model.weights").contains("uniform, by-size, "));
    assert!(line("data.dimension").contains(" 20 "));
    for knob in text.lines() {
        let mut words = knob.split_whitespace();
        let set = format!("{}={}", words.next().unwrap(), words.next().unwrap());
        printed(&["knobs", "--set", &set]);
    }
}

#[test]
fn help_and_version_are_printed() {
    let help = printed(&["--help"]);
    for word in ["run", "presets", "knobs", "export", "--set", "--trials", "--seed", "Exit codes"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(printed(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_scenario_that_is_nowhere_is_refused() {
    let line = refused(&["run", "tow-tasks"], 2);
    assert!(line.contains("\"tow-tasks\"") && line.contains("two-tasks"), "{line}");
    let line = refused(&["missing/scenario.json"], 2);
    assert!(line.contains("missing/scenario.json") && line.contains("cannot be read"), "{line}");
    let line = refused(&["presets", "nothing"], 2);
    assert!(line.contains("\"nothing\"") && line.contains("two-tasks"), "{line}");
    let folder = TempDir::new().unwrap();
    refused(&["run", folder.path().to_str().unwrap()], 2);
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    let folder = TempDir::new().unwrap();
    let file = file_with(&folder, &[("\"trials\": 200,", "\"trials\": 200,,")]);
    let line = refused(&["run", &file], 2);
    assert!(line.contains(&format!("{file}:6:")), "{line}");
    for broken in ["", "{", "[]", "null", "{\"taskscope\": 1", "\u{0}"] {
        fs::write(&file, broken).unwrap();
        let line = refused(&["run", &file], 2);
        assert!(line.contains(&format!("{file}:")), "{line}");
    }
    fs::write(&file, [0xff, 0xfe, b'{']).unwrap();
    refused(&["run", &file], 2);
    let file = file_with(&folder, &[("\"trials\": 200", "\"trials\": NaN")]);
    refused(&["run", &file], 2);
}

#[test]
fn a_field_that_is_not_known_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let file = file_with(&folder, &[("\"samples\": 40,", "\"samples\": 40, \"sample\": 3,")]);
    let line = refused(&["run", &file], 2);
    assert!(line.contains("sample`") && line.contains(&format!("{file}:21:")), "{line}");
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_by_place() {
    let folder = TempDir::new().unwrap();
    let file = file_with(&folder, &[("\"samples\": 40,", "\"samples\": \"many\",")]);
    let line = refused(&["run", &file], 2);
    assert!(line.contains("tasks[0].samples") && line.contains("a number"), "{line}");
}

#[test]
fn values_in_a_file_that_are_not_allowed_are_refused_with_field_found_and_allowed() {
    let folder = TempDir::new().unwrap();
    let cases = [
        ("\"samples\": 40,", "\"samples\": -5,", "tasks[0].samples", "-5"),
        ("\"samples\": 400,", "\"samples\": 2.5,", "tasks[1].samples", "2.5"),
        ("\"noise\": 0.5,", "\"noise\": -1,", "tasks[0].noise", "-1"),
        ("\"dimension\": 20,", "\"dimension\": 0,", "data.dimension", "0"),
        ("\"angle\": 15,", "\"cosine\": 2,", "tasks[1].theta.cosine", "2"),
        ("\"angle\": 15,", "\"angle\": 15, \"cosine\": 0.5,", "tasks[1].theta", "both"),
        ("\"trials\": 200,", "\"trials\": 1,", "trials", "1"),
        ("\"seed\": 1,", "\"seed\": -1,", "seed", "-1"),
        ("\"taskscope\": 1,", "\"taskscope\": 2,", "taskscope", "2"),
        ("\"width\": 1,", "\"width\": 0,", "model.width", "0"),
        ("\"from\": \"target\"", "\"from\": \"nobody\"", "tasks[1].theta.from", "nobody"),
        ("\"role\": \"target\"", "\"role\": \"source\"", "tasks", "no task with the role target"),
        ("\"focus\": \"source.angle\"", "\"focus\": \"target.angle\"", "focus", "target.angle"),
    ];
    for (from, to, field, found) in cases {
        let file = file_with(&folder, &[(from, to)]);
        let line = refused(&["run", &file], 2);
        for words in [file.as_str(), field, found, "allowed: "] {
            assert!(line.contains(words), "{words:?} is not in {line}");
        }
    }
}

#[test]
fn values_on_the_command_line_that_are_not_allowed_are_refused() {
    let cases: [(&[&str], &str); 12] = [
        (&["--set", "source.samples=-5"], "source.samples"),
        (&["--set", "source.noise=NaN"], "source.noise"),
        (&["--set", "source.noise=inf"], "source.noise"),
        (&["--set", "source.cosine=2"], "source.cosine"),
        (&["--set", "data.dimension=0"], "data.dimension"),
        (&["--set", "model.weights=heavy"], "model.weights"),
        (&["--set", "source.wind=3"], "source.wind"),
        (&["--set", "source.samples"], "KNOB=VALUE"),
        (&["--trials", "1"], "trials"),
        (&["--trials", "many"], "--trials"),
        (&["--seed", "-1"], "seed"),
        (&["--seed", "1.5"], "seed"),
    ];
    for (arguments, word) in cases {
        let line = refused(&[&["run", "two-tasks"][..], arguments].concat(), 2);
        assert!(line.contains(word) && line.contains("allowed: "), "{line}");
        refused(&[&["two-tasks"][..], arguments].concat(), 2);
        refused(&[&["knobs", "two-tasks"][..], arguments].concat(), 2);
    }
}

#[test]
fn wrong_usage_is_refused() {
    let cases: [&[&str]; 5] = [
        &["--nonsense"],
        &["run", "two-tasks", "turning-data"],
        &["export", "two-tasks"],
        &["export", "--figure", "cake", "--out", "x.png"],
        &["run", "--trials"],
    ];
    for arguments in cases {
        let output = taskscope(arguments);
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        let said = text(&output.stderr);
        assert!(said.starts_with("error: ") && said.contains("--help"), "{said}");
    }
}

#[test]
fn a_knob_that_is_not_known_is_no_axis_for_a_figure() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("x.png");
    let out = out.to_str().unwrap();
    let line = refused(&["export", "--figure", "gain", "--along", "source.wind", "--out", out], 2);
    assert!(line.contains("source.wind") && line.contains("source.angle"), "{line}");
    assert_eq!(files_in(folder.path()), [""; 0]);
}

fn files_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_figure_is_written_as_a_png() {
    let folder = TempDir::new().unwrap();
    for figure in ["gain", "loss", "plane", "spectrum", "rows"] {
        let name = format!("{figure}.png");
        let path = folder.path().join(&name);
        let out = path.to_str().unwrap();
        let said = printed(&["export", "--figure", figure, "--trials", "4", "--out", out]);
        assert!(said.contains(out), "{said}");
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[12..16], *b"IHDR");
        let size = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let (width, height) = (size(16), size(20));
        assert!((400..=10_000).contains(&width) && (300..=10_000).contains(&height), "{figure}");
        assert!(bytes.windows(4).any(|chunk| chunk == b"IEND"));
    }
    let mut written = files_in(folder.path());
    written.sort();
    assert_eq!(written, ["gain.png", "loss.png", "plane.png", "rows.png", "spectrum.png"]);
}

#[test]
fn an_exported_figure_replaces_the_one_before_and_is_the_same_for_the_same_seed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("plane.png");
    let out = path.to_str().unwrap();
    printed(&["export", "--figure", "plane", "--out", out]);
    let first = fs::read(&path).unwrap();
    assert_eq!(first[1..4], *b"PNG");
    printed(&["export", "--figure", "plane", "--out", out]);
    assert!(fs::read(&path).unwrap() == first, "the same figure has the same bytes");
    printed(&["export", "--figure", "plane", "--seed", "2", "--out", out]);
    assert!(fs::read(&path).unwrap() != first);
    assert_eq!(files_in(folder.path()), ["plane.png"]);
}

#[test]
fn an_ending_that_promises_another_kind_of_picture_is_refused() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("plane.gif");
    let line = refused(&["export", "--figure", "plane", "--out", place.to_str().unwrap()], 2);
    assert!(line.contains("plane.gif") && line.contains(".png, .svg"), "{line}");
    assert_eq!(files_in(folder.path()), [""; 0]);
}

#[test]
fn a_figure_whose_file_ends_in_svg_is_written_as_svg() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("plane.SVG");
    printed(&["export", "--figure", "plane", "--out", path.to_str().unwrap()]);
    let document = fs::read_to_string(&path).unwrap();
    assert!(document.starts_with("<svg ") && document.trim_end().ends_with("</svg>"));
    assert!(document.contains("<metadata") && document.contains("</text>"));
}

#[test]
fn a_place_that_cannot_be_written_ends_in_five_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    let missing = folder.path().join("missing/plane.png");
    for place in [inside.to_str().unwrap(), missing.to_str().unwrap()] {
        let line = refused(&["export", "--figure", "plane", "--out", place], 5);
        assert!(line.contains(place) && line.contains("cannot be written"), "{line}");
        assert_eq!(files_in(folder.path()), ["inside"]);
        assert_eq!(files_in(&inside), [""; 0]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for arguments in [&["presets", "two-tasks"][..], &["run", "--trials", "2"], &["knobs"]] {
        let mut child = command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
    let mut child = command(&["presets"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with(PRESETS[0].name));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn control_characters_are_written_out() {
    let folder = TempDir::new().unwrap();
    let evil = "\u{1b}]0;evil\u{7}";
    let file = file_with(
        &folder,
        &[("Two tasks, one shared unit", "\\u001b[2JTwo tasks\\u009b2J\\nsource HURTS")],
    );
    let text = printed(&["run", &file, "--trials", "2"]);
    assert!(text.contains("\\u{1b}[2JTwo tasks\\u{9b}2J\\u{a}source HURTS"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    let title = json(&["run", &file, "--trials", "2", "--json"])["scenario"]["title"].clone();
    assert!(title.as_str().unwrap().starts_with("\u{1b}[2JTwo tasks\u{9b}2J\n"), "{title}");
    let named = file_with(&folder, &[("\"name\": \"target\"", "\"name\": \"\\u001b[31m\"")]);
    let set = format!("source.angle={evil}");
    let nowhere = format!("{evil}.json");
    for arguments in [
        &["run", &named][..],
        &["run", "--set", &set],
        &["run", "--set", evil],
        &["run", evil],
        &["run", &nowhere],
        &["knobs", "--trials", evil],
        &["presets", evil],
    ] {
        let line = refused(arguments, 2);
        assert!(line.contains("\\u{1b}") && !line.contains('\u{1b}'), "{line:?}");
    }
}

/// Characters that nobody sees, or that turn the direction of text.
const HIDDEN: &str = "\u{9b}\u{ad}\u{200b}\u{2028}\u{202e}\u{2066}\u{feff}\u{fe0f}\u{e0041}";

#[test]
fn no_file_or_argument_brings_hidden_characters_to_the_terminal_or_into_a_file() {
    let folder = TempDir::new().unwrap();
    let seen = |what: &str, text: &str| {
        let hidden = text.chars().find(|c| *c != '\n' && taskscope::text::is_hidden(*c));
        assert_eq!(hidden, None, "{what}: {text:?}");
    };
    let title = format!("Two{HIDDEN} tasks");
    let file = file_with(&folder, &[("Two tasks, one shared unit", &title)]);
    let printed = printed(&["run", &file, "--trials", "2"]);
    assert!(printed.contains("Two\\u{9b}\\u{ad}\\u{200b}"), "{printed}");
    seen("run", &printed);
    seen("json", &text(&succeeded(&["run", &file, "--trials", "2", "--json"]).stdout));
    for ending in ["svg", "tex", "json", "csv"] {
        let out = path(&folder, &format!("a.{ending}"));
        succeeded(&["export", &file, "--trials", "2", "--figure", "gain", "--out", &out]);
        seen(ending, &fs::read_to_string(&out).unwrap());
    }
    for ending in ["svg", "txt"] {
        let out = path(&folder, &format!("screen.{ending}"));
        succeeded(&["export", &file, "--trials", "2", "--screen", "lab", "--out", &out]);
        seen(ending, &fs::read_to_string(&out).unwrap());
    }
    let again = taskscope::store::read::scenario(path(&folder, "a.svg").as_ref()).unwrap().1;
    assert!(again.title.contains(&title), "{:?}", again.title);
    let nowhere = format!("{HIDDEN}.json");
    let option = format!("--{HIDDEN}");
    for arguments in [
        &["run", &nowhere][..],
        &["run", &option],
        &["run", "--set", HIDDEN],
        &["guide", HIDDEN],
        &[HIDDEN, HIDDEN],
        &["lesson", "play", HIDDEN],
        &["--print-config", "--theme", HIDDEN],
        &["export", "--figure", HIDDEN, "--out", "a.svg"],
        &["sweep", "two-tasks", "--x", HIDDEN],
    ] {
        let said = crate::support::program::refused(arguments, 2);
        assert!(said.contains("\\u{"), "{said}");
        seen(&format!("{arguments:?}"), &said);
    }
}

#[test]
fn a_file_too_large_for_a_scenario_and_a_folder_are_refused() {
    let folder = TempDir::new().unwrap();
    let large = folder.path().join("large.json");
    let blank = PRESETS[0].json.to_owned() + &" ".repeat((1 << 20) - PRESETS[0].json.len());
    fs::write(&large, &blank).unwrap();
    printed(&["knobs", large.to_str().unwrap()]);
    fs::write(&large, blank + " ").unwrap();
    for (place, words) in [(large.as_path(), "1 MiB"), (folder.path(), "a folder")] {
        let place = place.to_str().unwrap();
        let line = refused(&["run", place], 2);
        assert!(line.contains(place) && line.contains(words) && line.contains("allowed: "));
    }
}

#[test]
fn very_small_numbers_are_printed_in_few_characters() {
    for printed in [
        printed(&["run", "--trials", "2", "--set", "source.noise=1e-30"]),
        printed(&["knobs", "--set", "source.noise=1e-30"]),
    ] {
        assert!(printed.contains(" 1e-30 ") && !printed.contains("00000000"), "{printed}");
    }
}

#[cfg(unix)]
fn signalled(mut child: std::process::Child, name: &str) -> (Option<i32>, String) {
    let kill = ["-s", name, &child.id().to_string()];
    assert!(Command::new("kill").args(kill).status().unwrap().success());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

/// True if a signal is in a set of a process: of those it ignores or of those it catches. `None`
/// where the system does not tell.
#[cfg(unix)]
fn is_in(set: &str, process: &str, signal: &str) -> Option<bool> {
    let number = match signal {
        "HUP" => 1,
        "INT" => 2,
        _ => 15,
    };
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let mask = status.lines().find_map(|line| line.strip_prefix(set))?;
    Some(u64::from_str_radix(mask.trim(), 16).ok()? >> (number - 1) & 1 == 1)
}

/// Waits until the program catches a signal. Where the system does not tell, it is given time.
#[cfg(unix)]
fn until_it_catches(child: &std::process::Child, signal: &str) {
    let start = Instant::now();
    let catches = || is_in("SigCgt:", &child.id().to_string(), signal);
    if catches().is_none() {
        return std::thread::sleep(Duration::from_secs(2));
    }
    while catches() == Some(false) {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not catch {signal}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
#[test]
fn signals_end_a_run_and_an_export_at_once() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("gain.png");
    let out = out.to_str().unwrap();
    let many = ["fig3-task3", "--trials", "100000"];
    for (name, arguments) in [
        ("INT", &["run"][..]),
        ("TERM", &["run", "--json"]),
        ("INT", &[]),
        ("INT", &["export", "--figure", "gain", "--out", out]),
        ("TERM", &["export", "--figure", "gain", "--out", out]),
        ("HUP", &["export", "--figure", "gain", "--out", out]),
    ] {
        // Whoever is started with `nohup` is not ended by it, and neither is the program.
        if name == "HUP" && is_in("SigIgn:", "self", name) == Some(true) {
            continue;
        }
        let mut command = command(&[arguments, &many].concat());
        let child = command.spawn().unwrap();
        until_it_catches(&child, name);
        let start = Instant::now();
        assert_eq!(signalled(child, name), (Some(130), "taskscope: interrupted\n".into()));
        assert!(start.elapsed() < Duration::from_secs(20), "{name} {arguments:?}");
        assert_eq!(files_in(folder.path()), [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn an_export_interrupted_at_any_moment_leaves_a_whole_file_or_none() {
    for wait in 0..12 {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("plane.png");
        let mut command = command(&["export", "--figure", "plane", "--out"]);
        let child = command.arg(&path).stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
        std::thread::sleep(Duration::from_millis(40 + 25 * wait));
        let (code, _) = signalled(child.unwrap(), "TERM");
        let files = files_in(folder.path());
        assert!(files.is_empty() || files == ["plane.png"], "{files:?}");
        assert!(code != Some(0) || !files.is_empty(), "it says it has written a file");
        assert!(files.is_empty() || fs::read(&path).unwrap().ends_with(b"IEND\xae\x42\x60\x82"));
    }
}

#[cfg(unix)]
#[test]
fn a_file_beyond_the_limit_of_the_system_ends_in_five_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let export = format!(
        "ulimit -f 2; exec {} export --figure plane --out {}/plane.png",
        PROGRAM,
        folder.path().display()
    );
    let output = Command::new("sh").args(["-c", &export]).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("cannot be written"), "{said}");
    assert_eq!(files_in(folder.path()), [""; 0]);
}

#[test]
fn another_approach_stands_beside_the_scenarios_own() {
    let document = json(&["run", "svd-weights", "--json", "--trials", "4", "--method", "align"]);
    let methods = document["targets"]["methods"].as_object().unwrap();
    for name in ["multi", "uniform", "by-scale", "svd-printed", "svd align", "ridge"] {
        let method = &methods[name];
        assert!(method["excess_risk"]["mean"].as_f64().unwrap() > 0.0, "{name}");
        assert!(method["gain"]["low"].as_f64().unwrap() < method["gain"]["high"].as_f64().unwrap());
    }
    assert_eq!(methods["multi"]["optimum"], "exact");
    assert_eq!(methods["random"]["optimum"], "best found");
    assert_eq!(methods["ridge"]["optimum"], "tuned");
    let line = refused(&["run", "two-tasks", "--method", "prayer"], 2);
    assert!(line.contains("\"prayer\"") && line.contains("svd-printed") && line.contains("ridge"));
}

#[test]
fn what_may_be_claimed_of_an_optimum_is_said() {
    for (preset, claim) in [
        ("two-tasks", "exact"),
        ("three-tasks", "multistart("),
        ("capacity", "multistart("),
        ("relu-turned", "multistart("),
        ("svd-weights", "exact"),
        ("alignment", "tuned"),
    ] {
        let document = json(&["run", preset, "--json", "--trials", "2"]);
        let found = document["targets"]["methods"]["multi"]["optimum"].as_str().unwrap().to_owned();
        assert!(found.starts_with(claim), "{preset}: {found}");
    }
    let relu = ["run", "relu-turned", "--json", "--trials", "2", "--set", "model.width=2"];
    assert_eq!(json(&relu)["targets"]["methods"]["multi"]["optimum"], "best found");
}

#[test]
fn labels_of_two_classes_are_judged_on_held_out_rows() {
    let document = json(&["run", "signs", "--json", "--trials", "3"]);
    for task in document["tasks"].as_array().unwrap() {
        for held_out in [&task["single"]["held_out"], &task["methods"]["multi"]["held_out"]] {
            let accuracy = held_out["accuracy"].as_f64().unwrap();
            assert!(accuracy > 0.6 && accuracy < 0.95, "{accuracy}");
            assert!(held_out["logistic_loss"].as_f64().unwrap() > 0.2);
            let (auc, f1) = (held_out["auc"].as_f64().unwrap(), held_out["f1"].as_f64().unwrap());
            assert!(auc > accuracy && auc < 1.0 && f1 > 0.5 && f1 < 1.0, "{auc} {f1}");
            assert_eq!(held_out["auc_trials"], 3);
            assert!(held_out["auc_se"].as_f64().unwrap() < 0.1);
        }
    }
}

#[test]
fn a_table_without_labels_is_refused_with_its_columns_and_how_to_choose() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("patients.csv");
    let rows: String = (0..60).map(|i| format!("{},{},{}\n", i % 7, i % 5, i % 2)).collect();
    fs::write(&path, format!("age,dose,ill\n{rows}")).unwrap();
    let path = path.to_str().unwrap();
    for arguments in [&["run", path][..], &[path], &["import", path]] {
        let line = refused(arguments, 2);
        assert!(line.contains("age, dose, ill; choose with --labels A,B"), "{line}");
    }
    printed(&["run", path, "--labels", "ill", "--trials", "3"]);
}

#[test]
fn a_claim_is_measured_by_its_id() {
    let document = json(&["claims", "plane-jump", "figure-3-task-2", "--trials", "12", "--json"]);
    assert_eq!(document["schema"], "taskscope.claims/1");
    let claims = document["claims"].as_array().unwrap();
    let ids: Vec<&str> = claims.iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plane-jump", "figure-3-task-2"]);
    for claim in claims {
        let measured = claim["measured"].as_array().unwrap();
        assert_eq!(measured.len(), claim["expected"].as_array().unwrap().len());
        assert!(measured.iter().all(|check| check["agrees"] == true), "{claim}");
    }
    let text = printed(&["claims", "plane-jump"]);
    assert!(text.contains("measured −5.39") && text.contains("reproduced"), "{text}");
}

#[test]
fn an_unknown_claim_and_an_odd_number_of_trials_are_refused() {
    let line = refused(&["claims", "free-lunch"], 2);
    assert!(line.contains("\"free-lunch\"") && line.contains("capacity"));
    assert!(refused(&["claims", "--trials", "1"], 2).contains("--trials"));
}

#[test]
fn what_a_model_cannot_be_trained_by_is_refused_with_what_it_can() {
    for (knob, value) in [("model.method", "align"), ("model.weights", "random")] {
        let set = format!("{knob}={value}");
        let line = refused(&["run", "relu-turned", "--set", &set], 2);
        assert!(line.contains(&format!("{knob}: found \"{value}\"")), "{line}");
        assert!(line.contains("linear units with squared loss"), "{line}");
        assert!(line.len() < 100, "{line}");
    }
    assert!(refused(&["run", "signs", "--method", "ridge"], 2).contains("--method"));
}

#[test]
fn what_is_refused_is_shown_as_it_was_typed_with_what_is_allowed_there() {
    for (arguments, words) in [
        (["run", "two-tasks", "--set", "source.angle=1e400"], "found \"1e400\"; allowed: a number"),
        (["run", "two-tasks", "--seed", "1e400"], "found \"1e400\"; allowed: a whole number"),
        (["run", "two-tasks", "--set", "source.size=21"], "allowed: a whole number from 1 to 20"),
        (["run", "two-tasks", "--set", "source=1"], "or another knob (taskscope knobs lists them)"),
    ] {
        let message = refused(&arguments, 2);
        assert!(message.contains(words), "{message}");
    }
    let asked = ["sweep", "two-tasks", "--x", "source.angle", "--out", "x", "--shard", "1/1000000"];
    assert!(refused(&asked, 2).contains("N up to 100000"));
    assert!(
        printed(&["knobs", "two-tasks"]).contains("block spectrum; a whole number from 1 to 20")
    );
}

#[test]
fn several_figures_without_an_ending_get_that_of_pictures() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "figs");
    let figures = ["--figure", "plane", "--figure", "spectrum", "--trials", "4", "--out", &out];
    succeeded(&[&["export", "two-tasks"], &figures[..]].concat());
    for name in ["figs-plane.png", "figs-spectrum.png"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
}
