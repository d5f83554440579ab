//! The cross-hair: charts read point by point, by keys and by mouse.

#![cfg(feature = "tui")]

use crate::support::drive::{Drive, changed};
use crate::support::{frames, worlds};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use taskscope::app::settings::Marks;
use taskscope::app::{Gesture, HitTarget, Key, KeyContext, Message, Pane};
use taskscope::figure::{Figure, MarkRole, words};
use taskscope::ui::{self, Pointing, Regions};

const V: Key = Key::Char('v');

fn lab() -> Drive {
    worlds::two_tasks()
}

fn look(drive: &Drive, size: (u16, u16)) -> (Buffer, Regions) {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut regions = Regions::default();
    terminal.draw(|frame| regions = ui::draw(&drive.app, frame)).unwrap();
    (terminal.backend().buffer().clone(), regions)
}

fn read(drive: &Drive) -> String {
    drive.app.crosshair_words().unwrap()
}

/// The x of the point under the cross-hair.
fn x(drive: &Drive, figure: &Figure) -> f64 {
    drive.app.view.crosshair.unwrap().on(figure).unwrap().estimate().unwrap().x
}

#[test]
fn it_begins_at_the_present_setting_and_reads_measured_points_with_interval_n_and_theory() {
    let mut drive = lab();
    drive.press(V);
    assert_eq!(drive.app.key_context(), KeyContext::Crosshair);
    let curve = drive.app.screens.lab.curve.clone().unwrap();
    let first = read(&drive);
    for (value, outcome) in &curve.measured {
        let place = format!("source.angle {}", words::value_of(curve.handle, *value));
        drive.press(Key::Home);
        while !read(&drive).starts_with(&format!("{place}:")) {
            let before = read(&drive);
            drive.press(Key::Right);
            assert_ne!(before, read(&drive), "{place} is never reached");
        }
        let words = read(&drive);
        assert!(words.contains(&format!("measured {}", words::effect(outcome))), "{words}");
        assert!(words.contains("(20 trials)") && words.contains("theory"), "{words}");
    }
    drive.keys(&[V, V]);
    assert_eq!(read(&drive), first);
}

#[test]
fn up_and_down_go_round_all_curves_and_come_back_to_the_same_place() {
    let mut drive = lab();
    drive.press(V);
    let figure = drive.app.figure(Pane::Gain).unwrap();
    let count = figure.series().len();
    assert!(count >= 3);
    let mut roles = Vec::new();
    let begun = x(&drive, &figure);
    for _ in 0..count {
        drive.press(Key::Down);
        roles.push(drive.app.view.crosshair.unwrap().series.unwrap().0);
    }
    for role in [MarkRole::Theory, MarkRole::Measured, MarkRole::Here] {
        assert!(roles.contains(&role), "{roles:?}");
    }
    assert_eq!(x(&drive, &figure), begun);
    drive.press(Key::Up);
    drive.press(Key::Down);
    assert_eq!(x(&drive, &figure), begun);
}

#[test]
fn theory_is_read_sample_by_sample_and_the_ends_hold() {
    let mut drive = lab();
    drive.press(V);
    while drive.app.view.crosshair.unwrap().series.map(|s| s.0) != Some(MarkRole::Theory) {
        drive.press(Key::Down);
    }
    let figure = drive.app.figure(Pane::Gain).unwrap();
    let samples = figure.series().into_iter().find(|s| s.role == MarkRole::Theory).unwrap().points;
    drive.press(Key::Home);
    for sample in &samples {
        assert_eq!(x(&drive, &figure), sample.x);
        assert!(read(&drive).contains(": theory ") && read(&drive).contains("measured"));
        drive.press(Key::Right);
    }
    assert_eq!(x(&drive, &figure), samples.last().unwrap().x);
    drive.press(Key::PageDown);
    assert_eq!(x(&drive, &figure), samples[samples.len() - 11].x);
}

#[test]
fn rules_run_through_the_point_and_a_mark_stands_on_it_in_every_theme_and_in_ascii() {
    for marks in [Marks::Braille, Marks::Blocks, Marks::Ascii] {
        let mut drive = lab();
        drive.app.settings.marks = marks;
        let before = look(&drive, (120, 36)).0;
        drive.press(V);
        drive.keys(&[Key::Right; 3]);
        let (after, regions) = look(&drive, (120, 36));
        let chart =
            regions.spots().find(|(spot, _)| *spot == HitTarget::Figure(Pane::Gain)).unwrap().1;
        let mark = if marks == Marks::Ascii {
            "+"
        } else if marks == Marks::Blocks {
            "┼"
        } else {
            "╋"
        };
        let is =
            |p: &ratatui::layout::Position| after[*p].symbol() == mark && after[*p] != before[*p];
        let places: Vec<_> = chart.positions().filter(is).collect();
        assert_eq!(places.len(), 1, "{marks:?}");
        let at = places[0];
        let changed = chart.positions().filter(|p| after[*p].symbol() != before[*p].symbol());
        let changed: Vec<_> = changed.collect();
        assert!(changed.len() > 8, "{marks:?}");
        assert!(changed.iter().all(|p| p.x == at.x || p.y == at.y), "{marks:?}");
        if marks == Marks::Ascii {
            assert!(changed.iter().all(|p| after[*p].symbol().is_ascii()));
        }
    }
}

