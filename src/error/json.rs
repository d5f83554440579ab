//! Reads and writes JSON. Errors are in the words of people who write it by hand: the place, what
//! was found and what to write.

mod number;
mod scan;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use super::format::Format;

use super::{Error, Invalid, Result, brief, plain};
use crate::text::{in_json, shown};
use scan::Flaw;

/// The last part of the path of a difference between two θs, and what it may be.
const DIFFERENCE: &str = "difference";
const DIFFERENCES: &str = "\"generic\", {\"loud\": TASK} or {\"opposite\": TASK}";

/// Parses JSON; `origin` names the file in errors. They contain the line, the column and the path
/// of the field. A byte order mark at the beginning is left out.
///
/// # Errors
///
/// [`Error::Json`] for a text that is no JSON, has a key twice in an object, or a value that does
/// not fit.
pub fn read<T: DeserializeOwned>(json: &str, origin: &str) -> Result<T> {
    read_format(json, origin, &[])
}

/// Like [`read`], for a file of the first format that may hold others. Their versions are checked
/// before all fields.
///
/// # Errors
///
/// [`Error::Scenario`] for another version; otherwise as for [`read`].
pub fn read_format<T: DeserializeOwned>(json: &str, origin: &str, formats: &[Format]) -> Result<T> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let versions = scan::versions(json, formats).map_err(|flaw| flawed(json, origin, &flaw))?;
    for (format, found) in formats.iter().zip(versions) {
        let Some((field, version)) = found else { continue };
        format.check(version).map_err(|problem| Error::Scenario {
            origin: origin.to_owned(),
            problem: Invalid { field, ..problem },
        })?;
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| misfit(json, origin, error.inner(), &error.path().to_string()))
}

/// A value as JSON in one line, with hidden characters as escapes. `what` names it in errors.
///
/// # Errors
///
/// [`Error::Failed`] for a value that JSON cannot hold.
pub fn line(what: &str, value: &impl Serialize) -> Result<String> {
    written(what, serde_json::to_string(value))
}

/// Like [`line()`], but indented, with a line break at the end.
///
/// # Errors
///
/// As for [`line()`].
pub fn pretty(what: &str, value: &impl Serialize) -> Result<String> {
    written(what, serde_json::to_string_pretty(value)).map(|json| json + "\n")
}

fn written(what: &str, json: serde_json::Result<String>) -> Result<String> {
    let fault = |error| Error::Failed(format!("{what} cannot be written as JSON: {error}"));
    json.map(|json| in_json(&json)).map_err(fault)
}

/// The error for a text that is no JSON.
fn flawed(json: &str, origin: &str, flaw: &Flaw) -> Error {
    let (line, column) = scan::place(json, flaw.at);
    Error::Json {
        origin: origin.to_owned(),
        line,
        column,
        field: field(&flaw.path),
        message: format!("found {}; allowed: {}", brief(&shown(&flaw.found)), shown(&flaw.allowed)),
    }
}

/// The error for a value that does not fit.
fn misfit(json: &str, origin: &str, error: &serde_json::Error, path: &str) -> Error {
    let line = json.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = line.get(..error.column()).map_or(error.column(), |start| start.chars().count());
    let message = match error.is_data() {
        true => translated(&error.to_string()),
        // What is neither a text nor an object, where one of several words should be.
        false => {
            let found = scan::word(line.get(error.column().saturating_sub(1)..).unwrap_or(line));
            let found = if found.starts_with('"') { "a second field" } else { found };
            let allowed = match path.rsplit('.').next() {
                Some(DIFFERENCE) => DIFFERENCES,
                _ => "a text in quotes, or an object with one field",
            };
            format!("found {}; allowed: {allowed}", brief(found))
        }
    };
    Error::Json {
        origin: origin.to_owned(),
        line: error.line(),
        column,
        field: field(path),
        message: shown(&message),
    }
}

fn field(path: &str) -> String {
    if path.is_empty() || path == "." {
        String::new()
    } else {
        format!("{}: ", brief(&shown(path)))
    }
}

