//! Paragraphs, lists and folds of a page. Texts are escaped here.

use crate::export::svg::escaped;
use crate::lesson::{SettingFindings, words};

/// Replaces a number that must not be known yet.
pub(super) const BLANK: &str = "____";

/// A text as one paragraph.
pub(super) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// A text as paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    words::paragraphs(text).iter().map(|text| paragraph(text)).collect()
}

/// A measurement as a list of sentences.
pub(super) fn sentences(found: Option<&SettingFindings>) -> String {
    list(&found.map(words::measured).unwrap_or_default())
}

/// Sentences as a list; nothing if there are none.
pub(super) fn list(said: &[String]) -> String {
    let items: String = said.iter().map(|s| format!("<li>{}</li>\n", escaped(s))).collect();
    if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") }
}

/// Something folded away behind a summary. `class` says how the live page treats it: `told` is
/// open, `answer` opens with the answer, `bench` is open from the beginning, and what has no class
/// stays folded.
pub(super) fn folded(class: &str, summary: &str, inside: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let summary = escaped(summary);
    format!("<details{class}>\n<summary>{summary}</summary>\n{inside}</details>\n")
}
