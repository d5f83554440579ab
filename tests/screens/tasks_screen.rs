//! The Tasks screen: its keys, table and figures, at every size.

#![cfg(feature = "tui")]

use std::collections::HashSet;
use std::sync::Arc;

use crate::support::drive::Drive;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::screen::tasks::TasksPart;
use taskscope::app::{Effect, Gesture, HitTarget, Key, Message, Screen};
use taskscope::figure::words;
use taskscope::job::{Document, Job, JobSlot};
use taskscope::scenario::Scenario;
use taskscope::scenario::draft::{RowsDraft, TaskRole};
use taskscope::scenario::edit::Property;
use taskscope::scenario::preset::PRESETS;
use taskscope::ui::{self, Pointing};

const SIZES: [(u16, u16); 5] = [(120, 36), (80, 24), (60, 18), (40, 10), (1, 1)];

/// A preset on the Tasks screen with few trials, before anything is computed.
fn opened(name: &str) -> Drive {
    let mut drive = Drive::preset(name, 10);
    drive.app.settings.tips = false;
    drive.press(Key::Char('2'));
    drive
}

fn scenario(drive: &Drive) -> Arc<Scenario> {
    drive.app.work.scenario.clone()
}

fn names(drive: &Drive) -> Vec<String> {
    drive.app.work.scenario.draft().tasks.iter().map(|task| task.name.clone()).collect()
}

/// Puts the cursor on a property of a task.
fn go(drive: &mut Drive, task: usize, property: &str) {
    (0..40).for_each(|_| drive.keys(&[Key::Up, Key::Left]));
    (0..task).for_each(|_| drive.keys(&[Key::Down]));
    for _ in 0..40 {
        if drive.app.screens.tasks.cell(&drive.app.work.scenario).1.name() == property {
            assert_eq!(drive.app.screens.tasks.cell(&drive.app.work.scenario).0, task);
            return;
        }
        drive.press(Key::Right);
    }
    panic!("there is no property {property}");
}

fn text(drive: &Drive) -> Option<String> {
    drive.app.screens.tasks.cell(&drive.app.work.scenario).2
}

fn starts(effects: &[Effect], slot: JobSlot) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Start(_, job) if job.slot() == slot))
}

#[test]
fn every_preset_has_a_frame_at_every_size() {
    for found in PRESETS {
        let mut drive = opened(found.name);
        for settled in [false, true] {
            if settled {
                drive.settle_slot(JobSlot::Rows);
            }
            for (width, height) in SIZES {
                for _ in TasksPart::ALL {
                    drive.press(Key::Tab);
                    let lines = drive.lines(width, height);
                    assert_eq!(lines.len(), usize::from(height));
                    let shown = lines.join("\n");
                    let name = &drive.app.work.scenario.draft().tasks[0].name;
                    assert!(width == 1 || shown.contains(name.as_str()), "{}\n{shown}", found.name);
                    assert!(width == 1 || shown.contains("measuring"), "{}\n{shown}", found.name);
                }
            }
        }
    }
}

#[test]
fn no_size_is_too_small_or_odd() {
    let mut drive = opened("same-data");
    drive.settle_slot(JobSlot::Rows);
    for width in (1..130).step_by(9) {
        for height in (1..42).step_by(4) {
            drive.press(Key::Tab);
            drive.press(Key::Right);
            drive.frame(width, height);
        }
    }
}

#[test]
fn table_spectrum_and_rows_share_the_wide_screen_and_take_turns_in_smaller_ones() {
    let mut drive = opened("two-tasks");
    drive.settle_slot(JobSlot::Rows);
    let wide = drive.screen(120, 36);
    for words in ["2 tasks learn together", "Spectrum of the rows", "Rows of the tasks"] {
        assert!(wide.contains(words), "{wide}");
    }
    let narrow = drive.screen(80, 24);
    assert!(narrow.contains("learn together") && narrow.contains("Spectrum"), "{narrow}");
    assert!(!narrow.contains("Rows of the tasks"));
    drive.keys(&[Key::Tab, Key::Tab]);
    let narrow = drive.screen(80, 24);
    assert!(narrow.contains("learn together") && narrow.contains("Rows of the tasks"), "{narrow}");
    let small = drive.screen(60, 18);
    assert!(!small.contains("learn together") && small.contains("Rows of the tasks"), "{small}");
    drive.press(Key::Tab);
    let small = drive.screen(60, 18);
    assert!(small.contains("learn together") && !small.contains("Rows of the tasks"), "{small}");
    assert_eq!(
        (drive.app.screens.tasks.part, drive.app.screens.tasks.view),
        (TasksPart::Table, TasksPart::Rows)
    );
}

