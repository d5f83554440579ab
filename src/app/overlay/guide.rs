//! The guide: its topics, and the text of one.

use super::{EntryAction, OverlayEntry};
use crate::guide::{TOPICS, Topic, laid_out};

/// Columns of the text: those that an overlay has in a terminal of 80.
const COLUMNS: usize = 74;

/// The lines of a topic.
pub(super) fn entries(topic: &Topic) -> Vec<OverlayEntry> {
    let lines = laid_out(topic.text, COLUMNS).into_iter();
    lines
        .map(|line| match line.heading {
            true => OverlayEntry::heading(line.text),
            false => {
                OverlayEntry { verbatim: line.code, ..OverlayEntry::new("", indented(&line.text)) }
            }
        })
        .collect()
}

/// An entry for each topic, which opens it; `before` stands before its name.
pub(super) fn topics(before: &str) -> impl Iterator<Item = OverlayEntry> {
    TOPICS.iter().map(move |topic| {
        let words = format!("guide: {}", topic.title());
        OverlayEntry::new(format!("{before}{}", topic.name), words).doing(EntryAction::Guide(topic))
    })
}

/// A line whose leading spaces are kept when it is folded.
fn indented(line: &str) -> String {
    let words = line.trim_start_matches(' ');
    "\u{a0}".repeat(line.len() - words.len()) + words
}
