//! The real program in a pseudo-terminal: its output, and the state of the terminal afterwards.

#![cfg(all(unix, feature = "cli", feature = "tui"))]

use std::thread;
use std::time::{Duration, Instant};

use taskscope::figure::words;
use taskscope::scenario::Preset;
use tempfile::TempDir;

use crate::pty::{PATIENCE, Session};

#[test]
fn keys_turn_the_knob_until_the_verdict_changes_and_q_leaves() {
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "60"]);
    session.until_shown("source HELPS target");
    assert!(session.has_terminal());
    assert_ne!(session.modes(), session.before, "keys are read one by one");
    session.until_shown("source.angle 15°");
    session.press("\x1b[C");
    session.until_shown("source.angle 16°");
    session.press(&"\x1b[C".repeat(74));
    session.until_shown("source.angle 90°");
    session.until("HURTS", |session| session.verdict().contains("source HURTS target"));
    session.press("u");
    session.until_shown("source.angle 15°");
    session.until("HELPS", |session| session.verdict().contains("source HELPS target"));
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
}

#[test]
fn a_sweep_is_started_with_keys_and_its_chart_read_and_opened() {
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "20"]);
    session.until_shown("source HELPS target");
    session.press("5");
    session.until_shown("Space starts");
    session.press("\x1b[B\x1b[B\x1b[B\r5\r");
    session.until_shown("5 points");
    session.press(" ");
    session.until_shown("done in");
    session.until_shown("of 5 points");
    session.press("\t\x1b[C\x1b[C");
    session.until_shown("source.angle 90°: target");
    session.until_shown("(20 trials) ▼ hurts");
    session.press("\r");
    session.until("HURTS", |session| session.verdict().contains("source HURTS target"));
    session.press("u");
    session.until_shown("source.angle 15°");
    session.press("q");
    session.until_shown("Not saved: 100 trials of run #1");
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
}

#[test]
fn first_frames_show_the_lab_at_both_usual_sizes() {
    for (width, height) in [(120, 36), (80, 24)] {
        let mut session = Session::start(width, height, &["turning-data", "--trials", "20"]);
        session.until("the tabs", |session| {
            session.contents().replace("1 Lab", "1Lab").contains("1Lab")
        });
        session.until_shown("turning-data");
        session.until_shown("source.rotation");
        session.until_shown("quit");
        session.until("a verdict", |session| !session.verdict().is_empty());
        assert!(session.verdict().contains("source "));
        session.press("q");
        assert_eq!(session.end(), 0);
        session.until_restored();
    }
}

#[test]
fn the_first_frame_comes_before_the_first_result() {
    // All trials would take minutes.
    let mut session = Session::start(120, 36, &["fig3-task3", "--trials", "100000"]);
    session.until_shown("fig3-task3");
    session.press("q");
    assert_eq!(session.end(), 0, "it leaves although it is computing");
}

#[test]
fn an_exact_value_is_typed_and_a_bad_one_refused() {
    let mut session = Session::start(80, 24, &["two-tasks", "--trials", "20"]);
    session.until_shown("source.angle");
    session.press("\r200\r");
    session.until_shown("200 is not allowed");
    session.press("\x7f\x7f\x7f");
    session.press("\x1b[200~33.5\x1b[201~");
    session.until_shown("source.angle = 33.5");
    session.press("\r");
    session.until_shown("source.angle 33.5°");
    session.press("\x03");
    assert_eq!(session.end(), 0, "Control-C leaves like q");
    session.until_restored();
}

