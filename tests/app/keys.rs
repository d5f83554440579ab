//! Effects of keys: scripted users, without a terminal.

#![cfg(feature = "tui")]

use std::path::PathBuf;

use crate::support::drive::{Drive, changed, preset};
use taskscope::app::settings::Panes;
use taskscope::app::{Effect, Key, Message, Pane};
use taskscope::job::{DescentPace, Document, Job, JobId, JobSlot, Report, SaveRequest, SaveResult};
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Handle, Preset, Scenario, ScenarioDraft};
use taskscope::study::Curve;
use taskscope::transfer::Verdict::{self, Helps, Hurts, NoDifference};

const TURNED: &str = "egative transfer";

fn note(drive: &Drive) -> &str {
    drive.app.view.note.as_deref().unwrap_or("")
}

fn path(drive: &Drive) -> String {
    drive.app.screens.lab.focus.path(drive.app.work.scenario.draft())
}

fn started(effects: &[Effect], slot: JobSlot) -> usize {
    effects.iter().filter(|e| matches!(e, Effect::Start(_, job) if job.slot() == slot)).count()
}

/// Holds a key down until the knob reaches a value; returns the verdict every few notches.
fn verdicts_on_the_way(drive: &mut Drive, key: Key, to: f64, every: usize) -> Vec<Verdict> {
    let mut seen = vec![drive.verdict()];
    while drive.value() != to {
        for _ in 0..every {
            if drive.value() != to {
                drive.press(key);
            }
        }
        seen.push(drive.verdict());
    }
    seen.dedup();
    seen
}

/// Types each value of the focused knob and compares the gain with the reference: the difference
/// must be within both 95 % intervals together.
fn check_gains(drive: &mut Drive, table: &[(f64, f64, f64)]) {
    for &(value, gain, half_width) in table {
        drive.set(&value.to_string());
        drive.settle_slot(JobSlot::Verdict);
        let measured = drive.app.screens.lab.outcome().unwrap().gain.unwrap();
        let tolerance = measured.half_width() + half_width;
        assert!(
            (measured.mean - gain).abs() <= tolerance,
            "at {value}: {} ± {}, expected {gain} ± {half_width}",
            measured.mean,
            measured.half_width()
        );
    }
}

#[test]
fn turning_the_source_away_helps_less_then_hurts_then_helps_again_from_behind() {
    let mut drive =
        Drive::open("two-tasks", Preset::find("two-tasks").unwrap().scenario().unwrap());
    assert_eq!((path(&drive).as_str(), drive.value()), ("source.angle", 15.0));
    let mut seen = verdicts_on_the_way(&mut drive, Key::Right, 25.0, 5);
    seen.extend(verdicts_on_the_way(&mut drive, Key::Right, 36.0, 1));
    seen.extend(verdicts_on_the_way(&mut drive, Key::Right, 140.0, 26));
    seen.extend(verdicts_on_the_way(&mut drive, Key::Right, 156.0, 2));
    seen.extend(verdicts_on_the_way(&mut drive, Key::Right, 180.0, 12));
    seen.dedup();
    assert_eq!(seen, [Helps, NoDifference, Hurts, NoDifference, Helps]);
}

#[test]
fn the_gains_along_the_angle_are_those_of_the_reference() {
    let mut drive = Drive::open("two-tasks", preset("two-tasks", 200));
    let table = [
        (0.0, 0.93, 0.01),
        (15.0, 0.70, 0.02),
        (25.0, 0.29, 0.05),
        (30.0, 0.03, 0.07),
        (35.0, -0.27, 0.09),
        (45.0, -0.94, 0.13),
        (60.0, -2.0, 0.2),
        (90.0, -3.2, 0.3),
        (150.0, 0.04, 0.06),
        (180.0, 0.93, 0.01),
    ];
    check_gains(&mut drive, &table);
}

#[test]
fn turning_only_the_data_makes_a_helping_source_hurt() {
    let mut drive = Drive::preset("turning-data", 60);
    assert_eq!((path(&drive).as_str(), drive.value()), ("source.rotation", 0.0));
    let seen = verdicts_on_the_way(&mut drive, Key::Right, 90.0, 10);
    assert_eq!(seen, [Helps, NoDifference, Hurts]);
}

#[test]
fn the_gains_along_the_rotation_are_those_of_the_reference() {
    let mut drive = Drive::open("turning-data", preset("turning-data", 80));
    let table = [
        (0.0, 0.19, 0.02),
        (10.0, 0.12, 0.02),
        (15.0, 0.05, 0.02),
        (20.0, 0.00, 0.02),
        (30.0, -0.08, 0.02),
        (45.0, -0.14, 0.03),
        (60.0, -0.17, 0.03),
        (90.0, -0.18, 0.03),
    ];
    check_gains(&mut drive, &table);
}

#[test]
fn the_flip_to_negative_transfer_is_said_while_the_knob_is_turned_on() {
    let mut drive = Drive::preset("two-tasks", 100);
    drive.settle_slot(JobSlot::Verdict);
    let mut said = Vec::new();
    while drive.value() < 90.0 {
        drive.keys(&[Key::Right; 5]);
        let verdict = drive.verdict();
        if note(&drive).contains(TURNED) {
            assert!(note(&drive).contains("source.angle"));
            said.push(verdict);
        }
    }
    assert!(!said.is_empty() && said.iter().all(|verdict| *verdict == Hurts));
    drive.press(Key::Down);
    assert_eq!(note(&drive), "");
}

