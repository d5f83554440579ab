//! The whole screen as a file, written from the screen and from the command line.

#![cfg(all(feature = "tui", feature = "cli"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::drive::{Drive, changed, lines};
use crate::support::program::taskscope;
use crate::support::worlds;
use taskscope::app::settings::{ColourDepth, Marks};
use taskscope::app::{Effect, Key, Message, Screen};
use taskscope::export;
use taskscope::export::sheet;
use taskscope::figure::Sheet;
use taskscope::figure::sheet::{Glyph, Ink};
use taskscope::job::{Document, SaveRequest, SaveResult, ScreenFormat};
use taskscope::provenance::{Provenance, command};
use taskscope::scenario::ScenarioDraft;
use taskscope::store;
use taskscope::store::{embedded, notes};
use taskscope::tui::still;
use taskscope::ui;
use tempfile::TempDir;

/// The bytes of a file written by a command.
fn written(folder: &TempDir, name: &str, arguments: &[&str]) -> Vec<u8> {
    let out = folder.path().join(name);
    let output = taskscope(&[arguments, &["--out", out.to_str().unwrap()]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(out).unwrap()
}

fn lab() -> Drive {
    let mut drive = worlds::two_tasks();
    drive.app.settings.tips = false;
    drive.app.settings.colours = ColourDepth::True;
    drive
}

fn of(drive: &Drive, size: (u16, u16)) -> (Sheet, ScenarioDraft, Provenance) {
    match still::screen(&drive.app, size) {
        Document::Screen { sheet, scenario, drawing } => {
            (*sheet, scenario.draft().clone(), *drawing)
        }
        other => panic!("{other:?}"),
    }
}

fn printed(kind: ScreenFormat, drive: &Drive, size: (u16, u16)) -> Vec<u8> {
    let (sheet, scenario, drawing) = of(drive, size);
    export::printout(kind, &sheet, &scenario, &drawing).unwrap()
}

fn text(kind: ScreenFormat, drive: &Drive, size: (u16, u16)) -> String {
    String::from_utf8(printed(kind, drive, size)).unwrap()
}

#[test]
fn plain_text_is_what_stands_on_the_screen_line_by_line() {
    let drive = lab();
    let printed = text(ScreenFormat::Text, &drive, (120, 36));
    assert_eq!(printed.lines().map(str::to_owned).collect::<Vec<_>>(), drive.lines(120, 36));
    assert!(printed.contains("source HELPS target"));
}

#[test]
fn ansi_read_by_a_terminal_has_the_letters_and_the_colours_of_every_cell() {
    for depth in [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Indexed, ColourDepth::True]
    {
        let mut drive = lab();
        drive.app.settings.colours = depth;
        let (sheet, ..) = of(&drive, (120, 36));
        let bytes = text(ScreenFormat::Ansi, &drive, (120, 36)).replace('\n', "\r\n");
        let mut terminal = vt100::Parser::new(37, 120, 0);
        terminal.process(bytes.as_bytes());
        for (y, row) in sheet.rows().enumerate() {
            for (x, glyph) in row.iter().enumerate() {
                let cell = terminal.screen().cell(y as u16, x as u16).unwrap();
                let blank = |text: &str| if text.is_empty() { " ".to_owned() } else { text.into() };
                assert_eq!(blank(cell.contents()), blank(&glyph.text), "{x}, {y}");
                if glyph.text != " " {
                    let ink = match glyph.ink {
                        Ink::Own => vt100::Color::Default,
                        Ink::Indexed(index) => vt100::Color::Idx(index),
                        Ink::Rgb([r, g, b]) => vt100::Color::Rgb(r, g, b),
                    };
                    assert_eq!(cell.fgcolor(), ink, "{x}, {y}");
                    assert_eq!((cell.bold(), cell.inverse()), (glyph.bold, glyph.reversed));
                }
            }
        }
    }
}

#[test]
fn an_svg_has_every_word_as_text_in_its_columns() {
    let drive = lab();
    let (sheet, ..) = of(&drive, (120, 36));
    let svg = text(ScreenFormat::Svg, &drive, (120, 36));
    let document = roxmltree::Document::parse(&svg).unwrap();
    let number = |node: &roxmltree::Node, name: &str| -> f64 {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let mut words = 0;
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let (x, y) = (number(&node, "x"), number(&node, "y"));
        let (column, row) = (((x - 10.0) / 10.0) as usize, ((y - 10.0) / 20.0) as usize);
        let cells = (number(&node, "textLength") / 10.0) as usize;
        let row = sheet.rows().nth(row).unwrap();
        let found: String = row[column..column + cells].iter().map(|g| g.text.as_str()).collect();
        assert_eq!(node.text().unwrap(), found);
        words += 1;
    }
    assert!(words > 100);
    assert!(svg.contains("source HELPS target") && svg.contains("monospace"));
    let root = document.root_element();
    assert_eq!((number(&root, "width"), number(&root, "height")), (1220.0, 740.0));
}

#[test]
fn nothing_but_a_letter_is_left_to_the_font_and_frames_are_closed() {
    let drive = lab();
    let svg = text(ScreenFormat::Svg, &drive, (120, 36));
    let document = roxmltree::Document::parse(&svg).unwrap();
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let odd = |c: char| ('\u{2500}'..'\u{25a0}').contains(&c) || ('⠀'..='⣿').contains(&c);
        assert!(!node.text().unwrap().contains(odd), "{:?}", node.text());
    }
}

#[test]
fn a_png_is_as_large_as_its_cells_and_says_what_it_shows() {
    let drive = lab();
    for (size, pixels) in [((120, 36), (2440, 1480)), ((80, 24), (1640, 1000)), ((1, 1), (60, 80))]
    {
        let bytes = printed(ScreenFormat::Png, &drive, size);
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), pixels, "{size:?}");
        let inside = embedded::inside(&bytes, notes::ContainerFormat::Png).unwrap();
        assert_eq!(inside.scenario, drive.app.work.scenario.draft().to_json().unwrap());
        let drawing = inside.drawing.unwrap();
        assert_eq!(drawing.figure, Provenance::SCREEN);
        assert_eq!(drawing.screen.unwrap().size, size);
        assert_eq!(drawing.along, ["source.angle"]);
    }
}

