//! The meaning of the verdict, in sentences that follow the method, the width and the theory.

use ratatui::text::{Line, Span};

use crate::app::{App, Screen};
use crate::explanation::{Cause, Reason};
use crate::figure::words;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::transfer::{Prediction, Verdict};
use crate::ui::theme::Theme;

/// What the verdict means, where it comes from, and what a key shows beyond it; the last is empty if
/// no reason is known.
pub(super) fn meaning(app: &App, theme: &Theme) -> (Vec<Line<'static>>, &'static str) {
    let scenario = &app.work.scenario;
    let theory = app.screens.lab.findings.as_ref().map(|found| found.theory);
    let mut lines = Vec::new();
    if let Some(Ok(prediction)) = &theory {
        lines.extend(balance(prediction, theme));
    }
    lines.push(Line::styled(sentence(app, matches!(theory, Some(Ok(_)))), theme.strong()));
    lines.extend(of_mean(scenario).map(|words| Line::styled(words, theme.dim())));
    let hint = match theory {
        None => "",
        Some(Ok(_)) => "3 shows the whole reason",
        Some(Err(gap)) => {
            let reason = Reason::unpredicted(scenario, gap);
            let outcome = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
            let reason = outcome.map_or_else(|| reason.clone(), |outcome| reason.beside(outcome));
            lines.push(Line::raw(""));
            if matches!(reason.cause, Cause::Open | Cause::None) {
                lines.push(Line::raw(format!("{}. The trials decide.", no_line(app, gap))));
                ""
            } else {
                lines.push(Line::raw(format!("{}.", reason.title)));
                "3 shows the whole reason"
            }
        }
    };
    lines.push(Line::raw(""));
    let chart = "In the chart, above 0 sharing helps, below 0 it hurts.";
    lines.push(Line::styled(chart, theme.dim()));
    (lines, hint)
}

/// Says that theory predicts nothing for the current knob values, and why.
pub(super) fn no_line(app: &App, gap: &str) -> String {
    let curve = app.screens.lab.curve.as_ref();
    match curve.is_some_and(|curve| !curve.theory.is_empty()) {
        true => format!("No prediction at this value of the knob: {gap}"),
        false => format!("No theory line: {gap}"),
    }
}

/// Variance saved and bias added, as parts of the predicted gain.
fn balance(prediction: &Prediction, theme: &Theme) -> Vec<Line<'static>> {
    let parts = words::GainParts::of(prediction);
    let row = |name: &str, share: String, verdict: Verdict| {
        let share = Span::styled(format!("{share:>15}"), theme.verdict(verdict));
        Line::from(vec![Span::raw(format!("{name:<14}")), share])
    };
    vec![
        Line::raw("By theory, without training"),
        row("from variance", parts.variance, Verdict::Helps),
        row("from bias", parts.bias, Verdict::Hurts),
        row("gain in total", parts.gain, Verdict::NoDifference),
        Line::raw(""),
    ]
}

/// The verdict in a sentence; with the reason that theory gives, if it gives one.
fn sentence(app: &App, has_theory: bool) -> String {
    let scenario = &app.work.scenario;
    let targets = words::learners(scenario);
    let make = if scenario.targets().len() > 1 { "make" } else { "makes" };
    let how = how(scenario);
    let units = if scenario.width() == 1 { "unit" } else { "units" };
    let outcome = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
    if outcome.is_some_and(|outcome| outcome.says_nothing()) {
        return format!("{how}, {targets} may make a smaller or a larger error than alone.");
    }
    match outcome.map(|outcome| outcome.verdict) {
        Some(Verdict::Helps) => {
            let why = match has_theory {
                true => format!(": the other rows steady the shared {units}"),
                false => String::new(),
            };
            format!("{how}, {targets} {make} a smaller error than alone{why}.")
        }
        Some(Verdict::Hurts) => {
            let why = match has_theory {
                true => format!(", because the shared {units} must serve tasks that differ"),
                false => String::new(),
            };
            let negative = match scenario.approach().method {
                Method::Ridge => "",
                _ => "Negative transfer: ",
            };
            let how = if negative.is_empty() { how.to_owned() } else { lower(how) };
            format!("{negative}{how}, {targets} {make} a larger error than alone{why}.")
        }
        Some(Verdict::NoDifference) => {
            format!("{how}, {targets} {make} the same error as alone, as far as can be measured.")
        }
        Some(Verdict::OneTask) => "One task: there is nothing to compare with.".to_owned(),
        Some(Verdict::SameTrials) => "Every trial is the same, and there is no verdict.".to_owned(),
        Some(Verdict::Undecided) => "Rounding errors are as large as the effect.".to_owned(),
        None => "measuring".to_owned(),
    }
}

/// Says what the gain of several targets is, and how that of groups differs.
fn of_mean(scenario: &Scenario) -> Option<String> {
    let count = scenario.targets().len();
    (count > 1).then(|| {
        format!(
            "The gain is that of the mean error of the {count} targets, in which large errors count \
             more. Groups on screen {}: the mean of their gains.",
            Screen::Affinity.digit()
        )
    })
}

/// How the model is trained, as the beginning of a sentence.
fn how(scenario: &Scenario) -> &'static str {
    match scenario.approach().method {
        Method::Joint => "Trained together",
        Method::Ridge => "With ridge regression",
        Method::Pretrain => "With a module trained on the sources",
        Method::PretrainAlign => "With an aligned module trained on the sources",
        Method::Merge => "With the tasks' own models merged",
        Method::FineTune => "Fine-tuned from the sources' model",
        _ => "Trained together with alignment",
    }
}

fn lower(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
