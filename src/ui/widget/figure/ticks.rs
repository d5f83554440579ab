//! Ticks for the rows and columns of the terminal.

use crate::figure::{Figure, Tick, TickFormat};
use crate::ui::widget::text::cut;

/// Ticks for a figure that is `height` rows high: names in every row, values further apart.
pub(super) fn vertical(figure: &Figure, height: u16) -> Vec<Tick> {
    let most = match figure.y.format {
        TickFormat::Names(_) => height.saturating_sub(3),
        _ => (height / 3).clamp(2, 8),
    };
    figure.y.ticks(usize::from(most))
}

/// Ticks for a figure that is `width` columns wide; names are cut to fit.
pub(super) fn horizontal(figure: &Figure, width: u16) -> Vec<Tick> {
    if !matches!(figure.x.format, TickFormat::Names(_)) {
        return figure.x.ticks((width / 8).clamp(2, 9).into());
    }
    let mut ticks = figure.x.ticks((width / 4).max(2).into());
    let apart =
        ticks.windows(2).map(|pair| figure.x.share(pair[1].at) - figure.x.share(pair[0].at));
    let room = apart.fold(1.0, f64::min) * f64::from(width);
    ticks.iter_mut().for_each(|tick| tick.text = cut(&tick.text, (room as usize).max(2) - 1));
    ticks
}
