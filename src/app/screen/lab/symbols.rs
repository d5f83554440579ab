//! The symbols on the Lab and their meanings.

/// Symbols of the Lab.
pub(in crate::app) const SYMBOLS: &[(&str, &str)] = &[
    (
        "B",
        "the module that all tasks share: one or more units; each task's own head scales them, so the sign of B is arbitrary",
    ),
    (
        "gain",
        "1 − mean error together / mean error alone; errors are excess risks on new rows (for labels ±1 the share of new rows misclassified), at optima. It compares means: a source can help on average, yet in fewer than half of the trials",
    ),
    (
        "−100 %",
        "a gain of −100 % means twice the error of the task alone, −300 % four times; if errors differ much, the axis is logarithmic",
    ),
    ("variance", "error removed because the source's rows steady B"),
    ("bias", "error added because B must serve both tasks"),
    (
        "head",
        "the numbers with which a task scales the shared units: its own model is B times its head",
    ),
    (
        "aside",
        "a task that is kept in the scenario but not trained; on screen 2 R changes the roles",
    ),
    (
        "κ",
        "the knob condition: how much louder the loudest direction of a task's rows is than the quietest, as the scenario sets it",
    ),
    (
        "κ(X)",
        "the condition number of the rows X that were drawn: their largest over their smallest singular value; Theorem 2 uses it",
    ),
    ("r", "the number of shared units"),
    (
        "k",
        "the number of all tasks, every copy of a repeated task counted; the knob count says how many copies of one task there are",
    ),
    ("break-even (theory)", "the value of the knob where the predicted gain changes sign"),
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
        "how sure it is that the models behind the verdict are optima. exact: the global optimum; multistart(19): the best of 19 starts; best found: a better one may exist; tuned: chosen on validation rows",
    ),
    (
        "weights",
        "α of every scheme, scaled to a mean of 1, and its effect on every task, against training alone; below, the singular values used by the SVD schemes",
    ),
    ("▶ ‖ ■ ✗", "the descent runs, is paused, has ended, has diverged"),
];
