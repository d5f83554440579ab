//! Frames of the screen: whole snapshots, and properties of every frame.
//!
//! The snapshots contain no computed numbers, which are tested elsewhere. After an intended change
//! of the screen: `INSTA_UPDATE=always cargo test --test screens`, then review the difference in
//! `snapshots`.

#![cfg(feature = "tui")]

use crate::support::drive::{Drive, changed};
use crate::support::frames::{self, around, find, pane_at, panes, percentages, squeeze, text_in};
use crate::support::worlds::two_tasks;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;
use taskscope::app::{Key, KeyContext, Pane, action};
use taskscope::figure::words;
use taskscope::scenario::knob::{KNOBS, assign};
use taskscope::scenario::preset::PRESETS;
use taskscope::transfer::Verdict;
use taskscope::ui::{self, ColourDepth};

const WIDE: (u16, u16) = (120, 36);
const NARROW: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (40, 10);

/// A target with exactly d rows: its expected single-task error is infinite, so there is no theory
/// line.
fn without_theory() -> Drive {
    let mut drive = Drive::open(
        "two-tasks",
        changed("two-tasks", |draft| {
            draft.trials = 20.0;
            draft.tasks[0].samples = 20.0;
        }),
    );
    drive.settle();
    drive
}

fn refusal() -> Drive {
    let mut drive = two_tasks();
    drive.set("200");
    drive
}

fn help() -> Drive {
    let mut drive = two_tasks();
    drive.press(Key::Char('?'));
    drive
}

fn check(name: &str, drive: &Drive, sizes: &[(u16, u16)]) {
    for &(width, height) in sizes {
        let frame = frames::masked(&drive.frame(width, height));
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), frame);
    }
}

#[test]
fn before_the_first_result() {
    check("start", &Drive::preset("two-tasks", 20), &[WIDE, NARROW, SMALL]);
}

#[test]
fn with_everything_computed() {
    check("complete", &two_tasks(), &[WIDE, NARROW, SMALL]);
}

#[test]
fn with_the_help_open() {
    check("help", &help(), &[WIDE, NARROW, SMALL]);
}

#[test]
fn with_a_value_refused() {
    check("refused", &refusal(), &[WIDE, NARROW, SMALL]);
}

#[test]
fn where_the_theory_is_not_offered() {
    check("no-theory", &without_theory(), &[WIDE, NARROW, SMALL]);
}

#[test]
fn every_pane_has_the_room_beside_the_knobs() {
    let mut drive = two_tasks();
    for pane in [Pane::Loss, Pane::Plane, Pane::Why, Pane::Weights] {
        while drive.app.screens.lab.pane != pane {
            drive.press(Key::Tab);
        }
        drive.settle();
        check(&format!("pane-{}", pane.name().to_lowercase()), &drive, &[NARROW]);
    }
}

#[test]
fn the_weighting_schemes_stand_side_by_side() {
    let mut drive = Drive::preset("svd-weights", 6);
    drive.press(Key::BackTab);
    drive.settle();
    check("weights", &drive, &[WIDE, NARROW]);
    let mut drive = Drive::preset("three-tasks", 6);
    drive.press(Key::BackTab);
    drive.settle();
    check("weights-three", &drive, &[WIDE, NARROW]);
}

/// A completed sweep of the angle with few trials.
fn swept(keys: &[Key]) -> Drive {
    let mut drive = Drive::preset("two-tasks", 6);
    drive.settle_slot(taskscope::job::JobSlot::Verdict);
    drive.keys(&[Key::Char('5'), Key::Down, Key::Down, Key::Down]);
    drive.set("7");
    drive.keys(keys);
    drive.press(Key::Char(' '));
    drive.settle_slot(taskscope::job::JobSlot::Study);
    drive
}

/// A phase diagram of the angle and the noise of the target.
fn phase() -> Drive {
    let mut drive = swept(&[Key::Down, Key::Down, Key::Right, Key::Right]);
    drive.keys(&[Key::Tab, Key::Right, Key::Right, Key::Up]);
    drive
}

