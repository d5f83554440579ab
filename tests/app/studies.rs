//! Studies on the screen: scripted users set up sweeps, run, read and compare them.

#![cfg(feature = "tui")]

use std::cell::RefCell;

use crate::support::drive::{self, Drive, changed};
use proptest::prelude::*;
use taskscope::app::settings::Panes;
use taskscope::app::studies::{FormField, FormRow};
use taskscope::app::{ACTIONS, Effect, Key, Message, RunState, Screen};
use taskscope::cancel::Cancel;
use taskscope::figure::words;
use taskscope::job::{Document, Job, JobSlot, Report, SaveRequest, SaveResult};
use taskscope::provenance::command;
use taskscope::scenario::draft::TaskRole;
use taskscope::scenario::{Scenario, share};
use taskscope::store;
use taskscope::study::difference;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::records::TrialRecords;
use taskscope::study::{Study, StudyDraft, StudyResults};
use taskscope::worker;

const SPACE: Key = Key::Char(' ');

fn small() -> Scenario {
    changed("two-tasks", |draft| {
        draft.trials = 6.0;
        draft.data.dimension = 6.0;
    })
}

fn note(drive: &Drive) -> &str {
    drive.app.view.note.as_deref().unwrap_or("")
}

/// The Sweep screen with a sweep of five points set up.
fn set_up() -> Drive {
    let mut drive = Drive::open("two-tasks", small());
    drive.settle_slot(JobSlot::Verdict);
    drive.press(Key::Char('5'));
    go_to(&mut drive, FormRow::X(FormField::Points));
    drive.set("5");
    drive
}

fn go_to(drive: &mut Drive, row: FormRow) {
    let rows = drive.app.screens.studies.form.rows().len();
    for _ in 0..rows {
        if drive.app.screens.studies.form.row != row {
            drive.press(Key::Down);
        }
    }
    assert_eq!(drive.app.screens.studies.form.row, row);
}

/// A completed sweep of five points.
fn swept() -> Drive {
    let mut drive = set_up();
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    drive
}

fn state(drive: &Drive, number: u64) -> RunState {
    drive.app.screens.studies.run(Some(number)).unwrap().state
}

/// All reports of the waiting study, in order.
fn reports(drive: &Drive) -> Vec<Report> {
    let (_, job) = drive.waiting(JobSlot::Study).unwrap().clone();
    let reports = RefCell::new(Vec::new());
    worker::run(job, &Cancel::new(), &|report| reports.borrow_mut().push(report));
    reports.into_inner()
}

