//! The same wave drawn with each kind of marks.

/// Columns and rows of the wave.
const SIZE: (usize, usize) = (48, 3);

/// The name of each kind of marks and its wave as rows of characters.
pub(super) fn all() -> [(&'static str, Vec<String>); 3] {
    [
        ("braille", wave((2, 4), braille)),
        ("blocks", wave((1, 2), block)),
        ("ascii", wave((1, 1), ascii)),
    ]
}

/// A wave of `across` × `down` dots per cell, each cell drawn as one character by `cell`.
fn wave(
    (across, down): (usize, usize),
    cell: fn(&dyn Fn(usize, usize) -> bool) -> char,
) -> Vec<String> {
    let (columns, rows) = SIZE;
    let (width, height) = (columns * across, rows * down);
    let level = |x: usize| {
        let phase = 4.0 * std::f64::consts::PI * x as f64 / width as f64;
        ((1.0 - phase.sin()) / 2.0 * (height - 1) as f64).round() as usize
    };
    let row = |row: usize| {
        let column = |column: usize| {
            cell(&|x, y| {
                let (x, y) = (column * across + x, row * down + y);
                let (one, next) = (level(x), level((x + 1).min(width - 1)));
                y == one || (one.min(next) + 1..one.max(next)).contains(&y)
            })
        };
        (0..columns).map(column).collect::<String>().trim_end().to_owned()
    };
    (0..rows).map(row).collect()
}

fn braille(dot: &dyn Fn(usize, usize) -> bool) -> char {
    const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    let dots = (0..2).flat_map(|x| (0..4).map(move |y| (x, y)));
    let bits = dots.filter(|(x, y)| dot(*x, *y)).map(|(x, y)| BITS[x][y]).sum::<u32>();
    if bits == 0 { ' ' } else { char::from_u32(0x2800 + bits).unwrap_or(' ') }
}

fn block(dot: &dyn Fn(usize, usize) -> bool) -> char {
    match (dot(0, 0), dot(0, 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

fn ascii(dot: &dyn Fn(usize, usize) -> bool) -> char {
    if dot(0, 0) { '*' } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_have_the_same_size_and_the_characters_of_their_kind() {
        let [(_, braille), (_, blocks), (_, ascii)] = all();
        let only = |rows: &[String], allowed: fn(char) -> bool| {
            rows.len() == SIZE.1
                && rows.iter().all(|row| row.chars().count() <= SIZE.0)
                && rows.iter().any(|row| !row.is_empty())
                && rows.iter().flat_map(|row| row.chars()).all(|c| c == ' ' || allowed(c))
        };
        assert!(only(&braille, |c| ('\u{2801}'..='\u{28ff}').contains(&c)));
        assert!(only(&blocks, |c| "█▀▄".contains(c)));
        assert!(only(&ascii, |c| c == '*'));
    }
}