#[test]
fn opening_a_scenario_that_hurts_says_nothing_about_turning() {
    let mut drive = Drive::preset("two-tasks", 60);
    drive.set("60");
    let scenario = (*drive.app.work.scenario).clone();
    let mut drive = Drive::open("hurts", scenario);
    assert_eq!(drive.verdict(), Hurts);
    assert_eq!(note(&drive), "");
    drive.press(Key::Right);
    assert_eq!(drive.verdict(), Hurts);
    assert_eq!(note(&drive), "");
}

#[test]
fn only_what_changed_since_it_helped_is_named_as_the_cause() {
    let mut drive = Drive::preset("two-tasks", 100);
    assert_eq!(drive.verdict(), Helps);
    drive.set("31");
    assert_eq!(drive.verdict(), NoDifference);
    while path(&drive) != "source.noise" {
        drive.press(Key::Down);
    }
    drive.set("2");
    assert_eq!(drive.verdict(), Hurts);
    assert!(!note(&drive).contains("only"), "the angle was turned too, yet: {}", note(&drive));
}

#[test]
fn a_held_key_is_one_change() {
    let mut drive = Drive::preset("two-tasks", 4);
    let opened = drive.app.work.scenario.clone();
    drive.keys(&[Key::Right; 20]);
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (35.0, 1));
    drive.press(Key::Char('u'));
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (15.0, 0));
    assert_eq!(drive.app.work.scenario, opened);
    assert!(!drive.app.is_changed());
    drive.press(Key::Ctrl('r'));
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (35.0, 1));
    assert!(drive.app.is_changed());
}

#[test]
fn turns_that_end_where_they_began_leave_no_undo_step() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.keys(&[Key::Down, Key::Right, Key::Up, Key::Right, Key::Right, Key::Left, Key::Left]);
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (15.0, 1));
    drive.press(Key::Right);
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (16.0, 2));
    drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert!(!drive.app.is_changed());
}

#[test]
fn changes_of_different_knobs_are_undone_one_by_one_to_the_opened_scenario() {
    let mut drive = Drive::preset("two-tasks", 4);
    let mut seen = vec![drive.app.work.scenario.clone()];
    let changes: [&[Key]; 5] = [
        &[Key::Right, Key::Right],
        &[Key::Down, Key::Right],
        &[Key::Down, Key::PageUp],
        &[Key::End],
        &[Key::Char('R')],
    ];
    for keys in changes {
        drive.keys(keys);
        seen.push(drive.app.work.scenario.clone());
    }
    assert_eq!(drive.app.work.undo_depth(), changes.len());
    for scenario in seen.iter().rev().skip(1) {
        drive.press(Key::Char('u'));
        assert_eq!(drive.app.work.scenario, *scenario);
    }
    assert!(drive.press(Key::Char('u')).is_empty());
    assert!(note(&drive).contains("nothing to undo"));
    for scenario in &seen[1..] {
        drive.press(Key::Ctrl('r'));
        assert_eq!(drive.app.work.scenario, *scenario);
    }
    assert!(drive.press(Key::Ctrl('r')).is_empty());
    assert!(note(&drive).contains("nothing to redo"));
}

#[test]
fn a_change_after_undo_forgets_what_was_undone() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.keys(&[Key::Right, Key::Char('u'), Key::Left]);
    assert_eq!(drive.value(), 14.0);
    drive.press(Key::Ctrl('r'));
    assert_eq!(drive.value(), 14.0);
}

#[test]
fn a_typed_value_and_the_turn_that_follows_are_two_changes() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.set("180");
    drive.keys(&[Key::Right, Key::Left]);
    assert_eq!(drive.value(), 179.0);
    drive.press(Key::Char('u'));
    assert_eq!(drive.value(), 180.0);
    drive.press(Key::Char('u'));
    assert_eq!(drive.value(), 15.0);
}

#[test]
fn undo_computes_the_scenario_it_returns_to() {
    let mut drive = Drive::preset("two-tasks", 20);
    let before = drive.verdict();
    let gain = drive.app.screens.lab.outcome().unwrap().gain;
    drive.set("90");
    assert_ne!(drive.verdict(), before);
    let effects = drive.press(Key::Char('u'));
    assert_eq!(started(effects, JobSlot::Verdict), 1);
    assert_eq!(drive.verdict(), before);
    assert_eq!(drive.app.screens.lab.outcome().unwrap().gain, gain);
}

#[test]
fn enter_types_an_exact_value() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Enter);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "15");
    drive.write("33.25");
    let effects = drive.press(Key::Enter);
    assert_eq!(started(effects, JobSlot::Verdict), 1);
    assert_eq!((drive.value(), drive.app.work.undo_depth()), (33.25, 1));
    assert!(drive.app.field.is_none());
}

#[test]
fn enter_and_enter_again_change_nothing_however_many_digits_the_value_has() {
    let mut drive = Drive::preset("turning-data", 4);
    for handle in drive.app.screens.lab.sliders(&drive.app.work.scenario, Panes::All) {
        while drive.app.screens.lab.focus != handle {
            drive.press(Key::Down);
        }
        drive.press(Key::Enter);
        assert!(drive.press(Key::Enter).is_empty(), "{}", path(&drive));
        assert!(drive.app.field.is_none(), "{}", path(&drive));
    }
    assert_eq!(drive.app.work.undo_depth(), 0);
    assert!(!drive.app.is_changed());
}

