//! Features that look as if they were meant to be labels.

use super::super::fault::listed;
use super::super::words::IGNORE;
use super::columns::Column;

/// Ends of the common start of names, such as `score_` in `score_a` and `score_b`.
const JOINTS: [char; 4] = ['_', '.', '-', ' '];

/// A note on features that are called like labels and hold the same kind of values. `labels` and
/// `features` are places in `columns`.
pub(super) fn note(columns: &[Column], labels: &[usize], features: &[usize]) -> Option<String> {
    let is_alike = |feature: &&usize| {
        let feature = &columns[**feature];
        let named = |stem: fn(&str) -> Option<&str>| -> Vec<&Column> {
            let own = stem(&feature.name);
            let labels = labels.iter().map(|label| &columns[*label]);
            labels.filter(|label| own.is_some() && stem(&label.name) == own).collect()
        };
        let (numbered, joined) = (named(numbered), named(joined));
        // One label says nothing about the parts of a name.
        let like = if joined.len() > numbered.len().max(1) { joined } else { numbered };
        let is_pattern = like.len() > 1;
        let same = |label: &&Column| label.tally.has_same_values(&feature.tally);
        like.iter().any(|label| same(label).unwrap_or(is_pattern))
    };
    let names: Vec<&String> =
        features.iter().filter(is_alike).map(|feature| &columns[*feature].name).collect();
    let like = if labels.len() == 1 { "the label" } else { "the labels" };
    let (are, them) = match names.len() {
        0 => return None,
        1 => (format!("1 column named like {like} is a feature"), "it"),
        count => (format!("{count} columns named like {like} are features"), "them"),
    };
    let names = listed(&names);
    Some(format!("{are}: {names}; leave {them} out if they are labels too ({IGNORE})."))
}

/// The start of a name that ends with a number.
fn numbered(name: &str) -> Option<&str> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.len() < name.len() && !stem.is_empty()).then_some(stem)
}

/// The start of a name up to its last joint.
fn joined(name: &str) -> Option<&str> {
    let at = name.rfind(JOINTS)?;
    (at > 0 && at + 1 < name.len()).then(|| &name[..at])
}
