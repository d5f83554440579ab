//! Cells of the tables of a report.

pub(in crate::cli) fn widest(names: &[String]) -> usize {
    names.iter().map(|name| name.chars().count()).max().unwrap_or(4).max(4)
}

pub(in crate::cli) fn better(helped: f64, trials: usize) -> String {
    format!("{} of {trials}", (helped * trials as f64).round())
}
