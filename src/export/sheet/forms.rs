//! Characters drawn as shapes, because fonts leave seams between them: box drawing, block elements,
//! Braille.

use super::super::layout::Rect;
use super::arms::{HEAVY, LIGHT, rules};
use crate::export::sheet::grid::{ACROSS, DOWN};

/// A shape in a cell, in units of the drawing from the upper left corner of the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// A part of a cell that joins its neighbours without a seam, and its opacity.
    Block(Rect, f64),
    /// A rule or a dot.
    Rule(Rect),
    /// A quarter circle from the middle of a vertical edge to the middle of a horizontal one.
    Arc {
        /// True if it turns to the right.
        right: bool,
        /// True if it turns down.
        down: bool,
    },
}

/// The shapes of a character; `None` if the font draws it.
pub(super) fn forms(character: char) -> Option<Vec<Form>> {
    let rule = |rules: Vec<Rect>| rules.into_iter().map(Form::Rule).collect();
    match character {
        '╭' => Some(turn(true, true)),
        '╮' => Some(turn(false, true)),
        '╰' => Some(turn(true, false)),
        '╯' => Some(turn(false, false)),
        '\u{2500}'..='\u{257f}' => rules(character).or_else(|| dashes(character)).map(rule),
        '\u{2580}'..='\u{259f}' => block(character),
        '\u{2800}'..='\u{28ff}' => Some(rule(dots(u32::from(character) - 0x2800))),
        _ => None,
    }
}

/// A round corner with the rules to the edges of the cell.
fn turn(right: bool, down: bool) -> Vec<Form> {
    let middle = ACROSS / 2.0;
    let (top, bottom) = if down { (DOWN / 2.0 + middle, DOWN) } else { (0.0, DOWN / 2.0 - middle) };
    let rest = Rect { left: middle - LIGHT, right: middle + LIGHT, top, bottom };
    vec![Form::Arc { right, down }, Form::Rule(rest)]
}

/// Horizontal and vertical rules in two, three or four dashes.
fn dashes(character: char) -> Option<Vec<Rect>> {
    let (count, heavy, upright) = match character {
        '╌' => (2, false, false),
        '╍' => (2, true, false),
        '╎' => (2, false, true),
        '╏' => (2, true, true),
        '┄' => (3, false, false),
        '┅' => (3, true, false),
        '┆' => (3, false, true),
        '┇' => (3, true, true),
        '┈' => (4, false, false),
        '┉' => (4, true, false),
        '┊' => (4, false, true),
        '┋' => (4, true, true),
        _ => return None,
    };
    let half = if heavy { HEAVY } else { LIGHT };
    let length = if upright { DOWN } else { ACROSS } / f64::from(count);
    let dash = |i: i32| {
        let (start, end) = ((f64::from(i) + 0.2) * length, (f64::from(i) + 0.8) * length);
        let (x, y) = (ACROSS / 2.0, DOWN / 2.0);
        match upright {
            true => Rect { left: x - half, right: x + half, top: start, bottom: end },
            false => Rect { left: start, right: end, top: y - half, bottom: y + half },
        }
    };
    Some((0..count).map(dash).collect())
}