#[test]
fn whatever_the_cursor_is_on_is_in_view_with_its_name_and_value() {
    for name in ["same-data", "three-tasks", "svd-weights", "signs"] {
        let mut drive = opened(name);
        for _ in 0..40 {
            let (task, property, value) = drive.app.screens.tasks.cell(&drive.app.work.scenario);
            for (width, height) in [(120, 36), (80, 24), (60, 18)] {
                let lines = drive.lines(width, height);
                let head = lines.iter().find(|line| line.contains("name  ")).unwrap();
                let symbol = property.symbol();
                let title = format!("{} {symbol}", property.name());
                assert!(head.contains(title.trim()), "{}\n{head}", property.name());
                let own = &drive.app.work.scenario.draft().tasks[task].name;
                let row = lines.iter().find(|line| line.contains("▸ ")).unwrap();
                assert!(row.contains(own.as_str()), "{row}");
                let draft = drive.app.work.scenario.draft();
                let is_of_rows = ["samples", "condition", "rotation", "size", "spectrum", "axes"]
                    .contains(&property.name());
                let shared = property
                    .text(draft, 0)
                    .filter(|_| is_of_rows && draft.data.rows == RowsDraft::Shared);
                let value = value.clone().or(shared).unwrap_or_else(|| "–".to_owned());
                let shown = match value.split_once('.') {
                    Some((whole, digits)) if digits.len() > 3 => format!("{whole}."),
                    _ => value.to_owned(),
                };
                assert!(row.contains(&shown), "{value:?}\n{row}");
                assert!(!head.contains('…') && !row.contains('…'), "{row}");
            }
            drive.press(if property == Property::Name { Key::Down } else { Key::Left });
            drive.press(Key::Right);
            drive.press(Key::Right);
        }
    }
}

#[test]
fn arrows_move_the_cursor_and_stop_at_the_edges() {
    let mut drive = opened("three-tasks");
    assert!(matches!(drive.app.screens.tasks.cell(&drive.app.work.scenario).1, Property::Knob(_)));
    drive.keys(&[Key::Left; 4]);
    drive.keys(&[Key::Up, Key::Left, Key::Char('k'), Key::Char('h')]);
    assert_eq!(
        (
            drive.app.screens.tasks.cell(&drive.app.work.scenario).0,
            drive.app.screens.tasks.cell(&drive.app.work.scenario).1
        ),
        (0, Property::Name)
    );
    drive.keys(&[Key::Char('j'), Key::Char('l')]);
    assert_eq!(
        (
            drive.app.screens.tasks.cell(&drive.app.work.scenario).0,
            drive.app.screens.tasks.cell(&drive.app.work.scenario).1
        ),
        (1, Property::Role)
    );
    (0..50).for_each(|_| drive.keys(&[Key::Down, Key::Right]));
    let columns = Property::of(drive.app.work.scenario.draft());
    assert_eq!(
        (
            drive.app.screens.tasks.cell(&drive.app.work.scenario).0,
            drive.app.screens.tasks.cell(&drive.app.work.scenario).1
        ),
        (2, *columns.last().unwrap())
    );
}

#[test]
fn notches_turn_the_value_and_are_undone_together() {
    let mut drive = opened("two-tasks");
    let before = scenario(&drive);
    go(&mut drive, 1, "angle");
    drive.keys(&[Key::Char('+'), Key::Char('+'), Key::Char('-'), Key::PageUp]);
    assert_eq!(text(&drive).as_deref(), Some("26"));
    drive.press(Key::PageDown);
    assert_eq!(text(&drive).as_deref(), Some("16"));
    assert_eq!(drive.app.work.undo_depth(), 1);
    drive.press(Key::Char('u'));
    assert_eq!(scenario(&drive), before);
    drive.press(Key::Ctrl('r'));
    assert_eq!(text(&drive).as_deref(), Some("16"));
}

