//! The Sweep screen: a chart, and the form for the next sweep.

mod chart;
mod form;
mod reading;
pub(crate) mod setting;

use ratatui::layout::{Constraint, Layout, Rect};

use super::lab;
use super::view::ScreenView;
use crate::app::{App, Screen};
use crate::ui::ladder::Rung;
use crate::ui::view::View;
pub(crate) use reading::{context, reading};

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Sweep,
    draw,
    reading,
    context,
    presented: Some(Rung::Small),
    ..lab::SCENARIO
};

/// Draws the chart beside the form; if there is room for only one, the focused one.
pub(crate) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    if rung == Rung::Small {
        return if app.screens.studies.in_chart || app.view.present {
            chart::draw(app, view, area);
        } else {
            form::draw(app, view, area);
        };
    }
    let width = if area.width >= 100 { 38 } else { 26 };
    let [left, right] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    chart::draw(app, view, left);
    form::draw(app, view, right);
}
