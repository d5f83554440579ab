//! A screen of character cells with their colours, as a terminal shows it.

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// The sixteen terminal colours of xterm, dark ones first.
const SIXTEEN: [Rgb; 16] = [
    [0x00, 0x00, 0x00],
    [0xcd, 0x00, 0x00],
    [0x00, 0xcd, 0x00],
    [0xcd, 0xcd, 0x00],
    [0x00, 0x00, 0xee],
    [0xcd, 0x00, 0xcd],
    [0x00, 0xcd, 0xcd],
    [0xe5, 0xe5, 0xe5],
    [0x7f, 0x7f, 0x7f],
    [0xff, 0x00, 0x00],
    [0x00, 0xff, 0x00],
    [0xff, 0xff, 0x00],
    [0x5c, 0x5c, 0xff],
    [0xff, 0x00, 0xff],
    [0x00, 0xff, 0xff],
    [0xff, 0xff, 0xff],
];

/// The colour of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// The terminal's default foreground or background.
    #[default]
    Own,
    /// One of 256 colours; the first sixteen are the terminal's palette.
    Indexed(u8),
    /// A 24-bit colour.
    Rgb(Rgb),
}

/// A character cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glyph {
    /// Its text; empty in cells that a wide character covers.
    pub text: String,
    /// Columns it covers: 1; 2 for a wide character, and 0 for the cell behind it.
    pub columns: u8,
    /// The foreground colour.
    pub ink: Ink,
    /// The background colour.
    pub paper: Ink,
    /// True if it is bold.
    pub bold: bool,
    /// True if it is faint.
    pub faint: bool,
    /// True if it is underlined.
    pub underlined: bool,
    /// True if foreground and background are swapped.
    pub reversed: bool,
}

/// A rectangle of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// A description of the screen, one line.
    pub title: String,
    /// Number of columns.
    pub columns: u16,
    /// The cells in row-major order.
    pub cells: Vec<Glyph>,
    /// The default foreground colour.
    pub ink: Rgb,
    /// The default background colour.
    pub paper: Rgb,
}

impl Ink {
    /// Returns red, green and blue; `own` for the default colour.
    pub fn rgb(self, own: Rgb) -> Rgb {
        match self {
            Self::Own => own,
            Self::Indexed(index) => indexed(index),
            Self::Rgb(rgb) => rgb,
        }
    }
}

impl Glyph {
    /// Returns true if only the background of the cell is visible.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c == ' ' || c == '\u{2800}') && !self.underlined
    }
}

impl Sheet {
    /// Iterates over the rows from the top.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Glyph]> {
        self.cells.chunks_exact(usize::from(self.columns.max(1)))
    }

    /// Returns the visible foreground and background colours of a cell.
    pub fn colours(&self, glyph: &Glyph) -> (Rgb, Rgb) {
        let (mut ink, mut paper) = (glyph.ink.rgb(self.ink), glyph.paper.rgb(self.paper));
        if glyph.reversed {
            std::mem::swap(&mut ink, &mut paper);
        }
        if glyph.faint {
            ink = [0, 1, 2].map(|i| ((3 * u16::from(ink[i]) + 2 * u16::from(paper[i])) / 5) as u8);
        }
        (ink, paper)
    }
}

/// One of 256 colours: sixteen of the palette, 6 × 6 × 6, and 24 greys.
fn indexed(index: u8) -> Rgb {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        0..16 => SIXTEEN[usize::from(index)],
        16..232 => {
            let n = index - 16;
            [level(n / 36), level(n / 6 % 6), level(n % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_256_colours_are_a_palette_a_cube_and_greys() {
        assert_eq!(Ink::Indexed(9).rgb([0; 3]), [255, 0, 0]);
        assert_eq!(Ink::Indexed(16).rgb([1; 3]), [0, 0, 0]);
        assert_eq!(Ink::Indexed(231).rgb([0; 3]), [255, 255, 255]);
        assert_eq!(Ink::Indexed(172).rgb([0; 3]), [215, 135, 0]);
        assert_eq!(Ink::Indexed(255).rgb([0; 3]), [238, 238, 238]);
        assert_eq!(Ink::Own.rgb([1, 2, 3]), [1, 2, 3]);
    }

    #[test]
    fn a_reversed_cell_has_the_ground_for_its_letter() {
        let sheet =
            Sheet { title: String::new(), columns: 1, cells: vec![], ink: [9; 3], paper: [1; 3] };
        let glyph = Glyph { ink: Ink::Indexed(9), reversed: true, ..Glyph::default() };
        assert_eq!(sheet.colours(&glyph), ([1; 3], [255, 0, 0]));
    }
}
