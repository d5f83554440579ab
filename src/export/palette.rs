//! Colours: Okabe and Ito's for the roles, greys for the frame.

use crate::figure::{Cell, Role};
use crate::transfer::Verdict;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

pub(super) const PAPER: Colour = [0xff, 0xff, 0xff];
pub(super) const INK: Colour = [0x22, 0x22, 0x22];
pub(super) const FAINT_INK: Colour = [0x59, 0x59, 0x59];
pub(super) const FRAME: Colour = [0x59, 0x59, 0x59];
pub(super) const HATCH: Colour = [0xb0, 0xb0, 0xb0];
/// The minus signs of cells that hurt.
pub(super) const MINUS: Colour = [0x70, 0x30, 0x00];
pub(super) const GRID: Colour = [0xe8, 0xe8, 0xe8];

const SERIES: [Colour; 7] = [
    [0x00, 0x72, 0xb2],
    [0xd5, 0x5e, 0x00],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0xe6, 0x9f, 0x00],
    [0x56, 0xb4, 0xe9],
    [0x00, 0x00, 0x00],
];
const HELPS: Colour = [0x00, 0x72, 0xb2];
const HURTS: Colour = [0xd5, 0x5e, 0x00];
const NO_DIFFERENCE: Colour = [0xf0, 0xf0, 0xf0];
/// How much of its colour the lightest cell with a verdict has.
const LIGHTEST: f64 = 0.22;

/// The colour of a role, as red, green and blue. Target and measured share one, for they never
/// stand in the same figure.
pub fn colour(role: Role) -> [u8; 3] {
    match role {
        Role::Target | Role::Measured => [0x00, 0x72, 0xb2],
        Role::Source => [0xd5, 0x5e, 0x00],
        Role::Shared => [0x00, 0x9e, 0x73],
        Role::Theory => [0x33, 0x33, 0x33],
        Role::Here => [0xcc, 0x79, 0xa7],
        Role::Reference => [0x80, 0x80, 0x80],
        Role::Series(series) => SERIES[usize::from(series) % SERIES.len()],
    }
}

/// The colour of a cell.
pub(super) fn ground(cell: &Cell) -> Colour {
    shade(cell.verdict, cell.strength())
}

/// The colour of cells with a verdict, `strength` from 0 to 1.
pub(super) fn shade(verdict: Verdict, strength: f64) -> Colour {
    let share = LIGHTEST + (1.0 - LIGHTEST) * strength;
    match verdict {
        Verdict::Helps => mixed(HELPS, share),
        Verdict::Hurts => mixed(HURTS, share),
        Verdict::NoDifference => NO_DIFFERENCE,
    }
}

/// The colour of words on a ground: the one that stands out more.
pub(super) fn on(ground: Colour) -> Colour {
    let away = |colour: Colour| {
        let (a, b) = (luminance(ground), luminance(colour));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    if away(PAPER) > away(INK) { PAPER } else { INK }
}

/// Some of a colour, the rest paper.
fn mixed(colour: Colour, share: f64) -> Colour {
    [0, 1, 2].map(|part| {
        let (ink, paper) = (f64::from(colour[part]), f64::from(PAPER[part]));
        (paper + share * (ink - paper)).round() as u8
    })
}

/// Relative luminance, 0 to 1.
fn luminance(colour: Colour) -> f64 {
    let linear = |part: u8| (f64::from(part) / 255.0).powf(2.2);
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}
