//! Waiting times of a user, measured on the real program in a pseudo-terminal: until the first
//! frame; from a key until the knob has moved and until the new verdict is complete; and the
//! processor time of an idle screen.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[cfg(unix)]
fn main() {
    terminal::measure();
}

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
mod terminal {
    use std::fs;
    use std::io::{Read, Write};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    const PATIENCE: Duration = Duration::from_secs(60);

    pub(crate) fn measure() {
        let mut first: Vec<f64> = (0..20).map(|_| first_frame()).collect();
        report("first frame", &mut first);
        beside_a_study();
        for (preset, knob, presses) in
            [("two-tasks", "source.angle", 60), ("fig3-task3", "source.samples", 12)]
        {
            let mut screen = Screen::open(preset);
            screen.wait(|text| text.contains("■ step"));
            screen.settle();
            let idle = screen.idle();
            let presses: Vec<[f64; 3]> = (0..presses).map(|_| screen.press(knob)).collect();
            for (i, what) in ["moved knob", "new optimum", "whole verdict"].iter().enumerate() {
                let mut times: Vec<f64> = presses.iter().map(|press| press[i]).collect();
                report(&format!("{preset}: key to {what}"), &mut times);
            }
            println!("{preset}: processor time of an idle screen {idle:.2} %");
        }
    }

    /// Milliseconds from a key or a mouse movement until the frame has changed, while a study runs
    /// on all cores.
    fn beside_a_study() {
        let mut screen = Screen::open("fig3-task2");
        screen.wait(|text| text.contains("■ step"));
        screen.keys.write_all(b"5\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[C ").expect("keys");
        screen.wait(|text| text.contains("left") && text.contains("▶"));
        screen.keys.write_all(b"1").expect("a key");
        screen.wait(|text| text.contains("Knobs"));
        let mut column = 12;
        let mut drag = || {
            column = if column == 12 { 20 } else { 12 };
            format!("\x1b[<0;{column};16M\x1b[<0;{column};16m").into_bytes()
        };
        let mut open = false;
        let mut palette = || {
            open = !open;
            if open { b":".to_vec() } else { b"\x1b".to_vec() }
        };
        type Keys<'a> = &'a mut dyn FnMut() -> Vec<u8>;
        let mut scenes: [(&str, &str, &str, Keys); 3] = [
            ("Lab: key to moved knob", "1", "▸ source.samples", &mut || b"\x1b[C".to_vec()),
            ("Lab: click to moved slider", "1", "source.samples", &mut drag),
            ("Lab: key to palette and back", "1", "Commands:", &mut palette),
        ];
        for (what, digit, line, keys) in &mut scenes {
            screen.keys.write_all(digit.as_bytes()).expect("a key");
            screen.drain(Duration::from_secs(1));
            let mut times: Vec<f64> = (0..20).map(|_| screen.changed(line, &keys())).collect();
            report(&format!("while a study runs, {what}"), &mut times);
        }
    }

    fn report(name: &str, milliseconds: &mut [f64]) {
        milliseconds.sort_by(f64::total_cmp);
        let at = |share: f64| milliseconds[((milliseconds.len() - 1) as f64 * share) as usize];
        println!(
            "{name}: median {:.1} ms, 95th percentile {:.1} ms, n = {}",
            at(0.5),
            at(0.95),
            milliseconds.len()
        );
    }

    fn first_frame() -> f64 {
        let start = Instant::now();
        let mut screen = Screen::open("two-tasks");
        screen.wait(|text| text.contains("quit"));
        start.elapsed().as_secs_f64() * 1e3
    }

    struct Screen {
        child: Box<dyn Child + Send + Sync>,
        keys: Box<dyn Write + Send>,
        bytes: Receiver<Vec<u8>>,
        parser: vt100::Parser,
        _master: Box<dyn MasterPty + Send>,
    }

    impl Screen {
        fn open(preset: &str) -> Self {
            let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taskscope"));
            command.arg(preset);
            command.env("TERM", "xterm-256color");
            command.env("TASKSCOPE_STATE", std::env::temp_dir().join("taskscope-bench"));
            let child = pair.slave.spawn_command(command).expect("the program");
            let mut reader = pair.master.try_clone_reader().expect("a reader");
            let keys = pair.master.take_writer().expect("a writer");
            let (sender, bytes) = channel();
            thread::spawn(move || {
                let mut buffer = [0; 65536];
                while let Ok(n @ 1..) = reader.read(&mut buffer) {
                    if sender.send(buffer[..n].to_vec()).is_err() {
                        return;
                    }
                }
            });
            let parser = vt100::Parser::new(36, 120, 0);
            Self { child, keys, bytes, parser, _master: pair.master }
        }

        fn wait(&mut self, shown: impl Fn(&str) -> bool) {
            let start = Instant::now();
            while !shown(&self.parser.screen().contents()) {
                let bytes = self.bytes.recv_timeout(PATIENCE).expect("output");
                self.parser.process(&bytes);
                assert!(start.elapsed() < PATIENCE, "{}", self.parser.screen().contents());
            }
        }

        /// Waits until the screen has not changed for a while.
        fn settle(&mut self) {
            while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(700)) {
                self.parser.process(&bytes);
            }
        }

        /// Milliseconds from → until the knob has moved, until the optimum of the first trial has
        /// changed, and until all trials are done.
        fn press(&mut self, knob: &str) -> [f64; 3] {
            let start = Instant::now();
            let moved = self.moved(knob);
            self.wait(|text| {
                !["100 of 100 trials", "200 of 200 trials"].iter().any(|old| text.contains(old))
            });
            let optimum = start.elapsed().as_secs_f64() * 1e3;
            self.wait(|text| {
                let done = |line: &str| line.contains("interval, n = ") && !line.contains("…");
                text.lines().any(done) && !text.contains("measuring")
            });
            let answered = start.elapsed().as_secs_f64() * 1e3;
            self.settle();
            [moved, optimum, answered]
        }

        /// Milliseconds from → until the knob has moved.
        fn moved(&mut self, knob: &str) -> f64 {
            let value = |text: &str| {
                let line = text.lines().find(|line| line.contains(&format!("▸ {knob}")));
                line.map(|line| line.chars().skip(1).take(34).collect::<String>())
            };
            let before = value(&self.parser.screen().contents());
            let start = Instant::now();
            self.keys.write_all(b"\x1b[C").expect("a key");
            self.wait(|text| value(text) != before);
            start.elapsed().as_secs_f64() * 1e3
        }

        /// Reads the output of the program for the given time.
        fn drain(&mut self, time: Duration) {
            let start = Instant::now();
            while start.elapsed() < time {
                if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(20)) {
                    self.parser.process(&bytes);
                }
            }
        }

        /// Milliseconds from keys until the line with the given words has changed.
        fn changed(&mut self, words: &str, keys: &[u8]) -> f64 {
            let line =
                |text: &str| text.lines().find(|line| line.contains(words)).map(str::to_owned);
            let before = line(&self.parser.screen().contents());
            let start = Instant::now();
            self.keys.write_all(keys).expect("keys");
            self.wait(|text| line(text) != before);
            let changed = start.elapsed().as_secs_f64() * 1e3;
            self.drain(Duration::from_millis(200));
            changed
        }

        /// Processor time of the program over two seconds without a key, in percent of one core.
        fn idle(&self) -> f64 {
            let ticks = || -> f64 {
                let pid = self.child.process_id().unwrap_or(0);
                let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
                let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
                fields.skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum()
            };
            let before = ticks();
            thread::sleep(Duration::from_secs(2));
            (ticks() - before) / 2.0
        }
    }

    impl Drop for Screen {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
