//! Spells out signs in plain words, for screen readers and terminals with few characters.

use crate::text::shown;
/// Signs and their replacements.
const WORDS: &[(&str, &str)] = &[
    (" %", " percent"),
    ("%", " percent"),
    ("±1", "plus or minus 1"),
    ("±", "plus or minus"),
    (" × ", " times "),
    ("×", "x"),
    ("−", "-"),
    ("–", "-"),
    ("—", "-"),
    ("…", "..."),
    ("°", " degrees"),
    ("θs", "thetas"),
    ("θ", "theta"),
    ("σ", "sigma"),
    ("κ", "kappa"),
    ("λ", "lambda"),
    ("τ", "tau"),
    ("α", "alpha"),
    ("δ", "delta"),
    ("φ", "phi"),
    ("ψ", "psi"),
    ("ρ", "rho"),
    ("Σ", "Sigma"),
    ("√", "root "),
    ("‖", "||"),
    ("≤", "at most"),
    ("≥", "at least"),
    ("≈", "about"),
    ("→", "->"),
    ("∞", "infinity"),
    ("·", "*"),
    ("²", "^2"),
    ("₁", "1"),
    ("₂", "2"),
    ("ᵢ", "i"),
    ("ⱼ", "j"),
    ("ᵀ", "^T"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
    ("\u{302}", " hat"),
    ("\u{304}", " bar"),
    ("Ré", "Re"),
];

/// The text as one line of plain words: signs are spelled out, hidden characters escaped as
/// `\u{1b}`. Letters of other scripts, for example in names, are kept.
pub fn plain(text: &str) -> String {
    let words = WORDS.iter().fold(text.to_owned(), |text, (sign, word)| {
        if text.contains(sign) { text.replace(sign, word) } else { text }
    });
    shown(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_words_and_commands_of_terminals_are_written_out() {
        assert_eq!(plain("+23 % ± 4.1"), "+23 percent plus or minus 4.1");
        assert_eq!(plain("error × 5.10 ± 0.4"), "error times 5.10 plus or minus 0.4");
        assert_eq!(plain("clean ×5, 15°"), "clean x5, 15 degrees");
        assert_eq!(plain("a\x1b[2Jb\n"), "a\\u{1b}[2Jb\\u{a}");
    }

    #[test]
    fn all_that_presets_say_is_plain() {
        for preset in crate::scenario::preset::PRESETS {
            let draft = preset.scenario().unwrap().draft().clone();
            for text in [&draft.title, &draft.about] {
                assert!(plain(text).is_ascii(), "{}", plain(text));
            }
        }
        for knob in crate::scenario::knob::KNOBS {
            assert!(plain(knob.help).is_ascii(), "{}", knob.help);
        }
    }
}
