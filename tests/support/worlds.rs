//! Programs with everything computed, created once and used by many tests.

use std::sync::LazyLock;

use taskscope::app::Key;
use taskscope::job::JobSlot;

use super::drive::{Drive, changed};
use super::once::Once;

/// Two tasks in the Lab, with few trials.
pub fn two_tasks() -> Drive {
    static WORLD: LazyLock<Drive> = LazyLock::new(|| {
        let mut drive = Drive::preset("two-tasks", 20);
        drive.settle();
        drive
    });
    WORLD.clone()
}

/// Three tasks in the Lab, with a sweep and an affinity study beside them.
pub fn three_tasks() -> Drive {
    static WORLD: LazyLock<Drive> = LazyLock::new(|| {
        let mut drive = Drive::open(
            "three-tasks",
            changed("three-tasks", |draft| {
                draft.trials = 6.0;
                draft.data.dimension = 6.0;
            }),
        );
        drive.settle();
        for keys in ["2", "3", "5 ", "4 "] {
            drive.write(keys);
            drive.settle();
            drive.settle();
        }
        for run in &mut drive.app.screens.studies.runs {
            run.forget_time();
        }
        drive.press(Key::Char('1'));
        drive.app.view.note = None;
        drive.settle();
        drive
    });
    WORLD.clone()
}

/// A preset with four trials on the Theory screen.
pub fn theory(name: &str) -> Drive {
    static WORLDS: Once<Drive> = Once::new();
    WORLDS.get(name, || {
        let mut drive = Drive::preset(name, 4);
        drive.press(Key::Char('3'));
        drive.settle_slot(JobSlot::Explanation);
        drive
    })
}
