//! Draws the screen into a sheet of cells, without a terminal.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::app::settings::Tone;
use crate::figure::sheet::{Glyph, Ink, Rgb, Sheet};

/// Draws the current state of the program into columns × rows.
pub fn sheet(app: &App, (columns, rows): (u16, u16)) -> Sheet {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
    let Ok(_) = terminal.draw(|frame| drop(super::frame::draw(app, frame)));
    let title = format!("taskscope {}: {}", app.screens.current.name(), app.work.name);
    of(terminal.backend().buffer(), title, app.settings.theme)
}

/// Converts a buffer to a sheet, with the colours of a theme.
pub(super) fn of(buffer: &Buffer, title: String, theme: Tone) -> Sheet {
    let (ink, paper) = ground(theme);
    let columns = buffer.area.width;
    let mut cells = Vec::with_capacity(buffer.content.len());
    for row in buffer.content.chunks(usize::from(columns.max(1))) {
        let mut covered = 0;
        for cell in row {
            let mut glyph = glyph(cell);
            if covered > 0 {
                covered -= 1;
                glyph = Glyph { text: String::new(), columns: 0, ..glyph };
            } else {
                covered = glyph.columns.saturating_sub(1);
            }
            cells.push(glyph);
        }
    }
    Sheet { title, columns, cells, ink, paper }
}

/// Text and background colours of a terminal with this theme.
fn ground(theme: Tone) -> (Rgb, Rgb) {
    match theme {
        Tone::Dark | Tone::Mono => ([0xd8, 0xde, 0xe4], [0x10, 0x14, 0x18]),
        Tone::Light => ([0x1e, 0x1e, 0x1e], [0xff, 0xff, 0xff]),
        Tone::Contrast => ([0xff, 0xff, 0xff], [0x00, 0x00, 0x00]),
    }
}

fn glyph(cell: &Cell) -> Glyph {
    let has = |modifier| cell.modifier.contains(modifier);
    Glyph {
        text: cell.symbol().to_owned(),
        columns: cell.symbol().width().clamp(1, 2) as u8,
        ink: ink(cell.fg),
        paper: ink(cell.bg),
        bold: has(Modifier::BOLD),
        faint: has(Modifier::DIM),
        underlined: has(Modifier::UNDERLINED),
        reversed: has(Modifier::REVERSED),
    }
}

fn ink(colour: Color) -> Ink {
    match colour {
        Color::Reset => Ink::Own,
        Color::Black => Ink::Indexed(0),
        Color::Red => Ink::Indexed(1),
        Color::Green => Ink::Indexed(2),
        Color::Yellow => Ink::Indexed(3),
        Color::Blue => Ink::Indexed(4),
        Color::Magenta => Ink::Indexed(5),
        Color::Cyan => Ink::Indexed(6),
        Color::Gray => Ink::Indexed(7),
        Color::DarkGray => Ink::Indexed(8),
        Color::LightRed => Ink::Indexed(9),
        Color::LightGreen => Ink::Indexed(10),
        Color::LightYellow => Ink::Indexed(11),
        Color::LightBlue => Ink::Indexed(12),
        Color::LightMagenta => Ink::Indexed(13),
        Color::LightCyan => Ink::Indexed(14),
        Color::White => Ink::Indexed(15),
        Color::Indexed(index) => Ink::Indexed(index),
        Color::Rgb(red, green, blue) => Ink::Rgb([red, green, blue]),
    }
}