fn waiting(drive: &Drive) -> Box<StudyResults> {
    match drive.waiting(JobSlot::Study) {
        Some((_, Job::Study(results))) => results.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn digits_show_the_screens_and_are_digits_where_a_field_is_open() {
    let mut drive = Drive::open("two-tasks", small());
    for screen in Screen::all().rev() {
        drive.press(Key::Char(screen.digit()));
        assert_eq!(drive.app.screens.current, screen);
        assert!(drive.screen(80, 24).contains(screen.name()));
    }
    drive.press(Key::Enter);
    drive.press(Key::Char('5'));
    assert_eq!(
        (drive.app.screens.current, drive.app.field.unwrap().text.as_str()),
        (Screen::Lab, "5")
    );
}

#[test]
fn the_sweep_suggested_goes_along_the_knob_touched_last_over_its_track() {
    let mut drive = Drive::open("two-tasks", small());
    drive.press(Key::Char('5'));
    let x = drive.app.screens.studies.form.x.clone();
    assert_eq!((x.knob.as_str(), x.from, x.to, x.log), ("source.angle", 0.0, 180.0, false));
    drive.press(Key::Char('1'));
    while drive.app.screens.lab.focus.path(drive.app.work.scenario.draft()) != "source.samples" {
        drive.press(Key::Down);
    }
    drive.press(Key::Char('5'));
    let x = drive.app.screens.studies.form.x.clone();
    assert_eq!((x.knob.as_str(), x.from, x.to, x.log), ("source.samples", 10.0, 1e6, true));
}

#[test]
fn a_log_range_from_zero_is_refused_with_the_way_out() {
    let mut drive = Drive::open("two-tasks", small());
    drive.press(Key::Char('5'));
    drive.keys(&[Key::Down; 4]);
    drive.press(Key::Right);
    let (_, problem) = drive.app.screens.studies.form.problem.clone().unwrap();
    assert!(problem.contains("choose a value above zero, or linear"), "{problem}");
    drive.press(Key::Right);
    assert_eq!(drive.app.screens.studies.form.problem, None);
}

#[test]
fn a_form_that_was_changed_no_longer_follows_the_lab() {
    let mut drive = set_up();
    drive.press(Key::Char('1'));
    drive.press(Key::Down);
    drive.press(Key::Char('5'));
    let x = &drive.app.screens.studies.form.x;
    assert_eq!((x.knob.as_str(), x.points), ("source.angle", 5));
}

#[test]
fn space_starts_a_sweep_that_reports_theory_first_and_then_its_trials() {
    let mut drive = set_up();
    let effects = drive.press(SPACE).to_vec();
    assert!(matches!(effects[..], [Effect::Start(_, Job::Study(_))]), "{effects:?}");
    assert_eq!(state(&drive, 1), RunState::Running);
    let reports = reports(&drive);
    let Report::Study { results, progress } = &reports[0] else { panic!() };
    assert_eq!((results.theory.cells.len(), progress.done, progress.wanted), (5, 0, 30));
    drive.settle_slot(JobSlot::Study);
    assert_eq!(state(&drive, 1), RunState::Done);
    let run = drive.app.screens.studies.run(Some(1)).unwrap();
    assert!(run.results.records.is_complete() && run.percent() == 100);
}

#[test]
fn a_running_study_is_seen_on_every_screen() {
    let mut drive = set_up();
    drive.press(SPACE);
    let first = reports(&drive)[0].clone();
    let (id, _) = *drive.waiting(JobSlot::Study).unwrap();
    drive.tell(Message::Report(id, first));
    for screen in Screen::all() {
        drive.press(Key::Char(screen.digit()));
        for (width, height) in [(120, 36), (80, 24)] {
            let line = drive.lines(width, height)[0].clone();
            assert!(line.contains("▶ 0 %"), "{line}");
        }
    }
}

#[test]
fn a_pause_keeps_all_that_was_reported_and_the_run_goes_on_from_there() {
    let mut drive = set_up();
    drive.press(SPACE);
    let all = reports(&drive);
    let (id, _) = *drive.waiting(JobSlot::Study).unwrap();
    let Report::Study { results: last, .. } = all.last().unwrap() else { panic!() };
    let mut part = last.clone();
    part.records = without(last, 3, 2..6);
    let progress = taskscope::runner::Progress { done: 26, wanted: 30, ..Default::default() };
    drive.tell(Message::Report(id, Report::Study { results: part.clone(), progress }));
    assert_eq!(drive.press(SPACE), [Effect::Cancel(JobSlot::Study)]);
    assert_eq!(state(&drive, 1), RunState::Paused);
    assert!(drive.screen(120, 36).contains("resumes"));
    drive.press(SPACE);
    assert_eq!(waiting(&drive), part);
    drive.settle_slot(JobSlot::Study);
    let run = drive.app.screens.studies.run(Some(1)).unwrap();
    assert_eq!((run.state, &run.results.records), (RunState::Done, &last.records));
    assert_eq!(drive.app.screens.studies.runs.len(), 1);
}

#[test]
fn a_batch_that_arrives_after_the_pause_still_counts() {
    let mut drive = set_up();
    drive.press(SPACE);
    let last = reports(&drive).pop().unwrap();
    let (id, _) = *drive.waiting(JobSlot::Study).unwrap();
    drive.press(SPACE);
    drive.tell(Message::Report(id, last));
    assert_eq!(state(&drive, 1), RunState::Done);
}

#[test]
fn quitting_while_a_study_runs_asks_first() {
    let mut drive = set_up();
    drive.press(SPACE);
    assert!(drive.press(Key::Char('q')).is_empty());
    assert!(note(&drive).contains("a study is running: q again quits"));
    assert_eq!(drive.press(Key::Char('q')), [Effect::Quit { keeping: false }]);
}

#[test]
fn q_asks_once_while_no_folder_holds_the_trials() {
    let mut drive = swept();
    assert!(drive.press(Key::Char('q')).is_empty());
    assert_eq!(note(&drive), "q again quits. Not saved: 30 trials of run #1 (6, e)");
    let filing = filing(&mut drive);
    drive.tell(Message::Filed(filing, SaveResult::Written));
    assert_eq!(drive.press(Key::Char('q')), [Effect::Quit { keeping: false }]);
}

#[test]
fn a_study_that_is_paused_with_trials_is_not_lost_by_one_q() {
    let mut drive = set_up();
    drive.press(SPACE);
    let all = reports(&drive);
    let (id, _) = drive.waiting(JobSlot::Study).unwrap().clone();
    let Some(Report::Study { mut results, progress }) = all.into_iter().next_back() else {
        panic!("no results")
    };
    results.records = without(&results, 2, 0..3);
    drive.tell(Message::Report(id, Report::Study { results, progress }));
    drive.press(SPACE);
    assert_eq!(state(&drive, 1), RunState::Paused);
    assert!(drive.press(Key::Char('q')).is_empty());
    assert!(note(&drive).starts_with("q again quits. Not saved: "), "{}", note(&drive));
}

#[test]
fn a_study_from_a_folder_is_saved_already() {
    let mut drive = kept(0);
    drive.settle_slot(JobSlot::Study);
    assert_eq!(drive.press(Key::Char('q')), [Effect::Quit { keeping: false }]);
}

#[test]
fn a_new_sweep_pauses_the_one_that_runs() {
    let mut drive = set_up();
    drive.press(SPACE);
    drive.press(SPACE);
    go_to(&mut drive, FormRow::Trials);
    drive.set("4");
    drive.press(SPACE);
    assert_eq!((state(&drive, 1), state(&drive, 2)), (RunState::Paused, RunState::Running));
    drive.keys(&[Key::Char('6'), Key::Up, Key::Up, SPACE]);
    assert_eq!((state(&drive, 1), state(&drive, 2)), (RunState::Running, RunState::Paused));
    assert!(note(&drive).contains("#2 is paused"));
    drive.settle_slot(JobSlot::Study);
    assert_eq!((state(&drive, 1), state(&drive, 2)), (RunState::Done, RunState::Paused));
}

#[test]
fn the_lab_stays_live_while_a_study_runs() {
    let mut drive = set_up();
    drive.press(SPACE);
    let study = waiting(&drive);
    drive.keys(&[Key::Char('1'), Key::Right]);
    drive.settle_slot(JobSlot::Verdict);
    assert!(drive.app.screens.lab.fresh);
    assert_eq!(waiting(&drive), study, "the study is not touched");
}

#[test]
fn exactly_the_same_question_is_not_asked_twice() {
    let mut drive = swept();
    assert!(drive.press(SPACE).is_empty());
    assert!(note(&drive).contains("done"), "{}", note(&drive));
    assert_eq!(drive.app.screens.studies.runs.len(), 1);
}

#[test]
fn the_cursor_reads_a_point_with_its_n_its_interval_and_theory() {
    let mut drive = swept();
    drive.press(Key::Tab);
    for (width, height) in [(120, 36), (80, 24)] {
        let text = drive.screen(width, height).replace('\n', " ");
        for words in ["source.angle 0°", "±", "(6 trials)", "alone", "together", "theory"] {
            assert!(text.contains(words), "{words:?} is not in\n{}", drive.screen(width, height));
        }
    }
    drive.keys(&[Key::Right, Key::Right, Key::Right, Key::Left]);
    assert!(drive.screen(120, 36).contains("source.angle 90°:"));
    drive.keys(&[Key::Right; 9]);
    assert!(drive.screen(120, 36).contains("source.angle 180°:"));
}

#[test]
fn enter_opens_the_cell_in_the_lab_with_the_same_seed_and_trials_and_u_undoes() {
    let mut drive = swept();
    let before = drive.app.work.scenario.clone();
    drive.keys(&[Key::Tab, Key::Right, Key::Right]);
    let study = drive.app.screens.studies.shown_sweep().unwrap().results.study.clone();
    drive.press(Key::Enter);
    assert_eq!(drive.app.screens.current, Screen::Lab);
    assert_eq!(*drive.app.work.scenario, *study.cells()[2].scenario);
    assert_eq!(drive.app.work.scenario.draft().seed, before.draft().seed);
    drive.settle_slot(JobSlot::Verdict);
    let run = drive.app.screens.studies.shown_sweep().unwrap();
    assert_eq!(
        drive.app.screens.lab.outcome(),
        run.results.outcome(2, 0),
        "the Lab measures the same"
    );
    drive.press(Key::Char('u'));
    assert_eq!(drive.app.work.scenario, before);
    drive.press(Key::Escape);
    assert_eq!(
        (drive.app.screens.current, drive.app.screens.studies.in_chart),
        (Screen::Sweep, true)
    );
    drive.press(Key::Escape);
    assert!(!drive.app.screens.studies.in_chart);
}

#[test]
fn a_point_opens_trained_in_the_way_it_was_measured_by() {
    let mut drive = set_up();
    for method in ["by-size", "ridge"] {
        let place =
            drive.app.screens.studies.form.methods.iter().position(|m| m.0 == method).unwrap();
        go_to(&mut drive, FormRow::Method(place));
        drive.press(Key::Enter);
    }
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    let results = drive.app.screens.studies.shown_sweep().unwrap().results.clone();
    drive.keys(&[Key::Tab, Key::Right]);
    for way in 0..3 {
        drive.press(Key::Enter);
        drive.verdict();
        let opened = drive.app.screens.lab.measurement().unwrap().own().targets;
        assert_eq!(Some(&opened), results.outcome(1, way), "{way}");
        drive.keys(&[Key::Escape, Key::Down]);
    }
}

/// The records of a study without those of some trials of a cell.
fn without(results: &StudyResults, lacking: usize, trials: std::ops::Range<usize>) -> TrialRecords {
    let mut records = TrialRecords::new(&results.study);
    for cell in 0..results.study.cells().len() {
        for (trial, record) in results.records.records(cell) {
            if cell != lacking || !trials.contains(&trial) {
                records.put(taskscope::study::Unit { cell, trial }, &record);
            }
        }
    }
    records
}

/// The program with a study opened from a folder.
fn kept(lacking: usize) -> Drive {
    let mut results = swept().app.screens.studies.shown_sweep().unwrap().results.clone();
    results.records = without(&results, 2, 0..lacking);
    results.theory = std::sync::Arc::default();
    Drive::of(taskscope::app::App::with_study(results).unwrap())
}

#[test]
fn a_study_from_a_folder_is_shown_with_its_theory_and_one_that_lacks_trials_goes_on_with_space() {
    let whole = swept().app.screens.studies.shown_sweep().unwrap().results.clone();
    for lacking in [0, 3] {
        let mut drive = kept(lacking);
        assert_eq!(drive.app.screens.current, Screen::Sweep);
        if lacking > 0 {
            assert_eq!(
                (state(&drive, 1), note(&drive)),
                (RunState::Paused, "Space resumes this study")
            );
            drive.press(SPACE);
        }
        drive.settle_slot(JobSlot::Study);
        assert_eq!((state(&drive, 1), drive.app.screens.studies.runs.len()), (RunState::Done, 1));
        assert_eq!(drive.app.screens.studies.shown_sweep().unwrap().results, whole);
        drive.settle();
        drive.frame(120, 36);
    }
}

#[test]
fn a_second_knob_makes_a_phase_diagram_in_which_the_cursor_goes_up_and_down() {
    let mut drive = set_up();
    go_to(&mut drive, FormRow::Y(FormField::Knob));
    drive.set("target.noise");
    go_to(&mut drive, FormRow::Y(FormField::Points));
    drive.set("3");
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    let study = drive.app.screens.studies.shown_sweep().unwrap().results.study.clone();
    assert!(study.is_phase() && study.cells().len() == 15);
    drive.keys(&[Key::Tab, Key::Up, Key::Right]);
    assert!(drive.screen(120, 36).contains("source.angle 45°, target.noise"));
    drive.press(Key::Enter);
    assert_eq!(*drive.app.work.scenario, *study.cells()[6].scenario);
}

#[test]
fn what_is_wrong_with_a_range_is_said_where_it_stands() {
    let mut drive = set_up();
    go_to(&mut drive, FormRow::X(FormField::To));
    drive.set("200");
    let field = drive.app.field.clone().unwrap();
    assert!(field.problem.unwrap().contains("0 to 180"), "a value that is never allowed");
    drive.press(Key::Escape);
    drive.set("0");
    let (row, problem) = drive.app.screens.studies.form.problem.clone().unwrap();
    assert_eq!(row, FormRow::X(FormField::To));
    assert!(problem.contains("two different ends"), "{problem}");
    for (width, height) in [(120, 36), (80, 24)] {
        let text = drive.screen(width, height);
        assert!(text.contains("two different ends") && text.contains("! "), "{text}");
    }
    assert!(drive.press(SPACE).is_empty());
    assert!(drive.app.screens.studies.runs.is_empty());
    drive.set("90");
    assert_eq!(drive.app.screens.studies.form.problem, None);
}

#[test]
fn a_setting_that_cannot_be_computed_is_refused_when_the_sweep_starts() {
    let mut drive = set_up();
    go_to(&mut drive, FormRow::X(FormField::Knob));
    drive.set("model.activation");
    go_to(&mut drive, FormRow::Y(FormField::Knob));
    drive.set("source.samples");
    assert!(drive.press(SPACE).is_empty());
    assert!(note(&drive).contains("is not allowed"), "{}", note(&drive));
    assert!(drive.app.screens.studies.form.problem.is_some());
}

#[test]
fn methods_are_switched_on_and_measured_beside_the_own() {
    let mut drive = set_up();
    go_to(&mut drive, FormRow::Method(0));
    drive.press(Key::Enter);
    let name = drive.app.screens.studies.form.methods[0].0;
    assert!(drive.screen(120, 36).contains(&format!("[x] {name}")));
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    let study = drive.app.screens.studies.shown_sweep().unwrap().results.study.clone();
    assert_eq!(study.methods().len(), 2);
    drive.keys(&[Key::Tab, Key::Down]);
    assert!(drive.screen(120, 36).contains(&format!("source.angle 0°, {name}:")));
}

/// Two sweeps that differ in the noise of the target; the first is pinned.
fn two_runs() -> Drive {
    let mut drive = swept();
    drive.press(Key::Char('b'));
    drive.press(Key::Char('1'));
    while drive.app.screens.lab.focus.path(drive.app.work.scenario.draft()) != "target.noise" {
        drive.press(Key::Down);
    }
    drive.set("2");
    drive.press(Key::Char('5'));
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    drive
}

#[test]
fn a_pinned_sweep_is_drawn_over_another_along_the_same_knob() {
    let mut drive = two_runs();
    let text = drive.screen(120, 36);
    assert!(text.contains("#1") && text.contains("#2"), "{text}");
    drive.keys(&[Key::Char('6'), Key::Up, Key::Char('b'), Key::Down, Key::Enter]);
    assert_eq!(drive.app.screens.current, Screen::Sweep);
    assert!(!drive.screen(120, 36).contains("#1"));
}

#[test]
fn the_selected_run_is_compared_with_the_pinned_one_point_by_point() {
    let mut drive = two_runs();
    drive.press(Key::Char('6'));
    for (width, height) in [(120, 36), (80, 24)] {
        let text = drive.screen(width, height);
        for words in ["minus #1", "0°", "180°", "trial by trial"] {
            assert!(text.contains(words), "{words:?} is not in\n{text}");
        }
    }
}

/// Sweeps a scenario and the same with a noisier source; the first is pinned.
fn pinned_beside_another(scenario: Scenario) -> Drive {
    let mut drive = Drive::open("two-tasks", scenario);
    drive.press(Key::Char('5'));
    go_to(&mut drive, FormRow::X(FormField::Points));
    drive.set("3");
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Study);
    drive.keys(&[Key::Char('b'), Key::Char('1')]);
    while drive.app.screens.lab.focus.path(drive.app.work.scenario.draft()) != "source.noise" {
        drive.press(Key::Down);
    }
    drive.set("2");
    drive.keys(&[Key::Char('5'), SPACE]);
    drive.settle_slot(JobSlot::Study);
    drive
}

/// The number behind ±.
fn end(gain: &str) -> &str {
    gain.rsplit('%').next().unwrap()
}

#[test]
fn no_number_of_the_tables_of_runs_lacks_its_beginning_at_any_width() {
    let scenario = changed("two-tasks", |draft| {
        draft.trials = 6.0;
        draft.data.dimension = 6.0;
        draft.tasks[0].noise = 0.001;
    });
    let mut drive = pinned_beside_another(scenario);
    let results = |number| &drive.app.screens.studies.run(Some(number)).unwrap().results;
    let mut numbers = vec!["12345".to_owned()];
    for found in difference::between(results(2), results(1)) {
        let gains = found.gains.into_iter().chain([found.difference]);
        numbers.extend(gains.map(|gain| words::gain(Some(gain))));
    }
    assert!(numbers.iter().any(|number| number.chars().count() > 14), "{numbers:?}");
    drive.press(Key::Char('6'));
    drive.app.screens.studies.runs[0].number = 12345;
    for width in (58..140).step_by(6) {
        let text = drive.screen(width, 36);
        for number in &numbers {
            let tail: String = number.chars().skip(1).collect();
            let ends = text.contains(&tail) || number.contains('±') && text.contains(end(&tail));
            assert!(!ends || text.contains(number.as_str()), "{number} at {width}\n{text}");
        }
        assert!(width < 100 || numbers.iter().all(|n| text.contains(n.as_str())), "{text}");
    }
}

#[test]
fn a_sweep_whose_gain_is_undefined_everywhere_says_so_and_why() {
    let scenario = changed("two-tasks", |draft| {
        draft.trials = 6.0;
        draft.data.dimension = 6.0;
        draft.tasks[0].noise = 0.0;
    });
    let mut drive = pinned_beside_another(scenario);
    let text = drive.screen(120, 36);
    assert!(text.contains("The gain is undefined at every setting"), "{text}");
    assert!(text.contains("the error alone is 0"), "{text}");
    drive.press(Key::Char('6'));
    let text = drive.screen(120, 36);
    assert!(text.contains("Run #2: The gain is undefined at every setting"), "{text}");
}

#[test]
fn a_deleted_run_comes_back_where_it_stood() {
    let mut drive = two_runs();
    let before = drive.app.screens.studies.runs.clone();
    drive.keys(&[Key::Char('6'), Key::Up, Key::Up, Key::Char('D')]);
    assert_eq!(drive.app.screens.studies.runs.len(), 1);
    drive.press(Key::Char('D'));
    assert!(drive.screen(80, 24).contains("No runs yet"));
    drive.press(Key::Char('D'));
    drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert_eq!(drive.app.screens.studies.runs, before);
    drive.keys(&[Key::Ctrl('r'), Key::Ctrl('r')]);
    assert!(drive.app.screens.studies.runs.is_empty(), "done again");
    drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert_eq!(drive.app.screens.studies.runs, before);
}

#[test]
fn deleting_a_run_that_computes_stops_it() {
    let mut drive = set_up();
    drive.press(SPACE);
    drive.press(Key::Char('6'));
    assert_eq!(drive.press(Key::Char('D')), [Effect::Cancel(JobSlot::Study)]);
    drive.press(Key::Char('u'));
    assert_eq!(state(&drive, 1), RunState::Paused);
}

#[test]
fn a_study_that_fails_is_said_to_and_can_be_tried_again() {
    let mut drive = set_up();
    drive.press(SPACE);
    let (id, _) = *drive.waiting(JobSlot::Study).unwrap();
    drive.tell(Message::Report(id, Report::Failed(JobSlot::Study, "index out of bounds".into())));
    assert_eq!(state(&drive, 1), RunState::Stopped);
    assert!(note(&drive).contains("index out of bounds"));
    drive.press(SPACE);
    assert_eq!(state(&drive, 1), RunState::Running);
}

/// The request to save the study in view.
fn filing(drive: &mut Drive) -> SaveRequest {
    let effects = drive.press(Key::Char('e')).to_vec();
    assert_eq!(effects, [Effect::Offer("two-tasks-sweep-source-angle".into())]);
    let effects = drive.press(Key::Enter).to_vec();
    let [Effect::File(filing)] = &effects[..] else { panic!("{effects:?}") };
    filing.clone()
}

#[test]
fn e_writes_the_study_to_a_folder() {
    let mut drive = swept();
    let filing = filing(&mut drive);
    let run = drive.app.screens.studies.run(Some(1)).unwrap();
    let results = Box::new(run.results.clone());
    assert_eq!(filing.document, Document::Study { results, insight: None });
    drive.tell(Message::Filed(filing.clone(), SaveResult::Exists));
    assert!(drive.app.field.as_ref().unwrap().replace);
    drive.press(Key::Escape);
    drive.tell(Message::Filed(filing.clone(), SaveResult::Written));
    assert!(note(&drive).contains("two-tasks-sweep-source-angle"));
}

#[test]
fn e_writes_the_page_of_advice_with_its_figures() {
    let scenario = changed("ratings-pair", |draft| {
        draft.tasks.iter_mut().for_each(|task| task.samples = 40.0);
    });
    let mut drive = Drive::open("ratings-pair", scenario);
    drive.keys(&[Key::Char('8'), Key::Char('e')]);
    assert!(note(&drive).contains("no advice to save yet"));
    drive.press(SPACE);
    drive.settle_slot(JobSlot::Advice);
    let effects = drive.press(Key::Char('e')).to_vec();
    assert_eq!(effects, [Effect::Offer("ratings-pair-advice.html".into())]);
    let effects = drive.press(Key::Enter).to_vec();
    let [Effect::File(filing)] = &effects[..] else { panic!("{effects:?}") };
    let folder = tempfile::tempdir().unwrap();
    let mut filing = filing.clone();
    for (name, count) in [("a.html", 1), ("b.md", 3), ("c.json", 1)] {
        let before = folder.path().read_dir().unwrap().count();
        filing.path = folder.path().join(name);
        store::file(&filing).unwrap();
        assert_eq!(folder.path().read_dir().unwrap().count(), before + count, "{name}");
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a.html").matches("<img src=\"data:image/svg+xml").count(), 2);
    assert!(read("b.md").contains("(<b-rows.svg>)") && read("b-plans.svg").starts_with("<svg"));
    assert!(read("c.json").contains("taskscope.advice/1"));
}

