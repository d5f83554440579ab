//! The screen under faults: however it ends, the terminal is as before, and the work is saved.

#![cfg(all(unix, feature = "cli", feature = "tui"))]

use std::thread;
use std::time::Duration;

use crate::pty::{Session, Start, is_stopped};

const SMALL: &[&str] = &["two-tasks", "--trials", "4"];
const RIGHT: &str = "\x1b[C";

/// A session with a change that is saved in case of a fault.
fn changed(session: Session) -> Session {
    let mut session = session;
    session.until_shown("source.angle 15°");
    session.press(RIGHT);
    session.until_shown("source.angle 16°");
    session.until("the saved session", is_kept);
    session
}

fn is_kept(session: &Session) -> bool {
    session.kept().contains("\"angle\":16")
}

/// Quits, with unsaved changes.
fn quit(session: &mut Session) {
    session.press("q");
    session.until_shown("q again quits");
    session.press("q");
    assert_eq!(session.end(), 0);
    session.until_restored();
    assert_eq!(session.kept(), "", "nothing is left to be offered");
}

#[test]
fn signals_that_ask_for_the_end_give_the_terminal_back_and_keep_the_work() {
    let names = "TERM INT HUP QUIT ABRT USR1 USR2 ALRM VTALRM PROF XCPU IO SYS TRAP".split(' ');
    let further =
        if cfg!(target_os = "linux") { &["PWR", "16", "RTMIN", "RTMAX"][..] } else { &[] };
    for name in names.chain(further.iter().copied()) {
        let mut session = changed(Session::start(80, 24, SMALL));
        assert!(session.has_terminal());
        session.signal(name);
        assert_eq!(session.end(), 130, "SIG{name}");
        session.until_restored();
        session.until_shown("interrupted");
        assert!(is_kept(&session), "SIG{name}");
    }
}

#[test]
fn a_paste_without_an_end_does_not_hold_back_the_keys_that_follow() {
    let mut session = Session::start(80, 24, SMALL);
    session.until_shown("source.angle 15°");
    session.press("\r");
    session.until_shown("source.angle =");
    session.press("\x1b[200~33");
    session.until_shown("source.angle = 33");
    session.press("\r");
    session.until_shown("source.angle 33°");
    quit(&mut session);
}

#[test]
fn two_signals_at_once_end_the_program_like_one() {
    let mut session = changed(Session::start(80, 24, SMALL));
    session.signal("INT");
    session.signal("INT");
    assert_eq!(session.end(), 130);
    session.until_restored();
    assert!(is_kept(&session));
}

#[test]
fn a_terminal_that_takes_no_output_is_left_at_the_second_signal() {
    let mut session = changed(Session::start(400, 120, SMALL));
    session.get_stuck();
    for _ in 0..40 {
        session.press("2");
        thread::sleep(Duration::from_millis(20));
        session.press("1");
        thread::sleep(Duration::from_millis(20));
    }
    session.signal("TERM");
    thread::sleep(Duration::from_millis(1_100));
    assert!(session.is_running(), "it cannot draw");
    session.signal("TERM");
    assert_eq!(session.end(), 130);
    session.until("the modes of the terminal", |session| session.modes() == session.before);
    assert!(is_kept(&session));
}

#[test]
fn a_terminal_that_closes_ends_the_program_and_keeps_the_work() {
    for is_controlled in [true, false] {
        let size = (80, 24);
        let start = Start { size, arguments: SMALL, script: None, variables: &[], is_controlled };
        let mut session = changed(Session::begin(start));
        session.close("2");
        assert_eq!(session.end(), 130, "controlled: {is_controlled}");
        assert!(is_kept(&session), "controlled: {is_controlled}");
    }
}

#[test]
fn a_bug_on_the_screen_gives_the_terminal_back_and_keeps_the_work() {
    let variables = [("TASKSCOPE_FAULT", Some("screen"))];
    let mut session = Session::with(80, 24, SMALL, &variables);
    session.until_shown("source.angle 15°");
    session.press(RIGHT);
    assert_eq!(session.end(), 101);
    session.until_restored();
    session.until_shown("asked for by TASKSCOPE_FAULT");
    session.until_shown("this is a bug");
    assert!(is_kept(&session));
}

