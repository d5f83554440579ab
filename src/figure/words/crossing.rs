//! Sign changes of a gain, in words.

use super::{number_of, numbers_of, value_of, with_unit};
use crate::math::stats::LEVEL;
use crate::scenario::{Handle, Scenario};
use crate::study::crossing::Crossing;

/// What a measured change of sign is called.
pub const BREAK_EVEN: &str = "measured break-even";

/// Describes a measured break-even in a sentence for a caption, without the path of the knob:
/// `Measured break-even from help to hurt at an angle of θ of the source of 29.3°`.
pub fn break_even_sentence(scenario: &Scenario, handle: Handle, crossing: &Crossing) -> String {
    let words = self::crossing(scenario, handle, crossing);
    let path = handle.path(scenario.draft());
    let quantity = super::quantity(scenario.draft(), handle);
    let (lead, at) = match is_between(handle, crossing) {
        true => (format!(" between {path} "), format!(" between {quantity} ")),
        false => (format!(" at {path} "), format!(" at {quantity} ")),
    };
    let words = words.replacen(&lead, &at, 1);
    words.replacen("measured break-even", "Measured break-even", 1)
}

/// Describes a measured break-even: `break-even from hurt to help at source.samples 187 rows (LEVEL:
/// 100 to 300; interpolated between 100 and 200)`; `between source.samples 100 and 200 rows` if the
/// gain surely has different signs there, or if these are neighbouring whole numbers.
pub fn crossing(scenario: &Scenario, handle: Handle, crossing: &Crossing) -> String {
    let (from, to) = if crossing.rises { ("hurt", "help") } else { ("help", "hurt") };
    let (a, b) = crossing.between;
    let points = match is_between(handle, crossing) {
        true => String::new(),
        false => {
            let (a, b) = grid(handle, a, b);
            format!("; interpolated between {a} and {b}")
        }
    };
    let interval = match (crossing.low, crossing.high) {
        _ if crossing.is_between_points() => String::new(),
        (None, None) => format!(" ({})", interval(handle, crossing)),
        _ => format!(" ({}{points})", interval(handle, crossing)),
    };
    let path = handle.path(scenario.draft());
    format!(
        "measured break-even from {from} to {to} {} {path} {}{interval}",
        at(handle, crossing),
        place(handle, crossing)
    )
}

/// Describes a measured break-even in short: `measured break-even at 187 rows`,
/// `measured break-even between 100 and 200 rows`.
pub fn break_even(handle: Handle, crossing: &Crossing) -> String {
    format!("{BREAK_EVEN} {} {}", at(handle, crossing), place(handle, crossing))
}

/// Describes measured break-evens in short, with their intervals:
/// `measured break-even at 31° (LEVEL: 30 to 33), at 149° (148 to 151)`.
pub fn break_evens(handle: Handle, crossings: &[&Crossing]) -> String {
    let (lead, level) = (format!("{BREAK_EVEN} "), format!("{LEVEL}: "));
    let later = |words: String| words.replacen(&lead, "", 1).replacen(&level, "", 1);
    let words = crossings.iter().map(|crossing| within(handle, crossing)).enumerate();
    let words = words.map(|(i, words)| if i == 0 { words } else { later(words) });
    words.collect::<Vec<_>>().join(", ")
}

/// A measured break-even with its interval, unless that is what it lies between.
fn within(handle: Handle, crossing: &Crossing) -> String {
    let words = break_even(handle, crossing);
    match crossing.is_between_points() {
        true => words,
        false => format!("{words} ({})", interval(handle, crossing)),
    }
}

/// The interval, between measured values: `LEVEL: 150 to 230`.
fn interval(handle: Handle, crossing: &Crossing) -> String {
    let near = |value| near(handle, value);
    match (crossing.low, crossing.high) {
        (Some(low), Some(high)) => {
            let (low, high) = ends(handle, low, high);
            format!("{LEVEL}: {low} to {high}")
        }
        (Some(low), None) => format!("{LEVEL}: above {}", near(low)),
        (None, Some(high)) => format!("{LEVEL}: below {}", near(high)),
        (None, None) => format!("{LEVEL}: anywhere in the range"),
    }
}

fn at(handle: Handle, crossing: &Crossing) -> &'static str {
    if is_between(handle, crossing) { "between" } else { "at" }
}

fn place(handle: Handle, crossing: &Crossing) -> String {
    if is_between(handle, crossing) {
        let (a, b) = grid(handle, crossing.between.0, crossing.between.1);
        format!("{a} and {}", with_unit(handle, b))
    } else {
        value_near(handle, crossing.at)
    }
}

/// Returns true if the break-even is stated by the measured values on both sides: because their gains
/// surely have different signs, or because there is no whole number between them.
fn is_between(handle: Handle, crossing: &Crossing) -> bool {
    let are_neighbours = handle.knob.whole && crossing.between.1 - crossing.between.0 < 1.5;
    are_neighbours || crossing.is_between_points()
}

/// An interpolated value, to three significant digits.
pub(super) fn value_near(handle: Handle, value: f64) -> String {
    value_of(handle, rounded(handle, value))
}

/// Two values of the grid in one notation: whole numbers to three significant digits, others with
/// all their digits.
fn grid(handle: Handle, a: f64, b: f64) -> (String, String) {
    if handle.knob.whole {
        return ends(handle, a, b);
    }
    let text = |value| handle.knob.text(super::legible(handle, value));
    (text(a), text(b))
}

fn near(handle: Handle, value: f64) -> String {
    number_of(handle, rounded(handle, value))
}

/// The ends of a range, to three significant digits, in one notation.
fn ends(handle: Handle, low: f64, high: f64) -> (String, String) {
    numbers_of(handle, rounded(handle, low), rounded(handle, high))
}

fn rounded(handle: Handle, value: f64) -> f64 {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    if handle.knob.whole { rounded.round() } else { rounded }
}
