//! Axes: lines, ticks with their text, and labels.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{Placed, ticks};
use crate::ui::theme::Theme;
use crate::ui::widget::text::cut;

/// Draws both axes.
pub(super) fn draw(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    let Rect { x, y, width, height } = placed.inner;
    if width < 4 || height < 2 {
        return;
    }
    let bottom = y + height;
    for row in y..bottom {
        buffer.set_string(x - 1, row, "│", theme.dim());
    }
    buffer.set_string(x - 1, bottom, format!("└{}", "─".repeat(width as usize)), theme.dim());
    let mut rows = ticks::vertical(placed.figure, placed.outer.height);
    rows.sort_by_key(|tick| tick.at != 0.0);
    let mut taken = Vec::new();
    for tick in rows {
        let share = (0.0, placed.figure.y.share(tick.at));
        let row = placed.row_of_name(tick.at).or_else(|| Some(placed.cell(share)?.1));
        let Some(row) = row.filter(|row| !taken.contains(row)) else { continue };
        taken.push(row);
        let text = cut(&tick.text, usize::from(x - 1 - placed.outer.x));
        let left = (x - 1).saturating_sub(text.width() as u16);
        buffer.set_string(left.max(placed.outer.x), row, &text, theme.dim());
        buffer.set_string(x - 1, row, "┤", theme.dim());
    }
    below(placed, bottom, theme, buffer);
    if !placed.figure.square {
        labels(placed, theme, buffer);
    }
}

/// Fewest columns for a horizontal label that is cut.
const LABEL: usize = 10;

/// Draws the axis labels above the plot. If there is too little room, the vertical one loses what
/// follows its colon, and the horizontal one its last words.
fn labels(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    let Rect { x, y, width, .. } = placed.outer;
    let label = &placed.figure.x.label;
    let whole = placed.figure.y.label.as_str();
    let short = whole.split(':').next().unwrap_or(whole);
    let first = label.split(' ').next().map_or(0, UnicodeWidthStr::width);
    let is_tight = usize::from(width) < whole.width() + first + 8;
    let up = format!("↑ {}", if is_tight { short } else { whole });
    let room = usize::from(width).saturating_sub(up.width() + 4);
    if room < LABEL.min(label.width() + 2) {
        buffer.set_stringn(x + 1, y, &up, width.saturating_sub(1) as usize, theme.dim());
        return;
    }
    let right = format!("{} →", without_last_words(label, room.saturating_sub(2)));
    buffer.set_stringn(x + 1, y, &up, width.saturating_sub(1) as usize, theme.dim());
    let start = placed.outer.right().saturating_sub(right.width() as u16 + 1);
    buffer.set_string(start, y, right, theme.dim());
}

/// The label without the words at its end that have no room, such as its symbol and unit, and without
/// what follows its last comma then; the first word is cut if even that has no room.
fn without_last_words(label: &str, room: usize) -> String {
    let mut kept = label;
    while kept.width() > room {
        match kept.rsplit_once(' ') {
            Some((before, _)) => kept = before,
            None => return cut(kept, room),
        }
    }
    let whole = kept.len() == label.len();
    let kept = kept.rsplit_once(", ").filter(|_| !whole).map_or(kept, |(before, _)| before);
    kept.trim_end_matches(',').into()
}

fn below(placed: &Placed<'_>, bottom: u16, theme: &Theme, buffer: &mut Buffer) {
    let outer = placed.outer;
    let lines = if placed.staggered { 2 } else { 1 };
    let mut free = [outer.x; 2];
    for (i, tick) in ticks::horizontal(placed.figure, placed.inner.width).iter().enumerate() {
        let share = (placed.figure.x.share(tick.at), 0.0);
        let Some((column, _)) = placed.cell(share) else { continue };
        let width = tick.text.width() as u16;
        let start = column.saturating_sub(width / 2).min(outer.right().saturating_sub(width));
        buffer.set_string(column, bottom, "┬", theme.dim());
        let (line, row) = (i % lines, bottom + 1 + (i % lines) as u16);
        if start >= free[line] && row < outer.bottom() {
            buffer.set_string(start, row, &tick.text, theme.dim());
            free[line] = start + width + 1;
        }
    }
}
