//! Reads notes from the text chunks of a PNG (PNG specification, third edition, 11.3.3). Pixels are
//! not decoded.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::store::notes::{Notes, fits, known, most};

/// Size of the signature, in bytes.
const SIGNATURE: usize = 8;
/// Size of a chunk without its data, in bytes: length, type and checksum.
const FRAME: usize = 12;

/// Reads the notes with known keywords from tEXt and iTXt chunks.
pub(super) fn notes(bytes: &[u8]) -> Result<Notes, String> {
    let mut notes = Notes::new();
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    loop {
        let (kind, data) = chunk(rest)?;
        rest = &rest[FRAME + data.len()..];
        let note = match kind {
            b"IEND" => return Ok(notes),
            b"tEXt" => latin(data),
            b"iTXt" => international(data)?,
            _ => None,
        };
        if let Some((keyword, text)) = note
            && notes.iter().all(|(known, _)| *known != keyword)
        {
            notes.push((keyword, text.read(keyword)?));
        }
    }
}

/// The type and data of the chunk at the beginning of `bytes`.
fn chunk(bytes: &[u8]) -> Result<(&[u8; 4], &[u8]), String> {
    let early = || "it ends too early".to_owned();
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(early)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (kind, rest) = rest.split_first_chunk::<4>().ok_or_else(early)?;
    let data = rest.get(..length).ok_or_else(early)?;
    let sum = rest[length..].first_chunk::<4>().ok_or_else(early)?;
    if crc32fast::hash(&bytes[4..8 + length]) != u32::from_be_bytes(*sum) {
        return Err("a checksum does not match".to_owned());
    }
    Ok((kind, data))
}

/// A text stored in a chunk.
enum Text<'a> {
    Latin(&'a [u8]),
    Plain(&'a [u8]),
    Packed(&'a [u8]),
}

impl Text<'_> {
    /// Decodes the text, up to the size limit of the keyword.
    fn read(&self, keyword: &'static str) -> Result<String, String> {
        let bytes = match self {
            Text::Latin(bytes) => {
                fits(keyword, bytes.len())?;
                return Ok(bytes.iter().map(|byte| char::from(*byte)).collect());
            }
            Text::Plain(bytes) => {
                fits(keyword, bytes.len())?;
                bytes.to_vec()
            }
            Text::Packed(packed) => {
                let mut bytes = Vec::new();
                let mut unfolded = ZlibDecoder::new(*packed).take(most(keyword) as u64 + 1);
                let read = unfolded.read_to_end(&mut bytes);
                fits(keyword, bytes.len())?;
                read.map_err(|error| error.to_string())?;
                bytes
            }
        };
        String::from_utf8(bytes).map_err(|_| "no UTF-8".to_owned())
    }
}

/// A known keyword and its text: `KEYWORD 0 TEXT` in Latin-1.
fn latin(data: &[u8]) -> Option<(&'static str, Text<'_>)> {
    let (keyword, text) = ended(data)?;
    Some((known(std::str::from_utf8(keyword).ok()?)?, Text::Latin(text)))
}

/// A known keyword and its text: `KEYWORD 0 PACKED METHOD LANGUAGE 0 KEYWORD 0 TEXT` in UTF-8.
fn international(data: &[u8]) -> Result<Option<(&'static str, Text<'_>)>, String> {
    let parts = || {
        let (keyword, rest) = ended(data)?;
        let ([packed, _method], rest) = rest.split_first_chunk::<2>()?;
        let (_language, rest) = ended(rest)?;
        let (_translated, text) = ended(rest)?;
        Some((keyword, if *packed == 1 { Text::Packed(text) } else { Text::Plain(text) }))
    };
    let (keyword, text) = parts().ok_or_else(|| "a text without its keyword".to_owned())?;
    Ok(std::str::from_utf8(keyword).ok().and_then(known).map(|keyword| (keyword, text)))
}

/// The bytes before and after the first zero.
fn ended(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}
