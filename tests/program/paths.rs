//! Paths: those that files name stay in their folder, and those that are no UTF-8 are named.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::Value;
use taskscope::lesson::catalog::TEMPLATE;
use taskscope::scenario::preset::PRESETS;
use tempfile::TempDir;

use crate::support::program::{command, path, printed, refused, text};

/// A table of two tasks on two features.
fn table() -> String {
    let rows = (0..120).map(|i| {
        let (a, b) = (f64::from(i * 13 % 97) / 97.0, f64::from(i * 29 % 89) / 89.0);
        format!("{a:.3},{b:.3},{:.3},{:.3}\n", a - b, a + b)
    });
    "a,b,first,second\n".to_owned() + &rows.collect::<String>()
}

/// A folder `inner` for a scenario, beside a table; and the scenario of the table as imported.
fn beside_a_table() -> (TempDir, Value) {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "table.csv"), path(&folder, "inner/a.json"));
    fs::create_dir(folder.path().join("inner")).unwrap();
    fs::write(&csv, table()).unwrap();
    printed(&["import", &csv, "--labels", "first,second", "--out", &scenario]);
    let json = serde_json::from_str(&fs::read_to_string(&scenario).unwrap()).unwrap();
    (folder, json)
}

#[test]
fn a_scenario_reads_a_file_out_of_its_folder_only_if_it_has_its_hash() {
    let (folder, imported) = beside_a_table();
    let scenario = path(&folder, "inner/a.json");
    assert!(printed(&["run", &scenario, "--trials", "4"]).contains("first"));
    symlink(folder.path().join("table.csv"), folder.path().join("inner/link.csv")).unwrap();
    let whole = path(&folder, "table.csv");
    for name in ["../table.csv", whole.as_str(), "link.csv", "../inner/../table.csv"] {
        let mut other = imported.clone();
        other["dataset"]["files"] = [name].into();
        other["dataset"].as_object_mut().unwrap().remove("sha256");
        fs::write(&scenario, other.to_string()).unwrap();
        let said = refused(&["run", &scenario], 2);
        let words = "; allowed: a file in the folder of the scenario or below; any other only with";
        assert!(said.contains(&format!("found \"{name}\"{words}")), "{said}");
        other["dataset"]["sha256"] = imported["dataset"]["sha256"].clone();
        fs::write(&scenario, other.to_string()).unwrap();
        printed(&["run", &scenario, "--trials", "4"]);
    }
    let mut other = imported;
    other["dataset"]["files"] = ["own.csv"].into();
    other["dataset"].as_object_mut().unwrap().remove("sha256");
    fs::write(folder.path().join("inner/own.csv"), table()).unwrap();
    fs::write(&scenario, other.to_string()).unwrap();
    printed(&["run", &scenario, "--trials", "4"]);
}

#[test]
fn a_lesson_and_a_manifest_follow_no_link_out_of_their_folder() {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir_all(inner.join("data")).unwrap();
    fs::write(folder.path().join("a.json"), PRESETS[0].json).unwrap();
    symlink("../a.json", inner.join("link.json")).unwrap();
    let lesson = TEMPLATE.replace("scenario = \"two-tasks\"", "scenario = \"link.json\"");
    fs::write(inner.join("a.toml"), lesson).unwrap();
    let said = refused(&["lesson", "check", &path(&folder, "inner/a.toml"), "--students", "1"], 2);
    assert!(said.contains("scenario: found \"link.json\"; allowed: a file in the"), "{said}");
    fs::write(folder.path().join("X.npy"), "").unwrap();
    symlink("../../X.npy", inner.join("data/X.npy")).unwrap();
    fs::write(
        inner.join("manifest.json"),
        r#"{"tasks": ["data"], "files": ["data/X.npy", "data/y.npy"]}"#,
    )
    .unwrap();
    let said = refused(&["import", &path(&folder, "inner")], 2);
    assert!(said.contains("X.npy: cannot be read: found a link out of the folder"), "{said}");
}

#[test]
fn a_path_that_is_no_utf_8_works_or_is_named() {
    let folder = TempDir::new().unwrap();
    let odd = folder.path().join(OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("a.csv"), table()).unwrap();
    fs::write(odd.join("a.json"), PRESETS[0].json).unwrap();
    let run = |words: &[&str], last: &Path| {
        let output = command(words).arg(last).current_dir(&odd).output().unwrap();
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = run(&["run"], &odd.join("a.json"));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("argument: found \"") && said.contains("is not UTF-8"), "{said}");
    let (code, said) =
        run(&["import", "a.csv", "--labels", "first,second", "--out"], "b.json".as_ref());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is not UTF-8; allowed: a path in UTF-8"), "{said}");
    let (code, said) = run(&["run", "--trials", "2"], "a.json".as_ref());
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run(
        &["export", "two-tasks", "--trials", "2", "--figure", "gain", "--out"],
        &odd.join("a.svg"),
    );
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(run(&["run", "--trials", "2"], "a.svg".as_ref()).0, Some(0));
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named_before_any_work() {
    let folder = TempDir::new().unwrap();
    let file = path(&folder, "mine.txt");
    fs::write(&file, "mine").unwrap();
    fs::create_dir(folder.path().join("class")).unwrap();
    let class = path(&folder, "class");
    let commands: [&[&str]; 4] = [
        &["sweep", "two-tasks"],
        &["reproduce"],
        &["data", "two-tasks"],
        &["lesson", "grade", &class],
    ];
    for words in commands {
        let said = refused(&[words, &["--out", &file]].concat(), 5);
        assert!(
            said.contains("mine.txt: cannot be written: found a file; allowed: a folder"),
            "{said}"
        );
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}
