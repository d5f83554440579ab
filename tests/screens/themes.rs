//! Every screen and every overlay at three sizes in every theme: whole frames, with their colours.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test themes`, then read the
//! difference under `tests/snapshots`.

#![cfg(feature = "tui")]

use std::fmt::Write;

use crate::support::drive::{Drive, lines};
use crate::support::frames;
use crate::support::worlds::three_tasks;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use taskscope::app::settings::{Depth, Marks, SETTINGS, Setting};
use taskscope::app::{App, Key, Screen};
use taskscope::ui;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 18)];
const THEMES: [&str; 4] = ["dark", "light", "contrast", "mono"];

/// The screens, and the Lab under every overlay, in presenter mode and with a pane alone.
fn states() -> Vec<(String, Drive)> {
    let mut states: Vec<(String, Drive)> = Screen::ALL
        .iter()
        .map(|screen| {
            let mut drive = three_tasks();
            drive.press(Key::Char(screen.digit()));
            drive.settle();
            drive.app.note = None;
            (screen.name().to_lowercase(), drive)
        })
        .collect();
    let keys = [
        ("palette", ":"),
        ("help", "?"),
        ("inspect", "i"),
        ("share", "y"),
        ("settings", ","),
        ("export", "e"),
        ("presenter", "P"),
        ("zoom", "z"),
    ];
    states.extend(keys.map(|(name, key)| {
        let mut drive = three_tasks();
        drive.write(key);
        (name.to_owned(), drive)
    }));
    states
}

fn draw(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| drop(ui::draw(app, frame))).unwrap();
    terminal.backend().buffer().clone()
}

fn themed(drive: &Drive, theme: &str) -> App {
    let mut app = drive.app.clone();
    app.settings.colours = Depth::True;
    Setting::find("theme").unwrap().set(&mut app.settings, theme).unwrap();
    app
}

/// Every style of a frame with how many cells have it and where it is first.
fn styles(buffer: &Buffer) -> String {
    let mut found: Vec<(Style, usize, String)> = Vec::new();
    for (place, cell) in buffer.content.iter().enumerate() {
        let style = cell.style();
        match found.iter_mut().find(|(other, ..)| *other == style) {
            Some((_, count, _)) => *count += 1,
            None => {
                let row = buffer.content[place..].iter().take_while(|c| c.style() == style);
                let text: String = row.take(16).map(|c| c.symbol()).collect();
                found.push((style, 1, text));
            }
        }
    }
    let mut text = String::new();
    for (style, count, first) in found {
        let colour = |colour: Option<Color>| colour.map_or("-".to_owned(), |c| c.to_string());
        let (fg, bg) = (colour(style.fg), colour(style.bg));
        let more = style.add_modifier - Modifier::empty();
        writeln!(text, "  {count:>4} {fg} on {bg} {more:?} from {first:?}").unwrap();
    }
    text
}

#[test]
fn every_screen_and_overlay_at_three_sizes_in_every_theme() {
    for (name, drive) in states() {
        for size in SIZES {
            let plain = lines(&draw(&themed(&drive, "mono"), size)).join("\n");
            let mut text = plain.clone();
            for theme in THEMES {
                let frame = draw(&themed(&drive, theme), size);
                let same = ["settings", "presenter"].contains(&name.as_str())
                    || lines(&frame).join("\n") == plain;
                assert!(same, "{theme} changes more than the colours of {name}");
                write!(text, "\n{theme}:\n{}", styles(&frame)).unwrap();
            }
            insta::assert_snapshot!(format!("theme-{name}-{}x{}", size.0, size.1), text);
        }
    }
}

#[test]
fn no_screen_says_a_gain_without_its_interval_and_its_n() {
    for (name, drive) in states() {
        for size in SIZES {
            if drive.app.over.is_none() {
                let bare = frames::bare_gains(&draw(&drive.app, size));
                assert!(bare.is_empty(), "{name} at {size:?}: {bare:#?}");
            }
        }
    }
}

#[test]
fn no_screen_needs_more_than_ascii_and_latin_letters_where_marks_are_ascii() {
    for (name, drive) in states() {
        for size in SIZES {
            let mut app = drive.app.clone();
            app.settings.marks = Marks::Ascii;
            for line in lines(&draw(&app, size)) {
                let odd: String = line.chars().filter(|c| *c as u32 >= 0x100).collect();
                assert!(odd.is_empty(), "{name} at {size:?}: {odd:?} in {line}");
                let questions = ["? help", "this?", "agree?", "help?"];
                let asked = questions.iter().any(|question| line.contains(question))
                    || ["help", "lessons", "palette"].contains(&name.as_str());
                assert!(!line.contains('?') || asked, "{name}: {line}");
            }
        }
    }
}

#[test]
fn without_colours_no_theme_colours_anything() {
    for (_, drive) in states() {
        for theme in THEMES {
            let mut app = themed(&drive, theme);
            app.settings.colours = Depth::None;
            let frame = draw(&app, SIZES[1]);
            assert!(frame.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
        }
    }
}

#[test]
fn every_setting_can_be_changed_on_the_screen_and_is_seen_there() {
    for (place, setting) in SETTINGS.iter().enumerate() {
        let mut drive = three_tasks();
        drive.press(Key::Char(','));
        (0..place).for_each(|_| drop(drive.press(Key::Down).to_vec()));
        let before = setting.get(&drive.app.settings);
        drive.press(Key::Right);
        let after = setting.get(&drive.app.settings);
        assert_ne!(before, after, "{}", setting.name);
        assert!(drive.screen(80, 24).contains(&format!("{}: {after}", setting.name)));
        drive.press(Key::Left);
        assert_eq!(setting.get(&drive.app.settings), before);
    }
}