/// Three tasks in the Lab, with every pair trained.
fn related() -> Drive {
    let mut drive = Drive::open(
        "three-tasks",
        changed("three-tasks", |draft| {
            draft.trials = 6.0;
            draft.data.dimension = 6.0;
        }),
    );
    drive.keys(&[Key::Char('4'), SPACE]);
    drive.settle_slot(JobSlot::Study);
    drive.settle_slot(JobSlot::Insight);
    drive.settle_slot(JobSlot::Insight);
    drive
}

#[test]
fn a_key_trains_random_groups_and_shows_how_well_they_are_predicted() {
    let scenario = changed("six-tasks", |draft| {
        draft.trials = 4.0;
        draft.data.dimension = 6.0;
    });
    let mut drive = Drive::open("six-tasks", scenario);
    drive.keys(&[Key::Char('4'), Key::Char('r')]);
    drive.settle_slot(JobSlot::Study);
    drive.settle_slot(JobSlot::Insight);
    drive.settle_slot(JobSlot::Insight);
    let run = drive.app.screens.studies.shown_affinity().unwrap();
    assert_eq!(run.results.study.cells().len(), 1 + 15 + 24);
    let text = drive.screen(120, 36);
    assert!(text.contains("surrogate ρ"), "{text}");
}

#[test]
fn an_affinity_study_shows_every_pair_its_proxies_and_groups() {
    let drive = related();
    assert_eq!(state(&drive, 1), RunState::Done);
    let run = drive.app.screens.studies.shown_affinity().unwrap();
    let insight = run.insight.as_ref().unwrap();
    assert!(insight.by_pairs.as_ref().is_some_and(|plan| plan.confirmation.is_some()));
    for (width, height) in [(120, 36), (80, 24)] {
        let text = drive.screen(width, height);
        for name in run.results.tasks() {
            assert!(text.contains(&name), "{name} is not in\n{text}");
        }
        for words in ["(6 trials)", "±", "Groups: at most 3", "τ (95 %)", "look-ahead"] {
            assert!(text.contains(words), "{words:?} is not in\n{text}");
        }
    }
}

