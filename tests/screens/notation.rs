//! One quantity has one notation in every frame of every preset.

#![cfg(feature = "tui")]

use proptest::prelude::*;
use rayon::prelude::*;
use taskscope::app::Key;
use taskscope::job::JobSlot;
use taskscope::scenario::preset::PRESETS;

use crate::support::drive::{Drive, changed};

/// Words and signs of notations that are not used: a gain is a percentage of the error alone, an
/// angle is in degrees, an interval has "to" between its ends.
const OTHER: [&str; 9] = [
    "error ×",
    "× the error",
    "times the error",
    "less error",
    "(ratio)",
    " rad ",
    "e+0",
    "NaN",
    "percentage points",
];

/// The texts of all screens but Runs and Advice of a scenario, at a size.
fn frames(drive: &mut Drive, (width, height): (u16, u16)) -> Vec<(char, String)> {
    ('1'..='6')
        .map(|key| {
            drive.press(Key::Char(key));
            drive.settle_slot(JobSlot::Verdict);
            drive.settle_slot(JobSlot::Insight);
            (key, drive.screen(width, height))
        })
        .collect()
}

/// Other notations of the target's gain than a percentage: as a share or as a ratio of the errors,
/// to four digits, so that no other number is taken for it.
fn gain_otherwise(drive: &Drive) -> Vec<String> {
    let Some(gain) = drive.app.screens.lab.outcome().and_then(|outcome| outcome.gain) else {
        return Vec::new();
    };
    let numbers = [gain.mean.abs(), 1.0 - gain.mean];
    numbers.iter().filter(|n| **n > 0.01).map(|n| format!("{n:.4}")).collect()
}

fn check(name: &str, drive: &mut Drive, size: (u16, u16)) -> Result<(), TestCaseError> {
    for (key, text) in frames(drive, size) {
        for other in OTHER {
            prop_assert!(!text.contains(other), "{name}, screen {key}: {other:?} in\n{text}");
        }
        for other in gain_otherwise(drive) {
            prop_assert!(!text.contains(&other), "{name}, screen {key}: {other} in\n{text}");
        }
    }
    Ok(())
}

#[test]
fn no_frame_of_a_preset_shows_one_quantity_in_two_notations() {
    PRESETS.par_iter().for_each(|preset| {
        let scenario = changed(preset.name, |draft| draft.trials = 2.0);
        let mut drive = Drive::open(preset.name, scenario);
        for size in [(120, 36), (80, 24)] {
            check(preset.name, &mut drive, size).unwrap();
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn turned_knobs_bring_no_second_notation(
        preset in prop::sample::select(vec!["two-tasks", "three-tasks", "turning-data"]),
        moves in prop::collection::vec((0_usize..3, any::<bool>(), 1_usize..12), 1..6),
        width in 80_u16..140,
    ) {
        let scenario = changed(preset, |draft| draft.trials = 4.0);
        let mut drive = Drive::open(preset, scenario);
        for (down, right, times) in moves {
            drive.keys(&vec![Key::Down; down]);
            drive.keys(&vec![if right { Key::Right } else { Key::Left }; times]);
        }
        check(preset, &mut drive, (width, 36))?;
    }
}