fn related() -> Drive {
    let mut drive = Drive::preset("six-tasks", 6);
    drive.keys(&[Key::Char('4'), Key::Char(' ')]);
    drive.settle_slot(taskscope::job::JobSlot::Study);
    drive.settle_slot(taskscope::job::JobSlot::Insight);
    drive.settle_slot(taskscope::job::JobSlot::Insight);
    drive.keys(&[Key::Down, Key::Right, Key::Right]);
    drive
}

/// Two sweeps, the first of them pinned.
fn two_runs() -> Drive {
    let mut drive = swept(&[]);
    drive.keys(&[Key::Char('b'), Key::Char('1'), Key::Down]);
    drive.set("45");
    drive.keys(&[Key::Char('5'), Key::Char(' ')]);
    drive.settle_slot(taskscope::job::JobSlot::Study);
    drive
}

/// Removes the run times from the screen.
fn without_times(drive: &mut Drive) {
    drive.app.screens.studies.runs.iter_mut().for_each(taskscope::app::StudyRun::forget_time);
}

#[test]
fn the_screens_of_studies() {
    let mut reading = swept(&[]);
    reading.keys(&[Key::Tab, Key::Right]);
    let pinned = two_runs();
    let mut runs = pinned.clone();
    runs.press(Key::Char('6'));
    let mut empty = Drive::preset("two-tasks", 20);
    empty.press(Key::Char('5'));
    let mut wrong = empty.clone();
    wrong.keys(&[Key::Down, Key::Down]);
    wrong.set("0");
    let states = [
        ("sweep-empty", empty),
        ("sweep-wrong", wrong),
        ("sweep", reading),
        ("sweep-pinned", pinned),
        ("phase", phase()),
        ("affinity", related()),
        ("runs", runs),
    ];
    for (name, mut drive) in states {
        without_times(&mut drive);
        check(name, &drive, &[WIDE, NARROW, SMALL]);
    }
}

#[test]
fn the_cursor_is_seen_without_colour() {
    use ratatui::style::Modifier;
    for drive in [phase(), related()] {
        for (width, height) in [WIDE, NARROW] {
            let frame = drive.frame(width, height);
            let below = frame.content.iter().skip(usize::from(width));
            let reversed = below.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
            assert!(reversed.count() > 0);
        }
    }
}

#[test]
fn every_screen_has_its_keys_in_its_help_and_its_footer() {
    for (screen, places) in [
        ('4', vec![KeyContext::Matrix]),
        ('5', vec![KeyContext::Form, KeyContext::Chart]),
        ('6', vec![KeyContext::Runs]),
    ] {
        let mut drive = two_tasks();
        drive.press(Key::Char(screen));
        let footer = drive.lines(240, WIDE.1).pop().unwrap() + " ";
        let offered = action::at(places[0])
            .filter(|action| action.rank > 0 && drive.app.offers(action.action));
        for action in offered {
            let hint = format!(" {} {} ", action.keys[0], drive.app.hint_of(action));
            assert!(footer.contains(&hint), "{hint:?} is not in {footer:?}");
        }
        drive.press(Key::Char('?'));
        let text = drive.screen(120, 160);
        for action in places.into_iter().flat_map(action::at) {
            let shown = action.help.split_whitespace().all(|word| text.contains(word));
            assert!(shown, "{:?} is not in the help", action.help);
        }
    }
}

#[test]
fn every_size_is_drawn_in_every_state_and_depth_of_colour() {
    let states = [
        Drive::preset("two-tasks", 20),
        two_tasks(),
        help(),
        refusal(),
        without_theory(),
        phase(),
        two_runs(),
        related(),
    ];
    let depths = [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Indexed, ColourDepth::True];
    let widths = (1..24).chain((24..=130).step_by(7));
    for (i, width) in widths.enumerate() {
        for (j, height) in (1..12).chain((12..=45).step_by(5)).enumerate() {
            let state = &states[(i + j) % states.len()];
            let mut app = state.app.clone();
            app.settings.colours = depths[(i + 2 * j) % depths.len()];
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            terminal.draw(|frame| drop(ui::draw(&app, frame))).unwrap();
        }
    }
}