#[test]
fn enter_opens_the_pair_under_the_cursor_and_u_brings_the_scenario_back() {
    let mut drive = related();
    let before = drive.app.work.scenario.clone();
    drive.keys(&[Key::Down, Key::Right]);
    assert_eq!(drive.app.screens.studies.pair, (1, 2));
    drive.press(Key::Enter);
    assert_eq!(
        (drive.app.screens.current, drive.app.work.scenario.tasks().len()),
        (Screen::Lab, 2)
    );
    drive.settle();
    drive.frame(120, 36);
    let run = drive.app.screens.studies.shown_affinity().unwrap();
    let pair = run.results.pair(1, 2).unwrap();
    assert_eq!(drive.app.screens.lab.measurement().unwrap().own().targets, *pair);
    assert_eq!(
        drive.app.work.scenario.draft().tasks[1].name,
        drive.app.work.scenario.groups()[0].name
    );
    drive.press(Key::Char('u'));
    assert_eq!(drive.app.work.scenario, before);
    drive.settle();
    drive.frame(120, 36);
}

#[test]
fn another_budget_gives_other_groups_without_another_trial() {
    let mut drive = related();
    let effects = drive.press(Key::Char('G')).to_vec();
    assert!(matches!(effects[..], [Effect::Start(_, Job::Insight(_, 2))]), "{effects:?}");
    drive.settle_slot(JobSlot::Insight);
    drive.press(Key::Char('['));
    drive.settle_slot(JobSlot::Insight);
    let run = drive.app.screens.studies.shown_affinity().unwrap();
    let plan = &run.insight.as_ref().unwrap().by_pairs.as_ref().unwrap().suggestion.plan;
    assert_eq!((drive.app.screens.studies.budget, plan.len()), (1, 1));
    assert!(drive.waiting(JobSlot::Study).is_none());
}

