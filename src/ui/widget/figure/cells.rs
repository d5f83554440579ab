//! Cells as shades: the shape of the character shows the sign of a gain, its density the size.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Placed;
use crate::figure::{Cell, Cells, Shape};
use crate::transfer::Verdict;
use crate::ui::theme::Theme;

/// Characters for a quarter, half, three quarters and all of the error.
const HELPS: [&str; 4] = ["░", "▒", "▓", "█"];
const HURTS: [&str; 4] = ["-", "=", "≡", "#"];
const NO_DIFFERENCE: &str = "·";

/// Draws the cells of all marks: each terminal cell shows the data cell under its centre.
pub(super) fn draw(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    for mark in &placed.figure.marks {
        if let Shape::Cells(cells) = &mark.shape {
            for (column, row) in placed.inner.positions().map(|place| (place.x, place.y)) {
                let under = placed.value_at(column, row).and_then(|at| cells.find(at));
                if let Some(cell) = under.and_then(|(column, row)| cells.get(column, row)) {
                    let style = style(Some(cell.verdict), theme);
                    buffer.set_string(column, row, character(cell), style);
                }
            }
            words(cells, placed, theme, buffer);
        }
    }
}

/// Writes text in the middle of the cells that it fits into.
fn words(cells: &Cells, placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    for (column, row) in cells.places() {
        let Some(cell) = cells.get(column, row) else { continue };
        let (Some(text), Some(area)) = (&cell.text, placed.rect_of(cells, column, row)) else {
            continue;
        };
        let width = text.width() as u16;
        if width > area.width {
            continue;
        }
        let padded = if width + 2 <= area.width { format!(" {text} ") } else { text.clone() };
        let x = area.x + (area.width - padded.width() as u16) / 2;
        let y = area.y + (area.height - 1) / 2;
        buffer.set_string(x, y, padded, theme.verdict(cell.verdict));
    }
}

fn character(cell: &Cell) -> &'static str {
    if !cell.value.is_finite() && cell.verdict == Verdict::NoDifference {
        return " ";
    }
    let level = ((cell.strength() * 4.0) as usize).min(3);
    match cell.verdict {
        Verdict::Helps => HELPS[level],
        Verdict::Hurts => HURTS[level],
        Verdict::NoDifference | Verdict::Undecided | Verdict::OneTask => NO_DIFFERENCE,
    }
}

/// Sample of the characters for a verdict, or for cells without one.
pub(super) fn sample(verdict: Option<Verdict>) -> String {
    match verdict {
        Some(Verdict::Helps) => HELPS.concat(),
        Some(Verdict::Hurts) => HURTS.concat(),
        Some(Verdict::NoDifference | Verdict::Undecided | Verdict::OneTask) => {
            NO_DIFFERENCE.to_owned()
        }
        None => "blank".to_owned(),
    }
}

/// The style of these characters.
pub(super) fn style(verdict: Option<Verdict>, theme: &Theme) -> Style {
    match verdict {
        Some(Verdict::NoDifference | Verdict::Undecided | Verdict::OneTask) | None => theme.dim(),
        Some(verdict) => Style { add_modifier: Default::default(), ..theme.verdict(verdict) },
    }
}

/// Highlights terminal cells, whatever they show: a frame around many, brackets around a few, a
/// cross in place of one.
pub fn highlight(area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let style = theme.focus();
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    if area.width == 1 {
        for y in area.y..=bottom {
            buffer.set_string(area.x, y, "╋", style);
        }
    } else if area.width < 4 || area.height < 3 {
        for y in area.y..=bottom {
            buffer.set_string(area.x, y, "[", style);
            buffer.set_string(right, y, "]", style);
        }
    } else {
        let rule = "━".repeat(usize::from(area.width - 2));
        buffer.set_string(area.x, area.y, format!("┏{rule}┓"), style);
        buffer.set_string(area.x, bottom, format!("┗{rule}┛"), style);
        for y in area.y + 1..bottom {
            buffer.set_string(area.x, y, "┃", style);
            buffer.set_string(right, y, "┃", style);
        }
    }
}
