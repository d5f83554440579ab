//! Sessions: what a program that died leaves, and what a living one holds.

#![cfg(feature = "png")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use taskscope::export::session::{FORMAT, Keeper, Left, Session};
use taskscope::scenario::Preset;
use tempfile::TempDir;

fn session(name: &str, time: u64) -> Session {
    let scenario = Preset::find("two-tasks").unwrap().scenario().unwrap();
    Session {
        session: FORMAT,
        time,
        name: name.to_owned(),
        screen: "Lab".to_owned(),
        focus: "source.angle".to_owned(),
        scenario: scenario.draft().clone(),
    }
}

/// A session as a program that was killed leaves it.
fn leave(folder: &Path, name: &str, time: u64) {
    Keeper::new(folder).keep(&session(name, time)).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn names(folder: &Path) -> Vec<String> {
    Left::find(folder).left.iter().map(|left| left.session().name.clone()).collect()
}

#[test]
fn a_session_of_a_dead_program_comes_back_as_it_was() {
    let folder = TempDir::new().unwrap();
    let mut kept = session("mine", 7);
    kept.scenario.seed = 5.0;
    Keeper::new(folder.path()).keep(&kept).unwrap();
    let mut found = Left::find(folder.path());
    assert_eq!(found.left.remove(0).take().unwrap(), kept);
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_living_program_keeps_its_session_to_itself() {
    let folder = TempDir::new().unwrap();
    let mut keeper = Keeper::new(folder.path());
    keeper.keep(&session("alive", 1)).unwrap();
    assert!(names(folder.path()).is_empty());
    drop(keeper);
    assert_eq!(names(folder.path()), ["alive"]);
}

#[test]
fn nothing_is_written_before_something_is_kept_and_nothing_stays_after_a_clean_end() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("deep/state");
    let mut keeper = Keeper::new(&place);
    keeper.clear().unwrap();
    assert!(!place.exists());
    keeper.keep(&session("a", 1)).unwrap();
    keeper.keep(&session("b", 2)).unwrap();
    assert_eq!(files(&place).len(), 2, "one session and its lock");
    keeper.clear().unwrap();
    assert!(files(&place).is_empty());
}

#[test]
fn the_newest_comes_first_and_those_not_taken_are_found_again() {
    let folder = TempDir::new().unwrap();
    for (name, time) in [("old", 1), ("newest", 3), ("older", 2)] {
        leave(folder.path(), name, time);
    }
    assert_eq!(names(folder.path()), ["newest", "older", "old"]);
    Left::find(folder.path()).left.remove(0).take().unwrap();
    assert_eq!(names(folder.path()), ["older", "old"]);
}

#[test]
fn while_one_program_offers_a_session_no_other_does() {
    let folder = TempDir::new().unwrap();
    leave(folder.path(), "mine", 1);
    let first = Left::find(folder.path());
    assert_eq!(first.left.len(), 1);
    assert!(names(folder.path()).is_empty());
    drop(first);
    assert_eq!(names(folder.path()), ["mine"]);
}

#[test]
fn damaged_files_and_those_of_another_format_are_named_and_stay() {
    let folder = TempDir::new().unwrap();
    leave(folder.path(), "good", 1);
    let newer = serde_json::json!({ "session": FORMAT + 1, "more": true }).to_string();
    let mut refused = serde_json::to_value(session("bad", 2)).unwrap();
    refused["scenario"]["trials"] = (-1).into();
    for (name, text) in [
        ("newer", newer),
        ("half", "{\"session\": 1, \"ti".to_owned()),
        ("refused", refused.to_string()),
    ] {
        fs::write(folder.path().join(format!("{name}.json")), text).unwrap();
    }
    let found = Left::find(folder.path());
    assert_eq!(found.left.len(), 1);
    assert_eq!(found.skipped.len(), 3, "{:?}", found.skipped);
    for (name, words) in [
        ("half.json:1", ""),
        ("newer.json", "found 2; allowed: 1"),
        ("refused.json", "trials: found -1"),
    ] {
        let said = |line: &&String| line.contains(name) && line.contains(words);
        assert!(found.skipped.iter().any(|line| said(&line)), "{name}: {:?}", found.skipped);
        assert!(
            files(folder.path())
                .iter()
                .any(|file| name.starts_with(file.file_name().unwrap().to_str().unwrap()))
        );
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_and_an_absent_one_holds_nothing() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Keeper::new(file.join("state")).keep(&session("a", 1)).unwrap_err();
    assert_eq!(error.exit_code(), 5);
    let found = Left::find(&folder.path().join("nowhere"));
    assert!(found.left.is_empty() && found.skipped.is_empty());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look_into_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("state");
    leave(&place, "mine", 1);
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o077, 0);
}
