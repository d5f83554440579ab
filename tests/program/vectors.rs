//! Without the vector instructions of the processor, every verdict and every number shown stay.
#![cfg(feature = "cli")]

use taskscope::scenario::preset::PRESETS;

use crate::support::program::{command, text};

/// What a short run prints.
fn run(preset: &str, vectors: &str) -> String {
    let mut command = command(&["run", preset, "--trials", "2"]);
    let output = command.env("TASKSCOPE_VECTORS", vectors).output().unwrap();
    assert!(output.status.success(), "{preset}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The sentences with verdicts, without their numbers.
fn verdicts(printed: &str) -> Vec<String> {
    let words = ["HELPS", "HURTS", "NO DIFFERENCE"];
    let lines = printed.lines().filter(|line| words.iter().any(|word| line.contains(word)));
    lines.map(|line| line.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect()).collect()
}

/// Methods that end where validation rows say so may end elsewhere after a rounding.
#[test]
fn without_vector_instructions_every_verdict_stays_and_every_number_that_no_rows_choose() {
    let mut same = 0;
    for preset in PRESETS {
        let [one, other] = ["none", "auto"].map(|vectors| run(preset.name, vectors));
        assert_eq!(verdicts(&one), verdicts(&other), "{}", preset.name);
        if !one.contains("tuned") {
            assert_eq!(one, other, "{}", preset.name);
            same += 1;
        }
    }
    assert!(same >= 15, "{same}");
}
