//! Reads notes from the information dictionary of a PDF written by taskscope.
//!
//! The dictionary is found through the object table and read key by key. If another program has
//! rewritten the document, the whole file is searched for the keywords (ISO 32000-1, 7.3.4 and
//! 7.5).

use crate::store::notes::{KNOWN, Notes, fits, known};

/// Size of an entry in the object table, in bytes.
const ENTRY: usize = 20;

/// Reads the notes with known keywords.
pub(super) fn notes(bytes: &[u8]) -> Result<Notes, String> {
    let mut notes = information(bytes).and_then(entries).unwrap_or_default();
    if notes.is_empty() {
        let note = |keyword| Some((keyword, string(after(bytes, keyword)?)?.0));
        notes = KNOWN.into_iter().filter_map(note).collect();
    }
    notes.iter().try_for_each(|(keyword, text)| fits(keyword, text.len()))?;
    Ok(notes)
}

/// The bytes after the opening of the information dictionary.
fn information(bytes: &[u8]) -> Option<&[u8]> {
    let from = |bytes: &'_ [u8], words: &str| {
        bytes.windows(words.len()).rposition(|window| window == words.as_bytes())
    };
    let number = |bytes: &[u8]| -> Option<usize> {
        let bytes = bytes.trim_ascii_start();
        let end = bytes.iter().position(|byte| !byte.is_ascii_digit())?;
        std::str::from_utf8(&bytes[..end]).ok()?.parse().ok()
    };
    let trailer = &bytes[from(bytes, "trailer")?..];
    let object = number(&trailer[from(trailer, "/Info ")? + 6..])?;
    let table = bytes.get(number(&trailer[from(trailer, "startxref")? + 9..])?..)?;
    let table = table.strip_prefix(b"xref")?.trim_ascii_start().strip_prefix(b"0 ")?;
    let first = table.iter().position(|byte| *byte == b'\n')? + 1;
    let place = number(table.get(first + ENTRY * object..)?)?;
    let begin = format!("{object} 0 obj");
    bytes.get(place..)?.strip_prefix(begin.as_bytes())?.trim_ascii_start().strip_prefix(b"<<")
}

/// The known keys of a dictionary with their strings; everything else is skipped.
fn entries(mut bytes: &[u8]) -> Option<Notes> {
    let mut found = Notes::new();
    loop {
        bytes = bytes.trim_ascii_start();
        if bytes.starts_with(b">>") {
            return Some(found);
        }
        let rest = bytes.strip_prefix(b"/")?;
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        let key = std::str::from_utf8(&rest[..end]).ok()?;
        let value = rest[end..].trim_ascii_start();
        if matches!(value.first(), Some(b'(' | b'<')) && !value.starts_with(b"<<") {
            let (text, behind) = string(value)?;
            let is_new = |key: &&str| found.iter().all(|(own, _)| own != key);
            if let Some(key) = known(key).filter(is_new) {
                found.push((key, text));
            }
            bytes = behind;
        } else {
            let ends = value.iter().skip(1).position(|byte| matches!(byte, b'/' | b'>'))? + 1;
            bytes = &value[ends..];
        }
    }
}

/// The bytes after the last occurrence of a name that is the key of a string.
fn after<'a>(bytes: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let name = format!("/{name}");
    let places = bytes.windows(name.len()).enumerate().rev();
    places.filter(|(_, window)| *window == name.as_bytes()).find_map(|(place, _)| {
        let rest = bytes[place + name.len()..].trim_ascii_start();
        matches!(rest.first(), Some(b'(' | b'<')).then_some(rest)
    })
}

/// The text of the string at the beginning of `bytes`, and the bytes after it; `None` if the string
/// has no end.
fn string(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (bytes, behind) = match bytes.split_first()? {
        (b'(', rest) => literal(rest)?,
        (_, rest) => hexadecimal(rest)?,
    };
    let Some(wide) = bytes.strip_prefix(b"\xfe\xff") else {
        return Some((String::from_utf8(bytes).ok()?, behind));
    };
    let units: Vec<u16> =
        wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16(&units).ok()?, behind))
}

fn hexadecimal(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'>')?;
    let digits: Option<Vec<u8>> = bytes[..end]
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| Some(char::from(*byte).to_digit(16)? as u8))
        .collect();
    let pairs = digits?;
    let text = pairs.chunks(2).map(|pair| 16 * pair[0] + pair.get(1).unwrap_or(&0)).collect();
    Some((text, &bytes[end + 1..]))
}

fn literal(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut text = Vec::new();
    let mut depth = 0_usize;
    let mut rest = bytes;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b')' if depth == 0 => return Some((text, rest)),
            b')' => depth -= 1,
            b'(' => depth += 1,
            b'\\' => {
                let (&escaped, behind) = rest.split_first()?;
                rest = behind;
                match escaped {
                    b'n' => text.push(b'\n'),
                    b'r' => text.push(b'\r'),
                    b't' => text.push(b'\t'),
                    b'b' => text.push(8),
                    b'f' => text.push(12),
                    b'\n' => {}
                    digit @ b'0'..=b'7' => {
                        let octal = |byte: &&u8| (b'0'..=b'7').contains(*byte);
                        let more = rest.iter().take(2).take_while(octal).count();
                        let code = |code: u32, byte: &u8| 8 * code + u32::from(byte - b'0');
                        text.push(rest[..more].iter().fold(code(0, &digit), code) as u8);
                        rest = &rest[more..];
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
            assert_eq!(string(written).unwrap().0, read);
        }
        assert_eq!(string(b"(never ends"), None);
        assert_eq!(string(b"<4x>"), None);
    }

    #[test]
    fn the_last_string_under_a_name_counts() {
        let bytes = b"/Scenario 5 0 R /Scenario (old) /Scenario (new) /Scenario /Name";
        assert_eq!(string(after(bytes, "Scenario").unwrap()).unwrap().0, "new");
    }

    #[test]
    fn keys_inside_strings_are_none() {
        let bytes =
            b" /Title (/Scenario \\(no\\) (a)) /Trapped /True /Scenario <4142>>> /Study (no)";
        assert_eq!(entries(bytes).unwrap(), [("Scenario", "AB".to_owned())]);
    }
}
