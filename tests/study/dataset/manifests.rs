//! Folders with and without a manifest, read and written.

use std::sync::Arc;

use taskscope::dataset::{Dataset, ReadOptions, TaskKind, folder, manifest};
use taskscope::error::{Error, Result};

use super::{Files, matrix, npy, numbers, opener, read_folder, read_table, vector, with_labels};

/// Two tasks on the same X, as float32, with all three parts.
pub(super) fn two_tasks() -> Files {
    let mut files = Files::new();
    for (part, rows) in [("train", 20), ("val", 10), ("test", 15)] {
        let cells: Vec<u8> =
            (0..rows * 2).flat_map(|at| (at as f32 / 4.0 + rows as f32).to_le_bytes()).collect();
        let x = npy("'<f4'", "False", &format!("({rows}, 2)"), &cells);
        for (task, every) in [("one", 2), ("two", 3)] {
            let y = vector((0..rows).map(|row| if row % every == 0 { 1.0 } else { -1.0 }));
            files.insert(format!("{task}/X_{part}.npy"), x.clone());
            files.insert(format!("{task}/y_{part}.npy"), y);
        }
    }
    files
}

/// The same with a manifest.
fn with_manifest() -> Files {
    let mut files = two_tasks();
    let entries: Vec<String> = files
        .iter()
        .map(|(name, bytes)| {
            let shape = if name.contains('X') { "2" } else { "" };
            let rows = ["20", "10", "15"]
                [["train", "val", "test"].iter().position(|part| name.contains(part)).unwrap()];
            let sha256 = sha256(bytes);
            let shape = if shape.is_empty() { rows.into() } else { format!("{rows}, {shape}") };
            format!(r#""{name}": {{"shape": [{shape}], "sha256": "{sha256}"}}"#)
        })
        .collect();
    let manifest = format!(
        r#"{{"name": "pair", "title": "Two tasks", "kind": "classification", "same_x": true,
            "dim": 2, "source": "by hand", "licence": "none", "citation": ["A", "B"],
            "labels": "-1/+1", "tasks": {{"two": "every third", "one": "every second"}},
            "files": {{{}}}, "bytes": 12}}"#,
        entries.join(", ")
    );
    files.insert("manifest.json".into(), manifest.into_bytes());
    files
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(files: &Files) -> Result<Dataset> {
    folder::read_manifest(&mut opener(files), &ReadOptions::default())
}

/// Replaces a text in the manifest, which must be there.
fn altered(from: &str, to: &str) -> Files {
    let mut files = with_manifest();
    let manifest = String::from_utf8(files["manifest.json"].clone()).unwrap();
    assert!(manifest.contains(from), "{from}");
    files.insert("manifest.json".into(), manifest.replacen(from, to, 1).into_bytes());
    files
}

#[test]
fn a_manifest_gives_tasks_in_its_order_with_parts_and_source() {
    let dataset = read(&with_manifest()).unwrap();
    assert_eq!(dataset.title, "Two tasks");
    assert_eq!(dataset.source, ["by hand", "Licence: none", "A", "B"]);
    assert_eq!(dataset.features, ["x1", "x2"]);
    assert!(dataset.same_x && Arc::ptr_eq(&dataset.tasks[0].x, &dataset.tasks[1].x));
    let names: Vec<&str> = dataset.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["two", "one"]);
    let one = &dataset.tasks[1];
    let sizes = one.split.parts().map(|(_, rows)| rows.len());
    assert_eq!((sizes, one.split.given, one.kind), ([20, 10, 15], true, TaskKind::Classification));
    let wanted: Vec<(Vec<f64>, f64)> = (0..15)
        .map(|row| {
            let x = |column: usize| (2 * row + column) as f64 / 4.0 + 15.0;
            (vec![x(0), x(1)], if row % 2 == 0 { 1.0 } else { -1.0 })
        })
        .collect();
    assert_eq!(numbers(one, "test"), wanted);
}

#[test]
fn a_folder_without_manifest_is_read_to_the_same_numbers() {
    let (with, without) = (read(&with_manifest()).unwrap(), two_tasks());
    let without = read_folder(&without, &ReadOptions::default()).unwrap();
    assert!(without.same_x);
    for task in &without.tasks {
        let other = with.tasks.iter().find(|other| other.name == task.name).unwrap();
        assert_eq!(task.kind, other.kind);
        for (part, _) in task.split.parts() {
            assert_eq!(numbers(task, part), numbers(other, part), "{} {part}", task.name);
        }
    }
}