#[test]
fn g_goes_from_the_most_models_back_to_one_and_a_budget_stays_for_the_next_study() {
    let mut drive = related();
    let most = drive.app.screens.studies.shown_affinity().unwrap().results.tasks().len();
    let mut seen = Vec::new();
    for _ in 0..most {
        drive.press(Key::Char('g'));
        seen.push(drive.app.screens.studies.budget);
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=most).collect::<Vec<_>>());
    drive.press(Key::Char('g'));
    let kept = drive.app.screens.studies.budget;
    drive.keys(&[Key::Char('2'), Key::Char('R'), Key::Char('4'), SPACE]);
    assert_eq!(drive.app.screens.studies.budget, kept);
}

#[test]
fn a_sweep_of_a_pair_from_the_matrix_goes_along_the_knob_of_the_lab() {
    let mut drive = related();
    drive.keys(&[Key::Right, Key::Enter]);
    let draft = drive.app.work.scenario.draft().clone();
    let focus = drive.app.screens.lab.focus;
    drive.press(Key::Char('5'));
    assert_eq!(drive.app.screens.studies.form.x.knob, focus.path(&draft));
    let aside = draft.tasks.iter().find(|task| task.role == TaskRole::Aside).unwrap();
    let of_aside = format!("{}.", aside.name);
    for _ in 0..60 {
        drive.press(Key::Right);
        assert!(!drive.app.screens.studies.form.x.knob.starts_with(&of_aside));
    }
}

