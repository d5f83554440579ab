//! A sheet as text with colour escape sequences (ECMA-48, SGR).

use crate::figure::Sheet;
use crate::figure::sheet::{Glyph, Ink};

/// Lines of text; each begins and ends in the terminal's own colours.
pub(super) fn text(sheet: &Sheet) -> String {
    sheet.rows().map(line).collect()
}

fn line(row: &[Glyph]) -> String {
    let blank = |glyph: &Glyph| {
        glyph.text.trim().is_empty()
            && glyph.paper == Ink::Own
            && !glyph.reversed
            && !glyph.underlined
    };
    let seen = row.iter().rposition(|glyph| !blank(glyph)).map_or(0, |last| last + 1);
    let plain = codes(&Glyph::default());
    let (mut text, mut now) = (String::new(), plain.clone());
    for glyph in &row[..seen] {
        let codes = codes(glyph);
        if codes != now {
            text += &format!("\x1b[0{codes}m");
            now = codes;
        }
        text += &glyph.text;
    }
    if now != plain {
        text += "\x1b[0m";
    }
    text + "\n"
}

/// The codes of a cell, after the code that resets everything.
fn codes(glyph: &Glyph) -> String {
    let mut codes = String::new();
    let marks = [(glyph.bold, 1), (glyph.faint, 2), (glyph.underlined, 4), (glyph.reversed, 7)];
    for (_, code) in marks.iter().filter(|(is, _)| *is) {
        codes += &format!(";{code}");
    }
    codes += &colour(glyph.ink, 30);
    codes + &colour(glyph.paper, 40)
}

/// The code of a colour; `first` is the code of colour 0 of the sixteen.
fn colour(ink: Ink, first: u8) -> String {
    match ink {
        Ink::Own => String::new(),
        Ink::Indexed(index @ 0..8) => format!(";{}", first + index),
        Ink::Indexed(index @ 8..16) => format!(";{}", first + 52 + index),
        Ink::Indexed(index) => format!(";{};5;{index}", first + 8),
        Ink::Rgb([red, green, blue]) => format!(";{};2;{red};{green};{blue}", first + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bright_colours_begin_at_ninety_and_a_hundred() {
        assert_eq!(colour(Ink::Indexed(7), 30), ";37");
        assert_eq!(colour(Ink::Indexed(8), 30), ";90");
        assert_eq!(colour(Ink::Indexed(15), 40), ";107");
        assert_eq!(colour(Ink::Indexed(16), 40), ";48;5;16");
        assert_eq!(colour(Ink::Rgb([1, 2, 3]), 30), ";38;2;1;2;3");
    }

    #[test]
    fn a_line_ends_with_what_is_seen_of_it_and_in_plain_colours() {
        let letter = |text: &str, paper| Glyph { text: text.into(), paper, ..Glyph::default() };
        let row = [letter("a", Ink::Own), letter(" ", Ink::Indexed(1)), letter(" ", Ink::Own)];
        assert_eq!(line(&row), "a\x1b[0;41m \x1b[0m\n");
        assert_eq!(line(&row[2..]), "\n");
    }
}
