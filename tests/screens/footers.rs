//! What a footer offers does what it says, on every screen.

#![cfg(feature = "tui")]

use std::sync::LazyLock;

use rayon::prelude::*;
use taskscope::app::{Action, HitTarget, Key, action};
use taskscope::job::JobSlot;
use taskscope::scenario::ScenarioDraft;
use taskscope::ui;

use crate::support::drive::{Drive, changed};
use crate::support::once::Once;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Rect;

const PRESETS: [&str; 3] = ["two-tasks", "six-tasks", "digits"];
const SIZES: [(u16, u16); 2] = [(120, 36), (80, 24)];

/// The actions that the footer offers, with their places.
fn offered(drive: &Drive, (width, height): (u16, u16)) -> Vec<(Action, Rect)> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut regions = None;
    terminal.draw(|frame| regions = Some(ui::draw(&drive.app, frame))).unwrap();
    let spots: Vec<_> = regions.unwrap().spots().collect();
    let at_foot = |(spot, area): (HitTarget, Rect)| match spot {
        HitTarget::Action(action) if area.y + 1 == height => Some((action, area)),
        _ => None,
    };
    spots.into_iter().filter_map(at_foot).collect()
}

/// The Lab of a preset with its results, computed once for all screens. A theory line of six
/// tasks takes long, so fewer features are drawn.
fn lab(name: &str) -> Drive {
    static KNOWN: Once<Drive> = Once::new();
    KNOWN.get(name, || {
        let small = |draft: &mut ScenarioDraft| {
            draft.trials = 3.0;
            if name == "six-tasks" {
                draft.data.dimension = 6.0;
                draft.tasks.iter_mut().for_each(|task| task.covariance.size = None);
            }
        };
        let mut drive = Drive::open(name, changed(name, small));
        for slot in [JobSlot::Verdict, JobSlot::Curve, JobSlot::Descent] {
            drive.settle_slot(slot);
        }
        drive
    })
}

/// A program with a preset, a screen of it, and the results of the Lab.
fn shown(name: &str, screen: char) -> Drive {
    let mut drive = lab(name);
    drive.press(Key::Char(screen));
    for slot in JobSlot::ALL {
        if slot != JobSlot::Advice && slot != JobSlot::Study {
            drive.settle_slot(slot);
        }
    }
    drive
}

/// The screens of the presets, before and after the study that the screen measures.
static STATES: LazyLock<Vec<(String, Drive)>> = LazyLock::new(states);

fn states() -> Vec<(String, Drive)> {
    PRESETS.iter().for_each(|name| drop(lab(name)));
    let all: Vec<(&str, char)> =
        PRESETS.iter().flat_map(|name| ('1'..='8').map(move |screen| (*name, screen))).collect();
    let found = all.into_par_iter().flat_map_iter(|(name, screen)| {
        let before = shown(name, screen);
        let measured = (screen == '5' || screen == '4' && name == "six-tasks").then(|| {
            let mut after = before.clone();
            after.press(Key::Char(' '));
            JobSlot::ALL.into_iter().for_each(|slot| after.settle_slot(slot));
            (format!("{name} {screen} measured"), after)
        });
        [(format!("{name} {screen}"), before)].into_iter().chain(measured)
    });
    found.collect()
}

#[test]
fn every_hint_of_a_footer_changes_the_screen_or_asks_the_runtime_for_something() {
    for (name, drive) in STATES.iter() {
        for size in SIZES {
            let before = drive.screen(size.0, size.1);
            for (offer, _) in offered(drive, size) {
                let context = drive.app.key_context();
                let binding = action::at(context).find(|b| b.action == offer).unwrap();
                let does = |key: &Key| {
                    let mut tried = drive.clone();
                    let asks = !tried.press(*key).is_empty();
                    let said = tried.app.view.note.clone().unwrap_or_default();
                    let refuses = said.starts_with("found ")
                        || said.starts_with("there is no")
                        || said.starts_with("the descent has ended");
                    asks || !refuses && tried.screen(size.0, size.1) != before
                };
                // A hint of two directions shows one of their keys.
                let opposite = match offer {
                    Action::Move(x, y) => Some(Action::Move(-x, -y)),
                    Action::Row(by) => Some(Action::Row(-by)),
                    Action::Turn(by) => Some(Action::Turn(-by)),
                    Action::Change(by) => Some(Action::Change(-by)),
                    _ => None,
                };
                let back = action::at(context).filter(|b| Some(b.action) == opposite);
                let keys: Vec<&Key> =
                    back.chain([binding]).flat_map(|binding| binding.keys.first()).collect();
                assert!(
                    keys.iter().any(|key| does(key)),
                    "{name} at {size:?}: {} does nothing\n{before}",
                    binding.name
                );
            }
        }
    }
}

#[test]
fn every_footer_names_the_keys_of_help_and_of_quitting() {
    for (name, drive) in STATES.iter() {
        for size in SIZES {
            let foot = drive.lines(size.0, size.1).pop().unwrap();
            assert!(foot.contains("? help") && foot.contains("q quit"), "{name}: {foot}");
        }
    }
}

#[test]
fn a_footer_says_what_the_space_bar_does_now() {
    let foot = |drive: &Drive| drive.lines(80, 24).pop().unwrap();
    let mut drive = shown("two-tasks", '5');
    assert!(foot(&drive).contains("Space start "), "{}", foot(&drive));
    drive.press(Key::Char(' '));
    assert!(foot(&drive).contains("Space pause "), "{}", foot(&drive));
    drive.press(Key::Char(' '));
    assert!(foot(&drive).contains("Space resume "), "{}", foot(&drive));
    drive.press(Key::Char(' '));
    drive.settle_slot(JobSlot::Study);
    assert!(!foot(&drive).contains("Space"), "{}", foot(&drive));
    let advice = |name: &str| foot(&shown(name, '8'));
    assert!(!advice("two-tasks").contains("Space") && advice("digits").contains("Space start "));
}

#[test]
fn the_interval_of_every_cell_of_a_matrix_is_in_the_reading() {
    let (_, drive) = STATES.iter().find(|(name, _)| name == "six-tasks 4 measured").unwrap();
    let mut drive = drive.clone();
    for row in 0..6 {
        for column in (0..7).filter(|column| *column != row) {
            drive.app.screens.studies.pair = (row, column);
            let lines = drive.lines(80, 24);
            let read = lines[lines.len() - 5..].join(" ");
            assert!(read.contains('±') && read.contains("3 trials"), "{row} {column}: {read}");
        }
    }
}

#[test]
fn the_first_frame_of_the_lab_offers_the_changes_that_turn_the_verdict() {
    for size in SIZES {
        let first = Drive::preset("two-tasks", 4);
        let foot = first.lines(size.0, size.1).pop().unwrap();
        assert!(foot.contains("F flip"), "{foot}");
    }
}