#[test]
fn a_run_with_other_roles_than_its_preset_says_that_it_is_changed_and_has_a_command() {
    let mut drive = related();
    drive.keys(&[Key::Right, Key::Enter]);
    drive.settle();
    drive.keys(&[Key::Char('5'), SPACE]);
    drive.settle();
    let draft = drive.app.screens.studies.shown_sweep().unwrap().results.study.draft().clone();
    let command = command::study(&draft).or_else(|| command::whole_study(&draft)).unwrap();
    let text = command.split(' ').nth(2).unwrap();
    let (_, scenario) = share::from_string(text).unwrap();
    assert_eq!(scenario.tasks, draft.scenarios[0].scenario.tasks);
}

#[test]
fn u_takes_a_pin_back() {
    let mut drive = related();
    let pinned = |drive: &Drive| drive.app.screens.studies.runs[0].pinned;
    drive.press(Key::Char('b'));
    assert!(pinned(&drive));
    drive.press(Key::Char('u'));
    assert!(!pinned(&drive));
    drive.press(Key::Char('1'));
    drive.settle();
    drive.press(Key::Char('b'));
    assert!(drive.app.screens.lab.pinned);
    drive.press(Key::Char('u'));
    assert!(!drive.app.screens.lab.pinned);
}

#[test]
fn the_scatter_and_the_matrix_change_places_and_p_goes_through_the_proxies() {
    let mut drive = related();
    for proxy in taskscope::study::probe::PROXIES.iter().cycle().skip(1).take(7) {
        drive.press(Key::Char('p'));
        assert!(drive.screen(120, 36).contains(proxy.help.split(' ').next().unwrap()));
    }
    let matrix = drive.screen(80, 24);
    drive.press(Key::Tab);
    assert_ne!(drive.screen(80, 24), matrix);
    drive.press(Key::Tab);
    assert_eq!(drive.screen(80, 24), matrix);
}

