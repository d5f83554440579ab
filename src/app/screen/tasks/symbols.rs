//! The symbols on the Tasks screen and their meanings.

/// Symbols of the Tasks screen.
pub(in crate::app) const SYMBOLS: &[(&str, &str)] = &[
    ("● ▲ ·", "a target, whose gain is measured; a source, trained with it; a task aside"),
    ("bold", "changed since the scenario was opened; Backspace resets it"),
    ("–", "the task has no such property"),
    ("dim", "that of the first task, whose rows all tasks share"),
    ("◂ ▸ ↑ ↓ more", "more properties and tasks than fit"),
    (
        "spectrum",
        "the variance of the rows along each of their directions, loudest first; one line and symbol for each task",
    ),
    (
        "rows",
        "rows of the first trial in the plane where the selected task's rows are loudest, those of others faint; arrows: the part of each θ in that plane",
    ),
];
