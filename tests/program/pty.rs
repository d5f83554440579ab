//! The real program in its own pseudo-terminal.

#![cfg(all(unix, feature = "cli", feature = "tui"))]

use std::fs;
use std::io::{Read, Write};
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use taskscope::transfer::Verdict;
use tempfile::TempDir;

use crate::support::program::PROGRAM;

/// Time limit of each step; an idle machine is much faster.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The program in its own terminal.
pub(super) struct Session {
    child: Box<dyn Child + Send + Sync>,
    /// The terminal, until it is closed.
    terminal: Option<OpenTerminal>,
    /// Keeps the terminal open after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    /// The folder of its configuration and state.
    home: TempDir,
    screen: Arc<Mutex<vt100::Parser>>,
    /// All output of the program.
    pub(super) written: Arc<Mutex<Vec<u8>>>,
    /// The modes of the terminal before the program started.
    pub(super) before: String,
}

/// The side of a terminal at which the user sits.
struct OpenTerminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    reading: Arc<AtomicU8>,
    reader: JoinHandle<()>,
}

/// What the terminal does with the output of the program: show it, leave it, be closed.
const SHOWS: u8 = 0;
const IS_STUCK: u8 = 1;
const CLOSES: u8 = 2;

/// How a program is started.
pub(super) struct Start<'a> {
    pub(super) size: (u16, u16),
    pub(super) arguments: &'a [&'a str],
    /// A script of a shell that starts the program as `"$0" "$@"`.
    pub(super) script: Option<&'a str>,
    /// Variables of the environment; `None` removes one.
    pub(super) variables: &'a [(&'a str, Option<&'a str>)],
    /// True if the terminal controls the program.
    pub(super) is_controlled: bool,
}

impl Session {
    pub(super) fn start(width: u16, height: u16, arguments: &[&str]) -> Self {
        Self::with(width, height, arguments, &[])
    }

    pub(super) fn with(
        width: u16,
        height: u16,
        arguments: &[&str],
        variables: &[(&str, Option<&str>)],
    ) -> Self {
        let size = (width, height);
        Self::begin(Start { size, arguments, script: None, variables, is_controlled: true })
    }

