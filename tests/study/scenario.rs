//! Scenario files: presets, round trips, and errors that name file, field, found and allowed.

use std::collections::BTreeSet;

use crate::support::common::{self, preset};
use serde_json::{Value, json};
use taskscope::error::Error;
use taskscope::scenario::knob::{KNOBS, assign};
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Handle, Preset, Scenario, ScenarioDraft};
use taskscope::study::Trial;

#[test]
fn the_folder_of_scenarios_holds_exactly_the_presets() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenarios");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let names: BTreeSet<String> = PRESETS.iter().map(|p| format!("{}.json", p.name)).collect();
    assert_eq!(names.len(), PRESETS.len());
    assert_eq!(files, names);
}

#[test]
fn every_preset_is_found_by_name_and_says_what_it_shows() {
    for preset in PRESETS {
        assert_eq!(Preset::find(preset.name), Some(preset));
        let scenario = preset.scenario().unwrap();
        assert!(!scenario.draft().title.is_empty() && !scenario.draft().about.is_empty());
        assert_eq!(Some(scenario.focus().path(scenario.draft())), scenario.draft().focus);
    }
    assert_eq!(Preset::find("no-such-preset"), None);
}

#[test]
fn writing_and_reading_again_changes_nothing() {
    for preset in PRESETS {
        let scenario = preset.scenario().unwrap();
        let written = scenario.draft().to_json().unwrap();
        assert_eq!(Scenario::parse(&written, "written").unwrap(), scenario);
        assert_eq!(
            Scenario::parse(&written, "written").unwrap().draft().to_json().unwrap(),
            written
        );
        let fields = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        assert_eq!(fields(&written), fields(preset.json), "{}", preset.name);
    }
}

#[test]
fn a_noise_of_minus_zero_is_none_and_is_written_as_such() {
    let json = altered("/tasks/0/noise", json!(-0.0));
    assert!(json.contains("-0.0"));
    let draft = ScenarioDraft::parse(&json, "minus").unwrap();
    let written = draft.to_json().unwrap();
    assert!(written.contains("\"noise\": 0,"), "{written}");
    assert_eq!(ScenarioDraft::parse(&written, "again").unwrap(), draft);
}

#[test]
fn every_knob_that_is_set_is_read_back_and_survives_the_file() {
    for preset in PRESETS {
        let scenario = preset.scenario().unwrap();
        for handle in Handle::all(scenario.draft()) {
            let (low, high) = handle.knob.track;
            for share in [0.3, 0.6] {
                let value = handle.knob.along((low, high), share).clamp(low, high);
                let Ok(turned) = scenario.with(handle, value) else {
                    let linked = [
                        "dimension",
                        "size",
                        "samples",
                        "ratio",
                        "loss",
                        "labels",
                        "rows",
                        "count",
                    ];
                    let name = handle.knob.name;
                    let aligns = scenario.approach().method.name() != "joint";
                    let nonlinear = scenario.approach().name() == "uniform" && name == "method";
                    assert!(
                        linked.contains(&name) || aligns && name == "activation" || nonlinear,
                        "{} {name}",
                        preset.name
                    );
                    continue;
                };
                let read = handle.get(turned.draft()).unwrap();
                let rounded = (read - value).abs() <= half_a_row(&turned, handle);
                assert!(rounded || (read - value).abs() <= 1e-12 * value.abs());
                assert_eq!(turned.with(handle, read).unwrap(), turned);
                let written = turned.draft().to_json().unwrap();
                assert_eq!(Scenario::parse(&written, "written").unwrap(), turned);
            }
        }
    }
}

/// Largest rounding error of a knob's value: a ratio of rows is rounded to whole rows.
fn half_a_row(scenario: &Scenario, handle: Handle) -> f64 {
    match handle.knob.name {
        "ratio" => 0.5 / scenario.tasks()[scenario.targets()[0]].samples as f64,
        _ => 0.0,
    }
}

