//! The weighting schemes side by side: their weights, their effect on every group of tasks, and the
//! singular values behind them.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use crate::app::{App, Pane};
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::method::{Approach, Method};
use crate::scenario::{Group, Scenario};
use crate::study::Comparison;
use crate::study::measurement::Measured;
use crate::transfer::Outcome;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Width of the names of the schemes.
const NAME: usize = 12;
/// Width of a weight.
const WEIGHT: usize = 5;
/// Width of a gain with its interval.
const GAIN: usize = 13;
/// Smallest width of a column if gains are stacked below weights.
const TIGHT: usize = 11;

/// Draws the comparison in its pane.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(title(app), app.screens.lab.pane == Pane::Weights, theme);
    let inner = pane.inner(area);
    let lines = match &app.screens.lab.comparison {
        None => vec![Line::from("computing")],
        Some(comparison) => lines(app, comparison, theme, inner.width as usize),
    };
    view.frame.render_widget(Paragraph::new(lines).block(pane), area);
}

fn title(app: &App) -> String {
    let joint = if app.work.scenario.approach().method == Method::Joint { "" } else { ", joint" };
    let trials = app.screens.lab.comparison.as_ref().and_then(|c| c.measurement.as_ref());
    match trials {
        Some(m) if m.is_complete() => {
            format!(" Weights α{joint}, gain in % ±{LEVEL}, n = {} ", m.trials)
        }
        Some(m) => format!(" Weights α, gain in % ±{LEVEL}, n = {} of {} ", m.trials, m.wanted),
        None => " Weights α of the first trial ".into(),
    }
}

fn lines(app: &App, comparison: &Comparison, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let scenario = &app.work.scenario;
    let stacked = NAME + scenario.groups().len() * (WEIGHT + GAIN) > width;
    let narrow = (width.saturating_sub(NAME) / scenario.groups().len()).clamp(TIGHT, GAIN);
    let column = if stacked { narrow } else { WEIGHT + GAIN };
    let shown = (width.saturating_sub(NAME) / column).min(scenario.groups().len());
    let groups = &scenario.groups()[..shown];
    let mut lines = vec![heading(scenario, groups, column, theme)];
    for (place, (approach, weights)) in comparison.weights.iter().enumerate() {
        let measured = comparison.measurement.as_ref().map(|m| &m.approaches[place]);
        let own = approach.weighting == scenario.approach().weighting;
        let style = if own { theme.focus() } else { Style::default() };
        lines.extend(scheme(*approach, weights, measured, groups, column, style, theme));
    }
    lines.extend(spectra(comparison, theme));
    lines
}

fn heading(scenario: &Scenario, groups: &[Group], column: usize, theme: &Theme) -> Line<'static> {
    let mut text = " ".repeat(NAME);
    for group in groups {
        text += &right(&cut(&group.title(), column - 1), column);
    }
    if groups.len() < scenario.groups().len() {
        text += &format!(" +{}", scenario.groups().len() - groups.len());
    }
    Line::from(Span::styled(text, theme.dim()))
}

/// A scheme on one line or, if columns are narrow, gains below weights.
fn scheme(
    approach: Approach,
    weights: &[f64],
    measured: Option<&Measured>,
    groups: &[Group],
    column: usize,
    style: Style,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let stacked = column < WEIGHT + GAIN;
    let name = Span::styled(format!("{:<NAME$}", approach.weighting.name()), style);
    let mut alphas = Vec::new();
    let mut gains = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let of_group = &weights[group.tasks.clone()];
        let alpha = of_group.iter().sum::<f64>() / of_group.len() as f64;
        alphas.push(format!("{alpha:.2}"));
        gains.push(match measured.map(|measured| &measured.groups[i]) {
            Some(outcome) => (tight(outcome), theme.verdict(outcome.verdict)),
            None => (String::new(), theme.dim()),
        });
    }
    if stacked {
        let alphas = alphas.iter().map(|alpha| Span::raw(right(alpha, column)));
        let gains = gains.into_iter().map(|(gain, style)| (gain.replace(" % ± ", " ± "), style));
        let gains = gains.map(|(gain, style)| Span::styled(right(&gain, column), style));
        let indent = Span::raw(" ".repeat(NAME));
        return vec![
            std::iter::once(name).chain(alphas).collect(),
            std::iter::once(indent).chain(gains).collect(),
        ];
    }
    let cells = alphas.iter().zip(gains).flat_map(|(alpha, (gain, style))| {
        [Span::raw(right(alpha, WEIGHT)), Span::styled(right(&format!(" {gain}"), GAIN), style)]
    });
    vec![std::iter::once(name).chain(cells).collect()]
}

/// The singular values of (Xᵀy_1 … Xᵀy_k), divided by the largest.
fn spectra(comparison: &Comparison, theme: &Theme) -> Vec<Line<'static>> {
    let names = ["as printed  ", "standardised"];
    let mut lines =
        vec![Line::from(Span::styled("singular values of (Xᵀy) / the largest:", theme.dim()))];
    lines.extend(names.iter().zip(&comparison.spectra).map(|(name, values)| {
        let largest = values.first().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let shown: Vec<String> =
            values.iter().take(9).map(|value| format!("{:.2}", value / largest)).collect();
        Line::from(vec![
            Span::styled(format!("{name} "), theme.dim()),
            Span::raw(shown.join(" ").replace("0.", ".")),
        ])
    }));
    lines
}

/// The effect of joint training, as narrow as a gain where it is said by both errors.
fn tight(outcome: &Outcome) -> String {
    let text = words::tight(outcome);
    if text.contains('→') { text.replace(' ', "") } else { text }
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}
