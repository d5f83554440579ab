//! Cells: solid colours on a diverging scale; where the terminal has few colours, the shape of the
//! character shows the sign of a gain, its density the size.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Placed;
use super::placed::middle_row;
use crate::figure::{Cell, Cells, Shape, UNDECIDED};
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
                    match ground(cell, theme) {
                        Some(style) => buffer.set_string(column, row, " ", style),
                        None => {
                            let style = style(Some(cell.verdict), theme);
                            buffer.set_string(column, row, character(cell), style);
                        }
                    }
                }
            }
        }
    }
}

/// Writes the texts of the cells of all marks, above any line. Returns true if no interval in a text
/// is left out.
pub(super) fn write(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) -> bool {
    let all = placed.figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Cells(cells) => Some(cells),
        _ => None,
    });
    let whole: Vec<bool> = all.map(|cells| words(cells, placed, theme, buffer)).collect();
    !whole.contains(&false)
}

/// The ways to write the texts of cells, from the longest to the shortest.
const WAYS: [fn(&str) -> Vec<String>; 3] = [
    |text| vec![text.to_owned()],
    |text| match parts(text) {
        Some((mean, half)) => vec![mean.to_owned(), format!("±{half}")],
        None => match text.split_once(ERRORS) {
            Some((alone, together)) => {
                vec![format!("{alone}{}", ERRORS.trim_end()), together.into()]
            }
            None => vec![text.to_owned()],
        },
    },
    |text| match parts(text) {
        Some((mean, _)) => vec![mean.to_owned()],
        None => match text.split_once(ERRORS) {
            Some(errors) => vec![[errors.0, errors.1].map(middle).join(ERRORS)],
            None => vec![text.trim_start_matches("error ").to_owned()],
        },
    },
];

/// Stands between the error alone and the error together.
const ERRORS: &str = " → ";

/// A mean without its half-width.
fn middle(text: &str) -> &str {
    text.split(" ± ").next().unwrap_or(text)
}

/// A gain and its half-width, both in percent.
fn parts(text: &str) -> Option<(&str, &str)> {
    text.split_once(" % ± ")
}

/// Stands in a cell too narrow for its text.
const TOO_NARROW: &str = "…";

/// Writes the texts in the middle of their cells, all in the same way: the longest that fits into
/// every cell. Where most fit in no way, none is written; a single one is marked as too long.
/// Returns true if no interval is left out.
fn words(cells: &Cells, placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) -> bool {
    let texts: Vec<(&Cell, &str, Rect)> = cells
        .places()
        .filter_map(|(column, row)| {
            let cell = cells.get(column, row)?;
            Some((cell, cell.text.as_deref()?, placed.rect_of(cells, column, row)?))
        })
        .collect();
    let fits = |lines: &[String], area: &Rect| {
        lines.len() <= usize::from(area.height)
            && lines.iter().all(|line| line.width() < usize::from(area.width))
    };
    let all_fit =
        |way: &&fn(&str) -> Vec<String>| texts.iter().all(|(_, text, area)| fits(&way(text), area));
    let last = WAYS.len() - 1;
    let place = WAYS.iter().position(|way| all_fit(&way)).unwrap_or(last);
    let way = WAYS[place];
    let fitting = texts.iter().filter(|(_, text, area)| fits(&way(text), area)).count();
    if 2 * fitting < texts.len() {
        return false;
    }
    for (cell, text, area) in texts {
        let lines = Some(way(text)).filter(|lines| fits(lines, &area));
        let lines = lines.unwrap_or_else(|| vec![TOO_NARROW.to_owned()]);
        let top = area.y + middle_row(area.height);
        for (line, y) in lines.iter().zip(top..) {
            let x = area.x + (area.width - line.width() as u16) / 2;
            match ground(cell, theme) {
                Some(style) => buffer.set_string(x, y, line, style),
                None => {
                    let room = usize::from(area.width) >= line.width() + 2 && x > 0;
                    let padded = if room { format!(" {line} ") } else { line.clone() };
                    buffer.set_string(x - u16::from(room), y, padded, theme.verdict(cell.verdict));
                }
            }
        }
    }
    place < last
}

/// The solid colour of a cell; `None` for one without results, and where colours are few.
fn ground(cell: &Cell, theme: &Theme) -> Option<Style> {
    let is_known = cell.value.is_finite() || cell.verdict != Verdict::NoDifference;
    theme.shade(cell.verdict, cell.strength()).filter(|_| is_known)
}

fn character(cell: &Cell) -> &'static str {
    if !cell.value.is_finite() && cell.verdict == Verdict::NoDifference {
        return " ";
    }
    let level = ((cell.strength() * 4.0) as usize).min(3);
    match cell.verdict {
        Verdict::Helps => HELPS[level],
        Verdict::Hurts => HURTS[level],
        Verdict::Undecided => UNDECIDED,
        Verdict::NoDifference | Verdict::SameTrials | Verdict::OneTask => NO_DIFFERENCE,
    }
}

/// Sample of the characters for a verdict, or for cells without one.
pub(super) fn sample(verdict: Option<Verdict>) -> String {
    match verdict {
        Some(Verdict::Helps) => HELPS.concat(),
        Some(Verdict::Hurts) => HURTS.concat(),
        Some(Verdict::Undecided) => UNDECIDED.to_owned(),
        Some(Verdict::NoDifference | Verdict::SameTrials | Verdict::OneTask) => {
            NO_DIFFERENCE.to_owned()
        }
        None => "blank".to_owned(),
    }
}

/// Draws the sample of a verdict, in at most `room` columns.
pub(super) fn draw_sample(
    verdict: Option<Verdict>,
    theme: &Theme,
    (x, y, room): (u16, u16, u16),
    buffer: &mut Buffer,
) {
    let text = sample(verdict);
    let columns = text.width() as u16;
    for i in 0..columns.min(room) {
        let strength = f64::from(i + 1) / f64::from(columns);
        match verdict.and_then(|verdict| theme.shade(verdict, strength)) {
            Some(style) => buffer.set_string(x + i, y, " ", style),
            None => {
                let all = style(verdict, theme);
                buffer.set_stringn(x, y, &text, room.into(), all);
                return;
            }
        }
    }
}

/// The style of these characters.
fn style(verdict: Option<Verdict>, theme: &Theme) -> Style {
    match verdict {
        Some(verdict @ (Verdict::Helps | Verdict::Hurts)) => {
            Style { add_modifier: Default::default(), ..theme.verdict(verdict) }
        }
        _ => theme.dim(),
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
