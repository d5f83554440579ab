//! The focused row of the form, in words.

use crate::app::App;
use crate::app::studies::knob_values::KnobValues;
use crate::app::studies::{FormField, FormRow, SweepForm};

/// Its name.
pub(crate) fn label(form: &SweepForm) -> String {
    let part = |part: FormField| match part {
        FormField::Knob => "knob",
        FormField::From => "from",
        FormField::To => "to",
        FormField::Points => "points",
        FormField::Scale => "scale",
    };
    match form.row {
        FormRow::X(of) => format!("x {}", part(of)),
        FormRow::Y(of) => format!("y {}", part(of)),
        FormRow::Trials => "trials".to_owned(),
        FormRow::Method(_) => "method".to_owned(),
    }
}

/// Its description.
pub(super) fn help(app: &App) -> String {
    let form = &app.screens.studies.form;
    let knob = |along: &KnobValues| {
        along.handle(&app.work.scenario).map_or_else(
            || "this scenario has no such knob".to_owned(),
            |handle| format!("{}: {}", along.knob, handle.knob.help),
        )
    };
    match form.row {
        FormRow::X(FormField::Knob) => knob(&form.x),
        FormRow::Y(FormField::Knob) => {
            form.y.as_ref().map_or_else(|| "a second knob makes a phase diagram".to_owned(), knob)
        }
        FormRow::X(FormField::Scale) | FormRow::Y(FormField::Scale) => {
            "even spacing, or even in the logarithm".to_owned()
        }
        FormRow::X(FormField::Points) | FormRow::Y(FormField::Points) => {
            "number of values".to_owned()
        }
        FormRow::X(_) | FormRow::Y(_) => "an end of the range".to_owned(),
        FormRow::Trials => {
            "trials per cell; as many as in the Lab unless changed; more give narrower intervals"
                .to_owned()
        }
        FormRow::Method(_) => "measured in addition to the scenario's own method".to_owned(),
    }
}

/// Values that can be typed into it.
pub(crate) fn allowed(app: &App) -> String {
    let form = &app.screens.studies.form;
    let of = |along: &KnobValues, part: FormField| match part {
        FormField::Knob => "a knob such as source.samples".to_owned(),
        FormField::Points => "2 to 1000".to_owned(),
        _ => along
            .handle(&app.work.scenario)
            .map_or_else(String::new, |handle| handle.allowed_words(app.work.scenario.draft())),
    };
    match form.row {
        FormRow::X(part) => of(&form.x, part),
        FormRow::Y(FormField::Knob) => "a knob, or none".to_owned(),
        FormRow::Y(part) => form.y.as_ref().map_or_else(String::new, |y| of(y, part)),
        FormRow::Trials => "2 or more".to_owned(),
        FormRow::Method(_) => String::new(),
    }
}
