//! The measurement beside a step, in a few lines; hidden until a prediction is committed.

use ratatui::text::{Line, Span};

use super::bench;
use super::found::number;
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::figure::words;
use crate::lesson::quantity::QuantityField;
use crate::lesson::{SettingFindings, SettingQuestion, Subject};
use crate::math::stats::LEVEL;
use crate::scenario::{Handle, Scenario};
use crate::transfer::Outcome;
use crate::ui::theme::Theme;
use crate::ui::widget::line::by_parts;
use crate::ui::widget::text::items;

/// The measurement in lines of at most this width, none of them cut.
pub(super) fn rows(app: &App, playing: &Playing, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let parted = by_parts(lines(app, playing, theme), width);
    parted.iter().flat_map(|line| indented(line, width)).collect()
}

/// A line that is too long, wrapped between items; every line begins with a blank.
fn indented(line: &Line<'static>, width: u16) -> Vec<Line<'static>> {
    if line.width() <= usize::from(width) {
        return vec![line.clone()];
    }
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let style = line.spans.last().map_or(line.style, |span| line.style.patch(span.style));
    let room = usize::from(width).saturating_sub(1);
    let folded = items(text.trim_start(), room);
    folded.into_iter().map(|text| Line::styled(format!(" {text}"), style)).collect()
}

/// The numbers, or blanks for them, and the knobs that they belong to.
pub(super) fn lines(app: &App, playing: &Playing, theme: &Theme) -> Vec<Line<'static>> {
    if bench::has(playing) {
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
        return vec![Line::from(format!(" measuring: {known} of {all} settings")), fixed];
    };
    let own = Subject::of_setting(&setting.name);
    let asked = playing.subject().unwrap_or(&own);
    let first = match found {
        SettingFindings::Trials { .. } => {
            let Some((outcome, errors)) = asked.outcome(found).zip(asked.errors(found)) else {
                return vec![Line::from(" not measured"), fixed];
            };
            let gain = format!("   {} ({LEVEL}, n = {})", effect(outcome), outcome.trials);
            let style = theme.verdict(outcome.verdict);
            let errors = Span::raw(format!(" {}", errors.join("   ")));
            Line::from(vec![errors, Span::styled(gain, style)])
        }
        SettingFindings::Sweep(swept) => {
            let said = number(setting, QuantityField::Crossing).say(found);
            let said = said
                .map_or_else(|| "no break-even".to_owned(), |said| format!("break-even at {said}"));
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
        return vec![Line::from(" measuring")];
    };
    let (style, more) = match app.screens.lab.fresh && measurement.is_complete() {
        true => (theme.verdict(outcome.verdict), String::new()),
        false => (theme.dim(), format!(" of {}, measuring", measurement.wanted)),
    };
    let gain = words::effect(outcome);
    let n = outcome.trials;
    let gain = format!(" {gain} ({LEVEL}, n = {n}{more})");
    let errors = format!("   {}", words::two_errors(outcome));
    vec![
        Line::styled(format!(" {}", words::verdict(&app.work.scenario, outcome)), style),
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
    let said = handles.into_iter().map(|handle| words::knob(scenario, handle));
    said.collect::<Vec<_>>().join(", ")
}
