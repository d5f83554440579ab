//! The entries of a legend in a file: the number of trials stands once, at its head.

use super::bar::is_beside;
use crate::figure::{Figure, LegendEntry, LegendSample, words};
use crate::math::stats::LEVEL;
use crate::transfer::Verdict;

/// Index of the mark of the head, which explains no mark.
pub(super) const NO_MARK: usize = usize::MAX;

/// The entries of the legend. If all numbers of trials in it are equal, they become its first entry.
pub(in crate::export) fn entries(figure: &Figure) -> Vec<LegendEntry> {
    let mut entries = figure.legend();
    let head = match cells_head(figure, &mut entries) {
        Some(head) => Some(head),
        None => common_head(&mut entries),
    };
    entries.retain(|entry| !(is_beside(figure) && is_graded(entry)));
    let head = head.map(|text| LegendEntry { mark: NO_MARK, sample: LegendSample::Mark, text });
    let mut all: Vec<LegendEntry> = head.into_iter().chain(entries).collect();
    all.iter_mut().for_each(|entry| entry.text = spelt_out(&entry.text));
    all
}

/// The text with the level of an interval at its end followed by what it is the level of.
fn spelt_out(text: &str) -> String {
    let (text, end) = text.strip_suffix(')').map_or((text, ""), |text| (text, ")"));
    let what = match text.ends_with(LEVEL) {
        true if text.contains('±') => " interval",
        true => " intervals",
        false => "",
    };
    format!("{text}{what}{end}")
}

/// Returns true for shades that depend on the gain, which the bar explains.
fn is_graded(entry: &LegendEntry) -> bool {
    matches!(entry.sample, LegendSample::Cell(Some(Verdict::Helps | Verdict::Hurts)))
}

/// The name of the cells, which says how many trials are behind them.
fn cells_head(figure: &Figure, entries: &mut [LegendEntry]) -> Option<String> {
    let first = entries.iter_mut().find(|entry| matches!(entry.sample, LegendSample::Cell(_)))?;
    let name = figure.marks.get(first.mark)?.name.as_ref()?;
    first.text = first.text.strip_prefix(&format!("{name}: "))?.to_owned();
    Some(name.clone())
}

fn common_head(entries: &mut [LegendEntry]) -> Option<String> {
    let counts: Vec<&str> =
        entries.iter().filter_map(|entry| Some(words::count_of(&entry.text)?.1)).collect();
    let first = (*counts.first()?).to_owned();
    if counts.iter().any(|count| *count != first) {
        return None;
    }
    for entry in entries {
        entry.text = words::uncounted(&entry.text).to_owned();
    }
    Some(first)
}