    pub(super) fn begin(start: Start<'_>) -> Self {
        let (width, height) = start.size;
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let before = modes(&*pair.master);
        let mut command = match start.script {
            Some(script) => {
                let mut shell = CommandBuilder::new("sh");
                shell.args(["-c", script, PROGRAM]);
                shell
            }
            None => CommandBuilder::new(PROGRAM),
        };
        command.args(start.arguments);
        command.set_controlling_tty(start.is_controlled);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env_remove("NO_COLOR");
        command.env_remove("RUST_BACKTRACE");
        let home = TempDir::new().unwrap();
        command.env("TASKSCOPE_STATE", home.path());
        command.env("XDG_CONFIG_HOME", home.path());
        for (name, value) in start.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(height, width, 0)));
        let written = Arc::new(Mutex::new(Vec::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let (theirs, all) = (screen.clone(), written.clone());
        let reading = Arc::new(AtomicU8::new(SHOWS));
        let asked = reading.clone();
        let reader = thread::spawn(move || {
            let mut bytes = [0; 8192];
            loop {
                while asked.load(Ordering::Relaxed) == IS_STUCK {
                    thread::sleep(Duration::from_millis(5));
                }
                let Ok(n @ 1..) = output.read(&mut bytes) else { return };
                all.lock().unwrap().extend(&bytes[..n]);
                theirs.lock().unwrap().process(&bytes[..n]);
                if asked.load(Ordering::Relaxed) == CLOSES {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let terminal = Some(OpenTerminal { master: pair.master, keyboard, reading, reader });
        Self { child, terminal, _slave: pair.slave, home, screen, written, before }
    }

    fn terminal(&self) -> &OpenTerminal {
        self.terminal.as_ref().expect("the terminal is open")
    }

    /// From now on, the terminal takes no output.
    pub(super) fn get_stuck(&self) {
        self.terminal().reading.store(IS_STUCK, Ordering::Relaxed);
    }

    /// Closes the terminal, as when its window is closed. `key` is pressed first and must change
    /// the screen.
    pub(super) fn close(&mut self, key: &str) {
        self.terminal().reading.store(CLOSES, Ordering::Relaxed);
        self.press(key);
        let terminal = self.terminal.take().unwrap();
        terminal.reader.join().unwrap();
    }

    /// The saved sessions, as text.
    pub(super) fn kept(&self) -> String {
        let Ok(entries) = fs::read_dir(self.home.path().join("sessions")) else {
            return String::new();
        };
        let paths = entries.map(|entry| entry.unwrap().path());
        let sessions = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
        sessions.map(|path| fs::read_to_string(path).unwrap_or_default()).collect()
    }

    /// The modes of the terminal as text.
    pub(super) fn modes(&self) -> String {
        modes(&*self.terminal().master)
    }

    /// Sets the modes of the terminal as a shell does for a program that it stops.
    pub(super) fn set_line_modes(&self) {
        let name = self.terminal().master.tty_name().unwrap();
        let set = Command::new("stty").arg("-F").arg(name).args(["icanon", "echo"]).status();
        assert!(set.unwrap().success());
    }

    pub(super) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub(super) fn press(&mut self, keys: &str) {
        let keyboard = &mut self.terminal.as_mut().expect("the terminal is open").keyboard;
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Types keys as fast as the program takes them, on a thread of its own. Nothing more can be typed.
    pub(super) fn flood(&mut self, keys: String) {
        let keyboard = &mut self.terminal.as_mut().expect("the terminal is open").keyboard;
        let mut keyboard = std::mem::replace(keyboard, Box::new(std::io::sink()));
        thread::spawn(move || drop(keyboard.write_all(keys.as_bytes())));
    }

    pub(super) fn contents(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// The line of the verdict: the first line with a verdict word.
    pub(super) fn verdict(&self) -> String {
        let contents = self.contents();
        let words =
            [Verdict::Helps, Verdict::Hurts, Verdict::NoDifference].map(|v| v.verb_on(false));
        let line = contents.lines().find(|line| words.iter().any(|word| line.contains(word)));
        line.unwrap_or("").to_owned()
    }

    /// Waits until a condition holds for the session.
    pub(super) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub(super) fn until_shown(&mut self, text: &str) {
        self.until(text, |session| session.contents().contains(text));
    }

    pub(super) fn has_terminal(&self) -> bool {
        let parser = self.screen.lock().unwrap();
        parser.screen().alternate_screen()
            && parser.screen().bracketed_paste()
            && parser.screen().mouse_protocol_mode() == vt100::MouseProtocolMode::AnyMotion
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(height, width);
        self.resize_unseen(width, height);
    }

    /// Resizes the terminal, but not the picture of it that the test has: for sizes in which the
    /// picture cannot be drawn.
    pub(super) fn resize_unseen(&self, width: u16, height: u16) {
        self.terminal().master.resize(size(width, height)).unwrap();
    }

    pub(super) fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap();
        let kill = Command::new("sh").args(["-c", &format!("kill -s {name} {id}")]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits for the end of the program and returns its exit code.
    pub(super) fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert_eq!(status.signal(), None);
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the terminal is restored: main screen, visible cursor, line editing and echo.
    pub(super) fn until_restored(&mut self) {
        self.until("the terminal to be given back", |session| {
            let parser = session.screen.lock().unwrap();
            let screen = parser.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        self.until("the modes of the terminal", |session| session.modes() == session.before);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// The modes of a terminal as text.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a pseudo-terminal has modes"))
}

/// True if the program is suspended.
pub(super) fn is_stopped(session: &Session) -> bool {
    let id = session.child.process_id().unwrap().to_string();
    let state = Command::new("ps").args(["-o", "state=", "-p", &id]).output().unwrap();
    String::from_utf8_lossy(&state.stdout).trim_start().starts_with('T')
}
