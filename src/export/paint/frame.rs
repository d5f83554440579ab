//! Draws grid, axes, ticks, title and caption.

use super::super::layout::{Layout, Rect, TICK, TICK_GAP, TextBlock};
use super::super::palette::{Colour, FAINT_INK, FRAME, GRID, INK};
use crate::export::canvas::{Canvas, Type};
use crate::figure::{Anchor, Axis, Tick};

/// Height of a capital letter.
const CAPITAL: f64 = 0.73;
/// Smallest distance of tick labels from the edges of the image.
const EDGE: f64 = 0.2;

/// Draws light rules at the ticks.
pub(super) fn grid(layout: &Layout, canvas: &mut Canvas<'_>) {
    let plot = layout.plot;
    let half = 0.035 * layout.em;
    for x in columns(layout) {
        canvas.rect(&Rect { left: x - half, right: x + half, ..plot }, GRID);
    }
    for y in rows(layout) {
        canvas.rect(&Rect { top: y - half, bottom: y + half, ..plot }, GRID);
    }
}

/// Draws both axes with ticks, values and labels.
pub(super) fn axes(layout: &Layout, canvas: &mut Canvas<'_>) {
    let (plot, em) = (layout.plot, layout.em);
    let half = 0.04 * em;
    canvas.rect(
        &Rect {
            right: plot.left + half,
            left: plot.left - half,
            bottom: plot.bottom + half,
            ..plot
        },
        FRAME,
    );
    canvas.rect(&Rect { top: plot.bottom - half, bottom: plot.bottom + half, ..plot }, FRAME);
    let value = |anchor| Type { em, colour: INK, anchor, upright: false };
    for (x, tick) in columns(layout).zip(&layout.x.ticks) {
        canvas.rect(
            &Rect {
                left: x - half,
                right: x + half,
                top: plot.bottom,
                bottom: plot.bottom + TICK * em,
            },
            FRAME,
        );
        let top = plot.bottom + (TICK + TICK_GAP) * em;
        if layout.x.upright {
            let style = Type { upright: true, ..value(Anchor::End) };
            canvas.text(&tick.text, (x + CAPITAL / 2.0 * em, top), style);
        } else {
            let half = canvas.length(&tick.text, em) / 2.0 + EDGE * em;
            let x = x.min(layout.image.right - half).max(layout.image.left + half);
            canvas.text(&tick.text, (x, top + CAPITAL * em), value(Anchor::Middle));
        }
    }
    for (y, tick) in rows(layout).zip(&layout.y.ticks) {
        canvas.rect(
            &Rect {
                left: plot.left - TICK * em,
                right: plot.left,
                top: y - half,
                bottom: y + half,
            },
            FRAME,
        );
        let end = (plot.left - (TICK + TICK_GAP) * em, y + CAPITAL / 2.0 * em);
        canvas.text(&tick.text, end, value(Anchor::End));
    }
    label(layout, canvas);
}

/// Draws the axis labels at the middle of their axes, or as near to it as there is room.
fn label(layout: &Layout, canvas: &mut Canvas<'_>) {
    let (plot, axes, em) = (layout.plot, layout.axes, layout.em);
    let style = |em| Type { em, colour: INK, anchor: Anchor::Middle, upright: false };
    let half = canvas.length(&layout.x.label, layout.x.em) / 2.0;
    let middle = ((plot.left + plot.right) / 2.0).min(axes.right - half).max(axes.left + half);
    canvas.text(&layout.x.label, (middle, axes.bottom - 0.3 * em), style(layout.x.em));
    let half = canvas.length(&layout.y.label, layout.y.em) / 2.0;
    let middle = ((plot.top + plot.bottom) / 2.0).min(axes.bottom - half).max(plot.top + half);
    let upright = Type { upright: true, ..style(layout.y.em) };
    canvas.text(&layout.y.label, (axes.left + 0.8 * em, middle), upright);
}

/// Draws title and caption.
pub(super) fn words(layout: &Layout, canvas: &mut Canvas<'_>) {
    block(&layout.title, INK, canvas);
    block(&layout.caption, FAINT_INK, canvas);
}

fn block(words: &TextBlock, colour: Colour, canvas: &mut Canvas<'_>) {
    let style = Type { em: words.em, colour, anchor: Anchor::Start, upright: false };
    let step = words.area.height() / words.lines.len().max(1) as f64;
    for (i, line) in words.lines.iter().enumerate() {
        let baseline = words.area.top + i as f64 * step + words.em;
        canvas.text(line, (words.area.left, baseline), style);
    }
}

fn columns(layout: &Layout) -> impl Iterator<Item = f64> {
    let data = layout.data;
    shares(&layout.sides.across, &layout.x.ticks).map(move |share| data.left + share * data.width())
}

fn rows(layout: &Layout) -> impl Iterator<Item = f64> {
    let data = layout.data;
    shares(&layout.sides.up, &layout.y.ticks).map(move |share| data.bottom - share * data.height())
}

fn shares(axis: &Axis, ticks: &[Tick]) -> impl Iterator<Item = f64> {
    ticks.iter().map(|tick| axis.share(tick.at).clamp(0.0, 1.0))
}
