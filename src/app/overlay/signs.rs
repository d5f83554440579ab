//! The signs on the screens, and what they mean.

/// What the Lab shows, sign by sign.
pub(super) const LAB: &[(&str, &str)] = &[
    (
        "B",
        "what all tasks share: one or more units; each task has a head of its own that scales them, so the sign of B is free",
    ),
    (
        "gain",
        "1 − mean error together / mean error alone; errors are excess risks on new rows (for labels ±1 the share of new rows on the wrong side), at optima. It compares means: a source can help on average and yet in fewer than half of the trials",
    ),
    (
        "×0.3 ×1 ×3",
        "error together / alone, where it varies too much for percentages; less error is further up",
    ),
    ("variance saved", "error that is gone because the source's rows steady B"),
    ("bias added", "error that is new because B must serve both tasks"),
    ("theory is 0 near", "where along the knob the predicted gain changes its sign"),
    ("source itself", "the gain of the source from being trained with the target"),
    (
        "plane",
        "arrows: θ of each task; ellipses: how far its rows spread, loud directions long; line: B",
    ),
    (
        "loss",
        "lines: gradient descent on the first trial, both tasks trained together and the target alone; dotted rules: the optima, from which alone verdicts come",
    ),
    ("┼ on a track", "where the knob stood when the scenario was opened"),
    (
        "optimum",
        "what may be claimed of the models behind the verdict. exact: the global optimum; multistart(n): the best of n starts; best found: a better one may exist; tuned: chosen on validation rows",
    ),
    (
        "weights",
        "α of every scheme, scaled to a mean of 1, and what each does to every task beside training alone; below, the singular values the SVD schemes look at",
    ),
    ("▶ ‖ ■ ✗", "the descent runs, is paused, has ended, has diverged"),
];

/// What the Theory screen shows.
pub(super) const THEORY: &[(&str, &str)] = &[
    ("1, 2", "in formulas: the first target, and the task beside it"),
    ("→", "a comparison and what follows from it; = stands before a number"),
    (
        "[theory]",
        "where a formula comes from; what has no ± is theory, or exact for the first trial",
    ),
    (
        "h(φ)",
        "the share of the labels' squares that one unit explains when it points at φ, on the rows of the first trial; ◉ its highest maximum, ▲ others, ◆ the trained B, dashed: the population without noise",
    ),
    ("variance saved", "error that is gone because the source's rows steady B"),
    ("bias added", "error that is new because B must serve both tasks"),
    ("with parallel θs", "the same theory for tasks that differ in rows and noise only"),
    ("c", "how far Theorem 2 lets the source lead astray; from 1/3 on it says nothing"),
    ("(n = 40)", "a mean over so many trials with its 95 % interval"),
];

/// What the screens of studies show.
pub(super) const STUDIES: &[(&str, &str)] = &[
    (
        "gain",
        "1 − mean error together / mean error alone, at optima; ± is half of its paired 95 % interval",
    ),
    ("▲ helps ▼ hurts", "the interval is off zero; no difference: it holds zero"),
    ("░▒▓█ -=≡#", "cells that help, cells that hurt, by size; · no difference"),
    (
        "groups",
        "plans are compared by the mean of the tasks' own gains; the Lab's verdict on several targets is the gain of their mean error, which is another number",
    ),
    ("0 at 31", "where the gain along the knob changes its sign"),
    (
        "difference",
        "the gain of the selected run less that of the pinned one; where both have the same seed, trial by trial",
    ),
    ("▶ ‖ ■ ✗", "the run computes, is paused, is done, has failed"),
];

/// What the Tasks screen shows.
pub(super) const TASKS: &[(&str, &str)] = &[
    ("● ▲ ·", "a target, whose gain is measured; a source, trained with it; a task aside"),
    ("bold", "not the value with which the scenario was opened; Backspace puts it back"),
    ("–", "the task has no such property, or it is that of the first task, whose rows all share"),
    ("◂ ▸ ↑ ↓ more", "properties and tasks for which there was no room"),
    (
        "spectrum",
        "the variance of the rows along each of their directions, the loudest first; one line and symbol for each task",
    ),
    (
        "rows",
        "rows of the first trial in the plane where those of the selected task are loudest, those of others faint; arrows: the part of each θ in that plane",
    ),
];