#[test]
fn the_verdict_is_measured_anew_after_every_change_and_is_on_the_screen() {
    let mut drive = opened("two-tasks");
    drive.settle();
    let shown = |drive: &Drive| {
        let outcome = *drive.app.screens.lab.outcome().unwrap();
        let screen = drive.screen(80, 24);
        assert!(screen.contains(&words::verdict(&drive.app.work.scenario, &outcome)), "{screen}");
        assert!(screen.contains(&words::effect(&outcome)), "{screen}");
        assert!(screen.contains("10 trials"), "{screen}");
        outcome.verdict
    };
    let before = shown(&drive);
    go(&mut drive, 1, "angle");
    drive.press(Key::Enter);
    drive.write("80");
    assert!(starts(drive.press(Key::Enter), JobSlot::Verdict));
    assert!(!drive.app.screens.lab.fresh);
    drive.settle();
    assert_ne!(shown(&drive), before);
}

#[test]
fn a_value_typed_is_taken_or_refused_in_place() {
    let mut drive = opened("two-tasks");
    go(&mut drive, 1, "samples");
    drive.press(Key::Enter);
    assert!(drive.screen(80, 24).contains("source.samples = "));
    drive.write("1234");
    drive.press(Key::Enter);
    assert_eq!(drive.app.work.scenario.draft().tasks[1].samples, 1234.0);
    drive.press(Key::Char('='));
    drive.write("-3");
    drive.press(Key::Enter);
    let problem = drive.app.field.as_ref().unwrap().problem.clone().unwrap();
    assert!(problem.contains("a whole number from 1"), "{problem}");
    drive.press(Key::Escape);
    assert_eq!(drive.app.work.scenario.draft().tasks[1].samples, 1234.0);
    go(&mut drive, 1, "axes");
    drive.press(Key::Enter);
    drive.write("random");
    drive.press(Key::Enter);
    assert_eq!(text(&drive).as_deref(), Some("random"));
}

#[test]
fn a_task_takes_another_name_and_the_lab_keeps_its_knob() {
    let mut drive = opened("two-tasks");
    let focus = drive.app.screens.lab.focus;
    go(&mut drive, 1, "name");
    drive.press(Key::Enter);
    drive.write("teacher");
    drive.press(Key::Enter);
    assert_eq!(names(&drive), ["target", "teacher"]);
    assert_eq!(drive.app.screens.lab.focus, focus);
    assert_eq!(focus.path(drive.app.work.scenario.draft()), "teacher.angle");
    drive.press(Key::Enter);
    drive.write("target");
    drive.press(Key::Enter);
    assert!(drive.app.field.as_ref().unwrap().problem.is_some());
    drive.press(Key::Escape);
    drive.press(Key::Backspace);
    assert_eq!(names(&drive), ["target", "source"]);
    drive.press(Key::Char('u'));
    assert_eq!(names(&drive), ["target", "teacher"]);
    assert_eq!(drive.app.screens.lab.focus, focus);
}

#[test]
fn tasks_come_and_go_and_undo_restores_bit_for_bit() {
    for name in ["two-tasks", "same-data", "turning-data", "svd-weights"] {
        let mut drive = opened(name);
        let before = scenario(&drive);
        let count = names(&drive).len();
        drive.press(Key::Char('a'));
        assert_eq!(
            (names(&drive).len(), drive.app.screens.tasks.cell(&drive.app.work.scenario).0),
            (count + 1, count),
            "{name}"
        );
        drive.press(Key::Char('c'));
        assert_eq!(
            (names(&drive).len(), drive.app.screens.tasks.cell(&drive.app.work.scenario).0),
            (count + 2, count + 1)
        );
        drive.keys(&[Key::Char('D'), Key::Char('D')]);
        assert_eq!(
            (names(&drive).len(), drive.app.screens.tasks.cell(&drive.app.work.scenario).0),
            (count, count - 1)
        );
        assert_eq!(*drive.app.work.scenario, *before);
        (0..4).for_each(|_| {
            drive.press(Key::Char('u'));
        });
        assert_eq!(scenario(&drive), before);
        assert_eq!(drive.app.work.undo_depth(), 0);
        (0..2).for_each(|_| {
            drive.press(Key::Ctrl('r'));
        });
        assert_eq!(names(&drive).len(), count + 2);
        drive.frame(80, 24);
    }
}

