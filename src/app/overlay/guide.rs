//! The guide: the list of topics, and the text of each.

use super::{EntryAction, OverlayEntry, synonyms};
use crate::guide::{TOPICS, Topic, laid_out};

/// Width of the text: that of an overlay in a terminal of 80 columns.
const COLUMNS: usize = 74;

/// The lines of a topic.
pub(super) fn entries(topic: &Topic) -> Vec<OverlayEntry> {
    let lines = laid_out(topic.text, COLUMNS).into_iter().filter(|line| !line.rule);
    lines
        .map(|line| match line.heading {
            true => OverlayEntry::heading(line.text),
            false => {
                OverlayEntry { verbatim: line.code, ..OverlayEntry::new("", indented(&line.text)) }
            }
        })
        .collect()
}

/// An entry that opens each topic; `before` precedes its name.
pub(super) fn topics(before: &str) -> impl Iterator<Item = OverlayEntry> {
    TOPICS.iter().map(move |topic| {
        let words = format!("guide: {}", topic.title());
        let name = format!("{before}{}", topic.name);
        let also = synonyms::of(&format!("guide {}", topic.name));
        OverlayEntry { also, ..OverlayEntry::new(name, words) }.doing(EntryAction::Guide(topic))
    })
}

/// Replaces leading spaces by non-breaking ones, so that wrapping keeps them.
fn indented(line: &str) -> String {
    let words = line.trim_start_matches(' ');
    "\u{a0}".repeat(line.len() - words.len()) + words
}