/// A sheet of one row.
fn row(text: &str) -> Sheet {
    let glyph = |c: char| Glyph { text: c.to_string(), columns: 1, ..Glyph::default() };
    Sheet {
        title: String::new(),
        columns: text.chars().count() as u16,
        cells: text.chars().map(glyph).collect(),
        ink: [255; 3],
        paper: [0; 3],
    }
}

/// The brightness of an image at a point, in units of the drawing.
fn at(image: &(u32, u32, Vec<u8>), (x, y): (f64, f64)) -> u8 {
    let place = (2.0 * y) as usize * image.0 as usize + (2.0 * x) as usize;
    image.2[place * 3]
}

#[test]
fn rules_blocks_and_round_corners_join_without_a_gap() {
    for text in ["────", "━━━━", "████", "▄▄▄▄", "╌╌──"] {
        let image = sheet::pixels(&row(text)).unwrap();
        let y = if text.starts_with('▄') { 25.0 } else { 20.0 };
        let from = if text.starts_with('╌') { 30 } else { 10 };
        for x in 2 * from..100 {
            assert_eq!(at(&image, (f64::from(x) / 2.0, y)), 255, "{text} at {x}");
        }
    }
    let double = sheet::pixels(&row("╔═╗")).unwrap();
    for x in 28..=72 {
        assert_eq!(at(&double, (f64::from(x) / 2.0, 18.5)), 255, "{x}");
    }
    let round = sheet::pixels(&row("╭╮")).unwrap();
    for (x, y) in [(15.0, 29.0), (20.0, 20.0), (25.0, 29.0)] {
        assert!(at(&round, (x, y)) > 200, "{x}, {y}");
    }
    assert_eq!(at(&round, (15.0, 12.0)), 0);
}

#[test]
fn shades_and_dots_cover_what_they_stand_for() {
    let shades = sheet::pixels(&row("░▒▓█")).unwrap();
    let levels = [15.0, 25.0, 35.0, 45.0].map(|x| at(&shades, (x, 20.0)));
    assert_eq!(levels, [64, 128, 191, 255]);
    let dots = sheet::pixels(&row("⠁⢀")).unwrap();
    assert_eq!(at(&dots, (12.5, 12.5)), 255);
    assert_eq!(at(&dots, (27.5, 27.5)), 255);
    assert_eq!(at(&dots, (17.5, 12.5)), 0);
}

