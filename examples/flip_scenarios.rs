//! Asks in random scenarios whether the changes that turn a verdict turn that of other trials, and
//! whether two notches less would do.
//!
//! ```text
//! cargo run --release --example flip_scenarios -- 0 40
//! ```
//!
//! The two numbers are the seeds of the scenarios: two tasks, 100 trials each.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use rand::RngExt;
use taskscope::cancel::Cancel;
use taskscope::error::Result;
use taskscope::flip::{Flip, FlipOptions, Ladder, VerdictChange, flip};
use taskscope::math::seed::Seed;
use taskscope::scenario::{Handle, Preset, Scenario};
use taskscope::study::measure::measure;
use taskscope::transfer::Verdict;

/// Draws of other trials in which the verdict of a change is measured.
const DRAWS: usize = 5;

/// A pair of tasks with knobs at random.
fn at_random(number: u64) -> Result<Scenario> {
    let mut rng = Seed::new(number).rng();
    let mut between = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
    let knobs = [
        ("source.angle", between(0.0, 180.0).round()),
        ("source.samples", 10f64.powf(between(1.5, 3.0)).round()),
        ("target.samples", 10f64.powf(between(1.6, 3.0)).round()),
        ("target.noise", 10f64.powf(between(-1.0, 0.5))),
        ("source.condition", 10f64.powf(between(0.0, 1.5))),
    ];
    let preset = Preset::find("two-tasks").and_then(|preset| preset.scenario().ok());
    let Some(preset) = preset else { return Err(taskscope::error::Error::Interrupted) };
    let mut draft = preset.draft().clone();
    draft.trials = 100.0;
    let start = Scenario::check(draft)?;
    knobs.iter().try_fold(start, |scenario, (path, value)| {
        Ok(scenario.with(Handle::find(scenario.draft(), path)?, *value)?)
    })
}

/// In how many draws of other trials the verdict is the one that is looked for.
fn turned(scenario: &Scenario, goal: Verdict) -> usize {
    let of_draw = |draw: usize| {
        let mut draft = scenario.draft().clone();
        draft.seed = 4242.0 + draw as f64;
        let anew = Scenario::check(draft).ok()?;
        let measured = measure(&anew, &[anew.approach()], &Cancel::new(), |_| ())?;
        Some(measured.own().targets.verdict == goal)
    };
    (0..DRAWS).filter(|draw| of_draw(*draw) == Some(true)).count()
}

/// The scenario with the only knob of a change turned by two notches less.
fn nearer(scenario: &Scenario, change: &VerdictChange) -> Option<Scenario> {
    let [turn] = change.turns[..] else { return None };
    let ladder = Ladder::of(turn.handle, scenario.draft())?;
    let less = ladder.turn(turn.notches - 2 * turn.notches.signum())?;
    (less.notches.signum() == turn.notches.signum())
        .then(|| scenario.with(turn.handle, less.to).ok())?
}

fn main() -> Result<()> {
    let number = |i: usize, default| {
        std::env::args().nth(i).and_then(|number| number.parse().ok()).unwrap_or(default)
    };
    let (mut named, mut fresh, mut alone, mut sooner, mut surely) = (0, 0, 0, 0, 0);
    let mut time = 0.0;
    for seed in number(1, 0)..number(2, 40) {
        let scenario = at_random(seed)?;
        let start = Instant::now();
        let options = FlipOptions { changes_only: true, ..FlipOptions::default() };
        let found = flip(&scenario, options, &Cancel::new(), &|_| ());
        time += start.elapsed().as_secs_f64();
        let Ok(Some(Flip { changes, goal, .. })) = found else { continue };
        for change in &changes {
            named += 1;
            let here = turned(&change.scenario, goal);
            fresh += here;
            let before = nearer(&scenario, change).map(|nearer| turned(&nearer, goal));
            if let Some(before) = before {
                alone += 1;
                sooner += before;
                surely += usize::from(before == DRAWS);
            }
            let turns: Vec<String> = change
                .turns
                .iter()
                .map(|turn| format!("{} by {}", turn.handle.path(scenario.draft()), turn.notches))
                .collect();
            println!("{seed}: {}: {here} of {DRAWS}, before {before:?}", turns.join(" and "));
        }
    }
    println!(
        "{named} changes turn {:.3} of the draws; of {alone} of one knob, two notches less turn \
         {:.3} of them, and all draws of {surely}; {time:.1} s of search",
        fresh as f64 / (DRAWS * named) as f64,
        sooner as f64 / (DRAWS * alone) as f64,
    );
    Ok(())
}
