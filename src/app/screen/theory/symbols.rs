//! The symbols on the Theory screen and their meanings.

use crate::math::stats::level;

/// Symbols of the Theory screen.
pub(in crate::app) const SYMBOLS: &[(&str, &str)] = &[
    (
        "1, 2",
        "in formulas: the first target, and the first task trained with it; the title of the formulas names them",
    ),
    ("→", "a comparison and its consequence; = precedes a number"),
    (
        "[theory]",
        "the source of a formula; a number without ± is theory, or exact for the first trial",
    ),
    (
        "h(ψ)",
        "the share of the labels' squares that one unit explains when it points at ψ, on the rows of the first trial; ◆ the trained B, the best of all directions, as far as it lies in this plane; ◉ the best direction within the plane, ▲ other maxima; dashed: the noiseless population",
    ),
    ("variance", "error removed because the source's rows steady B"),
    ("bias", "error added because B must serve both tasks"),
    ("if all θ pointed alike", "the same theory for tasks that differ only in rows and noise"),
    ("c", "how far the source may mislead in Theorem 2; from 1/3 on the theorem says nothing"),
    ("(n = 40)", concat!("a mean over that many trials, with its ", level!(), " interval")),
];