#[test]
fn every_character_of_every_screen_can_be_drawn() {
    let mut drive = Drive::open(
        "three-tasks",
        changed("three-tasks", |draft| {
            draft.trials = 4.0;
            draft.data.dimension = 6.0;
        }),
    );
    let mut missing = BTreeSet::new();
    for marks in [Marks::Braille, Marks::Blocks, Marks::Ascii] {
        drive.app.settings.marks = marks;
        for screen in Screen::all() {
            drive.write(&screen.digit().to_string());
            if marks == Marks::Braille && "45".contains(screen.digit()) {
                drive.write(" ");
            }
            drive.settle();
            let svg = text(ScreenFormat::Svg, &drive, (160, 60));
            let document = roxmltree::Document::parse(&svg).unwrap();
            for node in document.descendants().filter(|node| node.has_tag_name("text")) {
                missing.extend(node.text().unwrap().chars().filter(|c| !export::has_glyph(*c)));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn wide_characters_and_marks_on_letters_keep_their_columns() {
    let mut drive = lab();
    drive.app.work.name = "日本 θ̂ <&>".into();
    let (sheet, ..) = of(&drive, (120, 36));
    let top: String = sheet.rows().next().unwrap().iter().map(|g| g.text.as_str()).collect();
    assert!(top.contains("日本"), "{top}");
    let columns: usize = sheet.rows().next().unwrap().iter().map(|g| usize::from(g.columns)).sum();
    assert_eq!(columns, 120);
    for kind in [ScreenFormat::Svg, ScreenFormat::Png, ScreenFormat::Ansi, ScreenFormat::Text] {
        assert!(!printed(kind, &drive, (120, 36)).is_empty());
    }
    let svg = text(ScreenFormat::Svg, &drive, (120, 36));
    assert!(roxmltree::Document::parse(&svg).is_ok());
}

#[test]
fn the_overlay_offers_the_screen_below_it_and_it_is_written_without_overlay_and_field() {
    let mut drive = lab();
    let clean = drive.lines(120, 36);
    drive.press(Key::Char('e'));
    let place = drive.app.entries().iter().position(|e| e.left == "whole screen").unwrap();
    (0..place).for_each(|_| drive.keys(&[Key::Down]));
    drive.press(Key::Enter);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "two-tasks-lab.svg");
    assert!(drive.screen(80, 24).contains("save the whole screen to: "));
    let expected = Effect::Screen { path: "two-tasks-lab.svg".into(), replace: false };
    assert_eq!(drive.press(Key::Enter), [expected]);
    let Document::Screen { sheet, .. } = still::screen(&drive.app, (120, 36)) else { panic!() };
    let seen: Vec<String> = sheet
        .rows()
        .map(|row| row.iter().map(|g| g.text.as_str()).collect::<String>().trim_end().to_owned())
        .collect();
    assert_eq!(seen, clean);
}

#[test]
fn it_is_offered_on_every_screen_and_an_ending_that_promises_something_else_is_refused() {
    let mut drive = lab();
    for screen in Screen::all() {
        drive.write(&screen.digit().to_string());
        drive.press(Key::Char('E'));
        let name = format!("two-tasks-{}.svg", screen.name().to_lowercase());
        assert_eq!(drive.app.field.as_ref().unwrap().text, name);
        drive.press(Key::Ctrl('u'));
        drive.write("x.pdf");
        assert_eq!(drive.press(Key::Enter), []);
        let problem = drive.app.field.as_ref().unwrap().problem.clone().unwrap();
        assert!(problem.contains(".svg, .png, .ans or .txt"), "{problem}");
        drive.press(Key::Escape);
    }
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_second_enter() {
    let mut drive = lab();
    let document = still::screen(&drive.app, (80, 24));
    let filing = SaveRequest { document, path: "a.png".into(), replace: false };
    drive.tell(Message::Filed(filing, SaveResult::Exists));
    assert!(drive.app.field.as_ref().unwrap().problem.is_some());
    let expected = Effect::Screen { path: "a.png".into(), replace: true };
    assert_eq!(drive.press(Key::Enter), [expected]);
}

#[test]
fn the_command_line_draws_what_the_program_shows_with_the_same_bytes_every_time() {
    let folder = TempDir::new().unwrap();
    let drive = lab();
    let arguments = ["export", "two-tasks", "--trials", "20", "--screen", "lab"];
    for (kind, ending) in ScreenFormat::ALL {
        let bytes = written(&folder, &format!("lab.{ending}"), &arguments);
        assert!(bytes == printed(kind, &drive, (120, 36)), "{ending}");
        assert!(bytes == written(&folder, &format!("again.{ending}"), &arguments), "{ending}");
    }
}

#[test]
fn every_screen_is_drawn_from_the_command_line_the_same_every_time() {
    let folder = TempDir::new().unwrap();
    for screen in Screen::all() {
        let name = screen.id();
        let preset = if screen == Screen::Affinity { "three-tasks" } else { "two-tasks" };
        let arguments = [
            "export",
            preset,
            "--trials",
            "4",
            "--set",
            "data.dimension=8",
            "--screen",
            name,
            "--size",
            "80x24",
            "--theme",
            "light",
        ];
        let text = written(&folder, &format!("{name}.txt"), &arguments);
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text.lines().count(), 24, "{name}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{name}\n{text}");
        assert!(!text.contains("computing") && !text.contains("measuring"), "{name}\n{text}");
        let again = written(&folder, &format!("{name}-2.txt"), &arguments);
        assert!(text.as_bytes() == again, "{name}");
        let one = written(&folder, &format!("{name}.png"), &arguments);
        // Pixels are slow, and drawn from the same cells.
        if screen == Screen::Lab {
            assert!(one == written(&folder, &format!("{name}-2.png"), &arguments));
        }
    }
    let sweep = fs::read_to_string(folder.path().join("sweep.txt")).unwrap();
    assert!(sweep.contains("■ done") && !sweep.contains("done in"), "{sweep}");
}

#[test]
fn a_screen_opens_with_its_scenario_and_draws_itself_again() {
    let folder = TempDir::new().unwrap();
    let arguments = [
        "export",
        "two-tasks",
        "--trials",
        "8",
        "--set",
        "source.angle=70",
        "--screen",
        "lab",
        "--along",
        "source.noise",
        "--size",
        "100x30",
        "--theme",
        "contrast",
    ];
    for ending in ["png", "svg"] {
        let name = format!("lab.{ending}");
        let first = written(&folder, &name, &arguments);
        let path = folder.path().join(&name).display().to_string();
        let again =
            written(&folder, &format!("again.{ending}"), &["export", &path, "--screen", "lab"]);
        assert!(again == first, "{ending}");
        let (_, draft) = store::read::scenario(Path::new(&path)).unwrap();
        assert_eq!(draft.trials, 8.0);
        let opened = taskscope(&["open", &path]);
        let summary = String::from_utf8(opened.stdout).unwrap();
        assert!(opened.status.success() && summary.contains("source"), "{summary}");
        let gain =
            written(&folder, &format!("gain.{ending}"), &["export", &path, "--figure", "gain"]);
        assert!(!gain.is_empty());
    }
}

#[test]
fn figure_and_screen_exclude_each_other_and_one_is_required() {
    let code = |arguments: &[&str]| {
        let output = taskscope(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let both = ["export", "--figure", "gain", "--screen", "lab", "--out", "a.png"];
    assert_eq!(code(&both).0, Some(2));
    assert_eq!(code(&["export", "--out", "a.png"]).0, Some(2));
    for (arguments, words) in [
        (&["--screen", "lab", "--out", "a.pdf"][..], ".svg, .png, .ans or .txt"),
        (&["--screen", "lab", "--size", "0x10", "--out", "a.svg"], "1 to 500"),
        (&["--screen", "lab", "--size", "wide", "--out", "a.svg"], "120x36"),
        (&["--screen", "lab", "--theme", "pink", "--out", "a.svg"], "dark, light, contrast, mono"),
        (&["--screen", "garden", "--out", "a.svg"], "lessons"),
        (&["--screen", "lab", "--along", "source.hue", "--out", "a.svg"], "source.angle"),
    ] {
        let (code, words_found) = code(&[&["export"], arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(words_found.contains(words), "{words_found}");
    }
    assert!(!Path::new("a.svg").exists());
}

#[test]
fn the_command_inside_a_screen_names_screen_size_and_theme() {
    let (_, scenario, drawing) = of(&lab(), (90, 28));
    let command = command::figure(&drawing, &scenario);
    assert_eq!(
        command,
        "taskscope export two-tasks --trials 20 --screen lab --size 90x28 --theme dark --along \
         source.angle --out lab.png"
    );
}

#[test]
fn a_figure_from_the_screen_has_the_bytes_of_the_same_from_the_command_line() {
    let folder = TempDir::new().unwrap();
    let mut drive = lab();
    drive.keys(&[Key::Down, Key::Right]);
    drive.settle();
    drive.settle();
    drive.press(Key::Char('e'));
    drive.press(Key::Enter);
    let filing = |effects: &[Effect]| match effects {
        [Effect::File(filing)] => filing.clone(),
        other => panic!("{other:?}"),
    };
    let mut gain = filing(drive.press(Key::Enter));
    let path = folder.path().join("from-the-screen.png");
    gain.path = path.clone();
    store::file(&gain).unwrap();
    let (shown, drawn) = (fs::read(&path).unwrap(), path.display().to_string());
    let inside = embedded::inside(&shown, notes::ContainerFormat::Png).unwrap().drawing.unwrap();
    assert_eq!(inside.along, ["source.rotation"]);
    let again = written(&folder, "again.png", &["export", &drawn, "--figure", "gain"]);
    assert!(again == shown, "drawn from the figure");
    let value = drive.value().to_string();
    let set = format!("source.rotation={value}");
    let line = [
        "export",
        "two-tasks",
        "--trials",
        "20",
        "--set",
        &set,
        "--figure",
        "gain",
        "--along",
        "source.rotation",
    ];
    assert!(written(&folder, "line.png", &line) == shown, "drawn from the preset");
    assert!(lines(&drive.frame(80, 24)).len() == 24);
}

#[test]
fn without_a_knob_the_command_line_records_the_one_in_focus() {
    let folder = TempDir::new().unwrap();
    let line = ["export", "two-tasks", "--trials", "20", "--figure", "gain"];
    let bytes = written(&folder, "gain.png", &line);
    let mut drive = lab();
    drive.press(Key::Char('e'));
    drive.press(Key::Enter);
    let effects = drive.press(Key::Enter).to_vec();
    let [Effect::File(filing)] = &effects[..] else { panic!("{effects:?}") };
    let path = folder.path().join("screen.png");
    store::file(&SaveRequest { path: path.clone(), ..filing.clone() }).unwrap();
    assert!(fs::read(path).unwrap() == bytes);
}

#[test]
fn rows_of_the_selected_task_are_the_same_from_screen_and_command_line() {
    let folder = TempDir::new().unwrap();
    let mut drive = lab();
    drive.keys(&[Key::Char('2'), Key::Down]);
    drive.settle();
    for pane in [taskscope::app::Pane::Rows, taskscope::app::Pane::Spectrum] {
        let (figure, drawing) = drive.app.figure_to_save(pane).unwrap();
        assert_eq!(drawing.task.as_deref(), Some("source"));
        let draft = drive.app.work.scenario.draft();
        let shown =
            export::picture(taskscope::job::FigureFormat::Svg, &figure, draft, &drawing).unwrap();
        let line =
            ["export", "two-tasks", "--trials", "20", "--figure", figure.id, "--task", "source"];
        assert!(written(&folder, "x.svg", &line) == shown, "{}", figure.id);
    }
}

#[test]
fn a_curve_before_the_last_change_is_for_the_eye_and_a_pinned_one_is_written() {
    let mut drive = lab();
    drive.press(Key::Right);
    drive.settle();
    drive.settle();
    let names = |figure: &taskscope::figure::Figure| {
        figure.marks.iter().filter_map(|m| m.name.clone()).collect::<Vec<_>>().join("; ")
    };
    let gain = taskscope::app::Pane::Gain;
    let mut other = drive.app.screens.lab.curve.clone().unwrap();
    drive.app.screens.lab.ghost = Some(other.clone());
    assert!(!names(&drive.app.figure(gain).unwrap()).contains("before"));
    other.theory[0].1.gain += 0.1;
    drive.app.screens.lab.ghost = Some(other);
    assert!(names(&drive.app.figure(gain).unwrap()).contains("before"));
    assert!(!names(&drive.app.figure_to_save(gain).unwrap().0).contains("before"));
    drive.app.screens.lab.pinned = true;
    assert!(names(&drive.app.figure_to_save(gain).unwrap().0).contains("pinned"));
}

#[test]
fn a_sheet_has_the_size_it_was_asked_for() {
    let drive = lab();
    for size in [(1, 1), (3, 2), (60, 18), (200, 50)] {
        let sheet = ui::sheet(&drive.app, size);
        assert_eq!((sheet.columns, sheet.rows().len() as u16), size);
    }
}

#[test]
fn the_picture_in_the_readme_is_what_its_command_draws() {
    let folder = TempDir::new().unwrap();
    let readme = include_str!("../../README.md");
    let mut command = readme.split("`taskscope ").filter_map(|rest| rest.split('`').next());
    let command = command.find(|c| c.contains("--screen lab") && c.contains("lab.svg"));
    let command = command.expect("the README says how its picture is drawn");
    let (words, _) = command.split_once(" --out ").unwrap();
    let words: Vec<&str> = words.split(' ').collect();
    let drawn = written(&folder, "lab.svg", &words);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(drawn == fs::read(root.join("assets/pictures/lab.svg")).unwrap(), "{command}");
}
