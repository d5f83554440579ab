//! The theory's explanation of the gain.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Padding, Paragraph, Wrap};

use super::meaning::no_line;
use crate::app::{App, Pane};
use crate::explanation::zero_at;
use crate::figure::words;
use crate::transfer::{Prediction, Verdict};
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the explanation: variance saved against bias added, as parts of the gain.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane =
        block(" Why (theory, no training) ".into(), app.screens.lab.pane == Pane::Why, theme)
            .padding(Padding::horizontal(1));
    let mut lines = explained(app, theme);
    if area.height > 12 && app.work.is_as_told() {
        let about = app.work.scenario.draft().about.clone();
        lines.extend([Line::from(""), Line::from(Span::styled(about, theme.dim()))]);
    }
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }).block(pane), area);
}

fn explained(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    match app.screens.lab.findings.as_ref().map(|findings| findings.theory) {
        None => vec![Line::from("computing")],
        Some(Err(gap)) => vec![Line::from(format!("{}.", no_line(app, gap)))],
        Some(Ok(prediction)) => balance(app, &prediction, theme),
    }
}

fn balance(app: &App, prediction: &Prediction, theme: &Theme) -> Vec<Line<'static>> {
    let row = |name: &str, value: String, style| {
        Line::from(vec![
            Span::raw(format!("{name:<16}")),
            Span::styled(format!("{value:>12}"), style),
        ])
    };
    let measured = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
    let measured = measured.map_or("measuring".into(), words::effect);
    let parts = words::GainParts::of(prediction);
    let mut lines = vec![
        row("from variance", parts.variance, theme.verdict(Verdict::Helps)),
        row("from bias", parts.bias, theme.verdict(Verdict::Hurts)),
        Line::from(Span::styled("─".repeat(28), theme.dim())),
        row("predicted gain", parts.gain, theme.strong()),
        row("measured", measured, theme.strong()),
    ];
    lines.extend(
        crossings(app).map(|text| {
            Line::from(Span::styled(format!("break-even (theory) {text}"), theme.dim()))
        }),
    );
    lines
}

/// The knob of the curve, and its values where the predicted gain changes sign.
pub(crate) fn crossings(app: &App) -> Option<String> {
    let knob = app.screens.lab.curve.as_ref()?.handle.knob.name;
    places(app).map(|places| format!("{knob} {places}"))
}

/// The values of the knob of the curve where the predicted gain changes sign.
pub(crate) fn places(app: &App) -> Option<String> {
    let curve = app.screens.lab.curve.as_ref()?;
    let places: Vec<String> =
        curve.crossings().iter().take(3).map(|x| zero_at(curve.handle.knob.unit, *x)).collect();
    let more = if curve.complete { "" } else { ", computing" };
    (!places.is_empty()).then(|| format!("{}{more}", places.join(", ")))
}
