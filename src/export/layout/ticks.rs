//! Which ticks of an axis are written, so that their words do not touch.

use super::super::font::Font;
use crate::figure::{Axis, Tick};

/// Ticks beside an axis of some height.
pub(super) fn vertical(axis: &Axis, height: f64, em: f64) -> Vec<Tick> {
    spread(axis, height, 8, |_| 0.4 * em, 0.75 * em)
}

/// Ticks below an axis of some width.
pub(super) fn horizontal(axis: &Axis, width: f64, em: f64, font: &Font) -> Vec<Tick> {
    spread(axis, width, 10, |tick| font.length(&tick.text, em) / 2.0, 1.1 * em)
}

/// As many ticks as stand apart along an axis of some length, at most `most`; `half` is half the
/// size of a tick's words in that direction.
fn spread(
    axis: &Axis,
    length: f64,
    most: usize,
    half: impl Fn(&Tick) -> f64,
    apart: f64,
) -> Vec<Tick> {
    let clear = |a: &Tick, b: &Tick| {
        (axis.share(b.at) - axis.share(a.at)).abs() * length >= half(a) + half(b) + apart
    };
    let distinct = |ticks: &[Tick]| ticks.windows(2).all(|pair| pair[0].text != pair[1].text);
    let fitting = (2..=most)
        .rev()
        .map(|count| axis.ticks(count))
        .find(|ticks| ticks.windows(2).all(|pair| clear(&pair[0], &pair[1])) && distinct(ticks));
    fitting.unwrap_or_else(|| {
        let mut kept: Vec<Tick> = Vec::new();
        for tick in axis.ticks(2) {
            if kept.last().is_none_or(|last| clear(last, &tick) && last.text != tick.text) {
                kept.push(tick);
            }
        }
        kept
    })
}