#[test]
fn a_bug_in_a_computation_is_told_and_the_program_goes_on() {
    let variables = [("TASKSCOPE_FAULT", Some("worker"))];
    let mut session = changed(Session::with(120, 36, SMALL, &variables));
    session.until_shown("asked for by TASKSCOPE_FAULT");
    quit(&mut session);
}

/// A session that a shell with job control has begun, and that Ctrl-Z has suspended. Enter then
/// lets the shell go on with a script.
fn suspended(script: &str) -> Session {
    suspended_by("\"$0\" \"$@\"", script)
}

/// Like [`suspended`], begun with a command of the shell.
fn suspended_by(command: &str, script: &str) -> Session {
    let script = format!("set -m; {command}; echo stopped; read line; {script}");
    let mut session = changed(Session::begin(Start {
        size: (80, 24),
        arguments: SMALL,
        script: Some(&script),
        variables: &[],
        is_controlled: true,
    }));
    session.press("\x1a");
    session.until_shown("stopped");
    session.until_restored();
    session
}

#[test]
fn the_shell_brings_a_suspended_program_back() {
    let mut session = suspended("fg; echo \"code $?\"");
    session.press("\r");
    session.until("the screen to come back", Session::has_terminal);
    session.until_shown("source.angle 16°");
    quit(&mut session);
    session.until_shown("code 0");
}

#[test]
fn the_shell_ends_a_suspended_program_without_bringing_it_back() {
    let is_there = "kill -s 0 %1 2>/dev/null";
    let end = "kill -s TERM %1; kill -s CONT %1";
    let script = format!("{end}; while {is_there}; do sleep 0.05; done; echo gone");
    let mut session = suspended(&script);
    session.press("\r");
    session.until_shown("interrupted");
    session.until_shown("gone");
    assert_eq!(session.end(), 0, "the shell");
    session.until_restored();
    assert!(is_kept(&session));
}

#[test]
fn a_script_that_has_started_the_program_is_suspended_with_it() {
    let script = "fg; echo \"code $?\"";
    let mut session = suspended_by("sh -c '\"$0\" \"$@\"; echo after $?' \"$0\" \"$@\"", script);
    session.press("\r");
    session.until("the screen to come back", Session::has_terminal);
    quit(&mut session);
    session.until_shown("after 0");
    session.until_shown("code 0");
}

#[test]
fn without_a_shell_that_could_bring_it_back_the_program_is_not_suspended() {
    let mut session = changed(Session::start(80, 24, SMALL));
    session.press("\x1a");
    session.until_shown("There is no shell that could bring the program back.");
    assert!(session.has_terminal());
    quit(&mut session);
}

#[test]
fn a_program_stopped_from_outside_takes_the_terminal_over_again() {
    let mut session = changed(Session::start(80, 24, SMALL));
    let raw = session.modes();
    session.signal("STOP");
    session.until("the program to stand", is_stopped);
    session.set_line_modes();
    assert_ne!(session.modes(), raw);
    session.signal("CONT");
    session.until("keys read one by one", |session| session.modes() == raw);
    session.press(RIGHT);
    session.until_shown("source.angle 17°");
    quit(&mut session);
}

#[test]
fn work_that_cannot_be_saved_is_told_at_once_and_at_the_end() {
    let no_folder: &[_] = &[("TASKSCOPE_STATE", Some("/dev/null/state"))];
    let no_room = "ulimit -f 0; exec \"$0\" \"$@\"";
    for (variables, script) in [(no_folder, None), (&[], Some(no_room))] {
        let size = (120, 36);
        let start = Start { size, arguments: SMALL, script, variables, is_controlled: true };
        let mut session = Session::begin(start);
        session.until_shown("source.angle 15°");
        session.press(RIGHT);
        session.until_shown("changes cannot be saved in case of a crash");
        session.signal("TERM");
        assert_eq!(session.end(), 130);
        session.until_restored();
        session.until_shown("the session could not be saved");
        assert_eq!(session.kept(), "", "nothing half written");
    }
}

