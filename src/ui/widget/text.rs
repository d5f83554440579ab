//! Cutting and wrapping text.

use unicode_width::UnicodeWidthStr;

/// Cuts a text to the room available, with an ellipsis if it is too long.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shorter = kept.iter().collect::<String>() + "…";
        if shorter.width() <= room {
            return shorter;
        }
    }
    String::new()
}

/// A space at which lines are not broken.
const KEPT: char = '\u{a0}';

/// Wraps text as [`folded`] does, and keeps a number together with its percent sign and its ±.
pub(crate) fn folded_numbers(text: &str, width: usize) -> Vec<String> {
    let mut kept = text.to_owned();
    for together in ["n = ", " %", " ±", "± ", " rows", " trials", "= "] {
        kept = kept.replace(together, &together.replace(' ', &KEPT.to_string()));
    }
    folded(&kept, width).into_iter().map(|line| line.replace(KEPT, " ")).collect()
}

/// Wraps a list whose items are set off by commas, without breaking an item that fits.
pub(crate) fn items(text: &str, width: usize) -> Vec<String> {
    let kept: Vec<String> =
        text.split(", ").map(|item| item.replace(' ', &KEPT.to_string())).collect();
    let lines = folded(&kept.join(", "), width).into_iter();
    lines.map(|line| line.replace(KEPT, " ")).collect()
}

/// Wraps text to a width, breaking between words, and within words that are too long.
pub(crate) fn folded(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word = word.to_owned();
        match lines.last_mut() {
            Some(line) if line.is_empty() => {}
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(&word);
                continue;
            }
            _ => lines.push(String::new()),
        }
        while word.width() > width {
            let (mut end, mut columns) = (0, 0);
            for (at, c) in word.char_indices() {
                columns += c.to_string().width();
                if columns > width {
                    break;
                }
                end = at + c.len_utf8();
            }
            let rest = word.split_off(end.max(1).min(word.len()));
            if let Some(line) = lines.last_mut() {
                line.push_str(&word);
            }
            lines.push(String::new());
            word = rest;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_text_keeps_every_letter_and_no_line_is_too_long() {
        let text = "one two-three αβγδεζηθικλμνξοπρστ ts1:abcdefghijklmnopqrstuvwxyz end";
        for width in 1..40 {
            let lines = folded(text, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text), "{width}");
        }
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("seven ways", 6), "seven…");
        assert_eq!(cut("seven", 5), "seven");
        assert_eq!(cut("seven", 0), "");
    }
}
