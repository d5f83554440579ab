//! The symbols on the study screens and their meanings.

use crate::math::stats::level;

/// Symbols of the study screens.
pub(in crate::app) const SYMBOLS: &[(&str, &str)] = &[
    (
        "gain",
        concat!(
            "1 − mean error together / mean error alone, at optima; ± is half the width of its \
             paired ",
            level!(),
            " interval"
        ),
    ),
    (
        "▲ helps ▼ hurts",
        "the interval excludes zero; no difference: it is narrow and contains zero; undecided: it is too wide to say more",
    ),
    ("░▒▓█ -=≡#", "cells that help, cells that hurt, by size; · no difference; ? undecided"),
    (
        "groups",
        "plans are compared by the mean of the tasks' own gains; the Lab's verdict on several targets is the gain of their mean error, a different number",
    ),
    ("break-even at 31", "the value of the knob where the gain changes sign"),
    (
        "difference",
        "the selected run's gain minus the pinned run's; trial by trial if both have the same seed",
    ),
    ("▶ ‖ ■ ✗", "the run computes, is paused, is done, has failed"),
];