#[test]
fn help_is_opened_and_left_by_escape() {
    let mut session = Session::start(80, 24, &["--trials", "4"]);
    session.until_shown("quit");
    session.press("?");
    session.until_shown("Help");
    session.press("\x1b");
    session.until("the help to close", |session| !session.contents().contains("Help:"));
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_signal_while_much_is_computed_ends_at_once() {
    let mut session = Session::start(80, 24, &["fig3-task3", "--trials", "100000"]);
    session.until_shown("quit");
    session.signal("TERM");
    assert_eq!(session.end(), 130);
    session.until_restored();
}

#[test]
fn the_screen_follows_the_size_of_the_terminal() {
    let mut session = Session::start(120, 36, &["--trials", "20"]);
    session.until("a verdict", |session| session.verdict().contains("HELPS"));
    session.until_shown("What it means");
    session.resize(40, 10);
    session.until("the summary", |session| {
        !session.contents().contains("What it means") && session.verdict().contains("HELPS")
    });
    session.resize(1, 1);
    session.resize(80, 24);
    session.until_shown("source.angle 15°");
    session.press("\x1b[C");
    session.until_shown("source.angle 16°");
    session.resize(120, 36);
    session.until_shown("What it means");
    session.until("a verdict", |session| session.verdict().contains("HELPS"));
    session.press("q");
    session.until_shown("q again quits");
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
}

#[test]
fn a_key_pressed_in_the_instant_of_a_resize_is_taken_at_once() {
    let mut session = Session::start(120, 36, &["--trials", "4"]);
    session.until_shown("source.angle 15°");
    for turn in 1..=20 {
        let width = if turn % 2 == 0 { 120 } else { 100 };
        session.resize(width, 36);
        session.press("\x1b[C");
        session.until_shown(&format!("source.angle {}°", 15 + turn));
    }
    session.press("q");
    session.until_shown("q again quits");
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn no_colour_is_written_where_none_is_wanted() {
    let mut session = Session::with(80, 24, &["--trials", "4"], &[("NO_COLOR", Some("1"))]);
    session.until("a verdict", |session| !session.verdict().is_empty());
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
    let written = session.written.lock().unwrap();
    assert_eq!(colours(&written), Vec::<String>::new());
    drop(written);
    let mut coloured = Session::start(80, 24, &["--trials", "4"]);
    coloured.until("a verdict", |session| !session.verdict().is_empty());
    assert!(!colours(&coloured.written.lock().unwrap()).is_empty());
}

/// The parts of all style sequences that set a colour other than the terminal's default.
fn colours(written: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(written);
    let mut found = Vec::new();
    for sequence in text.split("\x1b[").skip(1) {
        let Some(end) = sequence.find(|c: char| !c.is_ascii_digit() && c != ';') else { continue };
        if sequence[end..].starts_with('m') {
            let sets = |part: &str| part.parse().is_ok_and(is_colour);
            if sequence[..end].split(';').any(sets) {
                found.push(sequence[..end].to_owned());
            }
        }
    }
    found
}

fn is_colour(code: u8) -> bool {
    matches!(code, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

#[test]
fn a_terminal_that_can_nothing_is_answered_line_by_line() {
    let variables = [("TERM", Some("dumb"))];
    let mut session = Session::with(120, 36, &["two-tasks", "--trials", "20"], &variables);
    session.until_shown("source HELPS target");
    session.press("quit\r");
    assert_eq!(session.end(), 0);
    assert!(!session.written.lock().unwrap().contains(&0x1b));
}

#[test]
fn an_idle_screen_writes_nothing() {
    let mut session = Session::start(120, 36, &["--trials", "4"]);
    session.until("a verdict", |session| !session.verdict().is_empty());
    let length = |session: &Session| session.written.lock().unwrap().len();
    let start = Instant::now();
    let mut last = (length(&session), Instant::now());
    while last.1.elapsed() < Duration::from_millis(500) {
        assert!(start.elapsed() < PATIENCE, "it goes on writing");
        if length(&session) != last.0 {
            last = (length(&session), Instant::now());
        }
        thread::sleep(Duration::from_millis(10));
    }
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_saved_scenario_is_a_file_that_opens_again() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("mine.json");
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "20"]);
    session.until_shown("source.angle 15°");
    session.press("\x1b[C\x13\x15");
    session.until_shown("save the scenario to:");
    session.press(path.to_str().unwrap());
    session.press("\r");
    session.until("the file", |session| session.contents().contains("wrote "));
    session.press("q");
    assert_eq!(session.end(), 0);
    let mut again = Session::start(120, 36, &[path.to_str().unwrap()]);
    again.until_shown("source.angle 16°");
    again.press("q");
    assert_eq!(again.end(), 0);
    let preset = Preset::find("two-tasks").unwrap().scenario().unwrap();
    assert!(words::knob(&preset, preset.focus()).contains("15°"), "the preset is as it was");
}

#[test]
fn a_file_that_is_being_written_is_finished_before_the_program_leaves() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("chart.png");
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "4"]);
    session.until_shown("−100");
    session.press("e\r\x15");
    session.until_shown("chart to:");
    session.press(&format!("{}\rq", path.to_str().unwrap()));
    assert_eq!(session.end(), 0);
    session.until_restored();
    assert_eq!(std::fs::read(&path).unwrap()[1..4], *b"PNG");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_exported_chart_is_a_file_and_one_that_exists_is_replaced_only_when_asked_twice() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("chart.png");
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "4"]);
    session.until_shown("−100");
    for words in ["wrote ", "Enter again replaces"] {
        session.press("e\r\x15");
        session.until_shown("chart to:");
        session.press(path.to_str().unwrap());
        session.press("\r");
        session.until_shown(words);
        assert_eq!(std::fs::read(&path).unwrap()[1..4], *b"PNG");
    }
    std::fs::write(&path, "something else").unwrap();
    session.press("\r");
    session.until_shown("wrote ");
    assert_eq!(std::fs::read(&path).unwrap()[1..4], *b"PNG");
    session.press("q");
    assert_eq!(session.end(), 0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_slider_is_dragged_by_a_mouse_in_a_real_terminal() {
    let mut session = Session::start(120, 36, &["two-tasks", "--trials", "20"]);
    session.until("a verdict", |session| session.verdict().contains("HELPS"));
    session.press("\x1b[<0;8;5M\x1b[<32;12;5M\x1b[<32;19;5M\x1b[<0;19;5m");
    session.until("HURTS", |session| session.verdict().contains("source HURTS target"));
    session.press("u");
    session.until_shown("source.angle 15°");
    session.press("m");
    session.until_shown("mouse off");
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
}

#[test]
fn a_table_without_labels_opens_through_the_column_picker() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("patients.csv");
    let rows: String = (0..60).map(|i| format!("{},{},{}\n", i % 7, i % 5, i % 2)).collect();
    std::fs::write(&path, format!("age,dose,ill\n{rows}")).unwrap();
    let mut session = Session::start(80, 24, &[path.to_str().unwrap()]);
    session.until_shown("choose the use of its 3 columns");
    session.until_shown("No label yet");
    session.press("l");
    session.until_shown("Enter opens 1 task: ill (±1); 2 features; 60 rows.");
    session.press("\r");
    session.until_shown("ill.samples");
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
}
