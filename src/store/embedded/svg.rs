//! Reads notes from an SVG document as a stream, without keeping the rest.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::error::brief;
use crate::store::notes::{Notes, fits, known};

/// The attribute with the keyword of a note.
const KEYWORD: &str = "data-keyword";

/// Largest depth of nested elements.
const DEEPEST: usize = 10_000;

/// Reads the notes with known keywords: the text at the beginning of their elements.
pub(super) fn notes(bytes: &[u8]) -> Result<Notes, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "no UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_ascii_start());
    let mut notes = Notes::new();
    let mut open: Option<(&'static str, String)> = None;
    let (mut depth, mut elements) = (0_usize, 0_u64);
    loop {
        let event = reader.read_event().map_err(|error| brief(&error.to_string()))?;
        let added = match (&event, &mut open) {
            (Event::Text(text), Some(_)) => text.xml10_content(),
            (Event::CData(text), Some(_)) => text.xml10_content(),
            (Event::GeneralRef(entity), Some(_)) => meant(entity)?.into(),
            _ => "".into(),
        };
        if let Some((keyword, text)) = &mut open {
            fits(keyword, text.len() + added.len())?;
            text.push_str(&added);
        }
        if matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_)) {
            notes.extend(open.take());
        }
        match event {
            Event::Start(element) => {
                (depth, elements) = (depth + 1, elements + 1);
                let keyword = keyword(&element)?.filter(|own| notes.iter().all(|(k, _)| k != own));
                open = keyword.map(|keyword| (keyword, String::new()));
            }
            Event::Empty(_) => elements += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 || elements == 0 => return Err("it ends too early".to_owned()),
            Event::Eof => return Ok(notes),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("more than {DEEPEST} nested elements; allowed: {DEEPEST} at most"));
        }
    }
}

/// The known keyword of an element, if it has one. Attributes are read one by one, however many
/// there are.
fn keyword(element: &BytesStart<'_>) -> Result<Option<&'static str>, String> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.0 == KEYWORD {
            return Ok(known(&attribute.value));
        }
    }
    Ok(None)
}

/// The character of a reference such as `&lt;` or `&#10;`.
fn meant(entity: &BytesRef<'_>) -> Result<String, String> {
    let character = entity.resolve_char_ref().map_err(|error| error.to_string())?;
    let named = || resolve_predefined_entity(entity).map(str::to_owned);
    character.map(String::from).or_else(named).ok_or_else(|| "an unknown reference".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_of_an_element_with_a_keyword_is_its_note() {
        let document = "\u{feff}\n<?xml version='1.0'?><!-- don't --><svg><g a='1'><metadata \
            data-keyword='Scenario' b='>'>{&quot;a&#34;:<![CDATA[<1>]]>\r\n}<b>no</b> no</metadata>\
            <m data-keyword='Other'>no</m><m data-keyword='Scenario'>no</m></g></svg>";
        let expected = vec![("Scenario", "{\"a\":<1>\n}".to_owned())];
        assert_eq!(notes(document.as_bytes()), Ok(expected));
    }

    #[test]
    fn a_fault_quotes_no_more_than_a_line_of_the_file() {
        let document = format!("<svg><m></{}></svg>", "x".repeat(9000));
        assert!(notes(document.as_bytes()).unwrap_err().len() < 100);
    }

    #[test]
    fn what_is_cut_off_or_not_closed_is_refused() {
        for document in ["", "<svg>", "<svg><g></svg>", "<svg a='", "<svg>&none", "no <"] {
            assert!(notes(document.as_bytes()).is_err(), "{document}");
        }
    }

    #[test]
    fn elements_too_deep_inside_one_another_are_refused() {
        let deep = "<g>".repeat(DEEPEST + 1) + &"</g>".repeat(DEEPEST + 1);
        assert!(notes(deep.as_bytes()).unwrap_err().contains("10000 at most"));
    }
}
