//! The figures that each screen offers to export.

#![cfg(feature = "tui")]

use crate::support::drive::Drive;
use taskscope::app::{Effect, Key, Message};
use taskscope::job::{Document, JobSlot, Report, SaveRequest};
use taskscope::study::comparison;

/// The names of the figures in the overlay, in order.
fn offered(drive: &Drive) -> Vec<String> {
    let entries = drive.app.entries().into_iter();
    entries.filter_map(|entry| Some(entry.left.strip_prefix("figure ")?.to_owned())).collect()
}

fn opened(screen: char) -> Drive {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    drive.press(Key::Char(screen));
    drive.settle();
    drive.press(Key::Char('e'));
    drive
}

#[test]
fn each_screen_offers_the_figures_that_belong_to_it() {
    for (screen, figures) in [
        ('1', &["gain", "loss", "plane", "weights", "singular"][..]),
        ('3', &["landscape", "bound"]),
    ] {
        let mut drive = opened(screen);
        let waits = drive.app.entries().iter().filter(|e| e.right == "computing").count();
        assert!(waits > 0, "{screen}");
        drive.settle();
        assert_eq!(offered(&drive), figures, "{screen}");
        assert!(drive.app.entries().iter().all(|entry| entry.right != "computing"));
    }
}

#[test]
fn figures_that_no_pane_shows_are_written_as_they_were_offered() {
    for (screen, id, place) in [('1', "weights", 3), ('1', "singular", 4), ('3', "bound", 1)] {
        let mut drive = opened(screen);
        drive.settle();
        (0..place).for_each(|_| drive.keys(&[Key::Down]));
        drive.press(Key::Enter);
        assert_eq!(drive.app.field.as_ref().unwrap().text, format!("two-tasks-{id}.png"));
        assert!(drive.screen(80, 24).contains(&format!("save the {id} chart to: ")));
        match drive.press(Key::Enter) {
            [Effect::File(SaveRequest { document: Document::Picture { figure, .. }, .. })] => {
                assert_eq!(figure.id, id);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn weights_and_bound_of_the_scenario_before_are_never_offered_for_the_one_on_screen() {
    for (screen, slot, ids) in [
        ('1', JobSlot::Comparison, &["weights", "singular"][..]),
        ('3', JobSlot::Bound, &["bound"]),
    ] {
        let mut drive = opened(screen);
        drive.settle();
        drive.press(Key::Escape);
        drive.keys(&[Key::Char('1'), Key::Right, Key::Char(screen), Key::Char('e')]);
        let names = offered(&drive);
        assert!(ids.iter().all(|id| !names.contains(&(*id).to_owned())), "{names:?}");
        assert!(drive.waiting(slot).is_some());
        drive.settle_slot(slot);
        assert!(ids.iter().all(|id| offered(&drive).contains(&(*id).to_owned())));
    }
}

#[test]
fn the_schemes_are_compared_no_further_than_the_figures_need() {
    let mut drive = opened('1');
    let (id, _) = drive.waiting(JobSlot::Comparison).unwrap().clone();
    let first = Report::Comparison(Box::new(comparison::first(&drive.app.work.scenario)));
    let effects = drive.tell(Message::Report(id, first));
    assert_eq!(effects, [Effect::Cancel(JobSlot::Comparison)]);
    assert!(offered(&drive).contains(&"weights".to_owned()));
}
