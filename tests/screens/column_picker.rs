//! Frames of the column picker, and the mouse in it.

#![cfg(all(feature = "tui", feature = "png"))]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::{Gesture, HitTarget, Key, Message};
use taskscope::dataset::table::usage::ColumnUse;
use taskscope::ui::{self, Pointing, Regions};

use crate::support::drive::Drive;
use crate::support::tables::{TableFile, go_to, picker, read, write};

fn check(name: &str, drive: &Drive) {
    for (width, height) in [(120, 36), (80, 24), (40, 10)] {
        let frame = drive.screen(width, height);
        insta::assert_snapshot!(format!("picker-{name}-{width}x{height}"), frame);
    }
}

#[test]
fn columns_are_shown_with_what_would_be_opened() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    check("begun", &drive);
    go_to(&mut drive, "stay");
    write(&mut drive, "l");
    check("refused", &drive);
    write(&mut drive, "od");
    check("read", &drive);
}

/// A table with many columns, whose last is a label.
fn wide() -> TableFile {
    let names: Vec<String> = (0..500).map(|i| format!("dim_{i:03}")).collect();
    let cells = vec!["1.5"; 500].join(",");
    let rows: String = (0..20).map(|row| format!("{cells},{}\n", row % 2)).collect();
    TableFile::new("wide.csv", &format!("{},outcome\n{rows}", names.join(",")))
}

#[test]
fn five_hundred_columns_scroll_with_the_focus_in_view_and_the_table_stands_still() {
    let file = wide();
    let mut drive = file.picked();
    let below = |drive: &Drive| {
        let lines = drive.lines(80, 24);
        lines.iter().position(|line| line.contains("one-hot")).unwrap()
    };
    let place = below(&drive);
    write(&mut drive, "l");
    assert_eq!(below(&drive), place, "the table below the columns moved");
    for key in [Key::Home, Key::PageDown, Key::PageDown, Key::Down, Key::PageUp, Key::End, Key::Up]
    {
        drive.press(key);
        for (width, height) in [(120, 36), (80, 24), (40, 10), (20, 6), (12, 4)] {
            let focused = format!("▸ {}", &picker(&drive).focused().unwrap().name[..3]);
            let screen = drive.screen(width, height);
            assert!(screen.contains(&focused), "{key:?} {width}x{height}\n{screen}");
        }
    }
}

#[test]
fn no_size_is_too_small_and_every_line_has_room_for_its_frame() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    write(&mut drive, "l");
    for width in 1..100 {
        for height in [1, 2, 3, 5, 8, 13, 21, 34] {
            drive.frame(width, height);
        }
    }
    for line in drive.lines(80, 24).iter().skip(1).take(22) {
        assert!(line.starts_with('│') && line.ends_with('│'), "{line}");
    }
}

#[test]
fn the_mouse_focuses_a_column_changes_its_use_and_scrolls() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    let (mut regions, mut pointing) = (Regions::default(), Pointing::default());
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| regions = ui::draw(&drive.app, frame)).unwrap();
    let at = |row: usize| {
        let own = regions.spots().find(|(spot, _)| *spot == HitTarget::Entry(row));
        own.map(|(_, area)| (area.x + 5, area.y)).unwrap()
    };
    let mut touch = |drive: &mut Drive, gesture: Gesture, place: (u16, u16)| {
        let pointer = pointing.point(gesture, place.0, place.1, &regions);
        drive.tell(Message::Pointer(pointer));
        read(drive);
    };
    touch(&mut drive, Gesture::Press, at(2));
    assert_eq!((picker(&drive).row, picker(&drive).uses[2]), (2, ColumnUse::Feature));
    touch(&mut drive, Gesture::Press, at(2));
    assert_eq!(picker(&drive).uses[2], ColumnUse::Label);
    touch(&mut drive, Gesture::Wheel(-1), at(0));
    assert_eq!(picker(&drive).row, 3);
    touch(&mut drive, Gesture::Press, (0, 0));
    assert_eq!(picker(&drive).row, 3, "the frame is no column");
}