#[test]
fn a_manifest_without_files_finds_them_by_their_names() {
    let mut files = two_tasks();
    files.insert("manifest.json".into(), br#"{"tasks": ["one"]}"#.to_vec());
    let dataset = read(&files).unwrap();
    assert_eq!((dataset.tasks.len(), dataset.tasks[0].name.as_str()), (1, "one"));
    assert_eq!(dataset.tasks[0].split.validation.len(), 10);
}

#[test]
fn a_changed_file_is_named() {
    for changed in ["one/X_val.npy", "two/y_test.npy"] {
        let mut files = with_manifest();
        let bytes = files.get_mut(changed).unwrap();
        *bytes.last_mut().unwrap() ^= 1 << 6;
        let message = read(&files).unwrap_err().to_string();
        assert!(message.starts_with(changed) && message.contains("sha256"), "{message}");
        assert!(message.contains("was changed"), "{message}");
    }
    let mut files = with_manifest();
    let other = files["two/y_val.npy"].clone();
    files.insert("two/y_train.npy".into(), other);
    let message = read(&files).unwrap_err().to_string();
    assert!(message.starts_with("two/y_train.npy: shape: found [10]; allowed: [20]"), "{message}");
}

#[test]
fn a_manifest_that_is_wrong_is_refused_with_its_field() {
    let cases = [
        ("\"dim\": 2", "\"dim\": 3", "dim: found 3; allowed: 2"),
        ("\"dim\": 2", "\"manifest\": 2, \"dim\": []", "manifest: found 2; allowed: 1 (the format"),
        ("\"classification\"", "\"ranking\"", "kind: found `ranking`; allowed: `regression`"),
        ("\"two\": \"every", "\"three\": \"every", "tasks.three: found no files"),
        ("\"two\": \"every", "\"../two\": \"every", "tasks: found \"../two\""),
        ("\"one/X_val.npy\":", "\"/one/X_val.npy\":", "files: found \"/one/X_val.npy\""),
        ("\"one/X_val.npy\":", "\"one\\\\X_val.npy\":", "files: found \"one\\\\X_val.npy\""),
        ("\"one/X_val.npy\":", "\"one/../X_val.npy\":", "files: found \"one/../X_val.npy\""),
        ("\"one/X_val.npy\":", "\"C:/X_val.npy\":", "files: found \"C:/X_val.npy\""),
        (
            "\"one/X_val.npy\":",
            "\"one/X_test.npy\":",
            "files: found \"one/X_test.npy\" twice; allowed: once",
        ),
        ("\"one/X_val.npy\":", "\"one/Z_val.npy\":", "one/y_val.npy: features: found no X file"),
        ("\"bytes\": 12}", "\"bytes\": 12", "manifest.json:"),
    ];
    for (from, to, said) in cases {
        let message = read(&altered(from, to)).unwrap_err().to_string();
        assert!(message.contains(said), "{to}: {message}");
    }
    let message = read(&altered("\"bytes\"", "\"columns\": [\"a\"], \"bytes\"")).unwrap_err();
    assert!(message.to_string().contains("columns: found 1 names; allowed: 2"), "{message}");
}

#[test]
fn a_file_that_is_not_there_is_an_error_of_reading_with_its_name() {
    let mut files = with_manifest();
    files.remove("one/y_val.npy");
    let error = read(&files).unwrap_err();
    assert!(matches!(&error, Error::Read { path, .. } if path.ends_with("one/y_val.npy")));
    assert_eq!(error.exit_code(), 2);
}

fn same_numbers(one: &Dataset, other: &Dataset) {
    assert_eq!(one.features, other.features);
    assert_eq!(one.tasks.len(), other.tasks.len());
    assert_eq!(one.same_x, other.same_x);
    for (one, other) in one.tasks.iter().zip(&other.tasks) {
        assert_eq!((one.kind, one.split.given), (other.kind, other.split.given));
        if one.split.given {
            for (part, _) in one.split.parts() {
                assert_eq!(numbers(one, part), numbers(other, part));
            }
        } else {
            assert_eq!((&one.x, &one.groups), (&other.x, &other.groups));
            let bits =
                |y: &[f64]| y.iter().map(|y| (!y.is_nan()).then_some(*y)).collect::<Vec<_>>();
            assert_eq!(bits(&one.y), bits(&other.y));
        }
    }
}

fn read_again(dataset: &Dataset) -> Dataset {
    let files: Files = manifest::write(dataset).into_iter().collect();
    read(&files).unwrap()
}

#[test]
fn what_is_written_is_read_to_the_same_numbers() {
    let given = read(&with_manifest()).unwrap();
    let again = read_again(&given);
    same_numbers(&given, &again);
    assert_eq!((&again.title, &again.source), (&given.title, &given.source));
    assert_eq!(again.tasks[0].name, "two");
}

#[test]
fn names_groups_kinds_and_missing_labels_survive_writing() {
    let rows: Vec<String> = (0..60)
        .map(|row| {
            let score = if row % 7 == 0 { String::new() } else { format!("{}.5", row % 13) };
            let class = if row % 3 == 0 { "yes" } else { "no" };
            format!("{},{},{score},{class},g{}", (row as f64 * 0.37).sin(), row * row % 17, row / 4)
        })
        .collect();
    let text = format!("a b,c,score,class/kind,group\n{}\n", rows.join("\n"));
    let options =
        ReadOptions { group_column: Some("group".into()), ..with_labels(&["score", "class/kind"]) };
    let dataset = read_table(&text, &options).unwrap();
    assert_eq!(dataset.tasks[0].y.iter().filter(|y| y.is_nan()).count(), 9);
    let again = read_again(&dataset);
    same_numbers(&dataset, &again);
    assert_eq!(again.features, ["a b", "c"]);
    let names: Vec<&str> = again.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["score", "class_kind"]);
    let notes = &again.notes[..dataset.notes.len()];
    assert_eq!(notes, dataset.notes);
}

#[test]
fn a_manifest_that_promises_one_x_for_two_is_refused() {
    let mut files = with_manifest();
    let manifest = String::from_utf8(files["manifest.json"].clone()).unwrap();
    let other = matrix(20, 2, |row, column| (row * 3 + column) as f64);
    let old = sha256(&files["one/X_train.npy"]);
    let at = manifest.find("one/X_train.npy").unwrap();
    let new = manifest[at..].replacen(&old, &sha256(&other), 1);
    files.insert("manifest.json".into(), format!("{}{new}", &manifest[..at]).into_bytes());
    files.insert("one/X_train.npy".into(), other);
    let message = read(&files).unwrap_err().to_string();
    assert!(message.contains("same_x: found true, but the X of one differs from that of two"));
    assert!(message.contains("allowed: false, or files with the same X"), "{message}");
}