#[test]
fn two_tasks_are_too_few_and_the_preset_of_six_is_taken() {
    let mut drive = Drive::open("two-tasks", small());
    drive.press(Key::Char('4'));
    for (width, height) in [(120, 36), (80, 24), (60, 18)] {
        let screen = drive.screen(width, height);
        let words = screen.replace(['┃', '│', '\n'], " ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in ["has two tasks", "Press 1 instead", "third task"] {
            assert!(words.contains(said) || width < 120, "{said}\n{screen}");
        }
        assert!(screen.contains("two tasks"), "{screen}");
    }
    drive.press(SPACE);
    let run = drive.app.screens.studies.shown_affinity().unwrap();
    assert_eq!((run.name(), run.results.tasks().len()), ("six-tasks", 6));
    assert!(drive.screen(120, 36).contains("six-tasks"));
}

#[test]
fn a_study_that_ends_on_another_screen_says_so() {
    let mut drive = set_up();
    drive.press(SPACE);
    drive.press(Key::Char('1'));
    drive.settle_slot(JobSlot::Study);
    assert!(note(&drive).contains("#1 is done"), "{}", note(&drive));
}

/// Returns true if the waiting study has few trials left.
fn is_soon_done(drive: &Drive) -> bool {
    match drive.waiting(JobSlot::Study) {
        Some((_, Job::Study(results))) => results.records.wanted() < 300,
        _ => false,
    }
}

