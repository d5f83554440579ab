//! Entries of overlays, and how a search filters them.

use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::action::Action;
use crate::app::pane::Pane;
use crate::guide::Topic;
use crate::scenario::{Handle, Scenario};

/// Actions of an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryAction {
    /// Performs an action.
    Perform(Action),
    /// Performs the first of several actions that lead to something.
    Begin(Action),
    /// Focuses a knob in the Lab.
    Focus(Handle),
    /// Changes the scenario and focuses the knob that differs; this can be undone.
    Change(Arc<Scenario>, Handle),
    /// Opens a preset.
    Preset(&'static str),
    /// Changes a setting, by its place in the table.
    Setting(usize),
    /// Sets a setting to a value.
    Set(usize, &'static str),
    /// Saves the changed settings.
    Keep,
    /// Copies a text to the terminal's clipboard.
    Copy(String),
    /// Previews the figure of a pane.
    Preview(Pane),
    /// Suggests a file name for the figure of a pane.
    Figure(Pane),
    /// Shows a topic of the guide.
    Guide(&'static Topic),
}

/// A line of an overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlayEntry {
    /// Keys, a name or a symbol.
    pub left: String,
    /// Its explanation.
    pub right: String,
    /// Other words that find it; not shown.
    pub also: &'static str,
    /// The action of Enter, if any.
    pub does: Option<EntryAction>,
    /// True if this is a heading.
    pub heading: bool,
    /// True if the lines of the entry stay as they are, with their blanks: broken between two columns of
    /// a table if there is no room.
    pub verbatim: bool,
}

impl OverlayEntry {
    /// An entry without an action.
    pub(in crate::app) fn new(left: impl Into<String>, right: impl Into<String>) -> Self {
        Self {
            left: left.into(),
            right: right.into(),
            also: "",
            does: None,
            heading: false,
            verbatim: false,
        }
    }

    pub(in crate::app) fn heading(text: impl Into<String>) -> Self {
        Self { heading: true, ..Self::new(text, "") }
    }

    pub(in crate::app) fn verbatim(self) -> Self {
        Self { verbatim: true, ..self }
    }

    pub(in crate::app) fn doing(self, does: EntryAction) -> Self {
        Self { does: Some(does), ..self }
    }
}

/// The part of an entry in which every word of a search occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Help,
    OtherWords,
    Name,
}

impl OverlayEntry {
    /// The best part that contains all words, in lower case; for the other words the name counts too.
    fn place_of(&self, words: &[String]) -> Option<Place> {
        let (left, right) = (self.left.to_lowercase(), self.right.to_lowercase());
        let has = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
        if has(&left) {
            Some(Place::Name)
        } else if has(&format!("{left} {}", self.also)) {
            Some(Place::OtherWords)
        } else {
            has(&format!("{left} {right} {}", self.also)).then_some(Place::Help)
        }
    }
}

fn lower_words(query: &str) -> Vec<String> {
    query.split_whitespace().map(str::to_lowercase).collect()
}

/// The entries that contain every word of a search, under their headings.
pub(in crate::app) fn matching(entries: Vec<OverlayEntry>, query: &str) -> Vec<OverlayEntry> {
    let words = lower_words(query);
    let mut left: Vec<OverlayEntry> = Vec::new();
    for entry in entries {
        if entry.heading {
            if left.last().is_some_and(|last| last.heading) {
                left.pop();
            }
            left.push(entry);
        } else if entry.place_of(&words).is_some() {
            left.push(entry);
        }
    }
    if left.last().is_some_and(|last| last.heading) {
        left.pop();
    }
    left
}

/// The entries that a search may mean, best first: those whose name contains its words, then those
/// that other words or the explanation find; if there are none, those that contain its letters in
/// order.
pub(in crate::app) fn ranked(entries: Vec<OverlayEntry>, query: &str) -> Vec<OverlayEntry> {
    let holding = matching(entries.clone(), query);
    let entries = if holding.is_empty() { entries } else { holding };
    let words = lower_words(query);
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<((Option<Place>, u32), OverlayEntry)> = entries
        .into_iter()
        .filter_map(|entry| {
            let mut score =
                |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            let best = score(&entry.left).map(|score| 2 * score).max(score(&entry.right));
            match entry.place_of(&words) {
                None => Some(((None, best?), entry)),
                place => Some(((place, best.unwrap_or(0)), entry)),
            }
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}