#[test]
fn the_field_offers_all_digits_of_the_value() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.set("33.12345678901");
    drive.press(Key::Enter);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "33.12345678901");
    drive.keys(&[Key::End, Key::Backspace, Key::Enter]);
    assert_eq!(drive.value(), 33.1234567890);
}

#[test]
fn escape_leaves_the_field_and_changes_nothing() {
    let mut drive = Drive::preset("two-tasks", 4);
    let opened = drive.app.work.scenario.clone();
    drive.press(Key::Char('='));
    drive.write("90");
    assert!(drive.press(Key::Escape).is_empty());
    assert!(drive.app.field.is_none());
    assert_eq!((drive.app.work.scenario.clone(), drive.app.work.undo_depth()), (opened, 0));
}

#[test]
fn a_bad_value_is_refused_where_it_was_typed() {
    let mut drive = Drive::preset("two-tasks", 4);
    let opened = drive.app.work.scenario.clone();
    for bad in ["181", "-1", "NaN", "inf", "wide", "", "1e999", "9 0"] {
        drive.press(Key::Enter);
        drive.press(Key::Ctrl('u'));
        drive.write(bad);
        assert!(drive.press(Key::Enter).is_empty(), "{bad:?} was accepted");
        let field = drive.app.field.as_ref().expect("the field stays open");
        assert_eq!(field.text, bad, "what was typed is kept");
        let problem = field.problem.as_deref().expect("it says why");
        assert!(problem.contains("0 to 180"), "{bad:?}: {problem}");
        drive.press(Key::Escape);
    }
    assert_eq!((drive.app.work.scenario.clone(), drive.app.work.undo_depth()), (opened, 0));
    drive.press(Key::Enter);
    drive.write("1800");
    drive.keys(&[Key::Enter, Key::Backspace]);
    assert!(drive.app.field.as_ref().unwrap().problem.is_none(), "editing takes the refusal away");
    drive.press(Key::Enter);
    assert_eq!(drive.value(), 180.0);
}

#[test]
fn letters_are_letters_while_a_field_is_open() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    drive.export();
    drive.press(Key::Ctrl('u'));
    drive.write("quit?.png");
    assert_eq!(drive.app.field.as_ref().unwrap().text, "quit?.png");
    assert!(drive.app.over.is_none());
    assert_eq!(drive.press(Key::Ctrl('c')), [Effect::Quit { keeping: true }]);
}

#[test]
fn pasted_text_goes_into_the_open_field_only() {
    let mut drive = Drive::preset("two-tasks", 4);
    let opened = drive.app.work.scenario.clone();
    assert!(drive.tell(Message::Paste("qqq\n".into())).is_empty());
    assert_eq!(drive.app.work.scenario, opened);
    drive.press(Key::Enter);
    drive.tell(Message::Paste("42\n".into()));
    assert_eq!(drive.app.field.as_ref().unwrap().text, "42");
    drive.press(Key::Enter);
    assert_eq!(drive.value(), 42.0);
}

#[test]
fn of_a_pasted_text_the_first_line_is_taken_without_what_cannot_be_typed() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Enter);
    drive.tell(Message::Paste("\n  4\u{1b}\t2\u{7f} \r\n43\n".into()));
    assert_eq!(drive.app.field.as_ref().unwrap().text, "42");
    drive.press(Key::Home);
    drive.tell(Message::Paste("1".into()));
    assert_eq!(drive.app.field.as_ref().unwrap().text, "142");
}

#[test]
fn a_huge_paste_is_cut_at_once() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('='));
    drive.tell(Message::Paste("θ".repeat(5_000_000)));
    drive.tell(Message::Paste("x".repeat(5_000_000)));
    drive.write("yz");
    assert_eq!(drive.app.field.as_ref().unwrap().text, "θ".repeat(4096));
    drive.press(Key::Backspace);
    drive.write("yz");
    assert!(drive.app.field.as_ref().unwrap().text.ends_with("θy"));
}

#[test]
fn backspace_puts_the_knob_back_where_the_scenario_had_it() {
    for name in ["two-tasks", "turning-data"] {
        let mut drive = Drive::preset(name, 4);
        let value = drive.value();
        drive.keys(&[Key::PageUp, Key::PageUp]);
        assert_ne!(drive.value(), value);
        drive.press(Key::Backspace);
        assert_eq!(drive.value(), value);
        assert!(!drive.app.is_changed());
        assert_eq!(drive.app.work.undo_depth(), 2, "going back can be undone");
    }
}

#[test]
fn a_knob_put_back_leaves_no_mark_of_change_even_where_the_file_says_it_otherwise() {
    let mut drive = Drive::preset("turning-data", 4);
    while path(&drive) != "source.angle" {
        drive.press(Key::Down);
    }
    drive.press(Key::Right);
    assert!(drive.app.is_changed());
    drive.press(Key::Backspace);
    assert!(!drive.app.is_changed(), "{:?}", drive.app.work.scenario.draft().tasks[1].theta);
}

#[test]
fn home_and_end_go_to_the_ends_of_the_track() {
    let mut drive = Drive::preset("two-tasks", 4);
    for handle in drive.app.screens.lab.sliders(&drive.app.work.scenario, Panes::All) {
        while drive.app.screens.lab.focus != handle {
            drive.press(Key::Down);
        }
        let (low, high) = drive.app.work.scenario.track(handle);
        drive.press(Key::End);
        assert_eq!(drive.value(), high, "{}", path(&drive));
        drive.press(Key::Home);
        assert_eq!(drive.value(), low, "{}", path(&drive));
    }
}