#[test]
fn what_cannot_be_deleted_says_why() {
    let mut drive = opened("two-tasks");
    drive.press(Key::Char('D'));
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.contains("the last target"), "{note}");
    let mut drive = opened("same-data");
    drive.press(Key::Char('D'));
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.contains("book-a refers to"), "{note}");
    assert_eq!(names(&drive).len(), 6);
}

#[test]
fn a_task_takes_another_part_and_another_place() {
    let mut drive = opened("three-tasks");
    go(&mut drive, 1, "samples");
    drive.press(Key::Char('R'));
    assert_eq!(drive.app.work.scenario.draft().tasks[1].role, TaskRole::Aside);
    assert!(drive.screen(80, 24).contains("aside"));
    drive.press(Key::Char('R'));
    assert_eq!(drive.app.work.scenario.draft().tasks[1].role, TaskRole::Target);
    drive.press(Key::Char('J'));
    assert_eq!(names(&drive), ["target", "bad", "good"]);
    assert_eq!(drive.app.screens.tasks.cell(&drive.app.work.scenario).0, 2);
    drive.keys(&[Key::Char('K'), Key::Char('K'), Key::Char('K')]);
    assert_eq!(names(&drive), ["good", "target", "bad"]);
    assert_eq!(drive.app.screens.tasks.cell(&drive.app.work.scenario).0, 0);
}

#[test]
fn backspace_puts_back_what_the_scenario_had_when_it_was_opened() {
    for name in ["fig3-task3", "svd-weights", "signs"] {
        let columns = Property::of(opened(name).app.work.scenario.draft());
        for property in columns {
            let mut drive = opened(name);
            let before = scenario(&drive);
            go(&mut drive, 1, property.name());
            drive.press(Key::Char('+'));
            if scenario(&drive) != before {
                drive.press(Key::Backspace);
                let draft = drive.app.work.scenario.draft();
                for other in Property::all() {
                    assert_eq!(other.text(draft, 1), other.text(before.draft(), 1), "{name}");
                }
            }
        }
    }
    let mut drive = opened("two-tasks");
    drive.keys(&[Key::Char('a'), Key::Char('+'), Key::Backspace]);
    assert!(drive.app.view.note.as_ref().unwrap().contains("was added after"));
}

#[test]
fn space_shows_the_knob_in_the_lab_and_escape_comes_back() {
    let mut drive = opened("two-tasks");
    go(&mut drive, 1, "noise");
    assert!(starts(drive.press(Key::Char(' ')), JobSlot::Curve));
    assert_eq!(drive.app.screens.current, Screen::Lab);
    assert_eq!(drive.app.screens.lab.focus.path(drive.app.work.scenario.draft()), "source.noise");
    drive.press(Key::Escape);
    assert_eq!(drive.app.screens.current, Screen::Tasks);
    go(&mut drive, 0, "role");
    drive.press(Key::Char(' '));
    assert_eq!(drive.app.screens.lab.focus.task, 0);
}

#[test]
fn rows_are_looked_at_only_while_the_screen_is_shown() {
    let mut drive = Drive::preset("two-tasks", 10);
    assert!(!starts(&drive.effects, JobSlot::Rows));
    assert!(starts(drive.press(Key::Char('2')), JobSlot::Rows));
    assert!(!starts(drive.press(Key::Right), JobSlot::Rows));
    assert!(starts(drive.press(Key::Down), JobSlot::Rows));
    assert!(matches!(
        drive.waiting(JobSlot::Rows),
        Some((_, Job::Rows(scenario, 1))) if *scenario == drive.app.work.scenario
    ));
    assert!(drive.press(Key::Char('1')).contains(&Effect::Cancel(JobSlot::Rows)));
    assert!(!starts(drive.press(Key::Right), JobSlot::Rows));
    assert!(starts(drive.press(Key::Char('2')), JobSlot::Rows));
    drive.settle_slot(JobSlot::Rows);
    assert!(drive.screen(120, 36).contains("Rows of the tasks"));
    go(&mut drive, 1, "angle");
    assert!(starts(drive.press(Key::Char('+')), JobSlot::Rows));
}

