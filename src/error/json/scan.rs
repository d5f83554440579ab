//! Finds the first flaw of a text that should be JSON.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::brief;
use super::super::format::Format;
use super::number::{is_number, repaired};

/// Most brackets in one another.
const DEEPEST: usize = 127;
/// What a value can be.
const VALUE: &str = "a number, a \"text\", true, false, null, a list or an object";

/// A place in a text that is no JSON.
pub(super) struct Flaw {
    /// Where, in bytes.
    pub(super) at: usize,
    /// The path of the field.
    pub(super) path: String,
    pub(super) found: String,
    pub(super) allowed: String,
}

/// An open bracket.
struct Level<'a> {
    start: usize,
    is_object: bool,
    index: usize,
    key: Cow<'a, str>,
    keys: HashMap<Cow<'a, str>, usize>,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Value,
    /// A value or the end of a list that has just begun.
    First,
    /// A value behind a comma.
    Item,
    /// A key, behind a comma or as the first.
    Key {
        is_first: bool,
    },
    /// A comma or a closing bracket.
    Behind,
}

/// A number that is no version of the program, with its path.
type Version = (String, f64);

/// For each format the first other version than its own: of the first format at the beginning of
/// the file, of the others anywhere. The error is the first flaw of a text that is no JSON or has
/// double keys.
pub(super) fn versions(json: &str, formats: &[Format]) -> Result<Vec<Option<Version>>, Flaw> {
    let mut scan = Scan {
        json,
        at: 0,
        end: 0,
        number: None,
        comma: 0,
        open: Vec::new(),
        formats,
        versions: vec![None; formats.len()],
    };
    scan.whole()?;
    Ok(scan.versions)
}

