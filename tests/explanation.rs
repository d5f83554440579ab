//! Explanations: their numbers are those of the library, their maxima those of a search.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::with_trials;
use taskscope::cancel::Cancel;
use taskscope::scenario::preset::PRESETS;
use taskscope::study::{Explanation, explain};

fn explained(scenario: &taskscope::scenario::Scenario) -> Explanation {
    explain(scenario, Some(scenario.focus()), &Cancel::new(), |_| {}).unwrap()
}

#[test]
fn look() {
    for preset in PRESETS {
        let scenario = with_trials(&preset.scenario().unwrap(), 8);
        let start = std::time::Instant::now();
        let mut times = Vec::new();
        let e = explain(&scenario, Some(scenario.focus()), &Cancel::new(), |_| {
            times.push(start.elapsed().as_millis())
        })
        .unwrap();
        println!("==== {} {:?}\n{}\n", preset.name, times, e.lines().join("\n"));
    }
}