#[test]
fn notches_up_and_down_come_back_and_ten_are_ten() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('l'));
    assert_eq!(drive.value(), 16.0);
    drive.press(Key::Char('h'));
    assert_eq!(drive.value(), 15.0);
    drive.press(Key::ShiftRight);
    assert_eq!(drive.value(), 25.0);
    drive.press(Key::PageDown);
    assert_eq!(drive.value(), 15.0);
}

#[test]
fn turning_beyond_what_is_allowed_stops_there() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.keys(&[Key::Left; 40]);
    assert_eq!(drive.value(), 0.0);
    assert!(drive.press(Key::Left).is_empty(), "nothing changed, nothing is computed");
    drive.press(Key::Char('u'));
    assert_eq!(drive.value(), 15.0);
}

#[test]
fn up_and_down_go_through_every_slider_and_round() {
    let mut drive = Drive::preset("two-tasks", 4);
    let sliders = drive.app.screens.lab.sliders(&drive.app.work.scenario, Panes::All);
    let start = sliders.iter().position(|h| *h == drive.app.screens.lab.focus).unwrap();
    for i in 1..=sliders.len() {
        drive.press(Key::Down);
        assert_eq!(drive.app.screens.lab.focus, sliders[(start + i) % sliders.len()]);
    }
    drive.press(Key::Up);
    assert_eq!(drive.app.screens.lab.focus, sliders[(start + sliders.len() - 1) % sliders.len()]);
    assert_eq!(drive.app.work.undo_depth(), 0);
}

#[test]
fn another_knob_gets_a_curve_of_its_own_and_computes_nothing_else() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let first = drive.app.screens.lab.focus;
    assert_eq!(drive.app.screens.lab.curve.as_ref().unwrap().handle, first);
    let effects = drive.press(Key::Down).to_vec();
    assert!(
        matches!(&effects[..], [Effect::Start(_, Job::Curve(_, handle))] if *handle != first),
        "{effects:?}"
    );
    assert!(
        drive.app.screens.lab.curve.is_none(),
        "the curve of another knob is not shown as this one's"
    );
    drive.settle();
    let curve = drive.app.screens.lab.curve.as_ref().unwrap();
    assert_eq!(curve.handle, drive.app.screens.lab.focus);
    assert!(curve.complete && !curve.measured.is_empty() && !curve.theory.is_empty());
}

#[test]
fn turning_the_focused_knob_moves_along_its_curve_and_does_not_draw_it_again() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let curve = drive.app.screens.lab.curve.clone();
    for key in [Key::Right, Key::PageUp, Key::End, Key::Backspace, Key::Char('u')] {
        let effects = drive.press(key);
        assert_eq!(started(effects, JobSlot::Verdict), 1);
        assert_eq!(started(effects, JobSlot::Descent), 1);
        assert_eq!(started(effects, JobSlot::Curve), 0, "{key}");
    }
    drive.settle();
    assert_eq!(drive.app.screens.lab.curve, curve);
}

#[test]
fn turning_another_knob_draws_the_curve_anew() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    drive.press(Key::Down);
    drive.settle();
    drive.press(Key::Right);
    drive.settle();
    let effects = drive.press(Key::Up);
    assert_eq!(started(effects, JobSlot::Curve), 1, "the other knob changed under this curve");
    drive.settle();
    let effects = drive.press(Key::Char('u'));
    assert_eq!(started(effects, JobSlot::Curve), 1, "undo changed the other knob under this curve");
}

#[test]
fn another_seed_draws_everything_anew() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let before = drive.app.screens.lab.measurement().cloned();
    let effects = drive.press(Key::Char('R'));
    for slot in [JobSlot::Verdict, JobSlot::Curve, JobSlot::Descent] {
        assert_eq!(started(effects, slot), 1, "{slot:?}");
    }
    drive.settle();
    assert_eq!(drive.app.work.scenario.draft().seed, 2.0);
    assert_ne!(drive.app.screens.lab.measurement().cloned(), before);
    drive.press(Key::Char('u'));
    drive.settle();
    assert_eq!(drive.app.screens.lab.measurement().cloned(), before);
}

#[test]
fn space_pauses_the_descent_and_goes_on_from_where_it_stood() {
    let mut drive = Drive::preset("two-tasks", 4);
    assert!(drive.app.screens.lab.running);
    let (id, job) = drive.waiting(JobSlot::Descent).cloned().unwrap();
    assert!(matches!(job, Job::Descent { from: None, pace: DescentPace::Run, .. }));
    let some_way = step_by_step(&drive, 3);
    drive.tell(Message::Report(id, Report::Descent(Box::new(some_way.clone()))));
    assert_eq!(drive.press(Key::Char(' ')), [Effect::Cancel(JobSlot::Descent)]);
    assert!(!drive.app.screens.lab.running);
    let effects = drive.press(Key::Char(' ')).to_vec();
    let [Effect::Start(_, Job::Descent { from: Some(from), pace: DescentPace::Run, .. })] =
        &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(**from, some_way);
    drive.settle();
    assert!(drive.app.screens.lab.descent.as_ref().unwrap().is_finished());
    assert!(drive.press(Key::Char(' ')).is_empty(), "what has ended cannot go on");
    assert!(note(&drive).contains("ended"));
}

