//! The visible part of the measurement; hidden until a prediction is committed.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::page::Page;
use super::row::{Row, paragraphs};
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::figure::words;
use crate::lesson::quantity::QuantityField;
use crate::lesson::{
    LessonSetting, Quantity, SettingFindings, SettingQuestion, SoughtValue, StepKind, Subject,
};
use crate::scenario::{Handle, Scenario};
use crate::study::Measurement;
use crate::transfer::{Outcome, Prediction, Verdict};
use crate::ui::theme::Theme;

/// The verdict on the revealed setting, with the numbers behind it.
pub(super) fn rows(page: &Page<'_>) -> Vec<Row> {
    let width = page.width;
    let Some((setting, found)) = page.playing.setting().zip(page.playing.found()) else {
        return Vec::new();
    };
    match found {
        SettingFindings::Trials { scenario, measurement, theory } => {
            let compared = page.playing.subject().and_then(|subject| compared(subject, found));
            let (verdict, outcome) = compared.unwrap_or_else(|| {
                let outcome = &measurement.own().targets;
                (words::verdict(scenario, outcome.verdict), outcome)
            });
            let style = page.theme.verdict(outcome.verdict);
            let mut rows = paragraphs(&verdict, style, width);
            for line in measured(measurement, theory.as_deref()) {
                rows.extend(paragraphs(&line, Style::new(), width));
            }
            rows
        }
        SettingFindings::Sweep(swept) => {
            let mut rows = Vec::new();
            let names = [
                ("zero at", QuantityField::Crossing),
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
    let verdict = match outcome.verdict {
        Verdict::Helps => "HELPS",
        Verdict::Hurts => "HURTS",
        Verdict::NoDifference => "makes NO DIFFERENCE",
        Verdict::Undecided => "MAY HELP OR HURT",
    };
    let beside = match found {
        SettingFindings::Trials { measurement, .. } if subject.beside_own => {
            measurement.names().into_iter().next()?
        }
        _ => "training alone".to_owned(),
    };
    Some((format!("{method} {verdict} against {beside}"), outcome))
}

/// The theory and the claim about the optima; the numbers are in the strip. Other methods are left
/// to the texts of the steps, because further steps may ask about them.
fn measured(measurement: &Measurement, theory: Option<&Prediction>) -> Vec<String> {
    let claim = format!("optimum: {}", words::claim(measurement));
    vec![match theory {
        Some(theory) => {
            format!("theory, no training: {}; {claim}", words::predicted(theory.gain))
        }
        None => claim,
    }]
}

/// The number to be found, once the student has found it.
pub(super) fn sought(page: &Page<'_>) -> Vec<Row> {
    let StepKind::Find { sought: SoughtValue::Inside(number), .. } = &page.playing.step().kind
    else {
        return Vec::new();
    };
    let said =
        page.playing.findings.get(&number.subject.setting).and_then(|found| number.say(found));
    let said = said.map(|said| format!("Measured: {said}."));
    said.map_or_else(Vec::new, |said| paragraphs(&said, Style::new(), page.width))
}

/// A setting's own training, for its targets.
fn subject(setting: &LessonSetting) -> Subject {
    Subject { setting: setting.name.clone(), task: None, method: None, beside_own: false }
}

fn number(setting: &LessonSetting, field: QuantityField) -> Quantity {
    Quantity { subject: subject(setting), field }
}

/// Two lines: the numbers, or blanks for them, and the knobs that they belong to.
pub(super) fn strip(app: &App, playing: &Playing, theme: &Theme) -> Vec<Line<'static>> {
    if super::bench::has(playing) {
        return here(app, theme);
    }
    let Some(setting) = playing.setting() else { return Vec::new() };
    let fixed = Line::styled(format!(" {}", fixed(playing, &setting.scenario)), theme.dim());
    if playing.is_masked() {
        let hidden = match setting.asked {
            SettingQuestion::Trials => " alone ?.???   together ?.???   gain ??",
            SettingQuestion::Sweep { .. } => " the gain along the knob ??",
            SettingQuestion::Affinity => " the gains of all pairs ??",
        };
        let until = Span::styled("   hidden until you commit", theme.dim());
        return vec![Line::from(vec![Span::styled(hidden, theme.strong()), until]), fixed];
    }
    let Some(found) = playing.found() else {
        let (known, all) = playing.progress();
        return vec![Line::from(format!(" measuring … {known} of {all} settings")), fixed];
    };
    let own = subject(setting);
    let asked = playing.subject().unwrap_or(&own);
    let first = match found {
        SettingFindings::Trials { .. } => {
            let Some((outcome, errors)) = asked.outcome(found).zip(asked.errors(found)) else {
                return vec![Line::from(" not measured"), fixed];
            };
            let gain = format!("   {} (95 %, n = {})", effect(outcome), outcome.trials);
            let style = theme.verdict(outcome.verdict);
            let errors = Span::raw(format!(" {}", errors.join("   ")));
            Line::from(vec![errors, Span::styled(gain, style)])
        }
        SettingFindings::Sweep(swept) => {
            let said = number(setting, QuantityField::Crossing).say(found);
            let said = said
                .map_or_else(|| "no change of sign".to_owned(), |said| format!("zero at {said}"));
            Line::from(format!(" {said}, n = {} at each value", swept.trials()))
        }
        SettingFindings::Affinity { trials, .. } => {
            let tau = playing.subject().and_then(|subject| subject.say(found));
            let tau = tau.map(|tau| Span::styled(format!(" τ = {tau}  "), theme.strong()));
            let pairs = Span::raw(format!(" all pairs, n = {trials} trials each"));
            Line::from_iter(tau.into_iter().chain([pairs]))
        }
    };
    vec![first, fixed]
}

/// The verdict at the current knob values, and the gain with its baseline, n and interval.
fn here(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return vec![Line::from(" measuring …")];
    };
    let (style, more) = match app.screens.lab.fresh && measurement.is_complete() {
        true => (theme.verdict(outcome.verdict), String::new()),
        false => (theme.dim(), format!(" of {} …", measurement.wanted)),
    };
    let (alone, together) = (words::short(outcome.single.mean), words::short(outcome.multi.mean));
    let gain = words::effect(outcome);
    let n = outcome.trials;
    let gain = format!(" {gain} (95 %, n = {n}{more})");
    let errors = format!("   alone {alone}, together {together}");
    vec![
        Line::styled(format!(" {}", words::verdict(&app.work.scenario, outcome.verdict)), style),
        Line::from(vec![Span::styled(gain, style), Span::raw(errors)]),
    ]
}

/// The gain with ± and its name, or the words used when the gain is undefined.
fn effect(outcome: &Outcome) -> String {
    let effect = words::effect(outcome);
    if effect.starts_with(['+', '−']) { format!("gain {effect}") } else { effect }
}

/// The lesson's knobs with their values in a scenario.
fn fixed(playing: &Playing, scenario: &Scenario) -> String {
    let base = playing.lesson.base.draft();
    let draft = scenario.draft();
    let differs = |handle: &Handle| {
        let own = Handle::find(base, &handle.path(draft)).ok().and_then(|own| own.get(base));
        own != handle.get(draft)
    };
    let turned = Handle::all(draft).into_iter().filter(differs).filter(|h| h.is_slider(draft));
    let shown = playing.knobs(scenario).into_iter().chain(playing.locked(scenario));
    let mut handles: Vec<Handle> = Vec::new();
    for handle in turned.chain(shown) {
        if !handles.contains(&handle) {
            handles.push(handle);
        }
    }
    let own = playing.lesson.for_student(scenario, playing.session.student);
    let said = handles.into_iter().map(|handle| words::knob(scenario, handle));
    let seed = format!("seed {}", own.draft().seed);
    std::iter::once(seed).chain(said).collect::<Vec<_>>().join(", ")
}
