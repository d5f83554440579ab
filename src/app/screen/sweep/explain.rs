//! Explanations of what has the focus on the Sweep screen.

use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{GAIN_FORMULA, OURS, Subject, knob, subject};
use crate::app::studies::{FormField, FormRow, KnobValues, Studies};
use crate::app::work::Work;
use crate::math::stats::level;

const SWEEP: Subject = Subject {
    name: "Sweep",
    words: concat!(
        "the gain at many values of a knob, each point from trials with its own seed, with its \
         paired ",
        level!(),
        " interval; at a crossing it significantly changes sign"
    ),
    formula: GAIN_FORMULA,
    source: OURS,
};
const TRIALS: Subject = Subject {
    name: "Trials",
    words: "independent draws of θs and data for each point; four times as many halve the interval",
    formula: "± = t₀.₉₇₅ · standard error",
    source: "paired delta-method interval of the ratio of means",
};
const METHOD: Subject = Subject {
    name: "Method",
    words: "another training method, measured on the same draws as the scenario's own",
    formula: "",
    source: "Algorithms 1 and 2 of the paper, and baselines to compare them with",
};

/// Explains the chart, or the focused row of the form.
pub(in crate::app) fn explain_focus(studies: &Studies, work: &Work) -> Vec<OverlayEntry> {
    let of = |values: Option<&KnobValues>| match values
        .and_then(|values| values.handle(&work.scenario))
    {
        Some(handle) => knob(&work.scenario, handle),
        None => subject(&SWEEP),
    };
    let form = &studies.form;
    match form.row {
        _ if studies.in_chart => subject(&SWEEP),
        FormRow::X(FormField::Knob) => of(Some(&form.x)),
        FormRow::Y(FormField::Knob) => of(form.y.as_ref()),
        FormRow::X(_) | FormRow::Y(_) => subject(&SWEEP),
        FormRow::Trials => subject(&TRIALS),
        FormRow::Method(_) => subject(&METHOD),
    }
}