fn step_by_step(drive: &Drive, steps: usize) -> taskscope::study::training_run::TrainingRun {
    let scenario = &drive.app.work.scenario;
    let trial = taskscope::study::Trial::own(scenario, 0);
    let setup = taskscope::study::training_run::TrainingSetup::of(scenario, &trial);
    let mut descent = setup.start();
    (0..steps).for_each(|_| setup.advance(&mut descent));
    descent
}

#[test]
fn a_step_is_one_step_and_pauses() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char(' '));
    drive.press(Key::Char('r'));
    drive.settle();
    assert_eq!(
        drive.app.screens.lab.descent.as_ref().unwrap().steps(),
        0,
        "paused, it stands at its start"
    );
    for step in 1..=3 {
        let effects = drive.press(Key::Char('.'));
        assert!(matches!(
            effects,
            [Effect::Start(_, Job::Descent { pace: DescentPace::Step, .. })]
        ));
        drive.settle();
        assert_eq!(drive.app.screens.lab.descent.as_ref().unwrap().steps(), step);
    }
    assert!(!drive.app.screens.lab.running);
    assert_eq!(
        drive.app.screens.lab.descent.as_ref().unwrap().joint,
        step_by_step(&drive, 3).joint
    );
}

#[test]
fn rewind_repeats_the_same_descent_to_the_last_bit() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let first = drive.app.screens.lab.descent.clone();
    let effects = drive.press(Key::Char('r')).to_vec();
    assert!(matches!(
        &effects[..],
        [Effect::Start(_, Job::Descent { from: None, pace: DescentPace::Run, .. })]
    ));
    drive.settle();
    assert_eq!(drive.app.screens.lab.descent, first);
    assert_eq!(drive.app.work.undo_depth(), 0);
}

#[test]
fn reports_of_replaced_jobs_are_dropped() {
    let mut drive = Drive::preset("two-tasks", 20);
    drive.settle();
    let mut other = Drive::open("other", changed("two-tasks", |draft| draft.seed = 9.0));
    other.settle();
    let findings = other.app.screens.lab.findings.clone().unwrap();
    let before = drive.app.screens.lab.findings.clone();
    let ids: Vec<JobId> = {
        drive.press(Key::Right);
        JobSlot::ALL.iter().filter_map(|slot| drive.waiting(*slot).map(|(id, _)| *id)).collect()
    };
    let stale = JobId(ids[0].0 - 1);
    drive.tell(Message::Report(stale, Report::Verdict(Box::new((*findings).clone()))));
    assert_eq!(drive.app.screens.lab.findings, before);
    assert!(!drive.app.screens.lab.fresh);
    let descent = drive.app.screens.lab.descent.clone();
    drive.tell(Message::Report(
        stale,
        Report::Descent(other.app.screens.lab.descent.clone().unwrap()),
    ));
    assert_eq!(drive.app.screens.lab.descent, descent);
    drive.tell(Message::Report(stale, Report::Failed(JobSlot::Verdict, "late".into())));
    assert_eq!(note(&drive), "");
    drive.tell(Message::Report(ids[0], Report::Verdict(Box::new((*findings).clone()))));
    assert_eq!(drive.app.screens.lab.findings, Some(findings));
    assert!(drive.app.screens.lab.fresh);
}

#[test]
fn a_stale_curve_is_dropped() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let old = drive.app.screens.lab.curve.clone().unwrap();
    drive.press(Key::Down);
    let (id, _) = *drive.waiting(JobSlot::Curve).unwrap();
    drive.tell(Message::Report(JobId(id.0 - 1), Report::Curve(old)));
    assert!(drive.app.screens.lab.curve.is_none());
}

#[test]
fn a_failed_computation_is_said_and_the_program_goes_on() {
    let mut drive = Drive::preset("two-tasks", 4);
    let (id, _) = *drive.waiting(JobSlot::Verdict).unwrap();
    drive.tell(Message::Report(id, Report::Failed(JobSlot::Verdict, "index out of bounds".into())));
    assert!(note(&drive).contains("index out of bounds"));
    drive.press(Key::Right);
    drive.settle();
    assert!(drive.app.screens.lab.fresh);
}

#[test]
fn e_asks_for_a_file_name_and_enter_writes_the_chart_in_view() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let panes = [(Pane::Gain, "gain"), (Pane::Loss, "loss"), (Pane::Plane, "plane")];
    for (pane, id) in panes {
        while drive.app.screens.lab.pane != pane {
            drive.press(Key::Tab);
        }
        let effects = drive.export().to_vec();
        let offered = drive.app.field.as_ref().unwrap().text.clone();
        assert_eq!(effects, [Effect::Offer(offered.clone().into())]);
        assert!(offered.starts_with("two-tasks-") && offered.ends_with(".png"), "{offered}");
        assert!(offered.contains(id), "{offered}");
        let effects = drive.press(Key::Enter).to_vec();
        let [
            Effect::File(SaveRequest {
                document: Document::Picture { figure, scenario, .. },
                path,
                ..
            }),
        ] = &effects[..]
        else {
            panic!("{effects:?}")
        };
        assert_eq!((figure.id, path.to_str().unwrap()), (id, offered.as_str()));
        assert_eq!(*scenario, drive.app.work.scenario);
        assert!(drive.app.field.is_none());
    }
}