#[test]
fn the_figure_in_view_is_written_with_its_scenario() {
    let mut drive = opened("two-tasks");
    drive.settle_slot(JobSlot::Rows);
    for (id, key) in [("spectrum", Key::Char('e')), ("rows", Key::Tab), ("rows", Key::Char('e'))] {
        drive.press(key);
        if key == Key::Tab {
            drive.press(key);
            continue;
        }
        let name = format!("two-tasks-{id}.png");
        assert_eq!(drive.app.field.as_ref().unwrap().text, name);
        let effects = drive.press(Key::Enter).to_vec();
        let Some(Effect::File(filing)) = effects.first() else { panic!("{effects:?}") };
        let Document::Picture { figure, .. } = &filing.document else { panic!() };
        assert_eq!(figure.id, id);
    }
}

#[test]
fn every_cell_can_be_clicked_and_clicked_again_to_be_typed() {
    let mut drive = opened("three-tasks");
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let mut regions = ui::Regions::default();
    terminal.draw(|frame| regions = ui::draw(&drive.app, frame)).unwrap();
    let cells: Vec<(usize, usize, ratatui::layout::Rect)> = regions
        .spots()
        .filter_map(|(spot, area)| match spot {
            HitTarget::Cell(row, column) => Some((row, column, area)),
            _ => None,
        })
        .collect();
    let places: HashSet<(usize, usize)> = cells.iter().map(|(r, c, _)| (*r, *c)).collect();
    assert!(places.len() == cells.len() && cells.len() >= 3 * 8);
    let columns = Property::of(drive.app.work.scenario.draft());
    for (row, column, area) in cells {
        let pointer = Pointing::default().point(Gesture::Press, area.x, area.y, &regions);
        drive.tell(Message::Pointer(pointer));
        assert_eq!(
            (
                drive.app.screens.tasks.cell(&drive.app.work.scenario).0,
                drive.app.screens.tasks.cell(&drive.app.work.scenario).1
            ),
            (row, columns[column])
        );
        drive.press(Key::Escape);
    }
    let (task, property, _) = drive.app.screens.tasks.cell(&drive.app.work.scenario);
    let column = columns.iter().position(|other| *other == property).unwrap();
    let (_, area) =
        regions.spots().find(|(spot, _)| *spot == HitTarget::Cell(task, column)).unwrap();
    let pointer = Pointing::default().point(Gesture::Press, area.x, area.y, &regions);
    drive.tell(Message::Pointer(pointer));
    assert_eq!(
        drive.app.field.is_some(),
        property.text(drive.app.work.scenario.draft(), task).is_some()
    );
}

#[test]
fn tasks_and_properties_without_room_are_announced() {
    let mut drive = opened("same-data");
    (0..8).for_each(|_| {
        drive.press(Key::Char('a'));
    });
    let screen = drive.screen(80, 24);
    assert!(screen.contains('↑') && screen.contains("more"), "{screen}");
    go(&mut drive, 0, "noise");
    let screen = drive.screen(60, 18);
    assert!(screen.contains('▸') && screen.contains("more"), "{screen}");
}

#[test]
fn a_scenario_with_other_tasks_than_its_preset_is_shared_as_a_string() {
    let mut drive = opened("two-tasks");
    drive.press(Key::Char('a'));
    for screen in "1234567".chars() {
        drive.keys(&[Key::Char(screen), Key::Char('y')]);
        assert!(drive.screen(120, 36).contains("ts1:"));
        drive.press(Key::Escape);
    }
    assert_eq!(drive.app.work.undo_depth(), 1);
}

#[test]
fn the_keys_of_the_table_say_what_they_do() {
    let mut drive = opened("two-tasks");
    drive.press(Key::Char('?'));
    drive.write("copy");
    assert!(drive.screen(120, 36).contains("copy the task; the copy gets its own data"));
    drive.press(Key::Escape);
    go(&mut drive, 1, "samples");
    drive.press(Key::Char('i'));
    assert!(drive.screen(120, 36).contains("number of rows of data"));
    drive.press(Key::Escape);
    go(&mut drive, 1, "axes");
    drive.press(Key::Char('i'));
    assert!(drive.screen(120, 36).contains("shared, random, difference"));
}
