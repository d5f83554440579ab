//! The measured verdict, with the numbers behind it.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Padding, Paragraph};

use crate::app::App;
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::scenario::draft::TaskRole;
use crate::study::Measurement;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::line::first_items;
use crate::ui::widget::text::folded_numbers;

/// Lines that the whole verdict takes, including the frame.
pub(super) const LINES: u16 = 13;

/// Number of statements up to the errors, which stand before any doubt.
const BASELINE: usize = 5;

/// Draws the verdict with its gain, interval, baseline and n. If there is no room for all of it, the
/// last numbers are left out as a whole, and `more` names the key that shows them.
pub(super) fn draw(app: &App, more: &str, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Verdict ".into(), false, theme).padding(Padding::horizontal(1));
    let inner = pane.inner(area);
    let more = Line::styled(format!("… more: {more}"), theme.dim());
    let lines = first_items(items(app, theme, inner.width), inner.height.into(), more);
    view.frame.render_widget(Paragraph::new(lines).block(pane), area);
}

/// The statements, the most important first, each on as many lines as it needs.
fn items(app: &App, theme: &Theme, width: u16) -> Vec<Vec<Line<'static>>> {
    let item = |(text, style): (String, Style)| {
        let lines = folded_numbers(&text, width.into());
        lines.into_iter().map(|line| Line::styled(line, style)).collect()
    };
    statements(app, theme).into_iter().map(item).collect()
}

fn statements(app: &App, theme: &Theme) -> Vec<(String, Style)> {
    let scenario = &app.work.scenario;
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return vec![("measuring".to_owned(), Style::new())];
    };
    let style = if app.screens.lab.fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let counted = if measurement.is_complete() && app.screens.lab.fresh {
        format!("{LEVEL} interval, n = {} trials", outcome.trials)
    } else {
        format!("{LEVEL}, n = {} of {} trials", outcome.trials, measurement.wanted)
    };
    let better = (outcome.helped * outcome.trials as f64).round();
    let plain = [
        counted,
        format!("error alone     {}", words::mean_error(outcome.single, outcome.trials)),
        format!("error together  {}", words::mean_error(outcome.multi, outcome.trials)),
        format!("better in {better} of {} trials", outcome.trials),
        format!("optimum: {}", words::optimum(measurement)),
    ];
    let verdict = [words::verdict(scenario, outcome), words::effect(outcome)];
    let verdict = verdict.into_iter().map(|text| (text, style));
    let doubt = words::doubt(outcome).map(|text| (text.to_owned(), theme.alert()));
    let mut all: Vec<(String, Style)> =
        verdict.chain(plain.into_iter().map(|text| (text, Style::new()))).collect();
    let cautions = cautions(app).flat_map(|text| sentences(&text));
    let cautions = cautions.map(|text| (text, theme.alert()));
    all.splice(BASELINE..BASELINE, doubt.into_iter().chain(cautions));
    all.extend(beside(app, measurement).map(|text| (text, theme.dim())));
    all
}

/// What to beware of, once all trials are there.
pub(crate) fn cautions(app: &App) -> impl Iterator<Item = String> {
    let all = app.screens.lab.findings.iter().flat_map(|findings| &findings.cautions);
    all.filter(|_| app.screens.lab.fresh).map(|text| format!("Beware: {text}"))
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive(". ").map(|sentence| sentence.trim_end().to_owned()).collect()
}

/// The second result: the baseline of a method, or the gain of the first source itself.
fn beside(app: &App, measurement: &Measurement) -> Option<String> {
    let scenario = &app.work.scenario;
    if let Some(baseline) = measurement.approaches.get(1) {
        let effect = words::effect(&baseline.targets);
        return Some(format!("{} instead {effect}", baseline.approach.name()));
    }
    let source = scenario.groups().iter().position(|group| group.role == TaskRole::Source)?;
    let outcome = measurement.own().groups[source];
    let name = scenario.groups()[source].title();
    let effect = words::effect(&outcome);
    if !effect.contains('±') {
        return Some(format!("{name} itself: {effect}"));
    }
    let alone = words::mean_error(outcome.single, outcome.trials).replace(' ', "\u{a0}");
    Some(format!("gain of {name} itself {effect} (error\u{a0}alone\u{a0}{alone})"))
}
