//! The Tasks screen, as a user meets it: its keys, its table, its figures, at every size.

#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod drive;

use drive::Drive;
use taskscope::app::Key;

#[test]
fn look_at_it() {
    for name in ["two-tasks", "fig3-task3", "same-data", "svd-weights"] {
        let mut drive = Drive::preset(name, 20);
        drive.press(Key::Char('2'));
        drive.settle();
        for (w, h) in [(120, 36), (80, 24), (60, 18), (40, 10)] {
            println!("{}\n{}", drive.screen(w, h), "=".repeat(w as usize));
        }
        drive.keys(&[Key::Tab, Key::Tab]);
        println!("{}\n{}", drive.screen(80, 24), "=".repeat(80));
        println!("{}\n{}", drive.screen(60, 18), "=".repeat(80));
    }
}
