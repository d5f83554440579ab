//! Notes out of the information dictionary of a PDF document of ours.
//!
//! Keywords stand in the document uncompressed, each before its string (ISO 32000-1, 7.3.4).

use super::super::experiment::{COMMAND, DRAWING, SCENARIO, SOFTWARE};
use super::super::results::STUDY;

/// Notes under the known keywords.
pub(super) fn notes(bytes: &[u8]) -> Vec<(String, String)> {
    let known = [SOFTWARE, SCENARIO, STUDY, COMMAND, DRAWING];
    let note = |keyword: &str| Some((keyword.to_owned(), string(after(bytes, keyword)?)?));
    known.into_iter().filter_map(note).collect()
}

/// What stands behind the last place where a name is the key of a string.
fn after<'a>(bytes: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let name = format!("/{name}");
    let places = bytes.windows(name.len()).enumerate().rev();
    places.filter(|(_, window)| *window == name.as_bytes()).find_map(|(place, _)| {
        let rest = bytes[place + name.len()..].trim_ascii_start();
        matches!(rest.first(), Some(b'(' | b'<')).then_some(rest)
    })
}

/// The text of a string at the beginning of `bytes`; `None` where it has no end.
fn string(bytes: &[u8]) -> Option<String> {
    let bytes = match bytes.split_first()? {
        (b'(', rest) => literal(rest)?,
        (_, rest) => hexadecimal(rest)?,
    };
    let Some(wide) = bytes.strip_prefix(b"\xfe\xff") else {
        return String::from_utf8(bytes).ok();
    };
    let units: Vec<u16> =
        wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok()
}

fn hexadecimal(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|byte| *byte == b'>')?;
    let digits: Option<Vec<u8>> = bytes[..end]
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| Some(char::from(*byte).to_digit(16)? as u8))
        .collect();
    Some(digits?.chunks(2).map(|pair| 16 * pair[0] + pair.get(1).unwrap_or(&0)).collect())
}

fn literal(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let mut depth = 0_usize;
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b')' if depth == 0 => return Some(text),
            b')' => depth -= 1,
            b'(' => depth += 1,
            b'\\' => {
                match rest.next()? {
                    b'n' => text.push(b'\n'),
                    b'r' => text.push(b'\r'),
                    b't' => text.push(b'\t'),
                    b'b' => text.push(8),
                    b'f' => text.push(12),
                    b'\n' => {}
                    digit @ b'0'..=b'7' => {
                        let mut code = u32::from(digit - b'0');
                        for _ in 0..2 {
                            let Some(next) = rest.next_if(|next| (b'0'..=b'7').contains(next))
                            else {
                                break;
                            };
                            code = 8 * code + u32::from(next - b'0');
                        }
                        text.push(code as u8);
                    }
                    other => text.push(other),
                }
                continue;
            }
            _ => {}
        }
        text.push(byte);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_every_form_are_read() {
        for (written, read) in [
            (&b"(plain)"[..], "plain"),
            (b"(a (b) \\(c\\\\ \\101\\n)", "a (b) (c\\ A\n"),
            (b"<FEFF03B80031> ", "\u{3b8}1"),
            (b"<41 4>", "A@"),
        ] {
            assert_eq!(string(written).as_deref(), Some(read));
        }
        assert_eq!(string(b"(never ends"), None);
        assert_eq!(string(b"<4x>"), None);
    }

    #[test]
    fn the_last_string_under_a_name_counts() {
        let bytes = b"/Scenario 5 0 R /Scenario (old) /Scenario (new) /Scenario /Name";
        assert_eq!(string(after(bytes, "Scenario").unwrap()).unwrap(), "new");
    }
}
