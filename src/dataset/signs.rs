//! Texts that would be numbers without a sign, a unit or quotes.

/// Signs of money.
const MONEY: [char; 4] = ['$', '€', '£', '¥'];

/// What to do so that texts become numbers; `None` unless all of them are numbers with a sign, a
/// unit or quotes about them, or all are dates or times.
pub(super) fn cure<T: AsRef<str>>(texts: &[T]) -> Option<String> {
    let all = |is: &dyn Fn(&str) -> bool| texts.iter().all(|text| is(text.as_ref().trim()));
    let first = texts.first()?.as_ref().trim();
    if all(&|text| text.strip_suffix('%').is_some_and(is_number)) {
        return Some("remove the % sign to treat them as numbers".to_owned());
    }
    if let Some(sign) = MONEY.into_iter().find(|sign| first.contains(*sign))
        && all(&|text| text.contains(MONEY) && is_number(&text.replace(MONEY, "")))
    {
        return Some(format!("remove the {sign} sign to treat them as numbers"));
    }
    if all(&|text| inside(text, '(', ')').is_some_and(is_number)) {
        return Some("write −1 for (1) to treat them as numbers".to_owned());
    }
    if all(&|text| inside(text, '\'', '\'').is_some_and(is_number)) {
        return Some("remove the quotes to treat them as numbers".to_owned());
    }
    if all(&|text| is_split(text, &['-', '/', '.'], 3)) {
        return Some("write dates as numbers of days to treat them as numbers".to_owned());
    }
    if all(&|text| is_split(text, &[':'], 2) || is_split(text, &[':'], 3)) {
        return Some("write times as numbers of minutes to treat them as numbers".to_owned());
    }
    if all(&|text| text.contains([',', ' ', '\u{a0}', '\'']) && is_number(text)) {
        return Some("remove the separators of thousands to treat them as numbers".to_owned());
    }
    let unit = first.trim_start_matches(|c: char| !c.is_alphabetic() && c != '°');
    let has_unit = |text: &str| text.strip_suffix(unit).is_some_and(is_number);
    (unit.chars().any(|c| c.is_alphabetic() || c == '°') && all(&has_unit))
        .then(|| format!("remove the unit {unit} to treat them as numbers"))
}

/// Returns true if a text holds a number, perhaps with separators of thousands.
fn is_number(text: &str) -> bool {
    let plain: String =
        text.trim().replace('\u{2212}', "-").split([',', ' ', '\u{a0}', '\'']).collect();
    plain.chars().any(|c| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c))
        && plain.parse::<f64>().is_ok()
}

fn inside(text: &str, opens: char, closes: char) -> Option<&str> {
    text.strip_prefix(opens)?.strip_suffix(closes)
}

/// Returns true if a text is `parts` whole numbers between the same separator, perhaps with a time
/// behind them.
fn is_split(text: &str, separators: &[char], parts: usize) -> bool {
    let date = text.split([' ', 'T']).next().unwrap_or(text);
    separators.iter().any(|separator| {
        let numbers: Vec<&str> = date.split(*separator).collect();
        let whole = |part: &&str| (1..=4).contains(&part.len()) && part.parse::<u32>().is_ok();
        numbers.len() == parts && numbers.iter().all(whole)
    })
}

/// Two texts that differ only in capital and small letters.
pub(super) fn same_but_for_case<T: AsRef<str>>(texts: &[T]) -> Option<(&str, &str)> {
    texts.iter().enumerate().find_map(|(at, one)| {
        let one = one.as_ref();
        let low = one.to_lowercase();
        let other = texts[at + 1..].iter().find(|other| other.as_ref().to_lowercase() == low);
        other.map(|other| (one, other.as_ref()))
    })
}
