//! The Theory screen: its frames, its keys, and the moments when it computes.

use crate::support::drive::Drive;
use crate::support::worlds::theory;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::app::{App, Effect, Gesture, HitTarget, Key, Message, Pointer, TheoryPane};
use taskscope::explanation::Explanation;
use taskscope::export::has_glyph;
use taskscope::figure::{self, Dash, Figure, Mark, Shape};
use taskscope::job::{Document, Job, JobSlot, SaveRequest};
use taskscope::scenario::preset::PRESETS;
use taskscope::ui::{self, Theme, widget};

fn explanation(app: &App) -> &Explanation {
    app.screens.theory.explanation.as_ref().unwrap()
}

/// The text inside the frames of panes, without blanks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"│┃┌┐└┘┏┓┗┛─━".contains(*c)).collect()
}

#[test]
fn the_claim_of_every_preset_is_whole_at_every_size_with_panes() {
    for preset in PRESETS {
        let drive = theory(preset.name);
        let reason = explanation(&drive.app).reason.clone();
        for (width, height) in [(120, 36), (80, 24), (60, 18)] {
            // The pane of the claim is on the left: cut off the column beside it.
            let lines = drive.lines(width, height);
            let left = if width == 120 { 64 } else { width.into() };
            let cut = |line: &String| line.chars().take(left).collect::<String>();
            let screen = squeezed(&lines.iter().map(cut).collect::<String>());
            for part in [&reason.title, &reason.words, &reason.source.to_owned()] {
                let part = squeezed(part);
                assert!(screen.contains(&part), "{} {width}x{height}:\n{screen}", preset.name);
            }
        }
    }
}

#[test]
fn every_pane_of_every_preset_can_be_drawn_at_any_size() {
    for preset in PRESETS {
        let mut drive = theory(preset.name);
        for aspect in TheoryPane::ALL {
            drive.app.screens.theory.aspect = aspect;
            drive.app.screens.theory.view = Some(aspect);
            for (width, height) in
                [(1, 1), (7, 3), (20, 6), (40, 12), (58, 16), (76, 22), (200, 60)]
            {
                drive.frame(width, height);
            }
        }
    }
}

#[test]
fn a_reference_that_the_legend_has_no_room_to_name_is_not_drawn() {
    let mut left_out = 0;
    for preset in PRESETS {
        let drive = theory(preset.name);
        let Some(Ok(landscape)) = &explanation(&drive.app).landscape else { continue };
        let whole = figure::landscape::figure(&drive.app.work.scenario, landscape);
        for (width, height) in [(56, 9), (74, 7), (78, 9), (118, 14)] {
            let drawn = |figure: &Figure| {
                let area = Rect::new(0, 0, width, height);
                let mut buffer = Buffer::empty(area);
                widget::figure::draw(figure, &Theme::of(&drive.app.settings), area, &mut buffer);
                buffer
            };
            let frame = drawn(&whole);
            let text: String = frame.content().iter().map(|cell| cell.symbol()).collect();
            assert!(text.contains("── h"), "{} {width}x{height}: {text}", preset.name);
            let unnamed = |mark: &Mark| mark.name.as_ref().is_some_and(|name| !text.contains(name));
            let mut bare = whole.clone();
            for mark in bare.marks.iter_mut().filter(|mark| unnamed(mark)) {
                left_out += 1;
                mark.shape = Shape::Line { points: Vec::new(), dash: Dash::Solid };
            }
            assert!(frame == drawn(&bare), "{} {width}x{height}: {text}", preset.name);
        }
    }
    assert!(left_out > 0);
}

