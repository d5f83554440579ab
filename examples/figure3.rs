//! Figure 3 of the paper as a table: the gain of the target for three sources and a growing
//! number of source rows, measured at exact optima, beside the theory line.
//!
//! `cargo run --release --example figure3`

#![allow(clippy::print_stdout)]

use std::error::Error;

use taskscope::cancel::Cancel;
use taskscope::figure::words;
use taskscope::scenario::{Handle, Preset, Scenario};
use taskscope::study::measure::measure;
use taskscope::study::prediction::{POPULATIONS, predict};

/// Trials behind each number.
const TRIALS: f64 = 60.0;

fn main() -> Result<(), Box<dyn Error>> {
    println!(
        "{:<12}{:>9}{:>16}{:>14}{:>10}",
        "preset", "rows", "gain (95 %)", "better in", "theory"
    );
    for name in ["fig3-task2", "fig3-task3", "fig3-task4"] {
        let preset = Preset::find(name).ok_or("no such preset")?.scenario()?;
        let mut draft = preset.draft().clone();
        draft.trials = TRIALS;
        let preset = Scenario::check(draft)?;
        let samples = Handle::find(preset.draft(), "source.samples")?;
        for rows in [20.0, 200.0, 1e6] {
            let scenario = preset.with(samples, rows)?;
            let measured = measure(&scenario, &scenario.beside_baseline(), &Cancel::new(), |_| {})
                .ok_or("cancelled")?;
            let outcome = measured.own().targets;
            let better = (outcome.helped * outcome.trials as f64).round();
            println!(
                "{name:<12}{rows:>9}{:>16}{:>14}{:>10}",
                words::gain(outcome.gain),
                format!("{better} of {}", outcome.trials),
                words::predicted(predict(&scenario, POPULATIONS)?.gain)
            );
        }
    }
    Ok(())
}
