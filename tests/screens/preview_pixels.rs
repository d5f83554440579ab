//! Preview of a picture before it is written, in pixels if the terminal can show them.

#![cfg(all(feature = "tui", feature = "cli"))]

use std::sync::Arc;

use crate::support::drive::Drive;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::style::Color;
use taskscope::app::overlay::EntryAction;
use taskscope::app::preview::PreviewMode;
use taskscope::app::settings::{ColourDepth, Marks};
use taskscope::app::{Effect, Key, Message, Pane};
use taskscope::export;
use taskscope::figure::image::Image;
use taskscope::job::FigureFormat;
use taskscope::tui::picture::{Frame, Protocol};

/// The picture of the gain as written to the file.
fn picture(drive: &Drive) -> Image {
    let (figure, drawing) = drive.app.figure_to_save(Pane::Gain).unwrap();
    let draft = drive.app.work.scenario.draft();
    export::image(export::picture(FigureFormat::Png, &figure, draft, &drawing).unwrap()).unwrap()
}

/// The program with the picture of the gain requested.
fn asked() -> Drive {
    let mut drive = Drive::preset("two-tasks", 6);
    drive.settle();
    drive.press(Key::Char('e'));
    let does =
        |entry: &taskscope::app::OverlayEntry| entry.does == Some(EntryAction::Preview(Pane::Gain));
    let place = drive.app.entries().iter().position(does).unwrap();
    (0..place).for_each(|_| drive.keys(&[Key::Down]));
    drive.press(Key::Enter);
    drive
}

fn shown(way: PreviewMode) -> Drive {
    let mut drive = asked();
    let image = Arc::new(picture(&drive));
    drive.tell(Message::Previewed(Ok((image, way))));
    drive
}

const WHY: PreviewMode = PreviewMode::Characters("pixels do not pass through tmux");

#[test]
fn the_overlay_asks_for_the_figure_that_enter_would_write() {
    let drive = asked();
    let (own, _) = drive.app.figure_to_save(Pane::Gain).unwrap();
    match &drive.effects[..] {
        [Effect::Preview { figure, scenario, .. }] => {
            assert_eq!((&**figure, scenario), (&own, &drive.app.work.scenario));
        }
        other => panic!("{other:?}"),
    }
    assert!(drive.screen(80, 24).contains("drawing"));
}

#[test]
fn any_key_goes_back_to_the_overlay_and_does_nothing_else() {
    for key in [Key::Escape, Key::Enter, Key::Right, Key::Char('q'), Key::Char('e')] {
        let mut drive = shown(WHY);
        let scenario = drive.app.work.scenario.clone();
        assert_eq!(drive.press(key), []);
        assert!(drive.app.view.preview.is_none() && drive.app.over.is_some(), "{key}");
        assert_eq!(drive.app.work.scenario, scenario);
    }
    let mut drive = shown(WHY);
    assert_eq!(drive.press(Key::Ctrl('c')), [Effect::Quit { keeping: true }]);
}

#[test]
fn a_picture_that_was_left_before_it_was_drawn_is_not_shown() {
    let mut drive = asked();
    let image = Arc::new(picture(&drive));
    drive.press(Key::Escape);
    drive.tell(Message::Previewed(Ok((image, WHY))));
    assert!(drive.app.view.preview.is_none());
    let mut drive = asked();
    drive.tell(Message::Previewed(Err("no".into())));
    assert_eq!((drive.app.view.preview, drive.app.view.note), (None, Some("no".into())));
}

#[test]
fn where_no_pixels_pass_the_reason_is_said_and_characters_stand_for_them() {
    let signs = |drive: &Drive, depth, marks| {
        let mut drive = drive.clone();
        drive.app.settings.colours = depth;
        drive.app.settings.marks = marks;
        let frame = drive.frame(80, 24);
        let text = drive.screen(80, 24);
        assert!(text.contains("any key goes back"), "{text}");
        let coloured = frame.content.iter().filter(|cell| cell.bg != Color::Reset).count();
        (text, coloured)
    };
    let drive = shown(WHY);
    let (text, coloured) = signs(&drive, ColourDepth::True, Marks::Braille);
    assert!(text.contains("pixels do not pass through tmux") && text.contains("1600 × 1000"));
    assert!(text.contains('▀') && coloured > 800, "{coloured}\n{text}");
    let (text, coloured) = signs(&drive, ColourDepth::Sixteen, Marks::Braille);
    assert!(text.contains(|c: char| ('⠁'..='⣿').contains(&c)) && coloured == 0, "{text}");
    let (text, _) = signs(&drive, ColourDepth::None, Marks::Blocks);
    assert!(text.contains('▀') || text.contains('▄'), "{text}");
    let (text, _) = signs(&drive, ColourDepth::True, Marks::Ascii);
    assert!(text.lines().all(|line| line.chars().all(|c| (c as u32) < 0x100)), "{text}");
}

