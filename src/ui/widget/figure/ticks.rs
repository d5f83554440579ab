//! Ticks for the rows and columns of the terminal.

use unicode_width::UnicodeWidthStr;

use crate::figure::{Figure, Tick, TickFormat};
use crate::ui::widget::text::cut;

/// Ticks that a vertical axis has where there is room, to tell its scale.
const FEWEST: usize = 3;
/// Letters that a name keeps where there is little room.
const LEGIBLE: usize = 3;

/// Ticks for a figure that is `height` rows high: names in every row, values further apart.
pub(super) fn vertical(figure: &Figure, height: u16) -> Vec<Tick> {
    let rows = usize::from(height.saturating_sub(3));
    if matches!(figure.y.format, TickFormat::Names(_)) {
        return figure.y.ticks(rows);
    }
    let most = usize::from((height / 3).clamp(2, 8));
    let ticks = |most: usize| figure.y.ticks(most);
    (most..=rows).map(ticks).find(|ticks| ticks.len() >= FEWEST).unwrap_or_else(|| ticks(most))
}

/// Ticks for a figure that is `width` columns wide; names are cut to fit.
pub(super) fn horizontal(figure: &Figure, width: u16) -> Vec<Tick> {
    if !matches!(figure.x.format, TickFormat::Names(_)) {
        return figure.x.ticks((width / 8).clamp(2, 9).into());
    }
    let mut ticks = named(figure, width);
    let lines = if are_staggered(figure, width) { 2 } else { 1 };
    let room = lines * apart(figure, &ticks, width);
    ticks.iter_mut().for_each(|tick| tick.text = cut(&tick.text, room.max(2) - 1));
    ticks
}

/// Returns true if the names below a figure fit on two lines in turn but not on one.
pub(super) fn are_staggered(figure: &Figure, width: u16) -> bool {
    if !matches!(figure.x.format, TickFormat::Names(_)) {
        return false;
    }
    let ticks = named(figure, width);
    let widest = ticks.iter().map(|tick| tick.text.width()).max().unwrap_or(0);
    let room = apart(figure, &ticks, width);
    ticks.len() > 2 && (room..2 * room).contains(&widest)
}

fn named(figure: &Figure, width: u16) -> Vec<Tick> {
    let all = figure.x.ticks(usize::MAX);
    let widest = all.iter().map(|tick| tick.text.width()).max().unwrap_or(0);
    figure.x.ticks((usize::from(width) / (widest.min(LEGIBLE) + 1)).max(2))
}

/// Columns from one tick to the next.
fn apart(figure: &Figure, ticks: &[Tick], width: u16) -> usize {
    let shares =
        ticks.windows(2).map(|pair| figure.x.share(pair[1].at) - figure.x.share(pair[0].at));
    (shares.fold(1.0, f64::min) * f64::from(width)) as usize
}
