//! The log: what it tells, what it never tells, and that nothing else changes.
#![cfg(feature = "cli")]

use std::fs;

use crate::line::converse;
use crate::support::program::{names, path, printed, refused};
use tempfile::TempDir;

/// The lines of a log without their times, which must be times.
fn lines(log: &str) -> Vec<String> {
    let text = fs::read_to_string(log).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    assert_eq!(first, "taskscope log 1");
    rest.lines()
        .map(|line| {
            let (time, words) = line.split_at(24);
            let digits = time.chars().filter(char::is_ascii_digit).count();
            assert!(time.ends_with('Z') && time.contains('T') && digits == 17, "{line}");
            words.trim_start().to_owned()
        })
        .collect()
}

#[test]
fn a_run_is_logged_without_names_and_prints_the_same() {
    let folder = TempDir::new().unwrap();
    let log = path(&folder, "log");
    let scenario = path(&folder, "secret.json");
    let preset = printed(&["presets", "two-tasks"]);
    let named = preset.replace("\"name\": \"source\"", "\"name\": \"patients\"");
    fs::write(&scenario, named.replace("source.", "patients.")).unwrap();
    let run = ["run", &scenario, "--trials", "4"];
    let plain = printed(&run);
    for _ in 0..2 {
        assert_eq!(printed(&[&run[..], &["--log", &log]].concat()), plain);
    }
    let lines = lines(&log);
    assert_eq!(lines.len(), 6, "the second run adds to the first: {lines:?}");
    let version = env!("CARGO_PKG_VERSION");
    assert!(lines[0].starts_with(&format!("begin: taskscope {version}, ")), "{lines:?}");
    assert!(lines[0].ends_with("; run"), "{lines:?}");
    assert!(lines[1].starts_with("open: scenario ") && lines[1].ends_with("2 tasks, 4 trials"));
    assert_eq!(lines[2], "end: done");
    assert_eq!(lines[..3], lines[3..]);
    let text = fs::read_to_string(&log).unwrap();
    assert!(!["patients", "target", "secret", "json"].iter().any(|word| text.contains(word)));
}

#[test]
fn a_refusal_is_logged_by_its_kind_and_not_by_what_was_found() {
    let folder = TempDir::new().unwrap();
    let log = path(&folder, "log");
    let table = path(&folder, "secret.csv");
    fs::write(&table, "age,y\n37,x\n").unwrap();
    refused(&["run", &table, "--log", &log], 2);
    refused(&["run", "two-tasks", "--set", "source.angle=wide", "--log", &log], 2);
    let lines = lines(&log);
    assert_eq!(lines[1], "error: Data, exit code 2");
    assert_eq!(lines[3], "error: Value, exit code 2");
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_file_that_is_no_log_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let notes = path(&folder, "notes");
    fs::write(&notes, "mine").unwrap();
    for place in [notes.as_str(), folder.path().to_str().unwrap()] {
        let said = refused(&["presets", "--log", place], 2);
        assert!(said.contains("which is no log; allowed: a new file"), "{said}");
    }
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");
    refused(&["presets", "--log", &path(&folder, "nowhere/log")], 5);
}

#[test]
fn a_log_where_the_command_writes_is_refused_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "study");
    let sweep = ["sweep", "two-tasks", "--x", "source.angle=0:90:2", "--trials", "4"];
    let log = format!("{out}/records.log");
    let said = refused(&[&sweep[..], &["--out", &out, "--log", &log]].concat(), 2);
    assert!(said.contains("--log: found") && said.contains("is inside it"), "{said}");
    let lesson = path(&folder, "lesson.toml");
    let said = refused(&["lesson", "new", &lesson, "--log", &lesson], 2);
    assert!(said.contains("--log: found") && said.contains("is its output"), "{said}");
    let said = refused(&["--log", "-", "presets"], 2);
    assert!(said.contains("--log: found \"-\"; allowed: a file"), "{said}");
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_line_is_logged_by_its_command_and_how_it_ended() {
    let folder = TempDir::new().unwrap();
    let log = path(&folder, "log");
    let start = ["two-tasks", "--trials", "4", "--line", "--log", &log];
    converse(&start, "set source.angle 30\nset secret 30\n");
    let lines: Vec<String> = lines(&log)
        .iter()
        .map(|line| line.split(" after ").next().unwrap_or_default().to_owned())
        .collect();
    assert!(lines[0].ends_with("; open"), "{lines:?}");
    let known = ["line: line mode", "line: done", "line: set", "line: done", "line: set"];
    assert_eq!(lines[2..7], known);
    assert_eq!(lines[7..], ["line: refused", "error: Refused, exit code 2"]);
}

#[test]
#[cfg(all(unix, feature = "tui"))]
fn the_screen_logs_its_jobs_and_the_place_of_a_panic() {
    use crate::pty::Session;
    let folder = TempDir::new().unwrap();
    let log = path(&folder, "log");
    let start = ["two-tasks", "--trials", "4", "--log", &log];
    let mut session = Session::start(80, 24, &start);
    session.until("a finished job", |_| {
        fs::read_to_string(&log).is_ok_and(|text| text.contains(" finished after "))
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    let known = lines(&log);
    assert!(
        known.iter().any(|line| line.starts_with("job: Verdict ") && line.ends_with("started"))
    );
    let ended = known.iter().find(|line| line.contains(" finished after ")).unwrap();
    assert!(ended.contains(" of scenario ") && ended.ends_with(" s"), "{ended}");
    assert!(known[0].ends_with("; open") && known.contains(&"screen: Lab, 80 × 24".to_owned()));
    assert_eq!(known.last().unwrap(), "end: done");
    let mut session = Session::with(80, 24, &start, &[("TASKSCOPE_FAULT", Some("worker"))]);
    session.until("a panic", |_| {
        fs::read_to_string(&log).is_ok_and(|text| text.contains(" failed after "))
    });
    session.press("q");
    session.end();
    let place = lines(&log).into_iter().find(|line| line.starts_with("panic: ")).unwrap();
    assert!(place.contains("src/worker/fault.rs:"), "{place}");
}
