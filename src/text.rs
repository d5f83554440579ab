//! Text from outside: bytes as text.

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

#[cfg(test)]
mod tests {
    use super::*;

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