#[test]
fn where_pixels_pass_the_cells_are_left_to_them() {
    let drive = shown(PreviewMode::Pixels("kitty"));
    let lines = drive.lines(80, 24);
    assert!(lines[0].contains("1600 × 1000 pixels"), "{lines:?}");
    assert!(lines[1..23].iter().all(String::is_empty), "{lines:?}");
    assert!(lines[23].contains("kitty"));
}

#[test]
fn no_size_of_the_terminal_is_too_small_for_it() {
    for way in [WHY, PreviewMode::Pixels("sixel")] {
        let mut drive = shown(way);
        for depth in [ColourDepth::None, ColourDepth::Indexed, ColourDepth::True] {
            drive.app.settings.colours = depth;
            for size in [(1, 1), (1, 9), (9, 1), (2, 2), (3, 3), (20, 5), (300, 90)] {
                drive.frame(size.0, size.1);
            }
        }
    }
}

fn of(variables: &[(&str, &str)]) -> Result<Protocol, &'static str> {
    Protocol::of(|name| {
        variables.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn the_environment_says_what_the_terminal_takes() {
    use Protocol::{Iterm, Kitty, Sixel};
    for (variables, protocol) in [
        (&[("TERM", "xterm-kitty")][..], Kitty),
        (&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Kitty),
        (&[("TERM", "xterm-ghostty")], Kitty),
        (&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "240802")], Kitty),
        (&[("TERM_PROGRAM", "iTerm.app")], Iterm),
        (&[("TERM_PROGRAM", "WezTerm")], Iterm),
        (&[("TERM", "xterm"), ("LC_TERMINAL", "iTerm2")], Iterm),
        (&[("TERM", "foot")], Sixel),
        (&[("TERM", "mlterm")], Sixel),
    ] {
        assert_eq!(of(variables), Ok(protocol), "{variables:?}");
    }
    for (variables, why) in [
        (&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")][..], "tmux"),
        (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux-0/default,1,0")], "tmux"),
        (&[("TERM", "screen.xterm"), ("KITTY_WINDOW_ID", "1")], "screen"),
        (&[("TERM", "xterm-kitty"), ("ZELLIJ", "0")], "zellij"),
        (&[("TERM", "xterm-256color")], "not known to show pixels"),
        (&[], "not known to show pixels"),
    ] {
        assert!(of(variables).unwrap_err().contains(why), "{variables:?}");
    }
}

fn page() -> Image {
    let mut drive = Drive::preset("two-tasks", 6);
    drive.settle();
    picture(&drive)
}

/// A frame of 80 × 22 cells of 8 × 16 pixels.
const FRAME: Frame = Frame { cells: (80, 22), cell: Some((8.0, 16.0)) };

#[test]
fn kitty_is_given_the_file_in_pieces_and_asked_for_no_answer() {
    let image = page();
    let told = Protocol::Kitty.show(&image, FRAME);
    let pieces: Vec<&str> = told.split("\x1b_G").skip(1).collect();
    let mut letters = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        let (keys, data) = piece.strip_suffix("\x1b\\").unwrap().split_once(';').unwrap();
        let more = if i + 1 < pieces.len() { "m=1" } else { "m=0" };
        assert!(keys.split(',').any(|key| key == more) && keys.contains("q=2"), "{keys}");
        assert!(data.len() <= 4096 && (i + 1 == pieces.len() || data.len() % 4 == 0));
        letters += data;
    }
    assert_eq!(STANDARD.decode(letters).unwrap(), image.file);
    for key in ["a=T", "f=100", "C=1", "c=71", "r=22"] {
        assert!(pieces[0].contains(key), "{}", &pieces[0][..60]);
    }
    assert!(Protocol::Kitty.forget().starts_with("\x1b_Ga=d,"));
}

#[test]
fn iterm_is_given_the_file_and_its_place_in_cells() {
    let image = page();
    let told = Protocol::Iterm.show(&image, FRAME);
    let (keys, data) = told.strip_suffix('\x07').unwrap().split_once(':').unwrap();
    assert!(keys.starts_with("\x1b]1337;File=inline=1;") && keys.contains("width=71;height=22"));
    assert_eq!(STANDARD.decode(data).unwrap(), image.file);
}

#[test]
fn sixels_read_by_another_reader_are_the_picture_in_its_size_in_the_frame() {
    let image = page();
    let told = Protocol::Sixel.show(&image, FRAME);
    let (pixels, width, height) = icy_sixel::sixel_decode(told.as_bytes()).unwrap();
    let small = image.scaled((563, 352));
    // This reader counts only whole bands of six rows.
    assert_eq!((width, height), (563, 354));
    let far: Vec<u8> = small
        .pixels
        .chunks_exact(3)
        .zip(pixels.chunks_exact(4))
        .map(|(own, read)| (0..3).map(|i| own[i].abs_diff(read[i])).max().unwrap())
        .collect();
    assert!(far.iter().all(|far| *far < 96), "{:?}", far.iter().max());
    let exact = far.iter().filter(|far| **far <= 2).count();
    assert!(exact * 100 > far.len() * 95, "{exact} of {}", far.len());
}

#[test]
fn a_picture_of_many_colours_keeps_its_shape_in_sixels() {
    let pixels = (0..64 * 64).flat_map(|i: u32| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128]);
    let image = Image { width: 64, height: 64, pixels: pixels.collect(), file: Vec::new() };
    let told = Protocol::Sixel.show(&image, FRAME);
    let (_, width, height) = icy_sixel::sixel_decode(told.as_bytes()).unwrap();
    assert_eq!((width, height), (64, 66));
}

