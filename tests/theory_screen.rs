//! The Theory screen: frames, keys, jobs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod drive;

use drive::Drive;
use taskscope::app::{Key, Screen};
use taskscope::job::Lane;
use taskscope::scenario::preset::PRESETS;

fn theory(name: &str) -> Drive {
    let mut drive = Drive::preset(name, 8);
    drive.press(Key::Char('3'));
    assert_eq!(drive.app.screen, Screen::Theory);
    drive.settle_lane(Lane::Verdict);
    drive.settle_lane(Lane::Theory);
    drive
}

#[test]
fn look() {
    for name in ["two-tasks", "fig3-task3", "same-data", "capacity", "alignment", "signs"] {
        let drive = theory(name);
        for (w, h) in [(120, 36), (80, 24), (60, 18)] {
            println!("{name} {w}x{h}\n{}\n", drive.screen(w, h));
        }
        println!("{}", drive.screen(50, 10));
    }
    let _ = PRESETS;
}
