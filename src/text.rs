//! Text from outside: bytes as text, and text as something that can be shown. Whatever is printed,
//! drawn or written passes through one of the functions here, so that no character of a file, name
//! or argument commands a terminal, hides, or turns the direction of what stands beside it.

use std::path::{Path, PathBuf};

/// What a file of text may hold.
pub const ALLOWED: &str = "text in UTF-8: save the file in that encoding";

/// Bytes as text in UTF-8, without a byte order mark. The error says what was found.
pub fn decoded(mut bytes: Vec<u8>) -> Result<String, String> {
    match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Err("text in UTF-32".to_owned()),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..] => {
            return Err("text in UTF-16".to_owned());
        }
        [0xef, 0xbb, 0xbf, ..] => drop(bytes.drain(..3)),
        _ => {}
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        format!("bytes that are not text (0x{:02x} in line {line})", bytes[at])
    })
}

/// Returns true for characters that cannot be seen, or that change how others are shown: controls,
/// marks of direction, spaces without width, tags and selectors of variants, ends of lines.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text in one line, with hidden characters as escapes: `\u{202e}`.
pub fn shown(text: &str) -> String {
    escaped(text, |_| false)
}

/// A text in several lines, with hidden characters as escapes.
pub fn lines(text: &str) -> String {
    escaped(text, |c| c == '\n')
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match is_hidden(character) && !is_kept(character) {
            true => shown.extend(character.escape_unicode()),
            false => shown.push(character),
        }
    }
    shown
}

/// A text without hidden characters, for figures.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// A name as the beginning of the name of a file, which every system can hold and every shell can
/// pass on: without separators of folders, signs that some systems forbid, and hidden characters.
pub fn file_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let is_bad = |c: char| is_hidden(c) || "/\\:*?\"<>|\u{fffd}".contains(c);
    let plain = |c: char| if is_bad(c) { '-' } else { c };
    let name: String = name.chars().map(plain).collect();
    let name: String = name.trim_start_matches(['-', '.', ' ']).chars().take(LONGEST).collect();
    if name.is_empty() { "scenario".to_owned() } else { name }
}

/// The same JSON, with hidden characters as its own escapes: `\u202e`.
pub fn in_json(json: &str) -> String {
    let mut units = [0; 2];
    let mut written = String::with_capacity(json.len());
    for character in json.chars() {
        if !is_hidden(character) || character == '\n' {
            written.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut units) {
            written += &format!("\\u{unit:04x}");
        }
    }
    written
}

/// A path as it is typed, with the home folder in place of `~/` at its beginning, as in a shell.
pub fn at_home(typed: &str, home: Option<&Path>) -> PathBuf {
    match (typed.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Characters that must not reach a terminal, a figure or a file.
    const HIDDEN: &str = "\0\t\r\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{200b}\u{200f}\u{2028}\u{2029}\u{202a}\
        \u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{fe0f}\u{e0041}\u{e0100}\u{e007f}";

    #[test]
    fn what_cannot_be_seen_is_shown_as_an_escape_and_other_text_is_kept() {
        assert!(HIDDEN.chars().all(is_hidden));
        assert_eq!(shown("a\u{202e}b\u{1b}[2J\n"), "a\\u{202e}b\\u{1b}[2J\\u{a}");
        assert_eq!(lines("a\u{e0041}\nb"), "a\\u{e0041}\nb");
        for kept in ["é ñ Ångström", "θ̂ ± 95 − κ²", "日本語 عربي עברית ไทย", "🎉 ½ “a” a\u{302}"]
        {
            assert_eq!((shown(kept), clean(kept)), (kept.to_owned(), kept.to_owned()));
        }
    }

    #[test]
    fn a_name_of_a_file_leads_nowhere_and_is_no_option() {
        for (name, written) in [
            ("two-tasks", "two-tasks"),
            ("café 5.b", "café 5.b"),
            ("../../x", "x"),
            ("/etc/passwd", "etc-passwd"),
            ("--set", "set"),
            ("C:\\a\u{202e}b", "C--a-b"),
            ("caf\u{fffd}", "caf-"),
            ("..", "scenario"),
            ("", "scenario"),
        ] {
            assert_eq!(file_name(name), written, "{name}");
        }
        assert_eq!(file_name(&"é".repeat(300)).chars().count(), 80);
    }

    proptest! {
        #[test]
        fn no_way_out_lets_a_hidden_character_through(text in any::<Vec<char>>(), more in "[\\p{C}\\p{Z}a\"\\\\]*") {
            let text = text.into_iter().collect::<String>() + &more + HIDDEN;
            prop_assert!(!shown(&text).chars().any(is_hidden));
            prop_assert!(!clean(&text).chars().any(is_hidden));
            prop_assert!(!lines(&text).chars().any(|c| is_hidden(c) && c != '\n'));
            prop_assert_eq!(shown(&shown(&text)), shown(&text));
            let json = in_json(&serde_json::to_string(&[&text]).unwrap());
            prop_assert!(!json.chars().any(is_hidden), "{}", json);
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
        }
    }

    #[test]
    fn a_typed_path_begins_at_home_only_where_it_says_so() {
        let home = Some(Path::new("/home/ann"));
        assert_eq!(at_home("~/a.json", home), Path::new("/home/ann/a.json"));
        for plain in ["~", "~bob/a", "a/~/b", "/a"] {
            assert_eq!(at_home(plain, home), Path::new(plain));
        }
    }

    #[test]
    fn text_in_another_encoding_is_named_and_a_byte_order_mark_left_out() {
        let wide = |big: bool| -> Vec<u8> {
            let pair = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            "\u{feff}{\"a\": 1}".encode_utf16().flat_map(pair).collect()
        };
        for bytes in [wide(false), wide(true), wide(false).split_off(2), wide(true).split_off(2)] {
            assert_eq!(decoded(bytes).unwrap_err(), "text in UTF-16");
        }
        assert_eq!(decoded(b"\xff\xfe\0\0{\0\0\0".to_vec()).unwrap_err(), "text in UTF-32");
        let latin = decoded(b"{\n\"caf\xe9\"}".to_vec()).unwrap_err();
        assert_eq!(latin, "bytes that are not text (0xe9 in line 2)");
        assert_eq!(decoded(b"\xef\xbb\xbf{}".to_vec()).unwrap(), "{}");
        assert_eq!(decoded(Vec::new()).unwrap(), "");
    }
}
