//! The bar beside cells: the gain that each shade stands for.

use super::super::layout::{Layout, Rect, TICK, TICK_GAP, bar};
use super::super::palette::{FRAME, INK};
use super::cells;
use crate::export::canvas::{Canvas, Type};
use crate::figure::{Anchor, Cell, Figure};
use crate::transfer::Verdict;

/// Number of steps of shade on either side of zero.
const STEPS: u32 = 24;
/// Height of a capital letter.
const CAPITAL: f64 = 0.73;

/// Draws the bar of a figure that has one.
pub(super) fn draw(figure: &Figure, layout: &Layout, canvas: &mut Canvas<'_>) {
    let em = layout.em;
    let Some(area) = bar::place(figure, &layout.plot, em) else { return };
    let middle = f64::midpoint(area.top, area.bottom);
    for verdict in [Verdict::Helps, Verdict::Hurts] {
        let end = if verdict == Verdict::Helps { area.top } else { area.bottom };
        let at = |step: u32| middle + (end - middle) * f64::from(step) / f64::from(STEPS);
        for step in 0..STEPS {
            let (one, other) = (at(step), at(step + 1));
            let part = Rect { top: one.min(other), bottom: one.max(other), ..area };
            let strength = (f64::from(step) + 0.5) / f64::from(STEPS);
            let ground = canvas.colours().ground(&Cell::new(strength, verdict));
            canvas.rect(&part, ground);
        }
        let half = Rect { top: end.min(middle), bottom: end.max(middle), ..area };
        let ground = canvas.colours().ground(&Cell::new(1.0, verdict));
        cells::hatched(&half, verdict, ground, em, canvas);
        if verdict == Verdict::Hurts && canvas.colours().hatch(verdict, ground).is_none() {
            for share in [0.25, 0.5, 0.75] {
                let y = half.top + share * half.height();
                let part = Rect { top: y - 0.5 * em, bottom: y + 0.5 * em, ..half };
                cells::minus(&part, em, canvas);
            }
        }
    }
    cells::rim(&area, em, canvas);
    let fitted = em.min(em * area.height() / canvas.length(bar::TITLE, em).max(1.0));
    let title = Type { em: fitted, colour: INK, anchor: Anchor::Middle, upright: true };
    let beside = bar::title(&layout.plot, em) - 0.2 * em;
    canvas.text(bar::TITLE, (beside, f64::midpoint(area.top, area.bottom)), title);
    let half = 0.04 * em;
    let right = area.right + TICK * em;
    for (share, text) in bar::TICKS {
        let y = area.bottom - share * area.height();
        canvas.rect(&Rect { left: area.right, right, top: y - half, bottom: y + half }, FRAME);
        let at = (right + TICK_GAP * em, y + CAPITAL / 2.0 * em);
        let style = Type { em, colour: INK, anchor: Anchor::Start, upright: false };
        canvas.text(text, at, style);
    }
}
