//! Text in large letters, to be read from the last row.

use font8x8::UnicodeFonts;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::view::View;
use super::widget::dots::{half, quarter};
use super::widget::text::cut;
use crate::app::settings::Marks;

/// Height of a large letter, in rows.
pub(super) const ROWS: u16 = 4;

/// Draws text in letters as large as there is room for.
pub(super) fn draw(text: &str, style: Style, view: &mut View<'_, '_>, area: Rect) {
    let count = text.chars().count() as u16;
    let (width, marks) = (area.width, view.theme.marks());
    let columns = match marks {
        _ if 8 * count <= width => 8,
        Marks::Braille if 4 * count <= width => 4,
        _ => {
            let line = Line::styled(cut(text, width.into()), style).centered();
            let middle = Rect { y: area.y + area.height / 2, height: 1, ..area };
            return view.frame.render_widget(line, middle);
        }
    };
    let start = area.x + (width - columns * count) / 2;
    for (i, letter) in text.chars().enumerate() {
        let Some(glyph) = font8x8::BASIC_FONTS.get(letter) else { continue };
        let x = start + i as u16 * columns;
        for row in 0..ROWS.min(area.height) {
            let dot =
                |down: u16, across: u16| glyph[usize::from(2 * row + down)] >> across & 1 == 1;
            for column in 0..columns {
                let sign = match columns {
                    8 => half(dot(0, column), dot(1, column)),
                    _ => {
                        let (left, right) = (2 * column, 2 * column + 1);
                        quarter([dot(0, left), dot(0, right), dot(1, left), dot(1, right)])
                    }
                };
                let (at, y) = (x + column, area.y + row);
                view.frame.buffer_mut().set_string(at, y, sign.encode_utf8(&mut [0; 4]), style);
            }
        }
    }
}