#[test]
fn the_smallest_screens_still_say_the_verdict() {
    for size in [SMALL, (60, 18), (75, 19), (40, 5)] {
        let text = two_tasks().screen(size.0, size.1);
        assert!(text.contains("HELPS"), "at {size:?}:\n{text}");
    }
}

#[test]
fn the_frames_of_panes_are_found() {
    let wide = panes(&two_tasks().frame(WIDE.0, WIDE.1));
    assert!(wide.len() >= 5, "{wide:?}");
    assert!(around(&two_tasks().frame(WIDE.0, WIDE.1), "HELPS").contains("Verdict"));
}

/// The texts that the verdict must contain, however lines are broken.
fn verdict_words(drive: &Drive) -> Vec<String> {
    let outcome = drive.app.screens.lab.outcome().unwrap();
    vec![
        words::verdict(&drive.app.work.scenario, outcome),
        words::gain(outcome.gain),
        format!("{} trials", outcome.trials),
        format!("alone {}", words::short(outcome.single.mean)),
        format!("together {}", words::short(outcome.multi.mean)),
    ]
}

#[test]
fn nothing_of_a_verdict_is_cut_off() {
    for (angle, verdict) in
        [("15", Verdict::Helps), ("31", Verdict::NoDifference), ("90", Verdict::Hurts)]
    {
        let mut drive = Drive::preset("two-tasks", 200);
        drive.set(angle);
        assert_eq!(drive.verdict(), verdict);
        for (width, height) in [WIDE, NARROW] {
            let frame = drive.frame(width, height);
            let sentence =
                words::verdict(&drive.app.work.scenario, drive.app.screens.lab.outcome().unwrap());
            let first = sentence.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
            let mut text = around(&frame, &first).replace(['│', '┃'], " ");
            if pane_at(&frame, find(&frame, &first).unwrap()).height == 1 {
                text = drive.screen(width, height);
            }
            let text = squeeze(&text);
            for words in verdict_words(&drive) {
                assert!(text.contains(&words), "{words:?} at {width}×{height}:\n{text}");
            }
        }
    }
}

#[test]
fn nothing_of_a_verdict_is_cut_off_for_long_names_either() {
    let mut drive = Drive::open(
        "two-tasks",
        changed("two-tasks", |draft| {
            draft.trials = 20.0;
            draft.focus = None;
            draft.tasks[0].name = "sentiment-of-film-reviews".chars().take(24).collect();
            draft.tasks[1].name = "sentiment-of-book-review".into();
            draft.tasks[1].theta.as_mut().unwrap().from = draft.tasks[0].name.clone();
        }),
    );
    drive.settle();
    let frame = drive.frame(WIDE.0, WIDE.1);
    let text = squeeze(&around(&frame, "HELPS").replace(['│', '┃'], " "));
    for words in verdict_words(&drive) {
        assert!(text.contains(&words), "{words:?}:\n{text}");
    }
}

#[test]
fn the_reason_for_no_theory_is_said_in_full() {
    let drive = without_theory();
    let gap = drive.app.screens.lab.findings.as_ref().unwrap().theory.unwrap_err();
    let text = around(&drive.frame(WIDE.0, WIDE.1), "Why").replace(['│', '┃'], " ");
    assert!(squeeze(&text).contains(gap), "{text}");
}

#[test]
fn a_refusal_says_what_is_allowed() {
    for (width, height) in [WIDE, NARROW, SMALL] {
        let text = squeeze(&refusal().screen(width, height));
        assert!(text.contains("200"), "{text}");
        assert!(text.contains("0 to 180"), "at {width}×{height}:\n{text}");
    }
}

