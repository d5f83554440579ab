//! Text as LaTeX: special characters escaped, Greek letters and mathematical signs in math mode.

use crate::text::is_hidden;
/// Characters and their commands in math mode.
const MATH: &[(char, &str)] = &[
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('µ', "\\mu"),
    ('ν', "\\nu"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('φ', "\\varphi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Δ', "\\Delta"),
    ('Σ', "\\Sigma"),
    ('Φ', "\\Phi"),
    ('Ω', "\\Omega"),
    ('−', "-"),
    ('±', "\\pm"),
    ('×', "\\times"),
    ('·', "\\cdot"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≈', "\\approx"),
    ('≠', "\\ne"),
    ('→', "\\to"),
    ('∞', "\\infty"),
    ('√', "\\surd"),
    ('∠', "\\angle"),
    ('‖', "\\|"),
    ('°', "{}^\\circ"),
    ('′', "{}^\\prime"),
    ('∇', "\\nabla"),
    ('⁺', "{}^+"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
    ('ᵀ', "{}^\\top"),
    ('⁻', "{}^-"),
    ('¹', "{}^1"),
    ('²', "{}^2"),
    ('³', "{}^3"),
    ('⁴', "{}^4"),
    ('⁵', "{}^5"),
    ('⁶', "{}^6"),
    ('⁷', "{}^7"),
    ('⁸', "{}^8"),
    ('⁹', "{}^9"),
    ('⁰', "{}^0"),
    ('₀', "_0"),
    ('₁', "_1"),
    ('₂', "_2"),
    ('₃', "_3"),
    ('₄', "_4"),
    ('₅', "_5"),
    ('₆', "_6"),
    ('₇', "_7"),
    ('₈', "_8"),
    ('₉', "_9"),
    ('ᵢ', "_i"),
    ('ⱼ', "_j"),
    ('ⁿ', "{}^n"),
    ('ζ', "\\zeta"),
    ('ι', "\\iota"),
    ('ξ', "\\xi"),
    ('Γ', "\\Gamma"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Ξ', "\\Xi"),
    ('Π', "\\Pi"),
    ('Ψ', "\\Psi"),
    ('ℓ', "\\ell"),
    ('∈', "\\in"),
    ('∑', "\\sum"),
    ('∂', "\\partial"),
    ('∝', "\\propto"),
    ('÷', "\\div"),
    ('←', "\\gets"),
    ('↔', "\\leftrightarrow"),
    ('⇒', "\\Rightarrow"),
    ('↑', "\\uparrow"),
    ('↓', "\\downarrow"),
    ('│', "|"),
    ('<', "<"),
    ('>', ">"),
    ('|', "|"),
];

/// The combining circumflex above the previous character.
const HAT: char = '\u{302}';

/// Characters and their commands in text mode.
const TEXT: &[(char, &str)] = &[
    ('\\', "\\textbackslash{}"),
    ('~', "\\textasciitilde{}"),
    ('^', "\\textasciicircum{}"),
    ('é', "\\'e"),
    ('–', "--"),
    ('—', "---"),
    ('…', "\\dots{}"),
    ('“', "``"),
    ('”', "''"),
    ('‘', "`"),
    ('’', "'"),
    ('`', "\\textasciigrave{}"),
    ('\u{a0}', "~"),
    ('\u{2009}', "\\,"),
    ('\u{202f}', "\\,"),
];

/// Writes a character that only LuaLaTeX and XeLaTeX may know; pdfLaTeX, which would stop at it,
/// writes a question mark.
fn rare(character: char) -> String {
    format!("\\ifdefined\\Umathchar {character}\\else ?\\fi{{}}")
}

/// Returns true for characters that every LaTeX knows: ASCII and letters with usual accents.
fn is_common(character: char) -> bool {
    let letter = ('À'..='ſ').contains(&character) && character != '×' && character != '÷';
    character.is_ascii() || letter
}

/// A text as LaTeX. Letters with accents are kept, in UTF-8; hidden characters are left out; of
/// other characters without a command pdfLaTeX writes a question mark.
pub(in crate::export) fn words(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let of = |table: &[(char, &'static str)], c: char| {
        table.iter().find(|(own, _)| *own == c).map(|(_, command)| *command)
    };
    let mut in_math = false;
    let mut characters = text.chars().filter(|c| !is_hidden(*c)).peekable();
    while let Some(character) = characters.next() {
        let hat = characters.next_if_eq(&HAT).is_some();
        let command = of(MATH, character);
        if command.is_some() != in_math {
            written.push('$');
            in_math = !in_math;
        }
        if let Some(command) = command {
            written += &if hat { format!("\\hat{{{command}}}") } else { command.to_owned() };
        } else if hat && character.is_alphanumeric() {
            written += &format!("\\^{{{character}}}");
        } else if let Some(command) = of(TEXT, character) {
            written += command;
        } else if "&%$#_{}".contains(character) {
            written.push('\\');
            written.push(character);
        } else if character == '-' && written.ends_with('-') {
            written += "{}-";
        } else if is_common(character) {
            written.push(character);
        } else {
            written += &rare(character);
        }
    }
    if in_math {
        written.push('$');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greek_stands_in_math_mode_and_signs_of_latex_are_escaped() {
        assert_eq!(words("∠(θ₁, θ₂) in °"), "$\\angle$($\\theta_1$, $\\theta_2$) in ${}^\\circ$");
        assert_eq!(words("50 % of a_b & {c}"), "50 \\% of a\\_b \\& \\{c\\}");
        assert_eq!(words("−5"), "$-$5");
        assert_eq!(words("|cos θ̂|"), "$|$cos $\\hat{\\theta}|$");
        assert_eq!(words("y\u{302}"), "\\^{y}");
        assert_eq!(words("a--b"), "a-{}-b");
        assert_eq!(words("é日"), "\\'e\\ifdefined\\Umathchar 日\\else ?\\fi{}");
    }

    #[test]
    fn neighbouring_signs_never_run_into_one_command() {
        assert_eq!(words("αβ"), "$\\alpha\\beta$");
        assert_eq!(words("$θ5"), "\\$$\\theta$5");
    }
}
