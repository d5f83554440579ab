//! The measurement revealed by a step, line by line.

use ratatui::style::Style;

use super::page::Page;
use super::row::{Row, paragraphs};
use crate::figure::words;
use crate::lesson::quantity::QuantityField;
use crate::lesson::{
    HERE, LessonSetting, Quantity, SettingFindings, SoughtValue, StepKind, Subject,
};
use crate::model::OptimumKind;
use crate::transfer::Outcome;

/// The verdict on the revealed setting, with the numbers behind it.
pub(super) fn rows(page: &Page<'_>) -> Vec<Row> {
    let width = page.width;
    let Some((setting, found)) = page.playing.setting().zip(page.playing.found()) else {
        return Vec::new();
    };
    match found {
        SettingFindings::Trials { scenario, measurement, theory } => {
            let subject = page.playing.subject();
            let compared = subject.and_then(|subject| compared(subject, found));
            let own = compared.is_none();
            let (verdict, outcome) = compared.unwrap_or_else(|| {
                let outcome = &measurement.own().targets;
                (words::verdict(scenario, outcome), outcome)
            });
            let style = page.theme.verdict(outcome.verdict);
            let mut rows = paragraphs(&verdict, style, width);
            let theory = theory
                .as_deref()
                .map(|theory| format!("theory, no training: {}", words::prediction(theory)));
            let kind = own.then(|| format!("optimum: {}", words::optimum(measurement)));
            let parts: Vec<String> = theory.into_iter().chain(kind).collect();
            rows.extend(paragraphs(&parts.join("; "), Style::new(), width));
            rows
        }
        SettingFindings::Sweep(swept) => {
            let mut rows = Vec::new();
            let names = [
                ("break-even", QuantityField::Crossing),
                ("best", QuantityField::Best),
                ("worst", QuantityField::Worst),
            ];
            for (name, field) in names {
                let said = number(setting, field).say(found);
                let path = swept.handle.path(setting.scenario.draft());
                if let Some(said) = said {
                    let line = format!("gain along {path}: {name} {said}");
                    rows.extend(paragraphs(&line, Style::new(), width));
                }
            }
            let trials = format!("n = {} trials at each value", swept.trials());
            rows.extend(paragraphs(&trials, page.theme.dim(), width));
            rows
        }
        SettingFindings::Affinity { trials, .. } => {
            let words = format!("every pair of tasks, n = {trials} trials each");
            paragraphs(&words, page.theme.strong(), width)
        }
    }
}

/// The verdict on a method, and its outcome.
fn compared<'a>(subject: &Subject, found: &'a SettingFindings) -> Option<(String, &'a Outcome)> {
    let outcome = subject.outcome(found)?;
    let method = subject.method.as_deref()?;
    let verdict = outcome.verdict.verb();
    let beside = match found {
        SettingFindings::Trials { measurement, .. } if subject.beside_own => {
            measurement.names().into_iter().next()?
        }
        _ => "training alone".to_owned(),
    };
    let kind = kind(method, found).map_or_else(String::new, |kind| format!(" ({method}: {kind})"));
    Some((format!("{method} {verdict} against {beside}{kind}"), outcome))
}

/// The claim about the optima of a method. Other methods are left to the texts of the steps, because
/// further steps may ask about them.
fn kind(method: &str, found: &SettingFindings) -> Option<OptimumKind> {
    let SettingFindings::Trials { scenario, measurement, .. } = found else { return None };
    let approach = scenario.approach().named(method)?;
    let mut all = measurement.approaches.iter();
    Some(all.find(|measured| measured.approach == approach)?.kind)
}

/// What the tour measured where the reader stopped.
pub(super) fn stopped(page: &Page<'_>) -> Vec<Row> {
    let Some(SettingFindings::Trials { scenario, measurement, .. }) =
        page.playing.findings.get(HERE)
    else {
        return Vec::new();
    };
    let Some(knob) = page.playing.knobs(scenario).into_iter().next() else { return Vec::new() };
    let outcome = &measurement.own().targets;
    let said = format!(
        "Where you stopped, {}: {} (n = {}).",
        words::knob(scenario, knob),
        words::effect(outcome),
        outcome.trials
    );
    paragraphs(&said, Style::new(), page.width)
}

/// The number to be found, once the student has found it.
pub(super) fn sought(page: &Page<'_>) -> Vec<Row> {
    let StepKind::Find { sought: SoughtValue::Inside(number), .. } = &page.playing.step().kind
    else {
        return Vec::new();
    };
    let said =
        page.playing.findings.get(&number.subject.setting).and_then(|found| number.say(found));
    let words = |said| match number.field {
        QuantityField::Crossing => format!(
            "Measured break-even: {said}. Any value in this interval, or one notch beside it, is \
             right: the break-even is not known more exactly, even where the verdict is clear."
        ),
        _ => format!(
            "Measured: {said}. Any value among those not told apart, or one notch beside them, is \
             right."
        ),
    };
    said.map_or_else(Vec::new, |said| paragraphs(&words(said), Style::new(), page.width))
}

pub(super) fn number(setting: &LessonSetting, field: QuantityField) -> Quantity {
    Quantity { subject: Subject::of_setting(&setting.name), field }
}
