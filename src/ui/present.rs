//! Presenter mode: one chart and the verdict, large enough to read from the last row.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::view::View;
use super::widget::line::in_two;
use super::{chart, letters, screen};
use crate::app::{App, Pane};
use crate::figure::words;
use crate::math::stats::LEVEL;

/// Draws the verdict in large letters, its numbers and the chart.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    if area.width < 30 || area.height < 12 {
        return super::summary::draw(app, view, area);
    }
    let [large, numbers, chart, keys] = Layout::vertical([
        Constraint::Length(letters::ROWS),
        Constraint::Length(2),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(area);
    let screen = screen::current(app);
    match screen.presented {
        Some(rung) => {
            let reading = in_two((screen.reading)(app, view.theme), large.width);
            view.frame.render_widget(Paragraph::new(reading), large);
            let body = Rect { y: numbers.y, height: numbers.height + chart.height, ..chart };
            (screen.draw)(app, rung, view, body);
        }
        None => {
            verdict(app, view, large, numbers);
            gain(app, view, chart);
        }
    }
    if app.field.is_some() {
        return screen.footer(app, view.theme).short(app, view, keys);
    }
    let line = match app.view.crosshair {
        Some(_) => screen.context(app, view.theme),
        None => {
            let knob = words::knob(&app.work.scenario, app.screens.lab.focus);
            Line::styled(format!(" {knob}  (P leaves)"), view.theme.dim())
        }
    };
    view.frame.render_widget(line, keys);
}

/// Draws the verdict in large letters; below it the full verdict with gain, ± and n.
pub(super) fn verdict(app: &App, view: &mut View<'_, '_>, large: Rect, numbers: Rect) {
    let theme = view.theme;
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return letters::draw("MEASURING", theme.strong(), view, large);
    };
    let fresh = app.screens.lab.fresh && measurement.is_complete();
    let style = if fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    letters::draw(outcome.verdict.capitals(), style, view, large);
    let more = if fresh { "" } else { ", measuring" };
    let lines = vec![
        Line::styled(words::verdict(&app.work.scenario, outcome), style).centered(),
        Line::from(vec![
            Span::styled(words::effect(outcome), style),
            Span::raw(format!("  ({LEVEL}, {} trials{more})", outcome.trials)),
        ])
        .centered(),
    ];
    view.frame.render_widget(Paragraph::new(in_two(lines, numbers.width)), numbers);
}

/// Draws the gain along the focused knob, in thick lines.
pub(super) fn gain(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(figure) = app.figure(Pane::Gain) else {
        let words = Line::styled("computing", view.theme.dim()).centered();
        return view.frame.render_widget(words, area);
    };
    let theme = view.theme.thickly();
    chart::draw(app, Pane::Gain, &figure, &theme, view, area);
}
