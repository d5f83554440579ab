//! The Lab: two tasks, their knobs, and what joint training does.

mod bars;
mod knobs;
mod panes;
mod summary;
mod weights;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::theme::Theme;
use super::{footer, tabs};
use crate::app::{App, Pane};

/// Draws the Lab in the layout that fits the area.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    match (area.width, area.height) {
        (width, height) if width >= 118 && height >= 34 => wide(app, theme, frame, area),
        (width, height) if width >= 76 && height >= 20 => narrow(app, theme, frame, area),
        _ => summary::draw(app, theme, frame, area),
    }
}

/// Three columns: what can be turned, what comes of it, what it means.
fn wide(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let [header, body, bottom] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(0), Constraint::Length(3)])
            .areas(area);
    let [left, middle, right] =
        Layout::horizontal([Constraint::Length(36), Constraint::Min(0), Constraint::Length(33)])
            .areas(body);
    tabs::draw(app, &bars::state(app), theme, frame, header);
    let listed = app.scenario.groups().len().min(6) as u16;
    let [tasks, knobs] =
        Layout::vertical([Constraint::Length(listed + 3), Constraint::Min(0)]).areas(left);
    panes::tasks(app, theme, frame, tasks);
    knobs::draw(app, theme, frame, knobs);
    results(app, theme, frame, middle);
    let [verdict, why, plane] =
        Layout::vertical([Constraint::Length(11), Constraint::Length(10), Constraint::Min(0)])
            .areas(right);
    panes::verdict(app, theme, frame, verdict);
    panes::why(app, theme, frame, why);
    panes::figure(app, Pane::Plane, theme, frame, plane);
    footer::draw(app, bars::tip(app), bars::knob(app, theme), theme, frame, bottom);
}

/// The gain, and below it the training loss or the weighting schemes.
fn results(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let weights = app.lab.view == Pane::Weights;
    let (above, below) = if weights { (3, 5) } else { (3, 2) };
    let shares = [Constraint::Fill(above), Constraint::Fill(below)];
    let [gain, other] = Layout::vertical(shares).areas(area);
    panes::figure(app, Pane::Gain, theme, frame, gain);
    if weights {
        weights::draw(app, theme, frame, other);
    } else {
        panes::figure(app, Pane::Loss, theme, frame, other);
    }
}

/// Two columns: the knobs, and one pane at a time. The verdict is a line of its own.
fn narrow(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let [header, body, verdict, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(2),
        Constraint::Length(3),
    ])
    .areas(area);
    let [left, right] =
        Layout::horizontal([Constraint::Length(29), Constraint::Min(0)]).areas(body);
    tabs::draw(app, &bars::state(app), theme, frame, header);
    knobs::draw(app, theme, frame, left);
    match app.lab.view {
        Pane::Why => panes::why(app, theme, frame, right),
        Pane::Weights => weights::draw(app, theme, frame, right),
        view => panes::figure(app, view, theme, frame, right),
    }
    bars::verdict(app, theme, frame, verdict);
    footer::draw(app, bars::tip(app), bars::knob(app, theme), theme, frame, bottom);
}