#[derive(Debug, Clone)]
enum Event {
    Press(Key),
    Study,
    Insight,
    Verdict,
}

fn events() -> impl Strategy<Value = Event> {
    let known: Vec<Key> = ACTIONS.iter().flat_map(|action| action.keys.iter().copied()).collect();
    let screens: Vec<Key> = Screen::all().map(|screen| Key::Char(screen.digit())).collect();
    prop_oneof![
        24 => prop::sample::select(known).prop_map(Event::Press),
        8 => prop::sample::select(screens).prop_map(Event::Press),
        6 => Just(Event::Press(SPACE)),
        3 => Just(Event::Press(Key::Escape)),
        4 => Just(Event::Study),
        1 => Just(Event::Insight),
        1 => Just(Event::Verdict),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_whatever_break_the_screens_of_studies(
        events in prop::collection::vec((events(), 1u16..132, 1u16..46), 100..180),
    ) {
        let mut drive = Drive::open("three-tasks", changed("three-tasks", |draft| {
            draft.trials = 2.0;
            draft.data.dimension = 4.0;
        }));
        for (event, width, height) in events {
            match event {
                Event::Press(key) => {
                    drive.press(key);
                }
                Event::Study if is_soon_done(&drive) => drive.settle_slot(JobSlot::Study),
                Event::Study => {}
                Event::Insight => drive.settle_slot(JobSlot::Insight),
                Event::Verdict => drive.settle_slot(JobSlot::Verdict),
            }
            drive.frame(width, height);
            let studies = &drive.app.screens.studies;
            prop_assert!(studies.runs.iter().filter(|r| r.state == RunState::Running).count() < 2);
            prop_assert!(studies.form.rows().contains(&studies.form.row));
            prop_assert!(drive.app.screens.lab.sliders(&drive.app.work.scenario, Panes::All).contains(&drive.app.screens.lab.focus));
        }
    }
}

/// A sweep that takes about this many MiB once all its trials are done; none is.
fn large(mib: usize) -> StudyResults {
    let of = |points: usize| {
        let scenario = drive::preset("two-tasks", 20_000).draft().clone();
        let question = Question::Sweep { x: vec![format!("source.angle=0:90:{points}")], y: None };
        let entry = NamedScenario { name: "two-tasks".to_owned(), scenario };
        StudyResults::new(Study::check(StudyDraft::new(question, vec![entry])).unwrap())
    };
    of((mib << 20) / (of(2).records.bytes() / 2))
}

#[test]
fn all_runs_fit_into_memory_together() {
    let mut drive = Drive::of(taskscope::app::App::with_study(large(720)).unwrap());
    drive.press(Key::Tab);
    let points = drive.app.screens.studies.form.x.points;
    go_to(&mut drive, FormRow::X(FormField::Points));
    drive.set(&(points - 1).to_string());
    drive.press(SPACE);
    let said = note(&drive);
    assert!(said.contains("MiB beside 7") && said.contains("D on screen"), "{said}");
    assert_eq!(drive.app.screens.studies.runs.len(), 1);
    drive.keys(&[Key::Char(Screen::Runs.digit()), Key::Char('D'), Key::Char('5'), SPACE]);
    assert_eq!(drive.app.screens.studies.runs.len(), 1, "{}", note(&drive));
    assert_eq!(drive.app.screens.studies.runs[0].number, 2);
}

#[test]
fn a_study_that_is_opened_is_set_up_as_it_was_asked() {
    let mut scenario = drive::preset("two-tasks", 4).draft().clone();
    scenario.compare.clear();
    let x = vec!["source.angle=0:90:7".to_owned()];
    let question = Question::Sweep { x, y: Some("source.samples=10:1000:5:log".to_owned()) };
    let entry = NamedScenario { name: "two-tasks".to_owned(), scenario };
    let study = Study::check(StudyDraft::new(question, vec![entry])).unwrap();
    let app = taskscope::app::App::with_study(StudyResults::new(study)).unwrap();
    let form = &app.screens.studies.form;
    assert_eq!((form.x.from, form.x.to, form.x.points, form.trials), (0.0, 90.0, 7, 4));
    let y = form.y.as_ref().unwrap();
    assert_eq!((y.knob.as_str(), y.points, y.log), ("source.samples", 5, true));
}