#[test]
fn every_chart_of_lab_theory_and_tasks_has_one() {
    let mut drive = lab();
    for (keys, pane) in [
        (&[V][..], Pane::Gain),
        (&[Key::Tab], Pane::Loss),
        (&[Key::Tab], Pane::Gain),
        (&[Key::Escape, Key::Tab, Key::Tab, V], Pane::Loss),
        (&[Key::Char('3'), V], Pane::Landscape),
        (&[Key::Char('2'), V], Pane::Spectrum),
        (&[Key::Tab], Pane::Rows),
    ] {
        drive.keys(keys);
        drive.settle();
        assert_eq!(drive.app.view.crosshair.map(|c| c.pane), Some(pane));
        drive.press(Key::Right);
        let words = read(&drive);
        assert!(words.contains(char::is_numeric), "{pane:?}: {words}");
        for size in [(120, 36), (80, 24), (60, 18)] {
            let frame = drive.screen(size.0, size.1);
            let start: String = words.chars().take(20).collect();
            assert!(frame.contains(&start), "{pane:?} at {size:?}: {words}\n{frame}");
            assert!(frame.contains('╋'), "{pane:?} at {size:?}\n{frame}");
        }
    }
    drive.press(Key::Char('1'));
    assert_eq!(drive.app.view.crosshair, None);
    assert_eq!(drive.app.key_context(), KeyContext::Lab);
}

#[test]
fn losses_are_read_beside_their_optimum_and_the_landscape_beside_the_population() {
    let mut drive = lab();
    drive.keys(&[V, Key::Tab]);
    let words = read(&drive);
    for part in ["descent step", "target", "at the optimum", "first trial"] {
        assert!(words.contains(part), "{words}");
    }
    drive.keys(&[Key::Char('3')]);
    drive.settle();
    drive.keys(&[V]);
    let words = read(&drive);
    for part in ["ψ ", "°: h ", "explained", "(theory)", "first trial"] {
        assert!(words.contains(part), "{words}");
    }
}

#[test]
fn escape_leaves_it_and_the_pane_that_had_the_focus_has_it_again() {
    let mut drive = lab();
    let pane = drive.app.screens.lab.pane;
    drive.keys(&[V, Key::Right, Key::Escape]);
    assert_eq!((drive.app.view.crosshair, drive.app.screens.lab.pane), (None, pane));
    let value = drive.value();
    drive.press(Key::Right);
    assert_ne!(drive.value(), value, "the arrows turn the knob again");
}

#[test]
fn knobs_stay_while_it_is_moved() {
    let mut drive = lab();
    let scenario = drive.app.work.scenario.clone();
    drive.keys(&[V, Key::Right, Key::Down, Key::PageUp, Key::Char('h'), Key::Char('k'), Key::End]);
    assert_eq!(drive.app.work.scenario, scenario);
}

#[test]
fn the_mouse_reads_the_same_and_the_cross_hair_follows_it() {
    let mut drive = lab();
    let size = (120, 36);
    let (_, regions) = look(&drive, size);
    let chart = regions.spots().find(|(spot, _)| *spot == HitTarget::Figure(Pane::Gain)).unwrap().1;
    let mut seen = 0;
    for x in (chart.x..chart.right()).step_by(3) {
        let at = (x, chart.y + chart.height / 2);
        let hover = |drive: &mut Drive| {
            let pointer = Pointing::default().point(Gesture::Move, at.0, at.1, &regions);
            drive.tell(Message::Pointer(pointer));
            drive.app.view.hover.clone().unwrap()
        };
        let without = hover(&mut drive);
        drive.press(V);
        let with = hover(&mut drive);
        assert_eq!(without, with);
        assert_eq!(read(&drive), with);
        drive.press(V);
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn on_the_sweep_the_cursor_gets_its_rules_and_in_the_matrix_it_is_on_already() {
    let mut drive = Drive::open(
        "three-tasks",
        changed("three-tasks", |draft| {
            draft.trials = 4.0;
            draft.data.dimension = 6.0;
        }),
    );
    drive.keys(&[Key::Char('5'), V]);
    assert!(drive.app.view.note.as_ref().unwrap().contains("no chart yet"));
    drive.press(Key::Char(' '));
    drive.settle();
    drive.press(V);
    assert_eq!(drive.app.key_context(), KeyContext::Chart);
    let rules = |drive: &Drive| {
        let (frame, regions) = look(drive, (120, 36));
        let chart = regions.spots().find(|(spot, _)| *spot == HitTarget::Chart).unwrap().1;
        chart.positions().filter(|p| frame[*p].symbol() == "─").count()
    };
    assert!(rules(&drive) > 20);
    let before = drive.app.screens.studies.cursor.column;
    drive.press(Key::Right);
    assert_eq!(drive.app.screens.studies.cursor.column, before + 1);
    drive.press(Key::Escape);
    assert_eq!((drive.app.key_context(), rules(&drive)), (KeyContext::Form, 0));
    drive.keys(&[Key::Char('4'), V]);
    assert!(drive.app.view.note.as_ref().unwrap().contains("matrix"));
}

#[test]
fn no_size_of_the_terminal_and_no_moment_is_too_early_for_it() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(V);
    assert_eq!(read(&drive), "the chart is not drawn yet");
    drive.keys(&[Key::Right, Key::Down, Key::End]);
    drive.settle();
    for keys in [&[][..], &[Key::Tab], &[Key::Char('z')], &[Key::Char('P')]] {
        drive.keys(keys);
        for (width, height) in [(1, 1), (7, 3), (20, 6), (40, 10), (60, 18), (200, 60)] {
            drive.frame(width, height);
        }
    }
}

#[test]
fn a_reading_has_no_gain_without_its_interval_and_n() {
    let mut drive = lab();
    drive.press(V);
    for _ in 0..3 {
        drive.press(Key::Down);
        for key in [Key::Home, Key::Right, Key::PageUp, Key::End] {
            drive.press(key);
            let bare = frames::bare_gains(&drive.frame(120, 36));
            assert!(bare.is_empty(), "{bare:#?}");
        }
    }
}