#[test]
fn no_line_is_cut_without_a_word_of_what_follows() {
    for preset in PRESETS {
        let mut drive = theory(preset.name);
        for aspect in [TheoryPane::Formulas, TheoryPane::Limits, TheoryPane::Bound] {
            drive.app.screens.theory.aspect = aspect;
            drive.app.screens.theory.view = Some(aspect);
            let mut seen = String::new();
            drive.app.screens.theory.scroll = 0;
            for _ in 0..40 {
                seen += &drive.screen(60, 18);
                drive.press(Key::Char(']'));
            }
            let seen = squeezed(&seen);
            let explanation = explanation(&drive.app);
            match aspect {
                TheoryPane::Formulas => {
                    for formula in &explanation.formulas {
                        assert!(seen.contains(&squeezed(&formula.name)), "{}", formula.name);
                    }
                }
                TheoryPane::Limits => {
                    let last = explanation.limits.last().unwrap();
                    assert!(seen.contains("real") && last.contains("real"), "{}", preset.name);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn it_is_explained_while_it_is_shown_and_only_then() {
    let mut drive = Drive::preset("two-tasks", 4);
    assert!(drive.waiting(JobSlot::Explanation).is_none());
    drive.press(Key::Right);
    assert!(drive.waiting(JobSlot::Explanation).is_none());
    drive.press(Key::Char('3'));
    assert!(matches!(drive.waiting(JobSlot::Explanation), Some((_, Job::Explanation(_)))));
    drive.press(Key::Char('1'));
    assert!(drive.effects.contains(&Effect::Cancel(JobSlot::Explanation)));
    drive.press(Key::Char('3'));
    drive.settle_slot(JobSlot::Explanation);
    assert!(drive.app.screens.theory.fresh && explanation(&drive.app).complete);
    drive.press(Key::Char('1'));
    drive.press(Key::Char('3'));
    assert!(drive.waiting(JobSlot::Explanation).is_none(), "what is complete stays");
    drive.press(Key::Char('1'));
    drive.press(Key::Right);
    drive.press(Key::Char('3'));
    assert!(
        drive.waiting(JobSlot::Explanation).is_some(),
        "another scenario is another explanation"
    );
}

#[test]
fn knobs_turn_here_as_in_the_lab_and_the_landscape_follows() {
    let mut drive = theory("two-tasks");
    let (before, claim) = (drive.app.screens.theory.landscape.clone(), drive.screen(120, 36));
    assert!(claim.contains("source.angle 15°"));
    for _ in 0..30 {
        drive.press(Key::Right);
    }
    assert!(!drive.app.screens.theory.fresh);
    drive.settle_slot(JobSlot::Explanation);
    let after = drive.screen(120, 36);
    assert!(after.contains("source.angle 45°") && after.contains("Labels decide"), "{after}");
    assert_ne!(before, drive.app.screens.theory.landscape);
    drive.press(Key::Char('u'));
    drive.settle_slot(JobSlot::Explanation);
    assert_eq!(before, drive.app.screens.theory.landscape);
    let focus = drive.app.screens.lab.focus;
    drive.press(Key::Down);
    assert_ne!(focus, drive.app.screens.lab.focus);
    drive.press(Key::Up);
    assert_eq!(focus, drive.app.screens.lab.focus);
}

#[test]
fn tab_goes_through_the_panes_one_at_a_time_where_there_is_little_room() {
    let mut drive = theory("two-tasks");
    let titles = ["Claim", "Formulas", "Objective of one unit", "Theorem 2", "Limits"];
    for title in titles {
        let screen = drive.screen(60, 18);
        assert!(screen.contains(title), "{title}\n{screen}");
        drive.press(Key::Tab);
    }
    assert_eq!(drive.app.screens.theory.aspect, TheoryPane::Claim);
    drive.press(Key::BackTab);
    assert_eq!(drive.app.screens.theory.aspect, TheoryPane::Limits);
    assert!(drive.screen(80, 24).contains("Limits"));
}

#[test]
fn the_landscape_is_exported_through_the_same_door_as_the_charts_of_the_lab() {
    let mut drive = theory("two-tasks");
    drive.press(Key::Char('e'));
    drive.press(Key::Enter);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "two-tasks-landscape.png");
    drive.press(Key::Enter);
    match drive.effects.as_slice() {
        [Effect::File(SaveRequest { document: Document::Picture { figure, .. }, .. })] => {
            assert_eq!(figure.id, "landscape");
        }
        other => panic!("{other:?}"),
    }
    let figure = drive.app.screens.theory.landscape.as_ref().unwrap();
    let names = figure.legend().into_iter().map(|key| key.text);
    let words = names.chain([figure.title.clone(), figure.caption.clone(), figure.x.label.clone()]);
    for words in words {
        assert!(words.chars().all(has_glyph), "{words}");
    }
    let mut none = theory("signs");
    none.press(Key::Char('e'));
    let entries = none.app.entries();
    assert!(entries.iter().all(|entry| !entry.left.contains("landscape")));
}

#[test]
fn a_touch_gives_a_pane_the_focus_and_the_wheel_scrolls_it() {
    let mut drive = theory("two-tasks");
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let mut spots = Vec::new();
    terminal.draw(|frame| spots = ui::draw(&drive.app, frame).spots().collect()).unwrap();
    for aspect in TheoryPane::ALL {
        assert!(spots.iter().any(|(spot, _)| *spot == HitTarget::Aspect(aspect)), "{aspect:?}");
    }
    let touch = |gesture| {
        let spot = Some(HitTarget::Aspect(TheoryPane::Formulas));
        Message::Pointer(Pointer { gesture, spot, at: (0.5, 0.5) })
    };
    drive.tell(touch(Gesture::Press));
    assert_eq!(drive.app.screens.theory.aspect, TheoryPane::Formulas);
    drive.tell(touch(Gesture::Wheel(-2)));
    assert_eq!(drive.app.screens.theory.scroll, 2);
}

#[test]
fn an_explanation_of_the_scenario_before_is_never_taken_for_that_on_screen() {
    let mut drive = theory("two-tasks");
    drive.press(Key::Right);
    assert!(!drive.app.screens.theory.fresh);
    drive.press(Key::Char('e'));
    let entries = drive.app.entries();
    assert!(entries.iter().all(|entry| !entry.left.contains("landscape")), "stale");
}