#[test]
fn a_free_name_is_offered_unless_another_is_being_typed() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    let text = |drive: &Drive| drive.app.field.as_ref().unwrap().text.clone();
    for typed in ["", "x"] {
        let [Effect::Offer(offered)] = drive.export() else { panic!("no name is offered") };
        let offered = offered.clone();
        drive.write(typed);
        let before = text(&drive);
        let free = PathBuf::from("free-2.png");
        drive.tell(Message::Free { offered, free });
        assert_eq!(text(&drive), if typed.is_empty() { "free-2.png" } else { &before });
        drive.press(Key::Escape);
    }
}

#[test]
fn an_edited_file_name_is_the_one_written_and_an_empty_one_is_refused() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    drive.export();
    drive.press(Key::Ctrl('u'));
    assert!(drive.press(Key::Enter).is_empty());
    assert!(drive.app.field.as_ref().unwrap().problem.as_deref().unwrap().contains("name"));
    drive.write("figures/θ 1.png");
    let effects = drive.press(Key::Enter).to_vec();
    let [Effect::File(filing)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(filing.path.to_str(), Some("figures/θ 1.png"));
    drive.tell(Message::Filed(filing.clone(), SaveResult::Written));
    assert_eq!(note(&drive), "wrote figures/θ 1.png");
    drive.tell(Message::Filed(filing.clone(), SaveResult::Failed("no room on the disk".into())));
    let field = drive.app.field.as_ref().expect("the name can be changed");
    assert_eq!(field.text, "figures/θ 1.png");
    assert_eq!(field.problem.as_deref(), Some("no room on the disk"));
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_name_and_the_reason_in_the_field() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Ctrl('o'));
    drive.write("mine.jsn");
    assert!(matches!(drive.press(Key::Enter), [Effect::Read(1, _)]));
    drive.tell(Message::Read(1, Err("mine.jsn: no such file".into())));
    let field = drive.app.field.as_ref().expect("the name can be changed");
    assert_eq!(field.text, "mine.jsn");
    assert_eq!(field.problem.as_deref(), Some("mine.jsn: no such file"));
    let scenario = Box::new((*drive.app.work.scenario).clone());
    drive.press(Key::Enter);
    drive.tell(Message::Read(2, Ok(("mine".into(), scenario))));
    assert!(drive.app.field.is_none());
    assert_eq!(drive.app.work.name, "mine");
}

#[test]
fn a_file_in_reading_says_how_far_it_is_and_escape_stops_it() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Ctrl('o'));
    drive.write("large.json");
    drive.press(Key::Enter);
    assert_eq!(drive.app.opening.words(), None);
    drive.tell(Message::Reading(1, 0.34));
    assert_eq!(drive.app.opening.words().as_deref(), Some("reading, 34 %; Esc stops"));
    assert!(drive.press(Key::Enter).is_empty());
    assert!(matches!(drive.press(Key::Escape), [Effect::StopReading]));
    let scenario = Box::new((*drive.app.work.scenario).clone());
    drive.tell(Message::Read(1, Ok(("large".into(), scenario))));
    assert_eq!(drive.app.work.name, "two-tasks");
    let field = drive.app.field.as_ref().expect("the name can be changed");
    assert_eq!((field.text.as_str(), field.problem.as_deref()), ("large.json", Some("stopped")));
}

#[test]
fn a_chart_is_written_as_what_the_ending_says_and_as_nothing_else() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.settle();
    for (name, allowed) in
        [("a.svg", true), ("a.PNG", true), ("a", true), ("a.pdf", true), ("a.gif", false)]
    {
        drive.export();
        drive.press(Key::Ctrl('u'));
        drive.write(name);
        assert_eq!(!drive.press(Key::Enter).is_empty(), allowed, "{name}");
        if !allowed {
            let problem = drive.app.field.as_ref().unwrap().problem.clone().unwrap();
            assert_eq!(problem, "the name must end in .png, .svg, .pdf, .csv or .tex");
        }
    }
}

#[test]
fn before_anything_is_drawn_there_is_nothing_to_export() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('e'));
    let entries = drive.app.entries();
    assert!(entries.iter().all(|entry| !entry.left.contains("figure")), "{entries:?}");
    drive.settle();
    let figures = drive.app.entries().into_iter().filter(|e| e.left.contains("figure"));
    assert_eq!(figures.count(), 5);
}

#[test]
fn control_s_saves_the_scenario_and_only_then_it_counts_as_saved() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.set("60");
    assert!(drive.press(Key::Ctrl('s')).is_empty());
    assert!(drive.app.field.as_ref().unwrap().text.ends_with(".json"));
    drive.press(Key::Ctrl('u'));
    drive.write("lessons/mine.json");
    let effects = drive.press(Key::Enter).to_vec();
    let [Effect::File(filing)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(filing.document, Document::Scenario(drive.app.work.scenario.clone()));
    assert!(drive.app.is_changed());
    drive.tell(Message::Filed(filing.clone(), SaveResult::Failed("cannot be written".into())));
    assert!(drive.app.is_changed());
    let again = drive.press(Key::Enter).to_vec();
    assert!(matches!(&again[..], [Effect::File(second)] if second.path == filing.path));
    drive.tell(Message::Filed(filing.clone(), SaveResult::Written));
    assert!(!drive.app.is_changed());
    assert_eq!(drive.app.work.name, "mine");
    drive.press(Key::Right);
    assert!(drive.app.is_changed());
    drive.press(Key::Ctrl('s'));
    assert_eq!(drive.app.field.as_ref().unwrap().text, "lessons/mine.json", "the same file");
}

