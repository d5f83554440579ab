//! The Lab: the tasks, their knobs, and the effect of joint training.

mod bars;
mod calm;
pub(crate) mod figure;
mod knobs;
mod meaning;
mod summary;
mod tasks;
pub(crate) mod verdict;
mod weights;
mod why;

use ratatui::layout::{Constraint, Layout, Rect};

use super::view::ScreenView;
use crate::app::settings::Panes;
use crate::app::{App, HitTarget, Pane, Screen};
use crate::ui::ladder::Rung;
use crate::ui::view::View;
pub(crate) use bars::{context, hint, reading, state};
pub(crate) use knobs::slider;
pub(crate) use summary::summary;
pub(crate) use why::crossings;

/// The parts of a screen that shows the scenario of the Lab.
pub(super) const SCENARIO: ScreenView = ScreenView {
    screen: Screen::Lab,
    draw,
    state: |app| vec![format!("seed {}", app.work.scenario.draft().seed)],
    reading,
    has_result_pane: false,
    context,
    hint: None,
    summary: None,
    title: None,
    presented: None,
};

/// The parts of the Lab.
pub(super) static VIEW: ScreenView = ScreenView {
    state,
    has_result_pane: true,
    hint: Some(hint),
    summary: Some(summary),
    ..SCENARIO
};

/// Draws the panes for a layout.
pub(super) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    match (rung, app.settings.panes) {
        (Rung::Wide, Panes::Few) => calm::wide(app, view, area),
        (Rung::Narrow, Panes::Few) => calm::narrow(app, view, area),
        (Rung::Wide, Panes::All) => wide(app, view, area),
        (Rung::Narrow, Panes::All) => narrow(app, view, area),
        (_, Panes::Few) if [Pane::Why, Pane::About].contains(&app.screens.lab.pane) => {
            calm::pane(app, app.screens.lab.pane, "a larger window", view, area);
        }
        _ => pane(app, app.screens.lab.pane, view, area),
    }
}

/// Three columns: tasks and knobs, results, and their explanation.
fn wide(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let [left, middle, right] =
        Layout::horizontal([Constraint::Length(36), Constraint::Min(0), Constraint::Length(33)])
            .areas(area);
    let listed = app.work.scenario.groups().len().min(6) as u16;
    let [tasks, knobs] =
        Layout::vertical([Constraint::Length(listed + 3), Constraint::Min(0)]).areas(left);
    tasks::draw(app, view, tasks);
    pane(app, Pane::Knobs, view, knobs);
    results(app, view, middle);
    let [verdict, why, plane] =
        Layout::vertical(right_column(right).map(Constraint::Length)).areas(right);
    verdict::draw(app, "f", view, verdict);
    pane(app, Pane::Why, view, why);
    pane(app, Pane::Plane, view, plane);
}

/// Lines of the verdict, of its explanation and of the plane. They depend on the room only, so that
/// nothing moves while a knob is turned.
fn right_column(area: Rect) -> [u16; 3] {
    const WHY: u16 = 9;
    const PLANE: u16 = 9;
    let verdict = area.height.saturating_sub(WHY + PLANE).clamp(11, verdict::LINES);
    [verdict, WHY, area.height.saturating_sub(verdict + WHY)]
}

/// The gain, and below it the training loss, the weighting schemes or methods side by side.
fn results(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let (shown, above, below) = match app.screens.lab.view {
        Pane::Weights => (Pane::Weights, 3, 5),
        Pane::Methods => (Pane::Methods, 1, 1),
        _ => (Pane::Loss, 3, 2),
    };
    let shares = [Constraint::Fill(above), Constraint::Fill(below)];
    let [gain, other] = Layout::vertical(shares).areas(area);
    pane(app, Pane::Gain, view, gain);
    pane(app, shown, view, other);
}

/// Two columns: the knobs, and one pane at a time.
fn narrow(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let [left, right] =
        Layout::horizontal([Constraint::Length(29), Constraint::Min(0)]).areas(area);
    pane(app, Pane::Knobs, view, left);
    pane(app, app.screens.lab.view, view, right);
}

fn pane(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Pane(pane));
    match pane {
        Pane::Knobs => knobs::draw(app, view, area),
        Pane::Why => why::draw(app, view, area),
        Pane::Weights => weights::draw(app, view, area),
        Pane::About => calm::pane(app, pane, "a larger window", view, area),
        other => figure::draw(app, other, view, area),
    }
}
