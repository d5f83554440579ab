//! What a cell says.

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    /// Blank, or a word for a missing value.
    Missing,
    /// A number, which may be infinite.
    Number(f64),
    /// `true` or `false`.
    Truth(bool),
    /// Anything else.
    Text,
}

/// Words for a missing value, in small letters.
const MISSING: [&str; 7] = ["", "na", "n/a", "#n/a", "nan", "null", "?"];

impl Cell {
    /// What a cell says, with a comma or a dot before decimals.
    pub(super) fn of(text: &str, decimal_comma: bool) -> Self {
        let text = text.trim();
        let is = |word: &&str| text.eq_ignore_ascii_case(word);
        if MISSING.iter().any(is) {
            Self::Missing
        } else if is(&"true") || is(&"false") {
            Self::Truth(is(&"true"))
        } else {
            number(text, decimal_comma).map_or(Self::Text, Self::Number)
        }
    }
}

/// The part of the rows that a text names: 0 train, 1 validation, 2 test.
pub(super) fn part_named(text: &str) -> Option<u8> {
    match text.trim().to_ascii_lowercase().as_str() {
        "train" | "training" => Some(0),
        "val" | "valid" | "validation" | "dev" => Some(1),
        "test" | "testing" => Some(2),
        _ => None,
    }
}

fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if !decimal_comma && text.chars().all(plain) {
        return text.parse().ok();
    }
    let infinite = text.trim_start_matches(['+', '-', '\u{2212}']);
    if ["inf", "infinity"].iter().any(|word| infinite.eq_ignore_ascii_case(word)) {
        return Some(if infinite.len() == text.len() || text.starts_with('+') {
            f64::INFINITY
        } else {
            f64::NEG_INFINITY
        });
    }
    let text = text.replace('\u{2212}', "-");
    let text = match decimal_comma {
        true if text.contains('.') => return None,
        true => text.replacen(',', ".", 1),
        false => text,
    };
    if text.chars().all(plain) { text.parse().ok() } else { None }
}

/// Whether a text is a number with a decimal comma, such as `-1,5` or `2,25e3`.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    let text = text.trim();
    text.matches(',').count() == 1 && number(text, true).is_some()
}

/// Whether a text may be a number with one separator of thousands, such as `1,234`.
pub(super) fn may_be_thousands(text: &str) -> bool {
    let text = text.trim();
    let leading =
        text.trim_start_matches(['+', '-']).starts_with(|c: char| ('1'..='9').contains(&c));
    leading && thousands(text).is_some_and(|decimals| decimals.is_empty())
}

/// Whether a text is a number with separators of thousands, such as `1,234.5` or `1.234.567`.
pub(super) fn has_thousands(text: &str) -> bool {
    thousands(text.trim()).is_some()
}

/// What follows the groups of three digits, or `None` if there are none.
fn thousands(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['+', '-', '\u{2212}']);
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let first = digits(text);
    let separator = text[first..].chars().next()?;
    if !(1..=3).contains(&first) || !",.'’ _\u{a0}\u{202f}".contains(separator) {
        return None;
    }
    let mut rest = &text[first..];
    let mut groups = 0;
    while let Some(group) = rest.strip_prefix(separator) {
        if digits(group) != 3 {
            return None;
        }
        rest = &group[3..];
        groups += 1;
    }
    let decimals = rest.strip_prefix([',', '.']).unwrap_or(rest);
    (groups > 0 && digits(decimals) == decimals.len()).then_some(rest)
}