/// Line and column of a byte, counted from 1.
pub(super) fn place(json: &str, at: usize) -> (usize, usize) {
    let before = &json[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

struct Scan<'a> {
    json: &'a str,
    at: usize,
    /// The end of the last value or key.
    end: usize,
    /// The last value, if it is a number.
    number: Option<&'a str>,
    /// The last comma.
    comma: usize,
    open: Vec<Level<'a>>,
    formats: &'a [Format],
    versions: Vec<Option<Version>>,
}

type Scanned<T> = Result<T, Flaw>;

impl<'a> Scan<'a> {
    fn whole(&mut self) -> Scanned<()> {
        self.space()?;
        if self.peek().is_none() {
            return self.flaw("an empty text", "an object, { … }");
        }
        let mut next = Next::Value;
        loop {
            self.space()?;
            next = match next {
                Next::Behind if self.open.is_empty() => {
                    return match self.peek() {
                        None => Ok(()),
                        Some(sign) => {
                            let found = format!("{sign} behind the end");
                            self.flaw(found, "one object, and nothing behind it")
                        }
                    };
                }
                Next::Behind => self.behind()?,
                Next::Key { is_first } => self.key(is_first)?,
                Next::Value | Next::First | Next::Item => self.value(next)?,
            };
        }
    }

    fn flaw<T>(&self, found: impl Into<String>, allowed: impl Into<String>) -> Scanned<T> {
        self.flaw_at(self.at, found, allowed)
    }

    fn flaw_at<T>(
        &self,
        at: usize,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Scanned<T> {
        let path = self.path();
        Err(Flaw { at, path, found: found.into(), allowed: allowed.into() })
    }

    fn rest(&self) -> &'a str {
        &self.json[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space.
    fn space(&mut self) -> Scanned<()> {
        let rest = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
        self.at = self.json.len() - rest.len();
        match rest.chars().next() {
            Some('#') => self.flaw("a comment", "no comments in JSON"),
            Some('/') if rest.starts_with("//") || rest.starts_with("/*") => {
                self.flaw("a comment", "no comments in JSON")
            }
            Some(sign) if sign.is_whitespace() || sign == '\u{feff}' || sign == '\u{200b}' => {
                self.flaw(sign.escape_unicode().to_string(), "a space")
            }
            _ => Ok(()),
        }
    }

    /// The word at this place: a number, a name without quotes; empty at any other sign.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
    }

    /// The word at this place, or the single character.
    fn sign(&self) -> String {
        match self.peek() {
            None => "the end".to_owned(),
            Some(_) => brief(word(self.rest())),
        }
    }

    fn enter(&mut self, is_object: bool) -> Scanned<Next> {
        if self.open.len() == DEEPEST {
            let found = format!("{} brackets in one another", DEEPEST + 1);
            return self.flaw(found, format!("{DEEPEST} at most"));
        }
        let (key, keys) = (Cow::Borrowed(""), HashMap::new());
        self.open.push(Level { start: self.at, is_object, index: 0, key, keys });
        self.at += 1;
        Ok(if is_object { Next::Key { is_first: true } } else { Next::First })
    }

    fn leave(&mut self) -> Next {
        self.open.pop();
        self.at += 1;
        self.ended(None)
    }

    fn ended(&mut self, number: Option<&'a str>) -> Next {
        (self.end, self.number) = (self.at, number);
        Next::Behind
    }

    fn value(&mut self, next: Next) -> Scanned<Next> {
        match self.peek() {
            Some('{') => self.enter(true),
            Some('[') => self.enter(false),
            Some('"') => {
                self.text()?;
                Ok(self.ended(None))
            }
            Some(']') if next == Next::First => Ok(self.leave()),
            Some(']') if next == Next::Item => {
                let allowed = "no comma behind the last entry";
                self.flaw_at(self.comma, "a comma before ]", allowed)
            }
            Some(',') if next == Next::Item => self.flaw("two commas", "one comma"),
            Some(',') if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                let decimals: String =
                    self.rest()[1..].chars().take_while(char::is_ascii_digit).collect();
                self.flaw(format!(",{decimals}"), format!("0.{decimals}, with a decimal point"))
            }
            None => self.at_the_end(),
            Some(_) if self.word().is_empty() => self.unquoted(VALUE),
            Some(_) => self.bare(),
        }
    }

    /// A value without quotes: a number, or one of three words.
    fn bare(&mut self) -> Scanned<Next> {
        let word = self.word();
        if ["true", "false", "null"].contains(&word) {
            self.at += word.len();
            return Ok(self.ended(None));
        }
        if is_number(word) {
            if !word.parse::<f64>().is_ok_and(f64::is_finite) {
                return self.flaw(word, "a number up to 1.8e308 in size");
            }
            self.at += word.len();
            self.note_version(word);
            return Ok(self.ended(Some(word)));
        }
        let name = word.trim_start_matches(['+', '-', '−']).to_lowercase();
        let allowed = match name.as_str() {
            "nan" | "inf" | "infinity" => "a finite number".to_owned(),
            "true" | "false" | "null" => name,
            "none" | "nil" | "undefined" | "na" => "null".to_owned(),
            _ => match repaired(word) {
                Some(number) => number,
                None if name.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
                    "a number such as 0.5 or 1e-3".to_owned()
                }
                None => VALUE.to_owned(),
            },
        };
        self.flaw(word, allowed)
    }

    /// Notes a number if it is another version of a format.
    fn note_version(&mut self, word: &str) {
        let Some(level) = self.open.last().filter(|level| level.is_object) else { return };
        let top = self.open.len() == 1;
        let is_it = |(i, format): &(usize, &Format)| (*i > 0 || top) && format.key == level.key;
        let Some((i, format)) = self.formats.iter().enumerate().find(is_it) else { return };
        let Ok(version) = word.parse::<f64>() else { return };
        if self.versions[i].is_none() && version != f64::from(format.version) {
            self.versions[i] = Some((self.path(), version));
        }
    }

    /// The path of the value at this place.
    fn path(&self) -> String {
        let part = |level: &Level<'_>| match (level.is_object, level.key.as_ref()) {
            (false, _) => format!("[{}]", level.index),
            (true, "") => String::new(),
            (true, key) => format!(".{key}"),
        };
        let path: String = self.open.iter().map(part).collect();
        path.trim_start_matches('.').to_owned()
    }

    /// The flaw of a text that is not in double quotes, or of any other sign.
    fn unquoted<T>(&self, otherwise: &str) -> Scanned<T> {
        const QUOTES: [(char, char); 6] =
            [('\'', '\''), ('`', '`'), ('“', '”'), ('”', '”'), ('„', '“'), ('‘', '’')];
        let quote = QUOTES.iter().find(|quote| self.rest().starts_with(quote.0));
        let inside = quote.and_then(|quote| {
            let line = self.rest().lines().next()?.strip_prefix(quote.0)?;
            Some((
                quote.0,
                line.split(quote.1).next().filter(|text| text.len() < line.len())?,
                quote.1,
            ))
        });
        match inside {
            Some((open, text, close)) => {
                let text = brief(text);
                self.flaw(format!("{open}{text}{close}"), format!("\"{text}\", in double quotes"))
            }
            None => self.flaw(self.sign(), otherwise),
        }
    }

    fn key(&mut self, is_first: bool) -> Scanned<Next> {
        match self.peek() {
            Some('"') => {}
            Some('}') if is_first => return Ok(self.leave()),
            Some('}') => {
                self.forget_key();
                let allowed = "no comma behind the last entry";
                return self.flaw_at(self.comma, "a comma before }", allowed);
            }
            Some(',') => {
                self.forget_key();
                return self.flaw("two commas", "one comma");
            }
            None => return self.at_the_end(),
            Some(sign) => return self.no_key(sign),
        }
        let start = self.at;
        self.forget_key();
        let key = self.text()?;
        let json = self.json;
        let Some(level) = self.open.last_mut() else { return Ok(Next::Behind) };
        if let Some(before) = level.keys.insert(key.clone(), start) {
            let allowed = format!("once (it is in line {})", place(json, before).0);
            return self.flaw_at(start, format!("\"{}\" twice", brief(&key)), allowed);
        }
        level.key = key.clone();
        self.space()?;
        if self.peek() == Some(':') {
            self.at += 1;
            return Ok(Next::Value);
        }
        self.flaw(self.sign(), format!("a colon behind \"{}\"", brief(&key)))
    }

    fn forget_key(&mut self) {
        if let Some(level) = self.open.last_mut() {
            level.key = Cow::Borrowed("");
        }
    }

    /// The flaw where a key should be: also that of a comma within a number.
    fn no_key(&mut self, sign: char) -> Scanned<Next> {
        let decimals: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        if let Some(number) = self.number
            && !decimals.is_empty()
            && self.at == self.end + 1
        {
            let allowed = format!("{number}.{decimals}, with a decimal point");
            let start = self.end - number.len();
            return self.flaw_at(start, format!("{number},{decimals}"), allowed);
        }
        self.forget_key();
        let word = self.word();
        if sign.is_alphanumeric() || sign == '_' {
            return self.flaw(brief(word), format!("\"{}\", in double quotes", brief(word)));
        }
        self.unquoted("a \"key\" in double quotes, or }")
    }

    /// What stands behind a value within brackets.
    fn behind(&mut self) -> Scanned<Next> {
        let Some(level) = self.open.last() else { return Ok(Next::Behind) };
        let close = if level.is_object { '}' } else { ']' };
        match self.peek() {
            None => self.at_the_end(),
            Some(',') => {
                self.comma = self.at;
                self.at += 1;
                let is_object = level.is_object;
                if let Some(level) = self.open.last_mut() {
                    level.index += usize::from(!is_object);
                }
                Ok(if is_object { Next::Key { is_first: false } } else { Next::Item })
            }
            Some(sign) if sign == close => Ok(self.leave()),
            Some(sign @ ('}' | ']')) => {
                let allowed = format!("a comma or {}", self.closing());
                self.flaw(sign, allowed)
            }
            Some(sign)
                if "\"{['“".contains(sign) || (self.at > self.end && !self.word().is_empty()) =>
            {
                self.flaw_at(self.end, "no comma", "a comma between entries")
            }
            Some(_) => self.flaw(self.sign(), format!("a comma or {close}")),
        }
    }

    /// The bracket that is missing.
    fn closing(&self) -> String {
        let Some(level) = self.open.last() else { return String::new() };
        let (open, close) = if level.is_object { ('{', '}') } else { ('[', ']') };
        format!("{close} for the {open} of line {}", place(self.json, level.start).0)
    }

    fn at_the_end<T>(&self) -> Scanned<T> {
        let allowed = self.closing();
        self.flaw_at(
            self.end.max(1).min(self.json.len()),
            "the end",
            if allowed.is_empty() { VALUE.to_owned() } else { allowed },
        )
    }

    /// Reads a text in quotes.
    fn text(&mut self) -> Scanned<Cow<'a, str>> {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.rest();
            let length =
                rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            self.at += length;
            match self.peek() {
                Some('"') => break,
                Some('\\') => self.escape()?,
                Some('\n' | '\r') => {
                    return self.flaw("the end of the line in a text", "\" at its end, or \\n");
                }
                Some(control) => {
                    let allowed = format!("\\u{:04x}", u32::from(control));
                    return self.flaw("a control character in a text", allowed);
                }
                None => {
                    let line = place(self.json, start).0;
                    let allowed = format!("\" at the end of the text that begins in line {line}");
                    return self.flaw("the end", allowed);
                }
            }
        }
        let inside = &self.json[start + 1..self.at];
        self.at += 1;
        if !inside.contains('\\') {
            return Ok(Cow::Borrowed(inside));
        }
        match serde_json::from_str::<String>(&self.json[start..self.at]) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(_) => self.flaw_at(start, brief(inside), "a text with whole characters"),
        }
    }

    /// Passes an escape such as `\n` or `\u00e9`.
    fn escape(&mut self) -> Scanned<()> {
        let rest = self.rest();
        let Some(sign) = rest[1..].chars().next() else {
            self.at += 1;
            return Ok(());
        };
        let unit = |text: &str| {
            let digits = text.strip_prefix("\\u")?.get(..4)?;
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_hex { u32::from_str_radix(digits, 16).ok() } else { None }
        };
        let length = match (sign, unit(rest)) {
            ('u', Some(0xd800..=0xdbff)) => {
                let low = rest.get(6..).and_then(unit);
                low.filter(|low| (0xdc00..=0xdfff).contains(low)).map(|_| 12)
            }
            ('u', Some(0xdc00..=0xdfff)) => None,
            ('u', unit) => unit.map(|_| 6),
            (sign, _) => "\"\\/bfnrt".contains(sign).then_some(2),
        };
        match length {
            Some(length) => {
                self.at += length;
                Ok(())
            }
            None if sign == 'u' => {
                let found: String = rest.chars().take(6).collect();
                self.flaw(found, "\\u with four hexadecimal digits of a whole character")
            }
            None => self.flaw(format!("\\{sign}"), "\\\\ for one \\"),
        }
    }
}

/// Returns true for a sign within numbers and names.
fn is_part(sign: char) -> bool {
    sign.is_alphanumeric() || "+-−._".contains(sign)
}

/// The word at the beginning of a text, or the single character there.
pub(super) fn word(text: &str) -> &str {
    match text.find(|c| !is_part(c)) {
        Some(0) => &text[..text.chars().next().map_or(0, char::len_utf8)],
        end => &text[..end.unwrap_or(text.len())],
    }
}
