//! Sessions: those left by crashed programs, and those locked by running ones.

#![cfg(feature = "png")]

use std::fs;
use std::path::{Path, PathBuf};

use taskscope::scenario::Preset;
use taskscope::store::session::{AbandonedSession, FORMAT, Keeper, Session};
use tempfile::TempDir;

fn session(name: &str, time: u64) -> Session {
    let scenario = Preset::find("two-tasks").unwrap().scenario().unwrap();
    Session {
        session: FORMAT.version,
        time,
        name: name.to_owned(),
        screen: "Lab".to_owned(),
        focus: "source.angle".to_owned(),
        scenario: scenario.draft().clone(),
    }
}

/// Creates a session as a killed program leaves it.
fn leave(folder: &Path, name: &str, time: u64) {
    Keeper::new(folder).keep(&[session(name, time)]).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn names(folder: &Path) -> Vec<String> {
    AbandonedSession::find(folder).left.iter().map(|left| left.session().name.clone()).collect()
}

#[test]
fn a_session_of_a_dead_program_comes_back_as_it_was() {
    let folder = TempDir::new().unwrap();
    let mut kept = session("mine", 7);
    kept.scenario.seed = 5.0;
    Keeper::new(folder.path()).keep(std::slice::from_ref(&kept)).unwrap();
    let mut found = AbandonedSession::find(folder.path());
    assert_eq!(found.left.remove(0).remove().unwrap(), kept);
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_living_program_keeps_its_session_to_itself() {
    let folder = TempDir::new().unwrap();
    let mut keeper = Keeper::new(folder.path());
    keeper.keep(&[session("alive", 1)]).unwrap();
    assert!(names(folder.path()).is_empty());
    drop(keeper);
    assert_eq!(names(folder.path()), ["alive"]);
}

#[test]
fn every_unsaved_scenario_has_its_own_session_until_it_is_saved() {
    let folder = TempDir::new().unwrap();
    let mut keeper = Keeper::new(folder.path());
    keeper.keep(&[session("open", 3), session("left", 3)]).unwrap();
    keeper.keep(&[session("left", 4)]).unwrap();
    assert_eq!(files(folder.path()).len(), 2, "one session and its lock");
    keeper.keep(&[session("open", 5), session("left", 5)]).unwrap();
    drop(keeper);
    assert_eq!(names(folder.path()), ["open", "left"]);
}

#[test]
fn nothing_is_written_before_something_is_kept_and_nothing_stays_after_a_clean_end() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("deep/state");
    let mut keeper = Keeper::new(&place);
    keeper.keep(&[]).unwrap();
    assert!(!place.exists());
    keeper.keep(&[session("a", 1)]).unwrap();
    keeper.keep(&[session("b", 2)]).unwrap();
    assert_eq!(files(&place).len(), 2, "one session and its lock");
    keeper.keep(&[]).unwrap();
    assert!(files(&place).is_empty());
}

#[test]
fn the_newest_comes_first_and_those_not_taken_are_found_again() {
    let folder = TempDir::new().unwrap();
    for (name, time) in [("old", 1), ("newest", 3), ("older", 2)] {
        leave(folder.path(), name, time);
    }
    assert_eq!(names(folder.path()), ["newest", "older", "old"]);
    AbandonedSession::find(folder.path()).left.remove(0).remove().unwrap();
    assert_eq!(names(folder.path()), ["older", "old"]);
}

#[test]
fn while_one_program_offers_a_session_no_other_does() {
    let folder = TempDir::new().unwrap();
    leave(folder.path(), "mine", 1);
    let first = AbandonedSession::find(folder.path());
    assert_eq!(first.left.len(), 1);
    assert!(names(folder.path()).is_empty());
    drop(first);
    assert_eq!(names(folder.path()), ["mine"]);
}

#[test]
fn damaged_files_and_those_of_another_format_are_named_and_stay() {
    let folder = TempDir::new().unwrap();
    leave(folder.path(), "good", 1);
    let newer = serde_json::json!({ "session": FORMAT.version + 1, "more": true }).to_string();
    let mut refused = serde_json::to_value(session("bad", 2)).unwrap();
    refused["scenario"]["trials"] = (-1).into();
    for (name, text) in [
        ("newer", newer),
        ("half", "{\"session\": 1, \"ti".to_owned()),
        ("refused", refused.to_string()),
    ] {
        fs::write(folder.path().join(format!("{name}.json")), text).unwrap();
    }
    let found = AbandonedSession::find(folder.path());
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
    let error = Keeper::new(file.join("state")).keep(&[session("a", 1)]).unwrap_err();
    assert_eq!(error.exit_code(), 5);
    let found = AbandonedSession::find(&folder.path().join("nowhere"));
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

#[test]
fn a_session_that_was_left_is_offered_brought_back_and_undone() {
    use std::sync::Arc;
    use taskscope::app::saved_work::SavedWork as Offered;
    use taskscope::app::{App, Key, Message, Screen};
    let preset = |name: &str| Preset::find(name).unwrap().scenario().unwrap();
    let mut app = App::new("two-tasks", preset("two-tasks"));
    app.offer(Offered {
        name: "mine".to_owned(),
        scenario: Arc::new(preset("turning-data")),
        focus: "source.samples".to_owned(),
        screen: Screen::Sweep.name().to_owned(),
        age: "3 minutes".to_owned(),
    });
    assert!(app.view.note.as_ref().is_some_and(|note| note.contains("3 minutes ago")));
    let _ = app.update(Message::Key(Key::Char('U')));
    assert_eq!((app.work.name.as_str(), app.screens.current), ("mine", Screen::Sweep));
    assert_eq!(app.work.scenario.draft(), preset("turning-data").draft());
    assert_eq!(app.screens.lab.focus.path(app.work.scenario.draft()), "source.samples");
    assert!(app.is_changed(), "it is not saved yet");
    let _ = app.update(Message::Key(Key::Char('u')));
    assert_eq!(app.work.scenario.draft(), preset("two-tasks").draft());
    let said = app.view.note.as_deref();
    assert_eq!(said, Some("undone: two-tasks is open in place of mine"));
    let unsaved = |app: &App| -> Vec<String> {
        app.unsaved_works().into_iter().map(|(work, _)| work.name).collect()
    };
    assert_eq!(unsaved(&app), ["mine"], "redo brings it back, so it is not lost");
    assert!(app.update(Message::Key(Key::Char('q'))).is_empty());
    assert_eq!(app.view.note.as_deref(), Some("q again quits. Not saved: mine (u or Ctrl-R)"));
    let _ = app.update(Message::Key(Key::Ctrl('r')));
    assert_eq!(unsaved(&app), ["mine"]);
    let _ = app.update(Message::Key(Key::Char('U')));
    assert!(app.view.note.as_ref().is_some_and(|note| note.contains("no session")));
    let _ = app.update(Message::Waits("theirs: dataset: found rows.csv, which is missing".into()));
    let _ = app.update(Message::Key(Key::Char('x')));
    let _ = app.update(Message::Key(Key::Char('U')));
    let note = app.view.note.unwrap_or_default();
    assert!(
        note.contains("waits") && note.contains("theirs") && note.contains("rows.csv"),
        "{note}"
    );
}

/// The real program, killed in a real terminal.
#[cfg(all(unix, feature = "cli", feature = "tui"))]
mod killed {
    use std::io::{Read, Write};
    use std::path::Path;
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
    use tempfile::TempDir;

    use super::files;

    const PATIENCE: Duration = Duration::from_secs(20);

    struct Terminal {
        child: Box<dyn Child + Send + Sync>,
        keyboard: Box<dyn Write + Send>,
        screen: Arc<Mutex<vt100::Parser>>,
        _master: Box<dyn MasterPty + Send>,
    }

    impl Terminal {
        fn start(state: &Path) -> Self {
            let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).unwrap();
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taskscope"));
            command.args(["two-tasks", "--trials", "20"]);
            command.env("TERM", "xterm-256color");
            command.env("TASKSCOPE_STATE", state);
            command.env("XDG_CONFIG_HOME", state);
            let child = pair.slave.spawn_command(command).unwrap();
            let screen = Arc::new(Mutex::new(vt100::Parser::new(36, 120, 0)));
            let (mut reader, theirs) = (pair.master.try_clone_reader().unwrap(), screen.clone());
            thread::spawn(move || {
                let mut bytes = [0; 8192];
                while let Ok(n @ 1..) = reader.read(&mut bytes) {
                    theirs.lock().unwrap().process(&bytes[..n]);
                }
            });
            let keyboard = pair.master.take_writer().unwrap();
            Self { child, keyboard, screen, _master: pair.master }
        }

        fn contents(&self) -> String {
            self.screen.lock().unwrap().screen().contents()
        }

        fn press(&mut self, keys: &str) {
            self.keyboard.write_all(keys.as_bytes()).unwrap();
            self.keyboard.flush().unwrap();
        }

        fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
            let start = Instant::now();
            while !holds(self) {
                assert!(start.elapsed() < PATIENCE, "waited for {what}:\n{}", self.contents());
                thread::sleep(Duration::from_millis(5));
            }
        }

        fn until_shown(&self, text: &str) {
            self.until(text, |terminal| terminal.contents().contains(text));
        }
    }

    impl Drop for Terminal {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    #[test]
    fn what_a_killed_program_was_working_on_is_brought_back() {
        let state = TempDir::new().unwrap();
        let sessions = state.path().join("sessions");
        let mut first = Terminal::start(state.path());
        first.until_shown("source HELPS target");
        assert!(files(&sessions).is_empty(), "nothing is written before something is changed");
        first.press("\x1b[C");
        first.until_shown("source.angle 16°");
        first.until("the session to be kept", |_| {
            files(&sessions).iter().any(|file| file.extension().is_some_and(|e| e == "json"))
        });
        first.press("\x1b[C\x1b[C");
        first.until_shown("source.angle 18°");
        first.until("the change to be kept", |_| {
            let kept = files(&sessions).into_iter().map(std::fs::read_to_string);
            kept.flatten().any(|text| text.contains("\"angle\":18"))
        });
        first.until("no other file", |_| files(&sessions).len() == 2);
        drop(first);

        let mut second = Terminal::start(state.path());
        second.until_shown("unsaved session from");
        second.until_shown("source.angle 15°");
        second.press("U");
        second.until_shown("source.angle 18°");
        second.until("its own session in the place of the one taken up", |_| {
            files(&sessions).len() == 2
        });
        second.press("qq");
        second.until("the end", |_| files(&sessions).is_empty());
    }

    #[test]
    fn a_program_that_is_left_by_its_user_leaves_nothing() {
        let state = TempDir::new().unwrap();
        let sessions = state.path().join("sessions");
        let mut terminal = Terminal::start(state.path());
        terminal.until_shown("source HELPS target");
        terminal.press("\x1b[C");
        terminal.until("the session to be kept", |_| files(&sessions).len() == 2);
        terminal.press("qq");
        let start = Instant::now();
        while terminal.child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < PATIENCE);
            thread::sleep(Duration::from_millis(5));
        }
        assert!(files(&sessions).is_empty());
    }
}