#[test]
fn help_opens_scrolls_and_closes_and_changes_nothing() {
    let mut drive = Drive::preset("two-tasks", 4);
    let opened = drive.app.work.scenario.clone();
    for (open, close) in [(Key::Char('?'), Key::Escape), (Key::F1, Key::Char('?'))] {
        drive.press(open);
        assert!(drive.app.over.is_some());
        let first = drive.screen(80, 24);
        drive.keys(&[Key::Down, Key::PageDown]);
        assert_ne!(drive.screen(80, 24), first);
        drive.keys(&[Key::PageUp, Key::Up, Key::Up]);
        assert_eq!(drive.screen(80, 24), first);
        drive.press(close);
        assert!(drive.app.over.is_none() && drive.app.field.is_none());
    }
    assert_eq!(drive.app.work.scenario, opened);
}

#[test]
fn help_scrolled_beyond_its_end_soon_scrolls_back() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('?'));
    drive.keys(&[Key::PageDown; 400]);
    let last = drive.screen(80, 24);
    drive.keys(&[Key::PageUp; 20]);
    assert_ne!(drive.screen(80, 24), last);
}

#[test]
fn q_and_control_c_leave_and_escape_never_does() {
    let mut drive = Drive::preset("two-tasks", 4);
    assert!(drive.press(Key::Escape).is_empty());
    assert_eq!(drive.press(Key::Char('q')), [Effect::Quit { keeping: false }]);
    assert_eq!(drive.press(Key::Ctrl('c')), [Effect::Quit { keeping: true }]);
    assert_eq!(drive.press(Key::Ctrl('z')), [Effect::Suspend]);
    drive.press(Key::Char('?'));
    assert!(drive.press(Key::Char('q')).is_empty(), "in the help q is a letter to search for");
    assert_eq!(drive.press(Key::Ctrl('c')), [Effect::Quit { keeping: true }]);
}

#[test]
fn tab_goes_round_the_panes_and_back() {
    let mut drive = Drive::preset("two-tasks", 4);
    for pane in Pane::ALL.iter().cycle().skip(1).take(Pane::ALL.len()) {
        drive.press(Key::Tab);
        assert_eq!(drive.app.screens.lab.pane, *pane);
    }
    drive.press(Key::BackTab);
    assert_eq!(drive.app.screens.lab.pane, *Pane::ALL.last().unwrap());
}

#[test]
fn one_key_sets_methods_side_by_side_and_gives_the_gain_back() {
    let mut drive = Drive::preset("two-tasks", 4);
    let begun = drive.press(Key::Char('M'));
    assert!(matches!(begun[..], [Effect::Start(_, Job::Methods(_))]), "{begun:?}");
    assert_eq!(drive.app.screens.lab.view, Pane::Methods);
    let back = drive.press(Key::Char('M'));
    assert_eq!(back, [Effect::Cancel(JobSlot::Methods)]);
    assert_eq!(drive.app.screens.lab.view, Pane::Gain);
    let mut other = Drive::preset("relu-turned", 4);
    other.press(Key::Char('M'));
    assert_eq!(other.app.screens.lab.view, Pane::Gain);
}

#[test]
fn unknown_keys_do_nothing() {
    let mut drive = Drive::preset("two-tasks", 4);
    let before = format!("{:?}", drive.app);
    for key in [Key::Char('§'), Key::Ctrl('y'), Key::Delete, Key::Char('\u{7}')] {
        assert!(drive.press(key).is_empty());
    }
    assert_eq!(format!("{:?}", drive.app), before);
}

#[test]
fn every_knob_of_every_preset_can_be_turned_both_ways() {
    for preset in PRESETS {
        let mut drive = Drive::preset(preset.name, 2);
        let handles: Vec<Handle> =
            drive.app.screens.lab.sliders(&drive.app.work.scenario, Panes::All);
        for handle in handles {
            while drive.app.screens.lab.focus != handle {
                drive.press(Key::Down);
            }
            let before = drive.value();
            drive.press(Key::Right);
            let up = drive.value();
            let refused = drive.app.view.note.is_some();
            drive.press(Key::Left);
            drive.press(Key::Left);
            let down = drive.value();
            assert!(up > before || down < before || refused, "{} {}", preset.name, path(&drive));
            assert!(up >= before && down <= before, "{} {}", preset.name, path(&drive));
        }
    }
}

#[test]
fn the_weighting_schemes_are_compared_while_they_are_in_view() {
    let mut drive = Drive::preset("svd-weights", 4);
    drive.settle();
    assert!(drive.app.screens.lab.comparison.is_none());
    let effects = drive.press(Key::BackTab).to_vec();
    assert_eq!(started(&effects, JobSlot::Comparison), 1);
    drive.settle();
    let comparison = drive.app.screens.lab.comparison.clone().unwrap();
    assert_eq!(comparison.weights.len(), comparison.measurement.as_ref().unwrap().approaches.len());
    let effects = drive.press(Key::Right).to_vec();
    assert_eq!(started(&effects, JobSlot::Comparison), 1, "another noise, other weights");
    drive.settle();
    assert_ne!(drive.app.screens.lab.comparison.as_ref().unwrap().spectra, comparison.spectra);
    let effects = drive.press(Key::BackTab).to_vec();
    assert!(effects.contains(&Effect::Cancel(JobSlot::Comparison)));
}

