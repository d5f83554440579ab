//! Formats numbers: few characters, three digits, signed percentages.

/// Formats a number in few characters: thousands as k, millions as M.
pub fn compact(value: f64) -> String {
    let size = value.abs();
    let (scaled, suffix) = match size {
        s if s >= 999_500.0 => (value / 1e6, "M"),
        s if s >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    if size != 0.0 && !(1e-4..1e9).contains(&size) {
        return minus(format!("{value:.0e}"));
    }
    let digits = if scaled.abs() >= 100.0 {
        0
    } else if scaled.abs() >= 1.0 {
        2
    } else {
        4
    };
    let text = format!("{scaled:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { minus(format!("{text}{suffix}")) }
}

/// Formats a number to `places` decimal places; zero has no sign.
pub fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let is_zero = !text.contains(|sign: char| sign.is_ascii_digit() && sign != '0');
    if is_zero { text.replace('-', "") } else { minus(text) }
}

/// Replaces a leading hyphen by a minus sign; that of an exponent stays.
pub(crate) fn minus(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// Formats a number to three significant digits.
pub fn short(value: f64) -> String {
    let size = value.abs();
    minus(match size {
        s if s >= 1e9 => compact(value),
        s if s >= 999_500.0 => short(value / 1e6) + "M",
        s if s >= 1e4 => short(value / 1e3) + "k",
        s if s >= 100.0 => format!("{value:.0}"),
        s if s >= 10.0 => format!("{value:.1}"),
        s if s >= 1.0 => format!("{value:.2}"),
        s if s >= 1e-3 || s == 0.0 => format!("{value:.3}"),
        _ => format!("{value:.1e}"),
    })
}

/// Formats a percentage with its sign: `+23`, `−0.4`, `0.0`.
pub fn signed(percent: f64) -> String {
    let text = digits(percent.abs());
    match text.as_str() {
        "0" | "0.0" => text,
        _ if percent < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// Formats a percentage without its sign: one decimal place below ten, none above.
pub fn digits(percent: f64) -> String {
    match percent {
        p if p >= 1e6 => compact(percent),
        p if p >= 9.95 => format!("{percent:.0}"),
        _ => format!("{percent:.1}"),
    }
}

/// Formats a number to at most five significant digits, without trailing zeros, for readers who
/// want to check a calculation; ∞ if infinite.
pub fn five(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = if size != 0.0 && !(1e-4..1e7).contains(&size) {
        format!("{value:.3e}")
    } else {
        let rounded: f64 = format!("{value:.4e}").parse().unwrap_or(value);
        format!("{rounded}")
    };
    minus(text)
}

/// Formats a number with at most six significant digits and no trailing zeros.
pub fn shown(value: f64) -> String {
    exact(format!("{value:.5e}").parse().unwrap_or(value))
}

/// Formats a cosine: three decimal places, without zeros at the end.
pub fn cosine(value: f64) -> String {
    minus(shown((value * 1e3).round() / 1e3 + 0.0))
}

/// Formats a number with enough digits to identify it exactly.
pub fn exact(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "not a number".into()
    } else if value == 0.0 {
        "0".into()
    } else if size.is_finite() && !(1e-4..1e9).contains(&size) {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_are_kept_and_no_more_is_written_than_is_needed() {
        assert_eq!(five(0.25), "0.25");
        assert_eq!(five(-1.234_567), "−1.2346");
        assert_eq!(five(40.0), "40");
        assert_eq!(five(0.000_012_345_6), "1.235e-5");
        assert_eq!(five(f64::INFINITY), "∞");
        assert_eq!(five(1e6), "1000000");
    }

    #[test]
    fn large_numbers_have_three_digits_like_small_ones() {
        let texts = [41_678.0, 54_530.0, 123_456.0, 1_234_567.0, 9_876.0].map(short);
        assert_eq!(texts, ["41.7k", "54.5k", "123k", "1.23M", "9876"]);
    }

    #[test]
    fn what_is_rounded_to_zero_has_no_sign_and_less_than_zero_has_that_of_minus() {
        assert_eq!((fixed(-0.001, 2).as_str(), fixed(-0.126, 2).as_str()), ("0.00", "−0.13"));
        assert_eq!((compact(-7e-16).as_str(), compact(-0.0).as_str()), ("−7e-16", "0"));
        assert_eq!((exact(-0.0).as_str(), shown(-0.0).as_str()), ("0", "0"));
        assert_eq!((compact(-0.25).as_str(), compact(-2.5e4).as_str()), ("−0.25", "−25k"));
    }

    #[test]
    fn what_is_read_back_differs_by_less_than_the_last_digit() {
        for value in [0.263_157_9, 12.345_678, 9_876.543_2, 3.3e-3] {
            let read: f64 = five(value).parse().unwrap();
            assert!((read - value).abs() < 1e-4 * value);
        }
    }
}