#[test]
fn what_is_no_picture_of_ours_is_refused() {
    assert!(export::image(b"no picture".to_vec()).is_err());
    let mut cut = page().file;
    cut.truncate(cut.len() / 2);
    assert!(export::image(cut).is_err());
}

#[cfg(unix)]
mod in_a_terminal {
    use std::io::{Read, Write};
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    const PATIENCE: Duration = Duration::from_secs(30);

    /// The output of the program while keys are pressed, each after some output has appeared.
    fn written(variables: &[(&str, &str)], script: &[(&str, &str)]) -> String {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 640, pixel_height: 384 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taskscope"));
        command.args(["two-tasks", "--trials", "6"]);
        for name in ["TMUX", "STY", "ZELLIJ", "TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID"] {
            command.env_remove(name);
        }
        let home = tempfile::TempDir::new().unwrap();
        command.env("TASKSCOPE_STATE", home.path());
        command.env("XDG_CONFIG_HOME", home.path());
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let mut child = pair.slave.spawn_command(command).unwrap();
        let all = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let theirs = all.clone();
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                theirs.lock().unwrap().extend(&bytes[..n]);
            }
        });
        let mut keyboard = pair.master.take_writer().unwrap();
        let mut from = 0;
        for (awaited, keys) in script {
            let start = Instant::now();
            loop {
                let text = String::from_utf8_lossy(&all.lock().unwrap()[from..]).into_owned();
                if text.contains(awaited) {
                    break;
                }
                assert!(start.elapsed() < PATIENCE, "waited in vain for {awaited:?}");
                thread::sleep(Duration::from_millis(10));
            }
            from = all.lock().unwrap().len();
            keyboard.write_all(keys.as_bytes()).unwrap();
            keyboard.flush().unwrap();
        }
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(10));
        }
        loop {
            let text = String::from_utf8_lossy(&all.lock().unwrap()).into_owned();
            if text.contains("\x1b[?1049l") || start.elapsed() > PATIENCE {
                return text;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn the_terminal_is_never_asked_at_the_start_and_forgets_the_picture_when_a_key_leaves_it() {
        let picture = ("see", "jjjjj\r");
        for (variables, opens, forgets) in [
            (&[("TERM", "xterm-kitty")][..], "\x1b_Ga=T", "\x1b_Ga=d"),
            (&[("TERM", "foot")], "\x1bP0;1;0q", "\x1b[2J"),
            (&[("TERM", "xterm"), ("TERM_PROGRAM", "iTerm.app")], "\x1b]1337;File", "\x1b[2J"),
        ] {
            let script = [("HELPS", "e"), picture, (opens, "x"), (forgets, "\x03")];
            let text = written(variables, &script);
            let (before, after) = text.split_once(opens).unwrap();
            assert!(!before.contains("\x1b_G") && !before.contains("\x1bP"), "{variables:?}");
            assert!(after.contains(forgets), "{variables:?}");
            assert!(after.contains("\x1b[?1049l"), "the screen is given back");
        }
    }
}
