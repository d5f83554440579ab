//! The Affinity screen: gains of all pairs, proxies, and groups to train together.

mod chart;
mod groups;
mod proxies;
mod reading;

use ratatui::layout::{Constraint, Layout, Rect};

use super::lab;
use super::view::ScreenView;
use crate::app::studies::Facet;
use crate::app::{App, Screen};
use crate::ui::ladder::Rung;
use crate::ui::view::View;
pub(crate) use reading::{context, reading};

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Affinity,
    draw,
    reading,
    context,
    presented: Some(Rung::Small),
    ..lab::SCENARIO
};

/// Most tasks whose gains have room beside the proxies on a screen that is not wide.
const BESIDE: usize = 7;

/// Draws the matrix beside the proxies, the scatter and the groups.
pub(crate) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let wide = area.width >= 110;
    let tasks = app.screens.studies.shown_affinity().map_or(0, |run| run.results.tasks().len());
    if rung == Rung::Small || !wide && tasks > BESIDE {
        return small(app, view, area);
    }
    let width = if wide { 46 } else { 34 };
    let [left, right] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    chart::draw(app, view, left);
    let listed = proxies::LINES;
    if wide && area.height >= 28 {
        let shares = [Constraint::Length(listed), Constraint::Min(0), Constraint::Length(10)];
        let [above, middle, below] = Layout::vertical(shares).areas(right);
        proxies::draw(app, view, above);
        chart::other(app, view, middle);
        groups::draw(app, view, below);
    } else {
        let [above, below] =
            Layout::vertical([Constraint::Length(listed), Constraint::Min(0)]).areas(right);
        proxies::draw(app, view, above);
        groups::draw(app, view, below);
    }
}

/// Draws one pane: the matrix, the scatter, or proxies and groups.
fn small(app: &App, view: &mut View<'_, '_>, area: Rect) {
    if app.screens.studies.facet != Facet::Words || app.view.present {
        return chart::draw(app, view, area);
    }
    let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
    proxies::draw(app, view, left);
    groups::draw(app, view, right);
}
