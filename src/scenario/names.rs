//! Names of tasks, which every table, figure and command can show and tell apart.

/// Most characters of a name.
pub(super) const LONGEST: usize = 24;
/// What a name may be.
pub(super) const ALLOWED: &str = "1 to 24 letters a to z or A to Z, digits, - or _";

/// Words with a meaning of their own beside the names of tasks: in tables, figures and paths of
/// knobs.
const OURS: [&str; 18] = [
    "all",
    "alone",
    "data",
    "descent",
    "gain",
    "here",
    "mean",
    "model",
    "no",
    "none",
    "optima",
    "population",
    "sources",
    "targets",
    "tasks",
    "theory",
    "together",
    "yes",
];

/// Words that readers of tables take for a missing value or for true and false, in small letters.
const NO_TEXT: [&str; 6] = ["na", "n-a", "null", "nil", "true", "false"];

/// Says why a name is not allowed, as words behind it and what is allowed; `None` if it is.
pub(super) fn refusal(name: &str) -> Option<(&'static str, String)> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let small = name.to_ascii_lowercase();
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_plain) {
        return Some(("", ALLOWED.to_owned()));
    }
    if name.starts_with('-') {
        return Some((", which begins with - as options do", format!("{ALLOWED}, and no - first")));
    }
    if is_number(name) {
        return Some((
            ", which tables read as a number",
            format!("{ALLOWED}, and no number, nan or inf"),
        ));
    }
    if NO_TEXT.contains(&small.as_str()) || ["T", "F"].contains(&name) {
        let allowed = format!("{ALLOWED}, and no word for a missing value, true or false");
        return Some((", which tables read as no text", allowed));
    }
    OURS.contains(&small.as_str()).then(|| {
        (", which means something else here", format!("{ALLOWED}, and none of {}", OURS.join(", ")))
    })
}

/// Returns true for what readers of tables take for a number, also `nan`, `inf` and `1_000`.
pub(super) fn is_number(name: &str) -> bool {
    let text = name.trim_start_matches('_').replace('_', "");
    let hexadecimal = text.trim_start_matches('-').to_ascii_lowercase();
    let digits = hexadecimal.strip_prefix("0x");
    text.parse::<f64>().is_ok()
        || digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What pandas and R read as missing, as true or false, or as a number.
    const READ: &str = "NA N-A NULL NaN None n-a nan null -nan -NaN inf -inf Inf Infinity -Infinity \
        infinity TRUE FALSE True False true false T F 1 007 -5 1e5 -1e-5 0x1F 1_000 nil";

    #[test]
    fn what_readers_of_tables_take_for_no_text_is_no_name() {
        for name in READ.split_whitespace() {
            let (found, allowed) = refusal(name).unwrap_or_else(|| panic!("{name}"));
            assert!(
                !found.is_empty() && allowed.starts_with(ALLOWED),
                "{name}: {found}; {allowed}"
            );
        }
    }

    #[test]
    fn words_of_our_tables_are_no_names_in_small_and_large_letters() {
        for name in OURS {
            assert!(refusal(name).is_some() && refusal(&name.to_uppercase()).is_some(), "{name}");
        }
    }

    #[test]
    fn other_words_of_plain_letters_are_names() {
        for name in
            "a target source Nana info truth t-1 1st 9-to-5 e5 all-2 digit-7 _ x1e5".split(' ')
        {
            assert_eq!(refusal(name), None, "{name}");
        }
        for name in ["", "café", "a b", "a\u{200b}", "a.b", "ａ", &"a".repeat(25)] {
            assert_eq!(refusal(name), Some(("", ALLOWED.to_owned())), "{name}");
        }
    }
}
