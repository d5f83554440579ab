//! Long use: a user who goes through all screens again and again.
//!
//! `USE_MINUTES=60 cargo test --test app long_use -- --nocapture` goes on for an hour and prints the
//! memory of the program every minute, on Linux.
#![cfg(feature = "tui")]

use std::io::Write;
use std::time::{Duration, Instant};

use crate::support::user::{Event, User};
use taskscope::app::{Gesture, Key, RunState};
use taskscope::job::JobSlot;

/// What is typed on every screen. Upper case stands for keys without a letter.
const ROUND: [&str; 12] = [
    "1JJRRRLRRRuuDRRLLp.",
    "1aJRsRLp:theme EE?E/noise E",
    "2JJJRRLoJcXuu",
    "3JJJKK",
    "4 WJJRW",
    "5JJRRJ WJx W",
    "6JJKKW",
    "7JJNEE",
    "8JW",
    "1o.E1eEEeJEE",
    "5 W6XW1",
    "1RRRRRRRRLLLLLLLLuuuuuuuuuuuuuuuu",
];

fn event(letter: char) -> Event {
    let key = match letter {
        'J' => Key::Down,
        'K' => Key::Up,
        'R' => Key::Right,
        'L' => Key::Left,
        'D' => Key::PageDown,
        'N' => Key::Enter,
        'E' => Key::Escape,
        'X' => Key::Delete,
        'W' => return Event::Study,
        letter => Key::Char(letter),
    };
    Event::Press(key)
}

/// Goes through all screens once.
fn go_round(user: &mut User, round: usize) {
    for (at, keys) in ROUND.iter().enumerate() {
        user.meet(Event::Press(Key::Escape));
        for letter in keys.chars() {
            user.meet(event(letter));
        }
        user.meet(Event::Resize(80 + (round % 41) as u16, 24 + (at % 13) as u16));
        user.look();
        for step in 0..6 {
            let (x, y) = ((round * 7 + step * 13) as u16, (at * 5 + step * 3) as u16);
            for gesture in [Gesture::Press, Gesture::Drag, Gesture::Release, Gesture::Wheel(1)] {
                user.meet(Event::Mouse(gesture, x, y));
            }
            user.look();
        }
        for slot in [JobSlot::Verdict, JobSlot::Curve, JobSlot::Descent] {
            user.meet(Event::Settle(slot));
        }
        user.meet(Event::Time((round * ROUND.len() + at) as u64));
    }
    user.meet(Event::Press(Key::Escape));
    user.look();
}

/// Deletes the runs of the user, who would not keep thousands.
fn tidy(user: &mut User) {
    let runs = &mut user.drive.app.screens.studies.runs;
    let running = runs.iter().any(|run| run.state == RunState::Running);
    if !running && runs.len() > 20 {
        runs.truncate(2);
    }
}

/// Resident memory in MiB, where the system says it.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024.0)
}

#[test]
fn whoever_goes_round_and_round_can_undo_a_thousand_steps_and_no_more() {
    let minutes = std::env::var("USE_MINUTES").ok().and_then(|text| text.parse::<u64>().ok());
    let mut user = User::of("two-tasks");
    let begun = Instant::now();
    let mut told = 0;
    for round in 0.. {
        let passed = begun.elapsed();
        match minutes {
            None if round >= 2 => break,
            Some(minutes) if passed > Duration::from_secs(60 * minutes) => break,
            _ => {}
        }
        go_round(&mut user, round);
        tidy(&mut user);
        let app = &user.drive.app;
        assert!(app.work.undo_depth() <= 1000);
        if minutes.is_some() && passed.as_secs() / 60 >= told {
            told = passed.as_secs() / 60 + 1;
            let (steps, runs) = (app.work.undo_depth(), app.screens.studies.runs.len());
            let said = format!(
                "{} min: {:.1} MiB after {round} rounds; {steps} steps to undo, {runs} runs\n",
                told - 1,
                resident().unwrap_or(f64::NAN),
            );
            let _ = std::io::stderr().write_all(said.as_bytes());
        }
    }
}
