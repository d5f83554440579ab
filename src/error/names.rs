//! Names and counts in messages.

use super::brief;

/// Names in a row, with commas.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    listed_with(", ", names)
}

/// Names in a row, of many only the first with the number of the others. `last` stands before the
/// last one.
pub fn listed_with<T: AsRef<str>>(last: &str, names: &[T]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| brief(name.as_ref())).collect();
    match (names.len().saturating_sub(SHOWN), shown.split_last()) {
        (0, Some((end, rest))) if !rest.is_empty() => format!("{}{last}{end}", rest.join(", ")),
        (0, _) => shown.join(", "),
        (more, _) => format!("{} and {} more", shown.join(", "), grouped(more as u64)),
    }
}

/// A whole number with a comma before every three digits, for instance `10,000,000`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_names_the_first_are_listed_and_the_others_counted() {
        let names: Vec<String> = (0..4000).map(|i| format!("n{i}")).collect();
        assert!(listed(&names).ends_with("n10, n11 and 3,988 more"));
        assert_eq!(listed(&names[..3]), "n0, n1, n2");
        assert_eq!(listed_with(" or ", &names[..3]), "n0, n1 or n2");
        assert_eq!(listed_with(" or ", &names[..1]), "n0");
    }
}
