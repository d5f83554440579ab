//! Substitutes for characters that a terminal's font lacks: half blocks, or only ASCII.

use ratatui::buffer::Buffer;

use crate::app::settings::Marks;
use crate::text::{clean, is_hidden};

/// A character, its substitute without Braille, and its substitute in ASCII. Accented letters and
/// the symbols of Latin-1, such as ± and °, are kept.
const SIGNS: &[(&str, &str, &str)] = &[
    ("●", "•", "*"),
    ("•", "•", "."),
    ("◉", "O", "O"),
    ("▲", "▲", "^"),
    ("▼", "▼", "v"),
    ("■", "■", "#"),
    ("◆", "♦", "o"),
    ("✕", "x", "x"),
    ("✚", "+", "+"),
    ("✗", "x", "x"),
    ("▶", "►", ">"),
    ("▸", "►", ">"),
    ("‖", "|", "|"),
    ("…", ".", "."),
    ("−", "-", "-"),
    ("–", "-", "-"),
    ("→", "→", ">"),
    ("←", "←", "<"),
    ("↑", "↑", "^"),
    ("↓", "↓", "v"),
    ("╌", "≈", "~"),
    ("─", "─", "-"),
    ("│", "│", "|"),
    ("┌", "┌", "+"),
    ("┐", "┐", "+"),
    ("└", "└", "+"),
    ("┘", "┘", "+"),
    ("├", "├", "+"),
    ("┤", "┤", "+"),
    ("┬", "┬", "+"),
    ("┴", "┴", "+"),
    ("┼", "┼", "+"),
    ("╭", "┌", "+"),
    ("╮", "┐", "+"),
    ("╰", "└", "+"),
    ("╯", "┘", "+"),
    ("━", "═", "="),
    ("┃", "║", "|"),
    ("┏", "╔", "+"),
    ("┓", "╗", "+"),
    ("┗", "╚", "+"),
    ("┛", "╝", "+"),
    ("░", "░", "."),
    ("▒", "▒", ":"),
    ("▓", "▓", "%"),
    ("█", "█", "@"),
    ("▀", "▀", "\""),
    ("▄", "▄", "_"),
    ("≡", "≡", "="),
    ("≥", "≥", ">"),
    ("≤", "≤", "<"),
    ("≠", "#", "#"),
    ("≈", "≈", "~"),
    ("∠", "<", "<"),
    ("θ", "Θ", "t"),
    ("α", "α", "a"),
    ("κ", "K", "K"),
    ("σ", "σ", "s"),
    ("φ", "φ", "f"),
    ("τ", "τ", "T"),
    ("λ", "l", "l"),
    ("Σ", "Σ", "S"),
    ("ε", "ε", "e"),
    ("ρ", "r", "r"),
    ("δ", "δ", "d"),
    ("ᵀ", "'", "'"),
    ("π", "π", "p"),
    ("ψ", "y", "y"),
    ("χ", "x", "x"),
    ("η", "n", "n"),
    ("β", "β", "b"),
    ("μ", "µ", "u"),
    ("ℓ", "l", "l"),
    ("∇", "D", "D"),
    ("′", "'", "'"),
    ("—", "-", "-"),
    ("◂", "◄", "<"),
    ("═", "═", "="),
    ("╋", "┼", "+"),
    ("⁻", "-", "-"),
    ("⁺", "+", "+"),
    ("ᵢ", "i", "i"),
    ("ⱼ", "j", "j"),
    ("ₖ", "k", "k"),
    ("²", "²", "2"),
    ("B̄", "B", "B"),
    ("θ̂", "Θ", "0"),
    ("√", "√", "V"),
    ("∞", "∞", "8"),
    ("⟨", "<", "<"),
    ("⟩", ">", ">"),
];

/// Takes out hidden characters, and replaces those that the font lacks.
pub(crate) fn plain(marks: Marks, buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().chars().any(is_hidden) {
            let seen = clean(cell.symbol());
            cell.set_symbol(if seen.is_empty() { " " } else { &seen });
        }
    }
    if marks == Marks::Braille {
        return;
    }
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.is_ascii() {
            continue;
        }
        let mut letter = [0; 4];
        let symbol = bare(symbol, &mut letter);
        let found = SIGNS.iter().find(|(sign, ..)| *sign == symbol);
        let instead = match (found, marks) {
            (Some((_, blocks, _)), Marks::Blocks) => blocks,
            (Some((.., ascii)), _) => ascii,
            (None, _) => digit(symbol).unwrap_or(if is_known(symbol) { symbol } else { "?" }),
        };
        let instead = instead.to_owned();
        cell.set_symbol(&instead);
    }
}

/// A symbol without the mark above it, such as the hat of an estimate.
fn bare<'a>(symbol: &'a str, letter: &'a mut [u8; 4]) -> &'a str {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some('\u{302}' | '\u{304}')) => first.encode_utf8(letter),
        _ => symbol,
    }
}

/// The digit of a subscript or superscript.
fn digit(symbol: &str) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let code = symbol.chars().next()? as u32;
    let place = match code {
        0x2080..=0x2089 => code - 0x2080,
        0x2070 | 0x2074..=0x2079 => code - 0x2070,
        _ => return None,
    };
    DIGITS.get(place as usize).copied()
}

/// Returns true for letters of any script and the characters of Latin-1.
fn is_known(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    characters.all(|c| c.is_alphanumeric() || (c as u32) < 0x100)
}