#[test]
fn a_descent_at_too_large_a_rate_is_said_to_diverge() {
    let fast = |draft: &mut ScenarioDraft| draft.model.rate = Some(1.0);
    let mut drive = Drive::open("two-tasks", changed("two-tasks", fast));
    drive.settle();
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.contains("diverged") && note.contains("the curvature allows"), "{note}");
}

#[test]
fn a_curve_of_the_users_work_that_comes_late_into_a_lesson_is_dropped() {
    let mut drive = Drive::preset("six-tasks", 4);
    let (id, job) = drive.waiting(JobSlot::Curve).cloned().unwrap();
    let Job::Curve(_, handle) = job else { panic!("{job:?} in the slot of the curve") };
    drive.press(Key::Char('7'));
    drive.press(Key::Enter);
    assert!(drive.app.playing().is_some());
    drive.tell(Message::Report(id, Report::Curve(Curve::measured(handle, Vec::new()))));
    assert!(drive.app.screens.lab.curve.is_none(), "the lesson has other tasks");
    drive.screen(120, 36);
}

#[test]
fn q_quits_from_every_list_whose_footer_offers_it_and_is_typed_where_typing_searches() {
    for key in "iy,eF:?".chars() {
        let mut drive = Drive::preset("two-tasks", 4);
        drive.press(Key::Char(key));
        let overlay = drive.app.over.as_ref().unwrap().overlay;
        let offered = overlay.keys().contains(&("q", "quit"));
        assert_eq!(offered, !overlay.is_searched(), "{key}");
        assert_eq!(drive.screen(120, 36).contains("q quit"), offered, "{key}");
        let quits = drive.press(Key::Char('q')) == [Effect::Quit { keeping: false }];
        assert_eq!(quits, offered, "{key}");
    }
}

#[test]
fn the_list_of_changes_is_sought_once_and_enter_makes_a_change_that_undo_takes_back() {
    let mut drive = Drive::preset("two-tasks", 40);
    drive.settle();
    drive.press(Key::Char('F'));
    assert!(drive.waiting(JobSlot::Flip).is_some());
    assert!(drive.screen(120, 36).contains("searching"));
    drive.settle_slot(JobSlot::Flip);
    let (before, listed) = (drive.app.work.scenario.clone(), drive.screen(120, 36));
    assert!(listed.contains("What to change") && listed.contains("notches"), "{listed}");
    let narrow = drive.screen(58, 40);
    for column in ["knob", "now", "then", "notches", "theory", "gain"] {
        assert!(narrow.contains(column), "{column}\n{narrow}");
    }
    drive.keys(&[Key::Char('F'), Key::Char('F')]);
    assert!(drive.waiting(JobSlot::Flip).is_none(), "the same scenario is searched once");
    let row = drive.app.entries().iter().position(|entry| entry.left == "1").unwrap();
    drive.keys(&vec![Key::Down; row]);
    drive.press(Key::Enter);
    assert_ne!(drive.app.work.scenario, before);
    let turned: Vec<&str> =
        ["source.", "target."].into_iter().filter(|task| listed.contains(task)).collect();
    let said = drive.app.view.note.clone().unwrap();
    assert!(
        said.starts_with("changed: ")
            && !said.contains("cosine")
            && turned.iter().any(|task| said.contains(task)),
        "{said}"
    );
    assert_eq!(drive.verdict(), Verdict::Hurts);
    drive.press(Key::Char('u'));
    assert_eq!(drive.app.work.scenario, before);
    drive.keys(&[Key::Right, Key::Char('F'), Key::Escape, Key::Right]);
    assert!(drive.waiting(JobSlot::Flip).is_none(), "a search ends with its scenario");
    let mut draft = drive.app.work.scenario.draft().clone();
    (draft.focus, draft.trials) = (None, 4.0);
    draft.tasks.truncate(1);
    let mut drive = Drive::open("alone", Scenario::check(draft).unwrap());
    drive.press(Key::Char('F'));
    drive.settle_slot(JobSlot::Flip);
    assert!(drive.screen(120, 36).contains("needs a scenario with two tasks or more"));
}

#[test]
fn a_changed_scenario_that_another_replaced_counts_as_unsaved_until_it_is_saved() {
    let mut drive = Drive::preset("two-tasks", 3);
    drive.keys(&[Key::Right, Key::Left]);
    assert!(drive.app.unsaved_works().is_empty(), "turned back");
    drive.press(Key::Right);
    let changed = drive.app.work.scenario.clone();
    drive.press(Key::Ctrl('o'));
    drive.write("six-tasks");
    drive.press(Key::Enter);
    drive.tell(Message::Read(1, Ok(("six-tasks".into(), Box::new(preset("six-tasks", 3))))));
    drive.press(Key::Right);
    let names = |drive: &Drive| -> Vec<String> {
        drive.app.unsaved_works().into_iter().map(|(work, _)| work.name).collect()
    };
    assert_eq!(names(&drive), ["six-tasks", "two-tasks"]);
    drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert_eq!(names(&drive), ["two-tasks", "six-tasks"]);
    assert!(std::sync::Arc::ptr_eq(&drive.app.work.scenario, &changed));
    drive.press(Key::Char('u'));
    assert_eq!(names(&drive), ["six-tasks"], "its only change is undone");
    drive.press(Key::Right);
    assert_eq!(names(&drive), ["two-tasks", "six-tasks"], "no longer to be redone, but kept");
    drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert_eq!(drive.app.work.name, "six-tasks");
    assert_eq!(names(&drive), ["six-tasks", "two-tasks"]);
}
