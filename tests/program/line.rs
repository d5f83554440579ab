//! Line mode with the real program: answers, characters and exit codes.

#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Output, Stdio};
use std::sync::LazyLock;

use crate::support::program::{command, printed, text};
use taskscope::line::{commands, plain};
use taskscope::math::stats::LEVEL;
use taskscope::scenario::preset::PRESETS;

pub(super) fn converse(arguments: &[&str], commands: &str) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(commands.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The answers to commands that must all succeed.
fn answers(arguments: &[&str], commands: &str) -> Vec<String> {
    let output = converse(arguments, commands);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{out}");
    out.lines().map(str::to_owned).collect()
}

const QUICK: [&str; 4] = ["--line", "two-tasks", "--trials", "20"];

#[test]
fn advise_says_what_to_train_together_and_only_of_real_tasks() {
    let rows = "set nyt.samples 40\nset movie.samples 40\nadvise\nquit\n";
    let said = answers(&["--line", "ratings-pair", "--trials", "4"], rows).join("\n");
    let words =
        ["Best on validation rows", "All together, width 1", "penalty chosen on the validation"];
    for words in words {
        assert!(said.contains(words), "{words}: {said}");
    }
    let refused = converse(&QUICK, "advise\nquit\n");
    assert!(
        text(&refused.stderr).contains("real tasks")
            || text(&refused.stdout).contains("real tasks")
    );
}

#[test]
fn flip_says_what_to_change_and_how_to_change_it() {
    let said = answers(&QUICK, "flip\nflip helps\nquit\n").join("\n");
    for words in ["Now source HELPS target", "hurt target", "new trials", "Make the first with "] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(said.contains("nothing has to change"), "{said}");
    let turned = answers(&QUICK, "flip\nflip 1\nundo\nquit\n").join("\n");
    let made = turned.split("\"flip 1\"").nth(1).unwrap();
    assert!(made.contains(" and is now ") && made.contains("source HURTS target"), "{turned}");
    for asked in ["flip sideways", "flip 1"] {
        let refused =
            converse(&["--line", "two-tasks", "--trials", "4"], &format!("{asked}\nquit\n"));
        let all = text(&refused.stdout) + &text(&refused.stderr);
        assert!(all.contains("flip: found"), "{all}");
    }
}

#[test]
fn help_explains_the_words_of_the_glossary() {
    let said = answers(&QUICK, "help notch\nhelp slider\nhelp Bias\nhelp surrogate\nquit\n");
    for words in ["smallest turn of a knob", "knob with a track", "ever more rows", "groups"] {
        assert!(said.iter().any(|line| line.contains(words)), "{words}: {said:?}");
    }
}

#[test]
fn a_search_tells_line_mode_how_far_it_is() {
    use std::sync::Mutex;
    use taskscope::line::{Conversation, Interrupts};
    static TOLD: Mutex<Vec<f64>> = Mutex::new(Vec::new());
    let scenario = crate::support::common::preset("two-tasks");
    let scenario = crate::support::common::with_trials(&scenario, 8);
    let mut said = Vec::new();
    let mut conversation = Conversation {
        input: &mut "flip\nquit\n".as_bytes(),
        output: &mut said,
        attended: false,
        interrupts: Interrupts::default(),
        progress: || Box::new(|share| TOLD.lock().unwrap().push(share)),
    };
    let open = |name: &str| panic!("{name}");
    taskscope::line::run("two-tasks".into(), scenario, &open, &mut conversation).unwrap();
    let told = TOLD.lock().unwrap();
    assert!(told.len() > 10 && told.last() == Some(&1.0), "{told:?}");
}

/// Commands that together produce every kind of answer.
const ALL: &str = "help\nhelp gain\nhelp set\nhelp source.angle\nshow\ntasks\nknobs\nset source.angle 60\n\
                   run\nwhy\nflip\nmethods\nsweep source.angle=0:90:3\nsweep\naffinity\npresets\nseed\nseed 2\ntrials 12\n\
                   undo\nredo\nopen alignment\ntrials 4\nrun\nwhy\n# a remark\n\nquit\n";

/// The answers to them.
static SAID: LazyLock<Vec<String>> = LazyLock::new(|| {
    let of_signs = answers(&["--line", "signs", "--trials", "4"], "run\nwhy\n");
    answers(&QUICK, ALL).into_iter().chain(of_signs).collect()
});

/// Explanations at full length, of labels and of signs.
fn explanations() -> impl Iterator<Item = String> {
    let of = |name: &str| answers(&["--line", name, "--trials", "4"], "run\nwhy all\n");
    ["two-tasks", "alignment", "signs"].map(of).into_iter().flatten()
}

#[test]
fn a_script_is_answered_line_by_line_and_ends_in_zero() {
    let said = answers(&QUICK, "set source.angle 90\nwhy\n");
    let place = said.iter().position(|l| l == "source.angle was 15 degrees and is now 90 degrees.");
    let [verdict, before, theory] = [1, 2, 3].map(|next| &said[place.unwrap() + next]);
    assert!(verdict.starts_with("source HURTS target: -"), "{verdict}");
    assert!(before.starts_with("Before: source HELPS target: +"), "{before}");
    assert!(theory.starts_with("Theory, without training: -"), "{theory}");
}

#[test]
fn the_conversation_in_the_guide_is_what_is_said() {
    let guide = include_str!("../../assets/guide/line-mode.md");
    let block = guide.split("$ printf '").nth(1).unwrap().split("```").next().unwrap();
    let (command, printed) = block.split_once('\n').unwrap();
    let (script, call) = command.split_once("' | taskscope ").unwrap();
    let arguments: Vec<&str> = call.split(' ').collect();
    let said = answers(&arguments, &script.replace("\\n", "\n"));
    assert_eq!(said.join("\n") + "\n", printed);
}

#[test]
fn answers_are_plain_sentences_without_a_character_that_commands_a_terminal() {
    for line in SAID.iter().cloned().chain(explanations()) {
        assert!(line.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{line}");
        assert!(line.ends_with(['.', '?']), "{line}");
    }
}

#[test]
fn every_percentage_carries_its_interval_and_n_or_is_theory() {
    for line in SAID.iter() {
        let measured = line.replace(&plain(LEVEL), "").replace("-100 percent", "");
        let measured = measured.split("; theory").next().unwrap();
        if measured.contains(" percent") && !line.starts_with("Theory") {
            assert!(line.contains("plus or minus"), "{line}");
            assert!(line.contains("n = "), "{line}");
        }
    }
}

#[test]
fn line_mode_says_the_numbers_of_run() {
    for name in ["two-tasks", "three-tasks", "alignment"] {
        let scenario = [name, "--trials", "12"];
        let run = printed(&[&["run"], &scenario[..]].concat());
        let of = |end: &str| run.lines().rfind(|line| line.contains(end)).unwrap().to_owned();
        let verdict = ["HELP", "HURT", "NO DIFFERENCE"].iter().find_map(|word| {
            run.lines().rfind(|line| line.contains(word) && line.contains(": ")).map(str::to_owned)
        });
        let said = answers(&[&["--line"], &scenario[..]].concat(), "run\n");
        let verdict = plain(&verdict.unwrap());
        assert!(said.iter().any(|line| line.starts_with(&verdict)), "{verdict}\n{said:?}");
        if name == "two-tasks" {
            let theory = of("theory, no training: ").replace("theory, no training: ", "");
            let theory = plain(theory.split(" (").next().unwrap());
            assert!(said.contains(&format!("Theory, without training: {theory}.")), "{said:?}");
        }
    }
}

#[test]
fn a_sweep_says_the_numbers_of_the_table_and_where_the_gain_crosses() {
    let table = printed(&["sweep", "two-tasks", "--trials", "20", "--x", "source.angle=0:60:3"]);
    let said = answers(&QUICK, "sweep source.angle=0:60:3\n");
    let points: Vec<&String> = said.iter().filter(|l| l.starts_with("source.angle ")).collect();
    assert_eq!(points.len(), 3);
    let rows: Vec<String> =
        table.lines().filter(|line| line.contains(" of 20")).map(plain).collect();
    for (row, point) in rows.iter().zip(points) {
        let gain = point.split(": ").nth(1).unwrap().split(", n = ").next().unwrap();
        assert!(row.contains(gain), "{row}\n{point}");
    }
    let crossing =
        plain(table.lines().rfind(|line| line.starts_with("measured break-even")).unwrap());
    assert!(said.iter().any(|line| line.to_lowercase() == format!("{crossing}.")), "{said:?}");
}

#[test]
fn what_is_refused_is_answered_with_what_is_allowed_and_ends_in_two() {
    for (command, words) in [
        ("dance", "command: found \"dance\"; allowed: help, show"),
        ("set source.angle 400", "source.angle: found 400; allowed: a number from 0 to 180"),
        ("source.angle=wide", "source.angle: found \"wide\"; allowed: a number"),
        ("set nosuch.knob 3", "knob: found \"nosuch.knob\"; allowed: source.angle"),
        ("set", "allowed: KNOB VALUE"),
        ("sweep source.angle=0:90", "FROM:TO:N"),
        ("open nosuch", "allowed: a file, or one of two-tasks"),
        ("open", "allowed: a preset"),
        ("save", "allowed: the name of a file"),
        ("seed x", "seed: found \"x\"; allowed: a whole number"),
        ("trials 1", "trials: found 1"),
        ("help nosuch", "allowed: a knob, help"),
        ("undo twice", "allowed: nothing after it"),
    ] {
        let output = converse(&QUICK, &format!("{command}\nundo\n"));
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(2), "{command}: {said}");
        let refusal = said.lines().find(|line| line.starts_with("Not done: ")).unwrap();
        assert!(refusal.contains(words), "{command}: {refusal}");
        assert!(said.ends_with("There is nothing to undo.\n"), "{command}: it goes on: {said}");
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }
}

#[test]
fn undo_and_redo_go_back_and_forth_through_scenarios_and_files() {
    let said = answers(&QUICK, "source.angle=60\nopen turning-data\nundo\nundo\nredo\nseed\n");
    let angles: Vec<&String> = said.iter().filter(|l| l.contains("angle was")).collect();
    assert_eq!(angles.len(), 3, "{said:?}");
    assert!(angles[1].contains("was 60 degrees and is now 15"), "{angles:?}");
    assert!(angles[2].contains("was 15 degrees and is now 60"), "{angles:?}");
    assert_eq!(said.last().unwrap(), "seed is 1.");
}

#[test]
fn a_scenario_is_saved_once_and_opened_again() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("mine.json");
    let name = file.to_str().unwrap();
    let output =
        converse(&QUICK, &format!("set source.angle 44\nsave {name}\nsave {name}\nopen {name}\n"));
    let said = text(&output.stdout);
    assert!(said.contains(&format!("The scenario is in {name}.")), "{said}");
    assert!(said.contains("Not done: ") && said.contains("a name that is free"), "{said}");
    assert!(said.contains("Scenario mine: "), "{said}");
    assert!(said.contains("source.angle is 44 degrees."), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn commands_on_standard_input_are_carried_out_although_nobody_asked_for_line_mode() {
    let said = answers(&["two-tasks", "--trials", "20"], "why\n");
    assert!(said.iter().any(|line| line.starts_with("Theory, without training")), "{said:?}");
    let summary = printed(&["two-tasks", "--trials", "20"]);
    assert_eq!(summary, printed(&["run", "two-tasks", "--trials", "20"]), "no commands: a summary");
}

#[test]
fn a_pipe_that_stays_open_without_a_word_does_not_hold_the_summary_up() {
    let mut child =
        command(&["two-tasks", "--trials", "20"]).stdin(Stdio::piped()).spawn().unwrap();
    let _silent: ChildStdin = child.stdin.take().unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_is_shared_opens_the_same_scenario() {
    let said = answers(&QUICK, "set source.angle 44\nshare\n");
    let place = said.iter().position(|line| line.starts_with("ts1:")).unwrap();
    assert!(said[place + 1].starts_with("taskscope two-tasks --"), "{said:?}");
    let opened = answers(&QUICK, &format!("open {}\n", said[place]));
    assert!(opened.iter().any(|line| line.contains("source.angle is 44 degrees.")), "{opened:?}");
}

#[test]
fn tasks_are_added_copied_deleted_and_brought_back() {
    let said = answers(&QUICK, "add\ncopy source\ndelete source\nundo\ntasks\nundo\nundo\ntasks\n");
    let count = |words: &str| said.iter().filter(|line| line.starts_with(words)).count();
    assert!(count("Task source is a source") >= 5, "{said:?}");
    let tail: Vec<&String> = said.iter().rev().take(2).collect();
    assert!(tail.iter().all(|line| line.starts_with("Task ")), "two tasks again: {said:?}");
    let output = converse(&QUICK, "delete nosuch\ndelete target\n");
    let refusals = text(&output.stdout);
    assert!(refusals.contains("task: found \"nosuch\"; allowed: target, source"), "{refusals}");
    assert_eq!(refusals.matches("Not done: ").count(), 2, "{refusals}");
}

#[test]
fn every_answer_is_heard_at_once() {
    let mut child: Child = command(&QUICK).stdin(Stdio::piped()).spawn().unwrap();
    let mut commands = child.stdin.take().unwrap();
    let mut heard = BufReader::new(child.stdout.take().unwrap()).lines();
    commands.write_all(b"seed\n").unwrap();
    assert!(heard.any(|line| line.unwrap() == "seed is 1."));
    commands.write_all(b"trials\n").unwrap();
    assert!(heard.any(|line| line.unwrap() == "trials is 20."));
    drop(commands);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = command(&QUICK).stdin(Stdio::piped()).spawn().unwrap();
    let mut commands = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let _ = commands.write_all("show\n".repeat(1000).as_bytes());
    drop(commands);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
}

#[test]
fn the_help_names_every_command_and_presets_are_all_said() {
    let said = answers(&QUICK, "help\npresets\n");
    let begins = |name: &str| said.iter().any(|line| line.starts_with(name));
    assert!(commands().all(|command| begins(command.name)));
    assert!(PRESETS.iter().all(|preset| begins(preset.name)));
}

#[cfg(unix)]
mod in_a_terminal {
    use std::io::{Read, Write};
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    const PATIENCE: Duration = Duration::from_secs(20);

    struct Terminal {
        child: Box<dyn Child + Send + Sync>,
        keyboard: Box<dyn Write + Send>,
        written: Arc<Mutex<Vec<u8>>>,
        _master: Box<dyn MasterPty + Send>,
    }

    impl Terminal {
        fn start(arguments: &[&str], term: &str) -> Self {
            let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).unwrap();
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taskscope"));
            command.args(arguments);
            command.env("TERM", term);
            let child = pair.slave.spawn_command(command).unwrap();
            let written = Arc::new(Mutex::new(Vec::new()));
            let (mut reader, all) = (pair.master.try_clone_reader().unwrap(), written.clone());
            thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(n @ 1..) = reader.read(&mut bytes) {
                    all.lock().unwrap().extend(&bytes[..n]);
                }
            });
            let keyboard = pair.master.take_writer().unwrap();
            Self { child, keyboard, written, _master: pair.master }
        }

        fn text(&self) -> String {
            String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned()
        }

        fn until(&self, what: &str, times: usize) {
            let start = Instant::now();
            while self.text().matches(what).count() < times {
                assert!(start.elapsed() < PATIENCE, "waited for {what}:\n{}", self.text());
                thread::sleep(Duration::from_millis(5));
            }
        }

        fn press(&mut self, keys: &str) {
            self.keyboard.write_all(keys.as_bytes()).unwrap();
            self.keyboard.flush().unwrap();
        }

        fn end(&mut self) -> u32 {
            let start = Instant::now();
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status.exit_code();
                }
                assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.text());
                thread::sleep(Duration::from_millis(5));
            }
        }
    }

    impl Drop for Terminal {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    #[test]
    fn a_terminal_that_knows_no_commands_is_asked_line_by_line() {
        let mut terminal = Terminal::start(&["two-tasks", "--trials", "20"], "dumb");
        terminal.until("HELPS target: ", 1);
        terminal.until("\n> ", 1);
        terminal.press("dance\r");
        terminal.until("Not done: command", 1);
        terminal.press("set source.angle 90\r");
        terminal.until("source HURTS target: ", 1);
        terminal.press("quit\r");
        assert_eq!(terminal.end(), 0, "what was mistyped is no failure of a conversation");
        assert!(!terminal.text().contains('\x1b'));
    }

    #[test]
    fn control_c_ends_a_measurement_and_the_second_one_the_program() {
        let mut terminal = Terminal::start(&["--line", "two-tasks", "--trials", "20"], "xterm");
        terminal.until("\n> ", 1);
        terminal.press("sweep source.samples=1:1000:1000\r");
        terminal.until("Measuring 1000 settings", 1);
        terminal.press("\x03");
        terminal.until("Stopped; nothing was measured.", 1);
        terminal.press("seed\r");
        terminal.until("seed is 1.", 1);
        terminal.until("\n> ", 3);
        terminal.press("\x03");
        assert_eq!(terminal.end(), 130);
    }
}
