//! The lines around the panes of the Lab: state, one-line verdict, tip, focused knob.

use ratatui::text::{Line, Span};

use super::why;
use crate::app::settings::Panes;
use crate::app::{App, Screen};
use crate::figure::words;
use crate::math::digits::cosine;
use crate::math::stats::LEVEL;
use crate::ui::theme::Theme;

/// Items of the tab line for the Lab, the most important last.
pub(crate) fn state(app: &App) -> Vec<String> {
    let draft = app.work.scenario.draft();
    let (dimension, seed) = (draft.data.dimension, draft.seed);
    let steps = match app.settings.panes {
        Panes::Few => String::new(),
        Panes::All => descent(app),
    };
    vec![format!("d = {dimension}"), format!("seed {seed}"), steps]
}

/// The steps of gradient descent, which is in view where all panes are.
fn descent(app: &App) -> String {
    let step = app.screens.lab.descent.as_ref().map_or(0, |descent| descent.steps());
    let state = match &app.screens.lab.descent {
        Some(descent) if descent.diverged().is_some() => "✗",
        Some(descent) if descent.is_finished() => "■",
        _ if app.screens.lab.running => "▶",
        _ => "‖",
    };
    format!("{state} step {step}")
}

/// The verdict with gain, ± and n; then the errors, the prediction and its sign changes.
pub(crate) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return vec![Line::from(" measuring"), Line::from("")];
    };
    let style = if app.screens.lab.fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let more = if app.screens.lab.fresh && measurement.is_complete() { "" } else { ", measuring" };
    let baseline = measurement.approaches.get(1);
    let theory = match app.screens.lab.findings.as_ref().map(|f| f.theory) {
        _ if baseline.is_some() => baseline.map_or(String::new(), |baseline| {
            let (name, outcome) = (baseline.approach.name(), &baseline.targets);
            format!("{name} instead {} ({} trials)", words::effect(outcome), outcome.trials)
        }),
        Some(Ok(prediction)) => format!("theory {}", words::prediction(&prediction)),
        Some(Err(_)) => match app.screens.lab.curve.as_ref().map(|curve| curve.theory.is_empty()) {
            Some(false) => "no prediction at this value".into(),
            _ => "no theory line here".into(),
        },
        None => String::new(),
    };
    let crossings = why::places(app).filter(|_| app.playing().is_none());
    let by_theory = theory.starts_with("theory ");
    let crossings = crossings.map(|text| format!("theory 0 at {text}"));
    let (beside, below) = if by_theory { (theory, None) } else { (String::new(), Some(theory)) };
    let beside = if beside.is_empty() { beside } else { format!("; {beside}") };
    let effect = words::effect(outcome);
    let parts = [Some(format!(" error {}", words::two_errors(outcome))), below, crossings];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    vec![
        Line::from(vec![
            Span::styled(format!(" {}", words::verdict(&app.work.scenario, outcome)), style),
            Span::styled(format!("   {effect} ({LEVEL}, {} trials{more})", outcome.trials), style),
            Span::raw(beside),
        ]),
        Line::from(Span::styled(parts.join("; "), theme.dim())),
    ]
}

/// The first tip: the direction in which the predicted gain changes sign.
pub(crate) fn hint(app: &App) -> String {
    let path = app.screens.lab.focus.path(app.work.scenario.draft());
    let value = app.screens.lab.focus.get(app.work.scenario.draft()).unwrap_or(f64::NAN);
    let crossings =
        app.screens.lab.curve.as_ref().map(|curve| curve.crossings()).unwrap_or_default();
    let tour = match app.settings.panes {
        Panes::Few if app.screens.current == Screen::Lab => "t: a tour. ",
        _ => "",
    };
    if crossings.iter().any(|x| *x > value) {
        format!("{tour}Hold → to turn {path} up and watch the verdict.")
    } else if crossings.iter().any(|x| *x < value) {
        format!("{tour}Hold ← to turn {path} down and watch the verdict.")
    } else {
        format!("{tour}← → turn {path}; ↑ ↓ choose another knob.")
    }
}

/// The focused knob with its value and description.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let knob = app.screens.lab.focus.knob;
    let draft = app.work.scenario.draft();
    let consequence = match (knob.name, app.screens.lab.focus.get(draft)) {
        ("angle", Some(angle)) => format!(" (cos {})", cosine(angle.to_radians().cos())),
        _ => String::new(),
    };
    Line::from(vec![
        Span::styled(
            format!(" {}", words::knob(&app.work.scenario, app.screens.lab.focus)),
            theme.focus(),
        ),
        Span::raw(format!("{consequence}  ")),
        match app.screens.lab.focus.asleep(draft) {
            Some(reason) => Span::styled(format!("no effect now: {reason}"), theme.alert()),
            None => Span::styled(knob.help, theme.dim()),
        },
    ])
}
