//! Draws the symbols of points, and the white rims that separate them.

use super::super::palette::{Colour, PAPER};
use super::super::path::Point;
use crate::export::canvas::Canvas;
use crate::figure::Symbol;

/// Sizes in heights of the text, chosen so that all symbols look equally large.
pub(super) const DISC: f64 = 0.24;
const TRIANGLE: f64 = 0.34;
const SQUARE: f64 = 0.215;
const DIAMOND: f64 = 0.315;
const CROSS: f64 = 0.27;
const PLUS: f64 = 0.29;
const RING: f64 = 0.42;
/// Half the stroke width of a cross.
const STROKE: f64 = 0.075;
const RIM: f64 = 0.07;

/// Draws a white rim, which separates symbols from lines and from each other.
pub(super) fn rim(symbol: Symbol, at: Point, em: f64, canvas: &mut Canvas<'_>) {
    let rim = RIM * em;
    match symbol {
        Symbol::Disc => canvas.disc(at, DISC * em + rim, PAPER),
        Symbol::Ring => canvas.disc(at, RING * em + rim, PAPER),
        Symbol::Triangle => canvas.polygon(&triangle(at, TRIANGLE * em + 2.0 * rim), PAPER),
        Symbol::TriangleDown => canvas.polygon(&triangle(at, -TRIANGLE * em - 2.0 * rim), PAPER),
        Symbol::Square => canvas.polygon(&square(at, SQUARE * em + rim), PAPER),
        Symbol::Diamond => canvas.polygon(&diamond(at, DIAMOND * em + 1.4 * rim), PAPER),
        Symbol::Cross => cross(at, CROSS * em + 0.7 * rim, STROKE * em + 0.7 * rim, PAPER, canvas),
        Symbol::Plus => plus(at, PLUS * em + rim, STROKE * em + 0.7 * rim, PAPER, canvas),
    }
}

/// Draws a symbol.
pub(super) fn draw(symbol: Symbol, at: Point, em: f64, colour: Colour, canvas: &mut Canvas<'_>) {
    match symbol {
        Symbol::Disc => canvas.disc(at, DISC * em, colour),
        Symbol::Triangle => canvas.polygon(&triangle(at, TRIANGLE * em), colour),
        Symbol::TriangleDown => canvas.polygon(&triangle(at, -TRIANGLE * em), colour),
        Symbol::Square => canvas.polygon(&square(at, SQUARE * em), colour),
        Symbol::Diamond => canvas.polygon(&diamond(at, DIAMOND * em), colour),
        Symbol::Cross => cross(at, CROSS * em, STROKE * em, colour, canvas),
        Symbol::Plus => plus(at, PLUS * em, STROKE * em, colour, canvas),
        Symbol::Ring => {
            canvas.disc(at, RING * em, colour);
            canvas.disc(at, 0.74 * RING * em, PAPER);
            canvas.disc(at, 0.42 * RING * em, colour);
        }
    }
}

/// A triangle that points up, or down for a negative size.
fn triangle((x, y): Point, size: f64) -> [Point; 3] {
    let (across, down) = (0.866 * size, 0.5 * size);
    [(x, y - size), (x + across, y + down), (x - across, y + down)]
}

fn square((x, y): Point, half: f64) -> [Point; 4] {
    [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
}

fn diamond((x, y): Point, half: f64) -> [Point; 4] {
    [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
}

/// Draws an upright cross.
fn plus((x, y): Point, reach: f64, half: f64, colour: Colour, canvas: &mut Canvas<'_>) {
    for (across, down) in [(reach, half), (half, reach)] {
        let (left, right, top, bottom) = (x - across, x + across, y - down, y + down);
        canvas.polygon(&[(left, top), (right, top), (right, bottom), (left, bottom)], colour);
    }
}

/// Draws two crossing diagonal bars.
fn cross((x, y): Point, reach: f64, half: f64, colour: Colour, canvas: &mut Canvas<'_>) {
    let (long, wide) = (0.95 * reach, 0.707 * half);
    for sign in [1.0, -1.0] {
        let end = |along: f64, across: f64| {
            (x + along * long + across * wide, y + sign * (along * long - across * wide))
        };
        let corners = [end(-1.0, -1.0), end(-1.0, 1.0), end(1.0, 1.0), end(1.0, -1.0)];
        canvas.polygon(&corners, colour);
    }
}
