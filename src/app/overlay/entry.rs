//! Entries of overlays, and how a search narrows them.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::action::Action;
use crate::app::lab::Pane;
use crate::guide::Topic;
use crate::scenario::Handle;

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryAction {
    /// What an action does.
    Deed(Action),
    /// Gives a knob the focus, in the Lab.
    Focus(Handle),
    /// Opens a preset.
    Preset(&'static str),
    /// Changes a setting, by its place in the table.
    Setting(usize),
    /// Gives a setting a value.
    Set(usize, &'static str),
    /// Keeps the settings that were changed.
    Keep,
    /// Copies a text to the clipboard of the terminal.
    Copy(String),
    /// Shows the figure of a pane as it will be written.
    Preview(Pane),
    /// Offers a file name for the figure of a pane.
    Figure(Pane),
    /// Shows a topic of the guide.
    Guide(&'static Topic),
}

/// A line of an overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlayEntry {
    /// Keys, a name, a sign.
    pub left: String,
    /// What it is.
    pub right: String,
    /// What Enter does on it.
    pub does: Option<EntryAction>,
    /// Whether it is the heading of those that follow.
    pub heading: bool,
    /// Whether it is one line whatever its length: cut where there is no room, never folded.
    pub verbatim: bool,
}

impl OverlayEntry {
    /// An entry that does nothing.
    pub(super) fn new(left: impl Into<String>, right: impl Into<String>) -> Self {
        Self { left: left.into(), right: right.into(), does: None, heading: false, verbatim: false }
    }

    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self { heading: true, ..Self::new(text, "") }
    }

    pub(super) fn doing(self, does: EntryAction) -> Self {
        Self { does: Some(does), ..self }
    }
}

/// The entries that hold all words of a search, under their headings.
pub(super) fn matching(entries: Vec<OverlayEntry>, query: &str) -> Vec<OverlayEntry> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut left: Vec<OverlayEntry> = Vec::new();
    for entry in entries {
        let text = format!("{} {}", entry.left, entry.right).to_lowercase();
        if entry.heading {
            if left.last().is_some_and(|last| last.heading) {
                left.pop();
            }
            left.push(entry);
        } else if words.iter().all(|word| text.contains(word)) {
            left.push(entry);
        }
    }
    if left.last().is_some_and(|last| last.heading) {
        left.pop();
    }
    left
}

/// The entries a search may mean, the likeliest first: those that hold its words, or, where none
/// does, those that hold its letters in their order.
pub(super) fn ranked(entries: Vec<OverlayEntry>, query: &str) -> Vec<OverlayEntry> {
    let holding = matching(entries.clone(), query);
    let entries = if holding.is_empty() { entries } else { holding };
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, OverlayEntry)> = entries
        .into_iter()
        .filter_map(|entry| {
            let mut score =
                |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            let (name, words) = (score(&entry.left), score(&entry.right));
            Some((name.map(|score| 2 * score).max(words)?, entry))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}