#[test]
fn of_a_long_text_the_part_around_the_cursor_is_shown_beside_the_whole_refusal() {
    for (width, height) in [WIDE, NARROW, SMALL] {
        let mut drive = two_tasks();
        drive.set(&("x".repeat(500) + "yz"));
        let typed = |drive: &Drive| {
            let lines = drive.lines(width, height);
            let line = lines.iter().find(|line| line.contains("source.angle = "));
            line.unwrap_or_else(|| panic!("{}", lines.join("\n"))).clone()
        };
        assert!(typed(&drive).contains("xxyz"), "{}", typed(&drive));
        let text = squeeze(&drive.screen(width, height));
        assert!(text.contains("this is not allowed; a number from 0 to 180"), "{text}");
        drive.press(Key::Home);
        drive.write("12");
        assert!(typed(&drive).contains("= 12xx"), "{}", typed(&drive));
    }
}

#[test]
fn a_field_has_its_prompt_and_its_keys_at_every_size() {
    for (width, height) in [WIDE, NARROW, (75, 19), SMALL] {
        for (keys, prompt) in [
            (&[Key::Enter][..], "source.angle = 15"),
            (&[Key::Char('e'), Key::Enter], "save the gain chart to: "),
            (&[Key::Ctrl('s')], "save the scenario to: "),
        ] {
            let mut drive = two_tasks();
            drive.keys(keys);
            let text = drive.screen(width, height);
            for words in [prompt, "Enter accept", "Esc leave"] {
                assert!(text.contains(words), "{words:?} is not in\n{text}");
            }
            assert!(!text.contains("q quit"), "{text}");
        }
    }
}

#[test]
fn the_footer_names_the_first_key_of_every_action_with_a_hint() {
    let drive = two_tasks();
    let footer = drive.lines(240, WIDE.1).pop().unwrap();
    let offered = action::at(KeyContext::Lab)
        .filter(|action| action.rank > 0 && drive.app.offers(action.action));
    for action in offered {
        let hint = format!(" {} {} ", action.keys[0], drive.app.hint_of(action));
        assert!(format!("{footer} ").contains(&hint), "{hint:?} is not in {footer:?}");
    }
}

#[test]
fn a_narrow_footer_keeps_the_most_useful_hints_whole() {
    let mut ranked: Vec<_> = action::at(KeyContext::Lab).filter(|action| action.rank > 0).collect();
    ranked.sort_by_key(|action| action.rank);
    let footer = two_tasks().lines(NARROW.0, NARROW.1).pop().unwrap() + " ";
    let shown = |key: &Key, hint: &str| footer.contains(&format!(" {key} {hint} "));
    let kept = ranked.iter().take_while(|action| shown(&action.keys[0], action.hint)).count();
    assert!(kept >= 4, "{footer:?}");
    assert!(ranked[kept..].iter().all(|action| !shown(&action.keys[0], action.hint)));
}

#[test]
fn the_help_lists_every_action_and_every_knob() {
    let text = help().screen(120, 160);
    for action in action::at(KeyContext::Lab) {
        let line = text.lines().find(|line| line.contains(action.help));
        let line = line.unwrap_or_else(|| panic!("{:?} is not in the help", action.help));
        for key in action.keys {
            assert!(line.contains(&key.to_string()), "{key} is not in {line:?}");
        }
    }
    let text = squeeze(&around(&help().frame(120, 170), "Help").replace('│', " "));
    for knob in KNOBS {
        let words = format!("{}: {}", knob.help, knob.allowed_words());
        assert!(text.contains(&words), "{words:?} is not in the help");
    }
}

#[test]
fn every_line_of_the_help_can_be_scrolled_to() {
    for (width, height) in [WIDE, NARROW, (40, 10)] {
        let mut drive = help();
        let mut seen = String::new();
        for _ in 0..200 {
            seen += &drive.screen(width, height);
            drive.press(Key::Down);
        }
        for action in action::at(KeyContext::Lab) {
            let seen = action.help.split_whitespace().all(|word| seen.contains(word));
            assert!(seen, "{:?} at {width}×{height}", action.help);
        }
    }
}

