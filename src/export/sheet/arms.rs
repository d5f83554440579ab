//! Box-drawing characters as rules from the middle of a cell to its edges.

use super::super::layout::Rect;
use crate::export::sheet::grid::{ACROSS, DOWN};

/// Arms of U+2500 to U+257F in the order up, right, down, left: 0 none, 1 light, 2 heavy,
/// 3 double. Dashed, round and diagonal characters have none.
const ARMS: [&str; 128] = [
    "0101", "0202", "1010", "2020", "", "", "", "", "", "", "", "", "0110", "0210", "0120", "0220",
    "0011", "0012", "0021", "0022", "1100", "1200", "2100", "2200", "1001", "1002", "2001", "2002",
    "1110", "1210", "2110", "1120", "2120", "2210", "1220", "2220", "1011", "1012", "2011", "1021",
    "2021", "2012", "1022", "2022", "0111", "0112", "0211", "0212", "0121", "0122", "0221", "0222",
    "1101", "1102", "1201", "1202", "2101", "2102", "2201", "2202", "1111", "1112", "1211", "1212",
    "2111", "1121", "2121", "2112", "2211", "1122", "1221", "2212", "1222", "2122", "2221", "2222",
    "", "", "", "", "0303", "3030", "0310", "0130", "0330", "0013", "0031", "0033", "1300", "3100",
    "3300", "1003", "3001", "3003", "1310", "3130", "3330", "1013", "3031", "3033", "0313", "0131",
    "0333", "1303", "3101", "3303", "1313", "3131", "3333", "", "", "", "", "", "", "", "0001",
    "1000", "0100", "0010", "0002", "2000", "0200", "0020", "0201", "1020", "0102", "2010",
];

/// Half the width of a light rule, and of each half of a double rule.
pub(super) const LIGHT: f64 = 0.5;
/// Half the width of a heavy rule.
pub(super) const HEAVY: f64 = 1.0;
/// Distance of each half of a double rule from the middle.
const RAIL: f64 = 1.5;

#[derive(Clone, Copy, PartialEq)]
enum Arm {
    None,
    /// A single rule of the given half width.
    Single(f64),
    Double,
}

/// The rules of a box-drawing character in a cell; `None` for other characters.
pub(super) fn rules(character: char) -> Option<Vec<Rect>> {
    let place = u32::from(character).checked_sub(0x2500)?;
    let arms = ARMS.get(place as usize).filter(|arms| !arms.is_empty())?.as_bytes();
    let arm = |i: usize| match arms.get(i % 4) {
        Some(b'1') => Arm::Single(LIGHT),
        Some(b'2') => Arm::Single(HEAVY),
        Some(b'3') => Arm::Double,
        _ => Arm::None,
    };
    let mut rules = Vec::new();
    for side in 0..4 {
        let (before, opposite, after) = (arm(side + 3), arm(side + 2), arm(side + 1));
        let rule = |aside: f64, half: f64, start: f64| outward(side, aside, half, start);
        match arm(side) {
            Arm::None => {}
            Arm::Single(half) => rules.push(rule(0.0, half, start(before, after, opposite))),
            Arm::Double => {
                rules.push(rule(-RAIL, LIGHT, rail(before, after, opposite)));
                rules.push(rule(RAIL, LIGHT, rail(after, before, opposite)));
            }
        }
    }
    Some(rules)
}

/// Start of a single rule, measured outward from the middle.
fn start(before: Arm, after: Arm, opposite: Arm) -> f64 {
    match (before, after) {
        (Arm::Double, _) | (_, Arm::Double) if opposite != Arm::None => 0.0,
        (Arm::Double, Arm::Double) => RAIL,
        (Arm::Double, _) | (_, Arm::Double) => -RAIL - LIGHT,
        _ => -half(before).max(half(after)),
    }
}

/// Start of one half of a double rule; `near` is the arm on its side.
fn rail(near: Arm, far: Arm, opposite: Arm) -> f64 {
    match (near, far) {
        (Arm::Double, _) => RAIL - LIGHT,
        _ if opposite != Arm::None => 0.0,
        (_, Arm::Double) => -RAIL - LIGHT,
        _ => -half(near).max(half(far)),
    }
}

fn half(arm: Arm) -> f64 {
    if let Arm::Single(half) = arm { half } else { 0.0 }
}

/// The rule from `start` to the edge `side`: up, right, down, left. `aside` is its offset to the
/// right, seen outward.
fn outward(side: usize, aside: f64, half: f64, start: f64) -> Rect {
    let (x, y) = (ACROSS / 2.0, DOWN / 2.0);
    match side {
        0 => Rect { left: x + aside - half, right: x + aside + half, top: 0.0, bottom: y - start },
        1 => {
            Rect { left: x + start, right: ACROSS, top: y + aside - half, bottom: y + aside + half }
        }
        2 => Rect { left: x - aside - half, right: x - aside + half, top: y + start, bottom: DOWN },
        _ => Rect { left: 0.0, right: x - start, top: y - aside - half, bottom: y - aside + half },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns true if a rule of the character covers the point.
    fn covers(character: char, (x, y): (f64, f64)) -> bool {
        let inside = |rule: &Rect| {
            (rule.left..=rule.right).contains(&x) && (rule.top..=rule.bottom).contains(&y)
        };
        rules(character).unwrap().iter().any(inside)
    }

    #[test]
    fn rules_reach_the_edges_where_the_next_cell_goes_on() {
        for (character, edges) in
            [('┌', [false, true, true, false]), ('┼', [true; 4]), ('━', [false, true, false, true])]
        {
            let places = [(5.0, 0.0), (10.0, 10.0), (5.0, 20.0), (0.0, 10.0)];
            assert_eq!(places.map(|place| covers(character, place)), edges, "{character}");
        }
    }

    #[test]
    fn the_corner_of_a_double_frame_is_closed_outside_and_open_between() {
        assert!(covers('╔', (3.2, 8.2)));
        assert!(!covers('╔', (5.0, 10.0)));
        assert!(covers('╔', (6.8, 11.8)));
        assert!(!covers('╔', (3.2, 7.0)));
        assert!(covers('╬', (3.5, 2.0)) && !covers('╬', (5.0, 10.0)));
    }

    #[test]
    fn a_single_rule_meets_the_nearer_of_two() {
        assert!(covers('╟', (7.0, 10.0)) && !covers('╟', (5.0, 10.0)));
        assert!(covers('╫', (5.0, 10.0)));
    }
}
