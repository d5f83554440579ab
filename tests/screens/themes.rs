//! Every screen and overlay at three sizes, without computed numbers; and the palettes of the
//! themes, which change only colours.
//!
//! After an intended change: `INSTA_UPDATE=always cargo test --test screens`, then review the
//! difference in `snapshots`.

#![cfg(feature = "tui")]

use std::collections::HashSet;
use std::fmt::Write;

use crate::support::drive::{self, Drive, lines};
use crate::support::frames;
use crate::support::worlds::three_tasks;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use taskscope::app::settings::{ColourDepth, Marks, SETTINGS, SettingInfo, Settings};
use taskscope::app::{App, Key, Screen};
use taskscope::figure::MarkRole;
use taskscope::text::is_hidden;
use taskscope::transfer::Verdict;
use taskscope::ui::{self, theme::Theme};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 18)];
const THEMES: [&str; 4] = ["dark", "light", "contrast", "mono"];

/// All screens; and the Lab with every overlay, in presenter mode and with one pane zoomed.
fn states() -> Vec<(String, Drive)> {
    let mut states: Vec<(String, Drive)> = Screen::all()
        .map(|screen| {
            let mut drive = three_tasks();
            drive.press(Key::Char(screen.digit()));
            drive.settle();
            drive.app.view.note = None;
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
    app.settings.colours = ColourDepth::True;
    SettingInfo::find("theme").unwrap().set(&mut app.settings, theme).unwrap();
    app
}

#[test]
fn every_screen_and_overlay_at_three_sizes() {
    for (name, drive) in states() {
        for size in SIZES {
            let frame = draw(&themed(&drive, "mono"), size);
            let name = format!("{name}-{}x{}", size.0, size.1);
            insta::assert_snapshot!(name, frames::masked(&frame));
        }
    }
}

#[test]
fn a_theme_changes_nothing_but_colours() {
    for (name, drive) in states() {
        // These two name the theme and are drawn in strong colours.
        if ["settings", "presenter"].contains(&name.as_str()) {
            continue;
        }
        for size in SIZES {
            // Without colours, signs stand in the place of the ground of cells.
            let cells = |line: &String| -> String {
                line.chars().map(|c| if "░▒▓█-=≡#·".contains(c) { ' ' } else { c }).collect()
            };
            let plain: Vec<String> =
                lines(&draw(&themed(&drive, "mono"), size)).iter().map(cells).collect();
            for theme in THEMES {
                let frame = lines(&draw(&themed(&drive, theme), size));
                let frame: Vec<String> = frame.iter().map(cells).collect();
                assert_eq!(frame, plain, "{theme}: {name} at {size:?}");
            }
        }
    }
}

/// The roles that a theme colours.
const ROLES: [MarkRole; 13] = [
    MarkRole::Target,
    MarkRole::Source,
    MarkRole::Shared,
    MarkRole::Theory,
    MarkRole::Measured,
    MarkRole::Here,
    MarkRole::Reference,
    MarkRole::Series(0),
    MarkRole::Series(1),
    MarkRole::Series(2),
    MarkRole::Series(3),
    MarkRole::Series(4),
    MarkRole::Series(5),
];

#[test]
fn the_palette_of_every_theme_at_every_depth() {
    let mut text = String::new();
    for name in THEMES {
        for depth in
            [ColourDepth::True, ColourDepth::Indexed, ColourDepth::Sixteen, ColourDepth::None]
        {
            let mut settings = Settings { colours: depth, ..Settings::default() };
            SettingInfo::find("theme").unwrap().set(&mut settings, name).unwrap();
            let theme = Theme::of(&settings);
            writeln!(text, "{name}, {depth:?}").unwrap();
            let roles = ROLES.map(|role| (format!("{role:?}"), theme.role(role)));
            let verdicts = [Verdict::Helps, Verdict::Hurts, Verdict::NoDifference]
                .map(|verdict| (format!("{verdict:?}"), theme.verdict(verdict)));
            let own = [
                ("ground", theme.ground()),
                ("dim", theme.dim()),
                ("focus", theme.focus()),
                ("alert", theme.alert()),
                ("strong", theme.strong()),
            ]
            .map(|(what, style)| (what.to_owned(), style));
            for (what, style) in own.into_iter().chain(roles).chain(verdicts) {
                writeln!(text, "  {what:<12} {}", words(style)).unwrap();
            }
        }
    }
    insta::assert_snapshot!("palettes", text);
}

fn words(style: Style) -> String {
    let colour = |colour: Option<Color>| colour.map_or("-".to_owned(), |c| c.to_string());
    let (fg, bg) = (colour(style.fg), colour(style.bg));
    format!("{fg} on {bg} {:?}", style.add_modifier)
}

#[test]
fn every_screen_wears_the_colours_of_its_theme() {
    let drawn = |theme: &str| {
        let frame = draw(&themed(&three_tasks(), theme), SIZES[0]);
        frame.content.iter().map(|cell| (cell.fg, cell.bg)).collect::<HashSet<_>>()
    };
    for theme in ["dark", "light", "contrast"] {
        let mut app = themed(&three_tasks(), theme);
        app.settings.colours = ColourDepth::True;
        let palette = Theme::of(&app.settings);
        for role in [MarkRole::Target, MarkRole::Source, MarkRole::Here, MarkRole::Reference] {
            let style = palette.role(role);
            let ground = palette.ground();
            let wanted = (style.fg.unwrap(), ground.bg.unwrap_or(Color::Reset));
            assert!(drawn(theme).contains(&wanted), "{theme}: {role:?} {wanted:?}");
        }
    }
    assert!(drawn("mono").iter().all(|(fg, bg)| (*fg, *bg) == (Color::Reset, Color::Reset)));
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
                    || ["help", "lessons", "palette", "affinity"].contains(&name.as_str());
                assert!(!line.contains('?') || asked, "{name}: {line}");
            }
        }
    }
}

#[test]
fn no_hidden_character_of_a_title_name_or_message_reaches_a_screen() {
    let hidden = "a\u{202e}b\u{200d}c\u{feff}d\u{e0041}e\u{2066}\u{9b}f\u{fe0f}";
    let scenario = drive::changed("two-tasks", |draft| {
        (draft.title, draft.about) = (hidden.to_owned(), format!("About {hidden}."));
    });
    for size in SIZES {
        for screen in Screen::all() {
            let mut app = Drive::open(hidden, scenario.clone()).app;
            app.screens.current = screen;
            app.view.note = Some(hidden.to_owned());
            for cell in &draw(&app, size).content {
                assert!(!cell.symbol().chars().any(is_hidden), "{:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn without_colours_no_theme_colours_anything() {
    for (_, drive) in states() {
        for theme in THEMES {
            let mut app = themed(&drive, theme);
            app.settings.colours = ColourDepth::None;
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