#[test]
fn every_percentage_carries_its_interval_and_its_n_or_is_theory() {
    let mut hurts = two_tasks();
    hurts.set("33");
    hurts.settle();
    for (drive, state) in [(&two_tasks(), "helps"), (&hurts, "hurts"), (&without_theory(), "none")]
    {
        for (width, height) in [WIDE, NARROW, SMALL] {
            let frame = drive.frame(width, height);
            for place in percentages(&frame) {
                let text = text_in(&frame, pane_at(&frame, place));
                let measured =
                    ["±", "interval", "typical gain"].iter().any(|words| text.contains(words))
                        && text.contains("trials");
                assert!(
                    measured || text.contains("theory"),
                    "{state} at {width}×{height}, {place:?}: {text}"
                );
            }
        }
    }
}

#[test]
fn a_verdict_of_an_older_setting_is_marked_as_such() {
    let mut drive = two_tasks();
    drive.press(Key::Right);
    assert!(!drive.app.screens.lab.fresh);
    for (width, height) in [WIDE, NARROW, SMALL] {
        assert!(drive.screen(width, height).contains("measuring"), "at {width}×{height}");
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    let frame = two_tasks().frame(WIDE.0, WIDE.1);
    for cell in &frame.content {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{:?}", cell.symbol());
    }
}

#[test]
fn the_cursor_stands_on_the_focused_control() {
    for (width, height) in [WIDE, NARROW] {
        let cursor = |drive: &Drive| {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            terminal.draw(|f| drop(ui::draw(&drive.app, f))).unwrap();
            let place = terminal.get_cursor_position().unwrap();
            (place, terminal.backend().buffer()[place].symbol().to_owned())
        };
        let mut drive = two_tasks();
        let (place, symbol) = cursor(&drive);
        assert_eq!(symbol, "●", "at {width}×{height}");
        drive.press(Key::End);
        let (end, symbol) = cursor(&drive);
        assert!(end.x > place.x && end.y == place.y && symbol == "●");
        drive.press(Key::Enter);
        drive.write("12");
        let (typing, _) = cursor(&drive);
        let line = &drive.lines(width, height)[typing.y as usize];
        let before: String = line.chars().take(typing.x as usize).collect();
        assert!(before.ends_with("12"), "{line:?}");
    }
}

#[test]
fn a_gain_has_one_notation_in_all_panes() {
    for (angle, noise) in [("0", "0.5"), ("33", "0.5"), ("90", "0.5"), ("90", "0.1")] {
        let scenario = changed("two-tasks", |draft| {
            draft.trials = 20.0;
            for assignment in [format!("source.angle={angle}"), format!("source.noise={noise}")] {
                assign(draft, &assignment).unwrap();
            }
        });
        let mut drive = Drive::open("two-tasks", scenario);
        drive.settle();
        let gain = words::effect(drive.app.screens.lab.outcome().unwrap());
        let text = drive.screen(WIDE.0, WIDE.1);
        assert_eq!(text.matches(&gain).count(), 2, "verdict and reason: {gain}\n{text}");
        for other in ["error ×", "×0.", "×1", "×2", "×3", "less error"] {
            assert!(!text.contains(other), "{other}\n{text}");
        }
    }
}

#[test]
fn every_preset_is_drawn_whole() {
    for preset in PRESETS {
        let mut drive = Drive::open(
            preset.name,
            changed(preset.name, |draft| {
                draft.trials = 2.0;
            }),
        );
        drive.settle_slot(taskscope::job::JobSlot::Verdict);
        for (width, height) in [WIDE, NARROW] {
            let text = drive.screen(width, height);
            let whole = text.contains(preset.name);
            let name = &preset.name[..preset.name.len().min(8)];
            assert!(whole || width < 100 && text.contains(name), "{text}");
            let value = words::knob(&drive.app.work.scenario, drive.app.screens.lab.focus);
            assert!(text.contains(&value), "{value:?} is not in\n{text}");
        }
    }
}