#[test]
fn a_ratio_sets_the_rows_of_a_source_by_those_of_the_first_target() {
    let scenario = preset("two-tasks");
    let ratio = |scenario: &Scenario| {
        let handle = Handle::find(scenario.draft(), "source.ratio").unwrap();
        handle.get(scenario.draft()).unwrap()
    };
    assert_eq!(ratio(&scenario), 10.0);
    let refused =
        |asked: &str| assign(&mut scenario.draft().clone(), &format!("source.ratio={asked}"));
    for asked in ["1e-9", "1e9"] {
        let said = refused(asked).unwrap_err().to_string();
        assert!(said.contains("a number from 0.025 to 25000000"), "{said}");
    }
    for (asked, rows) in [(0.5, 20), (0.26, 10), (0.025, 1), (2.5e7, 1_000_000_000)] {
        let turned = common::set(&scenario, "source.ratio", asked);
        assert_eq!(turned.tasks()[1].samples, rows);
        assert_eq!(ratio(&turned), rows as f64 / 40.0);
    }
    assert_eq!(ratio(&common::set(&scenario, "target.samples", 80.0)), 5.0);
    assert!(Handle::find(scenario.draft(), "target.ratio").is_err());
    let mut alike = scenario.draft().clone();
    assign(&mut alike, "source.samples=40").unwrap();
    assign(&mut alike, "data.rows=shared").unwrap();
    assert!(Handle::find(&alike, "source.ratio").is_err());
}

#[test]
fn a_wrong_number_of_rows_is_said_of_the_samples_and_not_of_a_ratio() {
    for task in 0..2 {
        let json = altered(&format!("/tasks/{task}/samples"), json!(0));
        refused(&json, &[&format!("tasks[{task}].samples: found 0; allowed: a whole number")]);
    }
}

#[test]
fn what_a_file_leaves_out_has_its_documented_value() {
    let short = json!({
        "taskscope": 1,
        "data": { "dimension": 30 },
        "tasks": [
            { "name": "a", "role": "target", "samples": 50, "noise": 1 },
            { "name": "b", "role": "source", "samples": 60, "noise": 1 }
        ]
    });
    let scenario = Scenario::parse(&short.to_string(), "short.json").unwrap();
    assert_eq!((scenario.trials(), scenario.draft().seed, scenario.width()), (100, 1.0, 1));
    assert_eq!(scenario.approach().name(), "uniform");
    assert_eq!((scenario.targets(), scenario.sources()), (vec![0], vec![1]));
    assert_eq!(scenario.dimension(), 30);
}

#[test]
fn weights_by_size_are_one_over_the_rows() {
    let mut draft = preset("two-tasks").draft().clone();
    assign(&mut draft, "model.weights=by-size").unwrap();
    let trial = Trial::own(&Scenario::check(draft).unwrap(), 0);
    assert_eq!(trial.fits[0].weights, [1.0 / 40.0, 1.0 / 400.0]);
}

/// The preset `two-tasks` with the value at a JSON pointer replaced.
fn altered(pointer: &str, value: Value) -> String {
    let mut scenario: Value =
        serde_json::from_str(Preset::find("two-tasks").unwrap().json).unwrap();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    scenario.pointer_mut(parent).unwrap()[field] = value;
    serde_json::to_string_pretty(&scenario).unwrap()
}

/// The error of reading `json` as the file `bad.json`, which must contain all the words.
fn refused(json: &str, words: &[&str]) -> Error {
    let error = Scenario::parse(json, "bad.json").unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with("bad.json:"), "{said}");
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
    assert!(!said.contains('\n'), "{said}");
    assert_eq!(error.exit_code(), 2, "{said}");
    error
}

/// Like [`refused`], for a value that is well-formed but not allowed.
fn refused_value(json: &str, field: &str, found: &str, allowed: &str) {
    let error = refused(json, &[]);
    let Error::Scenario { origin, problem } = error else {
        panic!("no fault of a value: {error}");
    };
    assert_eq!((origin.as_str(), problem.field.as_str()), ("bad.json", field));
    assert_eq!((problem.found.as_str(), problem.allowed.as_str()), (found, allowed));
}

