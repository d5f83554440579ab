//! A table of a lesson file, read key by key: what is missing, unknown or of the wrong kind is named
//! with its place and what is allowed.

use toml::{Table, Value};

use crate::error::Invalid;

/// A table and where it stands.
pub(super) struct Keys {
    place: String,
    table: Table,
    allowed: Vec<&'static str>,
}

impl Keys {
    pub(super) fn new(place: impl Into<String>, table: Table) -> Self {
        Self { place: place.into(), table, allowed: Vec::new() }
    }

    /// A problem with the value of a key.
    pub(super) fn problem(
        &self,
        key: &str,
        found: impl std::fmt::Display,
        allowed: &str,
    ) -> Invalid {
        Invalid::new(self.at(key), found, allowed)
    }

    /// A problem found elsewhere in the value of a key.
    pub(super) fn within(&self, key: &str, problem: Invalid) -> Invalid {
        let field = match problem.field.as_str() {
            "" => self.at(key),
            inner => format!("{}: {inner}", self.at(key)),
        };
        Invalid { field, ..problem }
    }

    fn at(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}: {key}", self.place) }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.allowed.push(key);
        self.table.remove(key)
    }

    fn wanted<T>(&self, key: &str, found: Option<T>, allowed: &str) -> Result<T, Invalid> {
        found.ok_or_else(|| self.problem(key, "nothing", allowed))
    }

    /// A text, where there is one.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, Invalid> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.chars().any(commands) => {
                let found = text.escape_default().to_string();
                Err(self.problem(key, found, "a text without characters that command a terminal"))
            }
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
            Some(Value::String(_)) => Err(self.problem(key, "an empty text", "words in quotes")),
            Some(other) => Err(self.problem(key, shown(&other), "a text in quotes")),
        }
    }

    /// Words without any number in braces, which must be there.
    pub(super) fn words(&mut self, key: &'static str) -> Result<String, Invalid> {
        let words = self.some_text(key)?;
        self.plain(key, &words).map(|()| words)
    }

    /// That there are no braces: nothing is filled in here.
    pub(super) fn plain(&self, key: &str, words: &str) -> Result<(), Invalid> {
        match words.find(['{', '}']) {
            Some(at) => {
                let found = format!("\"{}\"", &words[at..]);
                Err(self.problem(key, found, "words alone: numbers are filled in elsewhere"))
            }
            None => Ok(()),
        }
    }

    /// A text that must be there.
    pub(super) fn some_text(&mut self, key: &'static str) -> Result<String, Invalid> {
        let text = self.text(key)?;
        self.wanted(key, text, "a text in quotes")
    }

    /// A whole number that must be there.
    pub(super) fn whole(&mut self, key: &'static str, most: i64) -> Result<i64, Invalid> {
        let number = self.whole_or(key, most, None)?;
        self.wanted(key, number, &format!("a whole number from 1 to {most}"))
    }

    /// A whole number from 1, or else another one.
    pub(super) fn whole_or(
        &mut self,
        key: &'static str,
        most: i64,
        other: Option<i64>,
    ) -> Result<Option<i64>, Invalid> {
        match self.take(key) {
            None => Ok(other),
            Some(Value::Integer(number)) if (1..=most).contains(&number) => Ok(Some(number)),
            Some(found) => {
                let allowed = format!("a whole number from 1 to {most}");
                Err(self.problem(key, shown(&found), &allowed))
            }
        }
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, key: &'static str, unless: bool) -> Result<bool, Invalid> {
        match self.take(key) {
            None => Ok(unless),
            Some(Value::Boolean(flag)) => Ok(flag),
            Some(other) => Err(self.problem(key, shown(&other), "true or false")),
        }
    }

    /// Texts; none where the key is missing, one where it holds a text.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<String>, Invalid> {
        let allowed = "a list of texts in quotes";
        let text = |this: &Self, value: Value| match value {
            Value::String(text) if !text.trim().is_empty() => Ok(text),
            other => Err(this.problem(key, shown(&other), allowed)),
        };
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values.into_iter().map(|v| text(self, v)).collect(),
            Some(value) => Ok(vec![text(self, value)?]),
        }
    }

    /// Values of knobs by their paths, each as it would be typed.
    pub(super) fn values(&mut self, key: &'static str) -> Result<Vec<(String, String)>, Invalid> {
        let allowed = "knobs with their values: { \"KNOB\" = VALUE }";
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Table(table)) => {
                let value = |(knob, value): (String, Value)| match value {
                    Value::String(text) => Ok((knob, text)),
                    Value::Integer(number) => Ok((knob, number.to_string())),
                    Value::Float(number) => Ok((knob, number.to_string())),
                    other => Err(self.problem(key, shown(&other), "a number or a text")),
                };
                table.into_iter().map(value).collect()
            }
            Some(other) => Err(self.problem(key, shown(&other), allowed)),
        }
    }

    /// Tables, each with its place, from 1; none where the key is missing.
    pub(super) fn tables(&mut self, key: &'static str, name: &str) -> Result<Vec<Self>, Invalid> {
        let allowed = format!("tables headed [[{key}]]");
        let values = match self.take(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(values)) => values,
            Some(other) => return Err(self.problem(key, shown(&other), &allowed)),
        };
        let table = |(i, value): (usize, Value)| match value {
            Value::Table(table) => {
                let own = format!("{name} {}", i + 1);
                Ok(Self::new(if self.place.is_empty() { own } else { self.at(&own) }, table))
            }
            other => Err(self.problem(key, shown(&other), &allowed)),
        };
        values.into_iter().enumerate().map(table).collect()
    }

    /// Says more of where the table stands.
    pub(super) fn call(&mut self, name: &str) {
        self.place = format!("{} ({name})", self.place);
    }

    /// Ends the reading: no key may be left.
    pub(super) fn finish(self) -> Result<(), Invalid> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => {
                Err(self.problem(key, "a key that nothing reads", &self.allowed.join(", ")))
            }
        }
    }
}

/// Whether a character commands a terminal, or turns the direction of what is read.
fn commands(c: char) -> bool {
    let turns =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n' && c != '\t')
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{text}\""),
        Value::Table(_) => "a table".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(_) => "a date".to_owned(),
    }
}
