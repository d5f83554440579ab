//! The symbols on the screens and their meanings.

/// Symbols of the Lab.
pub(super) const LAB: &[(&str, &str)] = &[
    (
        "B",
        "the module that all tasks share: one or more units; each task's own head scales them, so the sign of B is arbitrary",
    ),
    (
        "gain",
        "1 − mean error together / mean error alone; errors are excess risks on new rows (for labels ±1 the share of new rows misclassified), at optima. It compares means: a source can help on average, yet in fewer than half of the trials",
    ),
    (
        "×0.3 ×1 ×3",
        "error together / alone, if it varies too much for percentages; higher means less error",
    ),
    ("variance saved", "error removed because the source's rows steady B"),
    ("bias added", "error added because B must serve both tasks"),
    ("theory is 0 near", "the value of the knob where the predicted gain changes sign"),
    ("source itself", "the gain of the source from being trained with the target"),
    (
        "plane",
        "arrows: θ of each task; ellipses: the spread of its rows, long in loud directions; line: B",
    ),
    (
        "loss",
        "lines: gradient descent on the first trial, for both tasks together and for the target alone; dotted lines: the optima, the only basis of verdicts",
    ),
    ("┼ on a track", "the knob's value when the scenario was opened"),
    (
        "optimum",
        "the claim that holds for the models behind the verdict. exact: the global optimum; multistart(n): the best of n starts; best found: a better one may exist; tuned: chosen on validation rows",
    ),
    (
        "weights",
        "α of every scheme, scaled to a mean of 1, and its effect on every task, against training alone; below, the singular values used by the SVD schemes",
    ),
    ("▶ ‖ ■ ✗", "the descent runs, is paused, has ended, has diverged"),
];

/// Symbols of the Theory screen.
pub(super) const THEORY: &[(&str, &str)] = &[
    ("1, 2", "in formulas: the first target, and the task trained with it"),
    ("→", "a comparison and its consequence; = precedes a number"),
    (
        "[theory]",
        "the source of a formula; a number without ± is theory, or exact for the first trial",
    ),
    (
        "h(φ)",
        "the share of the labels' squares that one unit explains when it points at φ, on the rows of the first trial; ◉ its highest maximum, ▲ others, ◆ the trained B, dashed: the noiseless population",
    ),
    ("variance saved", "error removed because the source's rows steady B"),
    ("bias added", "error added because B must serve both tasks"),
    ("if all θ pointed alike", "the same theory for tasks that differ only in rows and noise"),
    ("c", "how far the source may mislead in Theorem 2; from 1/3 on the theorem says nothing"),
    ("(n = 40)", "a mean over that many trials, with its 95 % interval"),
];

/// Symbols of the study screens.
pub(super) const STUDIES: &[(&str, &str)] = &[
    (
        "gain",
        "1 − mean error together / mean error alone, at optima; ± is half the width of its paired 95 % interval",
    ),
    ("▲ helps ▼ hurts", "the interval excludes zero; no difference: it contains zero"),
    ("░▒▓█ -=≡#", "cells that help, cells that hurt, by size; · no difference"),
    (
        "groups",
        "plans are compared by the mean of the tasks' own gains; the Lab's verdict on several targets is the gain of their mean error, a different number",
    ),
    ("0 at 31", "the value of the knob where the gain changes sign"),
    (
        "difference",
        "the selected run's gain minus the pinned run's; trial by trial if both have the same seed",
    ),
    ("▶ ‖ ■ ✗", "the run computes, is paused, is done, has failed"),
];

/// Symbols of the Tasks screen.
pub(super) const TASKS: &[(&str, &str)] = &[
    ("● ▲ ·", "a target, whose gain is measured; a source, trained with it; a task aside"),
    ("bold", "changed since the scenario was opened; Backspace resets it"),
    ("–", "the task has no such property, or all tasks share the first task's rows"),
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