/// Block elements: eighths, halves, quarters, shades.
fn block(character: char) -> Option<Vec<Form>> {
    let part = |left: f64, top: f64, right: f64, bottom: f64| Rect {
        left: left * ACROSS,
        right: right * ACROSS,
        top: top * DOWN,
        bottom: bottom * DOWN,
    };
    let solid = |rect| vec![Form::Block(rect, 1.0)];
    let code = u32::from(character);
    Some(match character {
        '▀' => solid(part(0.0, 0.0, 1.0, 0.5)),
        '▁'..='█' => {
            let height = f64::from(code - 0x2580) / 8.0;
            solid(part(0.0, 1.0 - height, 1.0, 1.0))
        }
        '▉'..='▏' => solid(part(0.0, 0.0, f64::from(0x2590 - code) / 8.0, 1.0)),
        '▐' => solid(part(0.5, 0.0, 1.0, 1.0)),
        '░' | '▒' | '▓' => {
            let cover = f64::from(code - 0x2590) / 4.0;
            vec![Form::Block(part(0.0, 0.0, 1.0, 1.0), cover)]
        }
        '▔' => solid(part(0.0, 0.0, 1.0, 0.125)),
        '▕' => solid(part(0.875, 0.0, 1.0, 1.0)),
        _ => {
            // Upper left, upper right, lower left, lower right.
            const QUARTERS: [u8; 10] =
                [0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111];
            let quarters = QUARTERS.get((code - 0x2596) as usize)?;
            let places = [(0.0, 0.0, 8), (0.5, 0.0, 4), (0.0, 0.5, 2), (0.5, 0.5, 1)];
            let is = |place: &&(f64, f64, u8)| quarters & place.2 != 0;
            let form = |&(x, y, _): &(f64, f64, u8)| Form::Block(part(x, y, x + 0.5, y + 0.5), 1.0);
            places.iter().filter(is).map(form).collect()
        }
    })
}

/// The dots of a Braille character, evenly spaced across neighbouring cells.
fn dots(bits: u32) -> Vec<Rect> {
    const PLACES: [(f64, f64); 8] = [
        (0.0, 0.0),
        (0.0, 1.0),
        (0.0, 2.0),
        (1.0, 0.0),
        (1.0, 1.0),
        (1.0, 2.0),
        (0.0, 3.0),
        (1.0, 3.0),
    ];
    /// Half the side of a dot, as a share of the distance between dots.
    const HALF: f64 = 0.3;
    let (across, down) = (ACROSS / 2.0, DOWN / 4.0);
    let places = PLACES.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
    let dot = |(_, (x, y)): (usize, &(f64, f64))| Rect {
        left: (x + 0.5 - HALF) * across,
        right: (x + 0.5 + HALF) * across,
        top: (y + 0.5 - HALF) * down,
        bottom: (y + 0.5 + HALF) * down,
    };
    places.map(dot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(character: char) -> f64 {
        let area = |form: &Form| match form {
            Form::Block(rect, cover) => rect.width() * rect.height() * cover,
            _ => 0.0,
        };
        forms(character).unwrap().iter().map(area).sum::<f64>() / (ACROSS * DOWN)
    }

    #[test]
    fn block_elements_cover_as_much_of_the_cell_as_their_names_say() {
        let shares = [
            ('█', 1.0),
            ('▀', 0.5),
            ('▄', 0.5),
            ('▂', 0.25),
            ('▎', 0.25),
            ('▉', 0.875),
            ('▐', 0.5),
            ('░', 0.25),
            ('▓', 0.75),
            ('▕', 0.125),
            ('▖', 0.25),
            ('▞', 0.5),
            ('▟', 0.75),
        ];
        for (character, share) in shares {
            assert!((covered(character) - share).abs() < 1e-12, "{character}");
        }
    }

    #[test]
    fn every_character_of_the_three_ranges_is_drawn_but_for_the_slanting_ones() {
        for code in (0x2500..0x25a0).chain(0x2800..0x2900) {
            let character = char::from_u32(code).unwrap();
            let slants = ['╱', '╲', '╳'].contains(&character);
            assert_eq!(forms(character).is_none(), slants, "{character}");
        }
        assert_eq!(forms('a'), None);
    }

    #[test]
    fn braille_has_a_dot_for_each_bit() {
        assert_eq!(forms('⠀'), Some(Vec::new()));
        assert_eq!(forms('⣿').unwrap().len(), 8);
        let Some(Form::Rule(dot)) = forms('⢀').unwrap().pop() else { panic!() };
        assert!(dot.left > ACROSS / 2.0 && dot.top > DOWN * 0.75);
    }
}
