//! Reads a table of a lesson file key by key. Errors name the place of a missing, unknown or wrong
//! value, and what is allowed there.

use toml::{Table, Value};

use crate::error::Invalid;
use crate::text;

/// What a text may hold.
const SEEN: &str = "a text without control characters and others that cannot be seen";

/// A table and its place in the file.
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

    /// Adds the place of a key to a problem found inside its value.
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

    /// An optional text.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, Invalid> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.chars().any(commands) => {
                Err(self.problem(key, text, SEEN))
            }
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
            Some(Value::String(_)) => Err(self.problem(key, "an empty text", "a text in quotes")),
            Some(other) => Err(self.problem(key, shown(&other), "a text in quotes")),
        }
    }

    /// A required text without braces.
    pub(super) fn words(&mut self, key: &'static str) -> Result<String, Invalid> {
        let words = self.some_text(key)?;
        self.plain(key, &words).map(|()| words)
    }

    /// Checks that there are no braces: no numbers are filled in here.
    pub(super) fn plain(&self, key: &str, words: &str) -> Result<(), Invalid> {
        match words.find(['{', '}']) {
            Some(at) => {
                let found = format!("\"{}\"", &words[at..]);
                Err(self.problem(key, found, "a text without braces: nothing is filled in here"))
            }
            None => Ok(()),
        }
    }

    /// A required text.
    pub(super) fn some_text(&mut self, key: &'static str) -> Result<String, Invalid> {
        let text = self.text(key)?;
        self.wanted(key, text, "a text in quotes")
    }

    /// A required whole number.
    pub(super) fn whole(&mut self, key: &'static str, most: i64) -> Result<i64, Invalid> {
        let number = self.whole_from(key, 1, most)?;
        self.wanted(key, number, &format!("a whole number from 1 to {most}"))
    }

    /// A whole number from `least` to `most`; `None` if the key is missing.
    pub(super) fn whole_from(
        &mut self,
        key: &'static str,
        least: i64,
        most: i64,
    ) -> Result<Option<i64>, Invalid> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Integer(number)) if (least..=most).contains(&number) => Ok(Some(number)),
            Some(found) => {
                let allowed = format!("a whole number from {least} to {most}");
                Err(self.problem(key, shown(&found), &allowed))
            }
        }
    }

    /// True or false; `unless` if the key is missing.
    pub(super) fn flag(&mut self, key: &'static str, unless: bool) -> Result<bool, Invalid> {
        match self.take(key) {
            None => Ok(unless),
            Some(Value::Boolean(flag)) => Ok(flag),
            Some(other) => Err(self.problem(key, shown(&other), "true or false")),
        }
    }

    /// A list of texts: empty if the key is missing, a single text if the value is one.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<String>, Invalid> {
        let allowed = "a list of texts in quotes";
        let text = |this: &Self, value: Value| match value {
            Value::String(text) if text.chars().any(commands) => Err(this.problem(key, text, SEEN)),
            Value::String(text) if !text.trim().is_empty() => Ok(text),
            other => Err(this.problem(key, shown(&other), allowed)),
        };
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values.into_iter().map(|v| text(self, v)).collect(),
            Some(value) => Ok(vec![text(self, value)?]),
        }
    }

    /// Knob values by path, each as it would be typed.
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

    /// A list of tables, each with its place, counted from 1; empty if the key is missing.
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

    /// Adds a name to the table's place.
    pub(super) fn call(&mut self, name: &str) {
        self.place = format!("{} ({name})", self.place);
    }

    /// Finishes reading. No key may be left over.
    pub(super) fn finish(self) -> Result<(), Invalid> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => Err(self.problem(key, "an unknown key", &self.allowed.join(", "))),
        }
    }
}

/// Returns true for a hidden character other than the end of a line and a tab.
fn commands(c: char) -> bool {
    text::is_hidden(c) && c != '\n' && c != '\t'
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
