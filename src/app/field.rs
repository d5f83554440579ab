//! The input field: an exact value or a file name.

use super::key::Key;
use super::pane::Pane;
use crate::text::is_hidden;

/// The most characters that a field holds.
const MOST_CHARACTERS: usize = 4096;

/// Purpose of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPurpose {
    /// The value of the focused knob.
    Value,
    /// The file to save a pane's figure to.
    Export(Pane),
    /// The file to save the page of advice to.
    Advice,
    /// The file to save the whole screen to.
    Screen,
    /// The file to save the scenario to.
    Save,
    /// The cell under the cursor in the table of tasks.
    Cell,
    /// The focused row of the sweep form.
    Row,
    /// The folder to save a study to.
    Folder,
    /// A preset, a file or a shared string to open.
    Open,
    /// An answer in the student's own words.
    Words,
    /// Search words for an overlay.
    Search,
}

/// An open field.
#[derive(Debug, Clone, PartialEq)]
pub struct InputField {
    /// Its purpose.
    pub purpose: FieldPurpose,
    /// The text typed so far.
    pub text: String,
    /// Cursor position, in characters from the left.
    pub cursor: usize,
    /// True if the text is still the default, which the first character typed replaces.
    pub offered: bool,
    /// True if an existing file may be replaced.
    pub replace: bool,
    /// The reason why the last Enter was refused.
    pub problem: Option<String>,
}

impl InputField {
    /// A field with a default text.
    pub fn new(purpose: FieldPurpose, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            purpose,
            cursor: text.chars().count(),
            text,
            offered: matches!(
                purpose,
                FieldPurpose::Value | FieldPurpose::Row | FieldPurpose::Cell
            ),
            replace: false,
            problem: None,
        }
    }

    /// Returns true if it takes an answer in the student's own words.
    pub fn is_words(&self) -> bool {
        self.purpose == FieldPurpose::Words
    }

    /// Edits the text with one key; other keys are ignored.
    pub fn edit(&mut self, key: Key) {
        let mut characters: Vec<char> = self.text.chars().collect();
        match key {
            Key::Char(c) => return self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                characters.remove(self.cursor);
            }
            Key::Delete if self.cursor < characters.len() => {
                characters.remove(self.cursor);
            }
            Key::Ctrl('u') => {
                characters.drain(..self.cursor);
                self.cursor = 0;
            }
            Key::Left => self.cursor = self.cursor.saturating_sub(1),
            Key::Right => self.cursor = (self.cursor + 1).min(characters.len()),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = characters.len(),
            _ => return,
        }
        self.edited(characters);
    }

    /// Inserts the first line of a pasted text.
    pub fn paste(&mut self, text: &str) {
        let line = text.trim().split(['\n', '\r']).next().unwrap_or_default();
        self.insert(line.trim_end());
    }

    /// Inserts the printable characters of a text, as far as there is room.
    fn insert(&mut self, text: &str) {
        let old = if self.offered { "" } else { self.text.as_str() };
        let cursor = if self.offered { 0 } else { self.cursor };
        let room = MOST_CHARACTERS.saturating_sub(old.chars().count());
        let new: Vec<char> = text.chars().filter(|c| !is_hidden(*c)).take(room).collect();
        if new.is_empty() {
            return;
        }
        let mut characters: Vec<char> = old.chars().collect();
        self.cursor = cursor + new.len();
        characters.splice(cursor..cursor, new);
        self.edited(characters);
    }

    fn edited(&mut self, characters: Vec<char>) {
        self.offered = false;
        self.problem = None;
        self.replace = false;
        self.text = characters.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut InputField, keys: &[Key]) -> String {
        keys.iter().for_each(|key| field.edit(*key));
        field.text.clone()
    }

    #[test]
    fn the_first_character_replaces_the_value_offered() {
        let mut field = InputField::new(FieldPurpose::Value, "15");
        assert_eq!(typed(&mut field, &[Key::Char('9'), Key::Char('0')]), "90");
    }

    #[test]
    fn a_file_name_offered_is_edited_where_the_cursor_stands() {
        let mut field = InputField::new(FieldPurpose::Export(Pane::Gain), "θ.png");
        let keys = [
            Key::Home,
            Key::Right,
            Key::Char('1'),
            Key::Delete,
            Key::Backspace,
            Key::End,
            Key::Backspace,
        ];
        assert_eq!(typed(&mut field, &keys), "θpn");
    }
}
