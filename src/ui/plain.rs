//! Characters for terminals whose fonts have no others: half blocks, or ASCII alone.

use ratatui::buffer::Buffer;

use crate::app::settings::Marks;

/// A character, what stands for it where there is no Braille, and what in ASCII. Letters with
/// accents and the signs of Latin-1, such as ± and °, stay.
const SIGNS: &[(&str, &str, &str)] = &[
    ("●", "•", "*"),
    ("•", "•", "."),
    ("◉", "O", "O"),
    ("▲", "▲", "^"),
    ("▼", "▼", "v"),
    ("■", "■", "#"),
    ("◆", "♦", "o"),
    ("✕", "x", "x"),
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
    ("╌", "-", "-"),
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
    ("≈", "≈", "~"),
    ("∠", "L", "L"),
    ("θ", "Θ", "0"),
    ("α", "α", "a"),
    ("κ", "k", "k"),
    ("σ", "σ", "s"),
    ("φ", "φ", "f"),
    ("τ", "τ", "t"),
    ("λ", "l", "l"),
    ("Σ", "Σ", "S"),
    ("ε", "ε", "e"),
    ("ρ", "r", "r"),
    ("δ", "δ", "d"),
    ("ᵀ", "'", "'"),
    ("₁", "1", "1"),
    ("₂", "2", "2"),
    ("₃", "3", "3"),
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

/// Puts what the font has in the place of what it lacks.
pub(crate) fn plain(marks: Marks, buffer: &mut Buffer) {
    if marks == Marks::Braille {
        return;
    }
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.is_ascii() {
            continue;
        }
        let found = SIGNS.iter().find(|(sign, ..)| *sign == symbol);
        let instead = match (found, marks) {
            (Some((_, blocks, _)), Marks::Blocks) => blocks,
            (Some((.., ascii)), _) => ascii,
            (None, _) if is_known(symbol) => continue,
            (None, _) => "?",
        };
        cell.set_symbol(instead);
    }
}

/// Letters of any script, and what Latin-1 has.
fn is_known(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    characters.all(|c| c.is_alphanumeric() || (c as u32) < 0x100)
}
