//! Numbers as JSON writes them, and those that people write in other ways.

/// Returns true for a number as JSON writes it.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.strip_prefix('-').unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(behind) = rest.strip_prefix('.') {
        if digits(behind) == 0 {
            return false;
        }
        rest = &behind[digits(behind)..];
    }
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        return !power.is_empty() && digits(power) == power.len();
    }
    rest.is_empty()
}

/// A number that is written in another way, as JSON writes it.
pub(super) fn repaired(word: &str) -> Option<String> {
    let word = word.replace('−', "-").replace('_', "");
    let (sign, rest) = match word.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", word.strip_prefix('+').unwrap_or(&word)),
    };
    if !rest.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let split = rest.find(['.', 'e', 'E']).unwrap_or(rest.len());
    let (whole, rest) = rest.split_at(split);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = if rest == "." { ".0" } else { rest };
    let number = format!("{sign}{whole}{rest}");
    is_number(&number).then_some(number)
}