fn translated(said: &str) -> String {
    let said = said.split(" at line ").next().unwrap_or(said);
    let no_task = format!("found no task; allowed: {DIFFERENCES}");
    let said =
        plain(&said.replace("invalid type: unit variant, expected newtype variant", &no_task));
    match said.rsplit_once("; allowed: ") {
        Some((found, allowed)) => format!("{}; allowed: {allowed}", brief(found)),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The message about a text, without the name of its file.
    fn said(json: &str) -> String {
        let error = read::<Value>(json, "a.json").unwrap_err().to_string();
        error.strip_prefix("a.json:").unwrap().to_owned()
    }

    /// Mistakes, each with the beginning of the message.
    const MISTAKES: &[(&str, &str)] = &[
        ("", "1:1: found an empty text; allowed: an object, { … }"),
        (" \n", "2:1: found an empty text; allowed: an object, { … }"),
        ("{\"a\": 0,5}", "1:7: a: found 0,5; allowed: 0.5, with a decimal point"),
        ("{\"a\": [{\"b\": −1,25}]}", "1:14: a[0].b: found −1; allowed: -1"),
        ("{\"a\": ,5}", "1:7: a: found ,5; allowed: 0.5, with a decimal point"),
        ("{\n // no\n}", "2:2: found a comment; allowed: no comments in JSON"),
        ("{\"a\": 1 /* no */}", "1:9: a: found a comment; allowed: no comments in JSON"),
        ("# a\n{}", "1:1: found a comment; allowed: no comments in JSON"),
        ("{\"a\": 1,\n}", "1:8: found a comma before }; allowed: no comma behind the last entry"),
        ("[1,\n]", "1:3: [1]: found a comma before ]; allowed: no comma behind the last entry"),
        ("{\"a\": 1,, \"b\": 2}", "1:9: found two commas; allowed: one comma"),
        ("{'a': 1}", "1:2: found 'a'; allowed: \"a\", in double quotes"),
        ("{\"a\": 'é'}", "1:7: a: found 'é'; allowed: \"é\", in double quotes"),
        ("{“a”: 1}", "1:2: found “a”; allowed: \"a\", in double quotes"),
        ("{a: 1}", "1:2: found a; allowed: \"a\", in double quotes"),
        ("{\"a\": yes}", "1:7: a: found yes; allowed: a number, a \"text\", true, false, null,"),
        ("{\"a\": True}", "1:7: a: found True; allowed: true"),
        ("{\"a\": None}", "1:7: a: found None; allowed: null"),
        ("{\"a\": NaN}", "1:7: a: found NaN; allowed: a finite number"),
        ("{\"a\": -Infinity}", "1:7: a: found -Infinity; allowed: a finite number"),
        ("{\"a\": 1e400}", "1:7: a: found 1e400; allowed: a number up to 1.8e308 in size"),
        ("{\"a\": .5}", "1:7: a: found .5; allowed: 0.5"),
        ("{\"a\": 5.}", "1:7: a: found 5.; allowed: 5.0"),
        ("{\"a\": +5}", "1:7: a: found +5; allowed: 5"),
        ("{\"a\": 007}", "1:7: a: found 007; allowed: 7"),
        ("{\"a\": 1_000}", "1:7: a: found 1_000; allowed: 1000"),
        ("{\"a\": 1.2.3}", "1:7: a: found 1.2.3; allowed: a number such as 0.5 or 1e-3"),
        ("{\"a\" 1}", "1:6: a: found 1; allowed: a colon behind \"a\""),
        ("{\"a\" = 1}", "1:6: a: found =; allowed: a colon behind \"a\""),
        ("{\"a\": }", "1:7: a: found }; allowed: a number, a \"text\""),
        ("{\"a\": 1\n \"b\": 2}", "1:8: a: found no comma; allowed: a comma between entries"),
        ("[1 2]", "1:3: [0]: found no comma; allowed: a comma between entries"),
        ("{\"a\": 5°}", "1:8: a: found °; allowed: a comma or }"),
        ("{\"a\": 1; \"b\": 2}", "1:8: a: found ;; allowed: a comma or }"),
        ("{\n\"a\": [1, {\"b\": 2}", "2:18: a[1]: found the end; allowed: ] for the [ of line 2"),
        ("{\"a\": [1}", "1:9: a[0]: found }; allowed: a comma or ] for the [ of line 1"),
        ("{\"a\": \"b", "1:9: a: found the end; allowed: \" at the end of the text that begins"),
        ("{\"a\": \"b\n\"}", "1:9: a: found the end of the line in a text; allowed: \" at its"),
        ("{\"a\": \"b\tc\"}", "1:9: a: found a control character in a text; allowed: \\u0009"),
        ("{\"a\": \"C:\\data\"}", "1:10: a: found \\d; allowed: \\\\ for one \\"),
        ("{\"a\": \"\\ud800\"}", "1:8: a: found \\ud800; allowed: "),
        ("{} {}", "1:4: found { behind the end; allowed: one object"),
        ("{\"a\": 1}}", "1:9: found } behind the end; allowed: one object"),
        ("{\"a\":\u{a0}1}", "1:6: a: found \\u{a0}; allowed: a space"),
        (
            "{\"a\": 1, \"b\": 2,\n\"a\": 3}",
            "2:1: found \"a\" twice; allowed: once (it is in line 1)",
        ),
        ("[{\"a\": 1, \"\\u0061\": 2}]", "1:11: [0]: found \"a\" twice; allowed: once"),
        ("<html>", "1:1: found <; allowed: a number, a \"text\""),
    ];

    #[test]
    fn every_usual_mistake_is_named_with_its_place_and_what_to_write() {
        for (json, words) in MISTAKES {
            let said = said(json);
            assert!(said.starts_with(words), "{json}\n{said}\n{words}");
        }
        let deep = said(&"[".repeat(1 << 20));
        assert!(deep.contains("128 brackets in one another; allowed: 127"), "{deep}");
    }

    #[test]
    fn a_byte_order_mark_is_left_out_and_what_is_json_is_read() {
        let json = "\u{feff} {\"a\": [0,5, -1.5e-3, true, null, {}, []], \"\": \"\\n\\u00e9\u{1f600}\"}\r\n";
        assert_eq!(read::<Value>(json, "").unwrap()["a"][1], 5);
    }

    #[test]
    fn another_version_is_refused_before_all_fields_and_both_are_named() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            file: u32,
        }
        let format = |key| Format { key, version: 2 };
        let read = |json: &str| read_format::<File>(json, "a", &["file", "part"].map(format));
        let said = |json: &str| read(json).unwrap_err().to_string();
        assert_eq!(read("{\"file\": 2}").unwrap().file, 2);
        for (json, words) in [
            ("{\"new\": 1, \"file\": 3}", "a: file: found 3; allowed: 2 (the format this version"),
            ("{\"file\": 1, \"old\": {}}", "a: file: found 1; allowed: 2 (the format this version"),
            ("{\"file\": 2.5}", "a: file: found 2.5; allowed: 2 (the format this version"),
            ("{\"file\": 3,}", "a:1:11: found a comma before }"),
            ("{\"file\": \"3\"}", "a:1:12: file: found \"3\"; allowed: "),
            (
                "{\"all\": [{\"part\": 2}, {\"new\": 0, \"part\": 3}], \"file\": 2}",
                "a: all[1].part: found 3; ",
            ),
            ("{\"all\": [{\"part\": 3}], \"file\": 3}", "a: file: found 3; "),
            ("{\"in\": {\"file\": 3}}", "a:1:5: in: found the unknown field `in`"),
        ] {
            let said = said(json);
            assert!(said.starts_with(words), "{json}: {said}");
        }
        assert!(said("{\"file\": 3}").ends_with("this file is newer)"));
        assert!(said("{\"file\": 1}").ends_with("this file is older)"));
    }

    #[test]
    fn a_value_of_another_kind_is_named_with_its_field() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Kind {
            One,
        }
        #[derive(Debug, serde::Deserialize)]
        struct File {
            kind: Kind,
        }
        let said = |json: &str| read::<Vec<File>>(json, "a").unwrap_err().to_string();
        for (value, found) in [("35", "35"), ("null", "null"), ("[1]", "[")] {
            let said = said(&format!("[{{\"kind\": {value}}}]"));
            let words = format!(
                "[0].kind: found {found}; allowed: a text in quotes, or an object with one field"
            );
            assert!(said.starts_with("a:1:") && said.ends_with(&words), "{said}");
        }
        assert!(said("[{\"kind\": \"two\"}]").ends_with("[0].kind: found `two`; allowed: `one`"));
        assert!(matches!(read::<File>("{\"kind\": \"one\"}", "a").unwrap().kind, Kind::One));
    }

    #[test]
    fn whatever_the_reader_refuses_was_refused_before_in_words_for_people() {
        let whole =
            "{\"a\": [0.5, -1e3, {\"b\": \"c\\u00e9\\n\"}], \"d\": {\"g\": null, \"f\": true}}";
        let signs = "{}[]:,\"'\\/-+.eE0 1x\n\té\u{feff}#";
        for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
            for sign in signs.chars().map(Some).chain([None]) {
                for skipped in 0..=1 {
                    let rest: String = whole[at..].chars().skip(skipped).collect();
                    let sign = sign.map(String::from).unwrap_or_default();
                    let json = format!("{}{sign}{rest}", &whole[..at]);
                    let json = json.trim_start_matches('\u{feff}');
                    let is_json = serde_json::from_str::<Value>(json).is_ok();
                    assert_eq!(scan::versions(json, &[]).is_ok(), is_json, "{json}");
                }
            }
        }
    }
}