#[test]
fn every_screen_is_drawn_and_left() {
    for (width, height) in [(120, 36), (80, 24)] {
        let mut session = Session::start(width, height, SMALL);
        let titles = [
            "Gain of target along",
            "2 tasks learn together",
            "Claim: amount of data",
            "Do cheap proxies agree?",
            "Set up",
            "Runs of this session",
            "Lessons: predict",
        ];
        for (number, title) in (1..).zip(titles) {
            session.press(&number.to_string());
            session.until_shown(title);
        }
        session.press("q");
        assert_eq!(session.end(), 0);
        session.until_restored();
    }
}

#[test]
fn two_hundred_changes_of_size_leave_the_screen_whole() {
    let mut session = changed(Session::start(80, 24, SMALL));
    let sizes = [(1, 1), (500, 200), (2, 80), (300, 1), (120, 36), (1, 200), (39, 9), (200, 60)];
    for turn in 0..200 {
        let (width, height) = sizes[turn % sizes.len()];
        session.resize_unseen(width, height);
        if turn % 10 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
    }
    session.resize(80, 24);
    session.until_shown("source.angle 16°");
    session.press(RIGHT);
    session.until_shown("source.angle 17°");
    quit(&mut session);
}

#[test]
fn a_megabyte_is_pasted_at_once() {
    let mut session = changed(Session::start(80, 24, SMALL));
    let paste = format!("\x1b[200~{}\x1b[201~", "q1 \r\n\t".repeat(1 << 18));
    session.press(&paste);
    session.press("\r");
    session.until_shown("source.angle =");
    session.press(&paste);
    session.press("\x1b");
    session.until("the field to close", |session| !session.contents().contains("angle ="));
    session.press(RIGHT);
    session.until_shown("source.angle 17°");
    quit(&mut session);
}

#[test]
fn a_flood_of_mouse_events_is_worked_off() {
    let mut session = changed(Session::start(80, 24, SMALL));
    let events = (0..20_000).map(|i| match i % 5 {
        0 => format!("\x1b[<64;{};{}M", 1 + i % 80, 1 + i % 24),
        1 => format!("\x1b[<65;{};{}M", 1 + i % 80, 1 + i % 24),
        _ => format!("\x1b[<35;{};{}M", 1 + i % 80, 1 + i % 24),
    });
    session.press(&events.collect::<String>());
    session.signal("TERM");
    assert_eq!(session.end(), 130);
    session.until_restored();
}

#[test]
fn a_flood_of_keys_does_not_hold_up_the_end() {
    let mut session = changed(Session::start(80, 24, SMALL));
    let before = session.contents();
    session.flood("f".repeat(60_000));
    session.until("the first key to be handled", |session| session.contents() != before);
    session.signal("TERM");
    assert_eq!(session.end(), 130);
    session.until_restored();
}

#[test]
fn a_terminal_of_an_unknown_kind_or_of_none_is_given_back() {
    for kind in [None, Some(""), Some("no-such-terminal")] {
        let mut session = changed(Session::with(80, 24, SMALL, &[("TERM", kind)]));
        quit(&mut session);
    }
}

#[test]
fn what_is_being_typed_as_an_answer_is_on_disk_soon_and_outlives_a_kill() {
    let folder = tempfile::TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let toml = "format = 1\nid = \"why\"\ntitle = \"Why\"\nminutes = 1\nmisconception = \"x\"\n\
                scenario = \"two-tasks\"\ntrials = 4\nknobs = [\"source.angle\"]\n\
                [[step]]\nkind = \"explain\"\nask = \"Why does it hurt?\"\nanswer = \"Because.\"\n";
    std::fs::write(at("why.toml"), toml).unwrap();
    let play = ["lesson", "play", &at("why.toml"), "--student", "3", "--answers", &at("answers")];
    let mut session = Session::start(100, 30, &play);
    session.until_shown("Why does it hurt?");
    session.press("\rIt pulls the unit away");
    let file = at("answers/why-3.json");
    session.until("words on disk", |_| {
        std::fs::read_to_string(&file).is_ok_and(|json| json.contains("It pulls the unit away"))
    });
    session.signal("KILL");
    while session.is_running() {
        thread::sleep(Duration::from_millis(5));
    }
    assert!(std::fs::read_to_string(&file).unwrap().contains("It pulls the unit away"));
}