#[test]
fn broken_json_is_located_by_line_and_column() {
    let place = |json: &str| match refused(json, &[]) {
        Error::Json { line, column, .. } => (line, column),
        other => panic!("{other}"),
    };
    assert_eq!(place("{\n  \"taskscope\": 1,\n  oops\n}"), (3, 3));
    assert_eq!(place("{\n  \"taskscope\": 1,\n}"), (2, 17));
    assert_eq!(place(""), (1, 1));
    let whole = Preset::find("two-tasks").unwrap().json;
    let half = &whole[..whole.len() / 2];
    assert_eq!(place(half).0, half.lines().count());
    let said = "seed: found tru; allowed: a number, a \"text\", true";
    refused("{\"seed\": tru}", &[said]);
    refused("{\"seed\": é}", &["seed: found é; "]);
    refused("{\"seed\": ,}", &["seed: found ,; "]);
    let twice = format!("{whole}{whole}");
    assert_eq!(place(&twice), (whole.lines().count() + 1, 1));
}

#[test]
fn an_unknown_field_is_named_with_its_place_and_the_fields_there_are() {
    for (pointer, field) in [
        ("/sede", "sede"),
        ("/data/dimensions", "dimensions"),
        ("/tasks/1/sample", "sample"),
        ("/tasks/1/covariance/kappa", "kappa"),
        ("/tasks/1/theta/degrees", "degrees"),
    ] {
        let json = altered(pointer, json!(1));
        let line =
            json.lines().position(|line| line.contains(&format!("\"{field}\""))).unwrap() + 1;
        let place = format!("bad.json:{line}:");
        refused(&json, &[&place, "found the unknown field", &format!("`{field}`"), "allowed: "]);
    }
    refused(&altered("/tasks/1/sample", json!(1)), &["tasks[1].sample", "`samples`"]);
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_field() {
    let words = ["bad.json:", "tasks[1].samples", "found \"many\"", "allowed: a number"];
    refused(&altered("/tasks/1/samples", json!("many")), &words);
    refused(&altered("/tasks", json!(3)), &["tasks: found `3`", "allowed: a list"]);
    let words = ["tasks[0].role: found `teacher`", "`target`", "`source`"];
    refused(&altered("/tasks/0/role", json!("teacher")), &words);
    let words = ["model.weights: found", "loud", "uniform", "by-size"];
    refused(&altered("/model/weights", json!("loud")), &words);
    refused(
        &altered("/data/dimension", json!(null)),
        &["data.dimension: found null", "allowed: a number"],
    );
}

#[test]
fn a_list_is_no_object() {
    let whole: Value = serde_json::from_str(Preset::find("two-tasks").unwrap().json).unwrap();
    let list = |pointer: &str| {
        let fields = whole.pointer(pointer).unwrap().as_object().unwrap();
        Value::Array(fields.values().cloned().collect())
    };
    refused_value(&list("").to_string(), "scenario", "a list", "an object");
    for (pointer, field) in [
        ("/data", "data"),
        ("/model", "model"),
        ("/tasks/0", "tasks[0]"),
        ("/tasks/1/theta", "tasks[1].theta"),
    ] {
        let at = |pointer: &str, value| match pointer.split_once("tasks/0") {
            Some((_, "")) => altered("/tasks", json!([value, whole["tasks"][1]])),
            _ => altered(pointer, value),
        };
        refused_value(&at(pointer, list(pointer)), field, "a list", "an object");
        refused_value(&at(pointer, json!(3)), field, "3", "an object");
    }
    let covariance = json!(["block", null, 1, "shared", 0]);
    let json = altered("/tasks/0/covariance", covariance);
    refused_value(&json, "tasks[0].covariance", "a list", "an object");
    refused_value("null", "scenario", "null", "an object");
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let json = Preset::find("two-tasks").unwrap().json;
    let marked = format!("\u{feff}{json}");
    assert_eq!(Scenario::parse(&marked, "a").unwrap(), Scenario::parse(json, "a").unwrap());
}

#[test]
fn long_keys_and_values_are_shortened() {
    let long = "ab".repeat(50_000);
    let mut key: Value = serde_json::from_str(Preset::find("two-tasks").unwrap().json).unwrap();
    key["tasks"][1][&long] = json!(1);
    for json in [
        key.to_string(),
        altered("/tasks/1/samples", json!(long)),
        altered("/tasks/0/role", json!(long)),
        altered("/tasks/0/name", json!(long)),
        altered("/tasks/1/theta/from", json!(long)),
        altered("/focus", json!(long)),
        altered("/data", json!(long)),
        altered("/tasks/1/noise", json!(7)).replace('7', &long),
    ] {
        let said = refused(&json, &["abab", "…", "allowed: "]).to_string();
        assert!(said.chars().count() < 600, "{said}");
    }
    assert!(not_assigned(&long).chars().count() < 200);
}

#[test]
fn a_missing_field_is_named() {
    let mut scenario: Value =
        serde_json::from_str(Preset::find("two-tasks").unwrap().json).unwrap();
    scenario["tasks"][1].as_object_mut().unwrap().remove("noise");
    refused(&scenario.to_string(), &["tasks[1].noise", "no noise", "a number from 0 on"]);
}

#[test]
fn numbers_out_of_range_are_named_with_what_is_allowed() {
    let rows = "a whole number from 1 to 1e9";
    refused_value(&altered("/tasks/1/samples", json!(-5)), "tasks[1].samples", "-5", rows);
    refused_value(&altered("/tasks/1/samples", json!(0)), "tasks[1].samples", "0", rows);
    refused_value(&altered("/tasks/1/samples", json!(2.5)), "tasks[1].samples", "2.5", rows);
    refused_value(&altered("/tasks/0/samples", json!(1e300)), "tasks[0].samples", "1e300", rows);
    let noise = "a number from 0 to 1000000";
    refused_value(&altered("/tasks/0/noise", json!(-0.1)), "tasks[0].noise", "-0.1", noise);
    let dimension = "a whole number from 2 to 500";
    refused_value(&altered("/data/dimension", json!(0)), "data.dimension", "0", dimension);
    refused_value(&altered("/data/dimension", json!(1e6)), "data.dimension", "1000000", dimension);
    let trials = "a whole number from 2 to 100000";
    refused_value(&altered("/trials", json!(1)), "trials", "1", trials);
    refused_value(&altered("/trials", json!(0)), "trials", "0", trials);
    let seed = "a whole number from 0 to 9e15";
    refused_value(&altered("/seed", json!(-1)), "seed", "-1", seed);
    refused_value(&altered("/seed", json!(0.5)), "seed", "0.5", seed);
    let condition = "a number from 1 to 10000";
    let field = "tasks[1].covariance.condition";
    refused_value(&altered("/tasks/1/covariance/condition", json!(0)), field, "0", condition);
    refused_value(
        &altered("/model/width", json!(0)),
        "model.width",
        "0",
        "a whole number from 1 to 16",
    );
}

#[test]
fn as_many_digits_are_shown_as_tell_a_value_from_what_is_allowed() {
    let angle = "a number from 0 to 180";
    for found in ["180.0001", "180.00000001", "-1e-12"] {
        let json = altered("/tasks/1/theta/angle", found.parse::<f64>().unwrap().into());
        refused_value(&json, "tasks[1].theta.angle", found, angle);
        let said = not_assigned(&format!("source.angle={found}"));
        assert_eq!(said, format!("source.angle: found {found}; allowed: {angle}"));
    }
    let trials = "a whole number from 2 to 100000";
    refused_value(&altered("/trials", json!(99.99999999)), "trials", "99.99999999", trials);
}

#[test]
fn not_a_number_and_infinity_are_no_json() {
    for word in ["NaN", "Infinity", "-Infinity", "1e999"] {
        let json = altered("/tasks/1/noise", json!("here")).replace("\"here\"", word);
        let line = json.lines().position(|line| line.contains(word)).unwrap() + 1;
        let said = match word {
            "1e999" => "found 1e999; allowed: a number up to 1.8e308".to_owned(),
            word => format!("found {word}; allowed: "),
        };
        refused(&json, &[&format!("bad.json:{line}:"), &format!("tasks[1].noise: {said}")]);
    }
}

#[test]
fn a_block_larger_than_the_dimension_is_named() {
    let json = altered("/tasks/0/covariance/size", json!(21));
    refused_value(&json, "tasks[0].covariance.size", "21", "at most the dimension, 20");
}

#[test]
fn a_cosine_outside_its_range_is_named() {
    let theta = json!({ "from": "target", "cosine": 2 });
    let json = altered("/tasks/1/theta", theta);
    refused_value(&json, "tasks[1].theta.cosine", "2", "a number from -1 to 1");
    let theta = json!({ "from": "target", "angle": 200 });
    let json = altered("/tasks/1/theta", theta);
    refused_value(&json, "tasks[1].theta.angle", "200", "a number from 0 to 180");
}

#[test]
fn angle_and_cosine_exclude_each_other_and_one_is_needed() {
    let allowed = "one of angle and cosine";
    let both = json!({ "from": "target", "angle": 60, "cosine": 0.5 });
    refused_value(
        &altered("/tasks/1/theta", both),
        "tasks[1].theta",
        "both angle and cosine",
        allowed,
    );
    let neither = json!({ "from": "target" });
    refused_value(
        &altered("/tasks/1/theta", neither),
        "tasks[1].theta",
        "neither angle nor cosine",
        allowed,
    );
}

#[test]
fn names_must_differ_and_be_plain() {
    let json = altered("/tasks/1/name", json!("target"));
    let allowed = "a different name for each task";
    refused_value(&json, "tasks[1].name", "\"target\", which is already in use", allowed);
    for name in ["", "two words", "model", "data", "a.b", "a-name-of-more-than-24-letters"] {
        let json = altered("/tasks/0/name", json!(name));
        refused(&json, &["tasks[0].name", &format!("\"{name}\""), "1 to 24 letters"]);
    }
}

#[test]
fn there_is_a_target_and_not_too_many_tasks() {
    let json = altered("/tasks/0/role", json!("source"));
    refused_value(&json, "tasks", "no task with the role target", "at least one");
    refused_value(&altered("/tasks", json!([])), "tasks", "0", "1 to 32 tasks in all");
    let json = altered("/tasks/1/count", json!(32));
    refused_value(&json, "tasks", "33", "1 to 32 tasks in all");
}

#[test]
fn a_theta_refers_to_another_task_without_one() {
    let from = |name: &str| altered("/tasks/1/theta/from", json!(name));
    let field = "tasks[1].theta.from";
    let allowed = "another task, without a theta of its own";
    refused_value(&from("source"), field, "\"source\"", allowed);
    refused_value(&from("sauce"), field, "\"sauce\"", "target or source");
    let mutual = altered("/tasks/0/theta", json!({ "from": "source", "angle": 3 }));
    refused_value(&mutual, "tasks[0].theta.from", "\"source\"", allowed);
    let lost = altered("/tasks/1/theta/difference", json!({ "loud": "nobody" }));
    refused_value(&lost, "tasks[1].theta.difference.loud", "\"nobody\"", "target or source");
}

#[test]
fn a_difference_of_another_form_is_refused_with_all_that_it_may_be() {
    for found in [json!(3), json!("loud"), json!({ "loud": "target", "opposite": "target" })] {
        let allowed = "allowed: \"generic\", {\"loud\": TASK} or {\"opposite\": TASK}";
        refused(&altered("/tasks/1/theta/difference", found), &["theta.difference", allowed]);
    }
}

#[test]
fn axes_along_a_difference_need_one_that_lies_elsewhere() {
    let json = altered("/tasks/0/covariance/axes", json!("difference"));
    refused(
        &json,
        &["tasks[0].covariance.axes: found \"difference\"", "allowed: shared or random"],
    );
    let mut json: Value =
        serde_json::from_str(&altered("/tasks/1/covariance/axes", json!("difference"))).unwrap();
    json["tasks"][1]["theta"]["difference"] = json!({ "loud": "source" });
    refused(&json.to_string(), &["tasks[1].theta.difference: found \"source\"", "allowed: "]);
}

#[test]
fn rows_drawn_one_by_one_have_a_limit_of_their_own() {
    let mut json: Value = serde_json::from_str(&altered("/tasks/1/samples", json!(2e6))).unwrap();
    assert!(Scenario::parse(&json.to_string(), "good.json").is_ok());
    json["data"]["draw"] = json!("rows");
    refused(&json.to_string(), &["tasks[1].samples: found 2000000", "allowed: at most 1000000"]);
}

#[test]
fn another_version_of_the_format_is_named() {
    let allowed = "1 (the format this version reads; this file is newer)";
    let older = "1 (the format this version reads; this file is older)";
    refused_value(&altered("/taskscope", json!(2)), "taskscope", "2", allowed);
    refused_value(&altered("/taskscope", json!(0)), "taskscope", "0", older);
    refused_value(&altered("/taskscope", json!(1.0000001)), "taskscope", "1.0000001", allowed);
    let mut later: Value = serde_json::from_str(&altered("/taskscope", json!(2))).unwrap();
    later["ensemble"] = json!("large");
    later["tasks"][0]["noise"] = json!({ "scale": 2 });
    refused_value(&later.to_string(), "taskscope", "2", allowed);
}

#[test]
fn the_focus_is_a_knob_of_the_scenario() {
    let json = altered("/focus", json!("source.volume"));
    refused(&json, &["focus: found \"source.volume\"", "source.angle", "data.redraw"]);
}

/// The error of an assignment to a knob of `two-tasks`, which must leave the draft unchanged.
fn not_assigned(assignment: &str) -> String {
    let mut draft = preset("two-tasks").draft().clone();
    let before = draft.clone();
    let error = Error::from(assign(&mut draft, assignment).unwrap_err());
    assert_eq!(draft, before);
    assert_eq!(error.exit_code(), 2);
    error.to_string()
}

#[test]
fn an_assignment_is_refused_with_the_knob_what_was_found_and_what_is_allowed() {
    let rows = "a whole number from 1 to 1e9";
    for (assignment, said) in [
        ("source.samples=-5", format!("source.samples: found -5; allowed: {rows}")),
        ("source.samples=2.5", format!("source.samples: found 2.5; allowed: {rows}")),
        ("source.samples=NaN", format!("source.samples: found not a number; allowed: {rows}")),
        ("source.samples=inf", format!("source.samples: found \"inf\"; allowed: {rows}")),
        ("source.samples=1e400", format!("source.samples: found \"1e400\"; allowed: {rows}")),
        ("source.samples=", format!("source.samples: found \"\"; allowed: {rows}")),
        (
            "source.noise=NaN",
            "source.noise: found not a number; allowed: a number from 0 to 1000000".into(),
        ),
        ("source.cosine=2", "source.cosine: found 2; allowed: a number from -1 to 1".into()),
        ("source.angle=x", "source.angle: found \"x\"; allowed: a number from 0 to 180".into()),
        (
            "data.dimension=0",
            "data.dimension: found 0; allowed: a whole number from 2 to 500".into(),
        ),
        ("model.loss=loud", "model.loss: found \"loud\"; allowed: squared or logistic".into()),
        ("source.samples", "--set: found \"source.samples\"; allowed: KNOB=VALUE".into()),
    ] {
        assert_eq!(not_assigned(assignment), said);
    }
}

#[test]
fn an_unknown_knob_is_answered_with_the_knobs_there_are() {
    let said = not_assigned("samples=1");
    assert!(said.contains("source.samples, target.samples, or another"), "{said}");
    assert!(!said.contains("noise"), "those that are called alike are enough: {said}");
    for path in ["source.volume", "nobody.samples", "target.angle", ""] {
        let said = not_assigned(&format!("{path}=1"));
        assert!(said.starts_with(&format!("knob: found \"{path}\"; allowed: ")), "{said}");
        for known in ["source.samples", "target.noise", "model.width", "data.draw"] {
            assert!(said.contains(known), "{said}");
        }
    }
}

#[test]
fn every_knob_refuses_what_is_not_a_number() {
    for knob in KNOBS {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let refused = knob.check(knob.name, value).unwrap_err();
            assert_eq!(refused.allowed, knob.allowed_words());
        }
    }
}

#[test]
fn spaces_around_an_assignment_do_not_matter() {
    let mut draft = preset("two-tasks").draft().clone();
    assign(&mut draft, " source.samples = 1e6 ").unwrap();
    assign(&mut draft, "source.cosine=0.5").unwrap();
    let scenario = Scenario::check(draft).unwrap();
    assert_eq!(scenario.tasks()[1].samples, 1_000_000);
    let theta = scenario.draft().tasks[1].theta.clone().unwrap();
    assert_eq!((theta.angle, theta.cosine), (None, Some(0.5)));
}
