//! Cells of the tables of a report.

use crate::figure::words;
use crate::math::stats::Mean;

pub(in crate::cli) fn widest(names: &[String]) -> usize {
    names.iter().map(|name| name.chars().count()).max().unwrap_or(4).max(4)
}

pub(in crate::cli) fn better(helped: f64, trials: usize) -> String {
    format!("{} of {trials}", (helped * trials as f64).round())
}

pub(in crate::cli) fn error(mean: Mean, trials: usize) -> String {
    format!("{} ± {}", words::short(mean.mean), words::short(mean.half_width(trials)))
}
