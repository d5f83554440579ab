//! The Theory screen: the claim behind the verdict, its formulas, the objective of a single unit,
//! Theorem 2, and limits.

mod bound;
mod claim;
mod formulas;
mod landscape;
mod limits;
mod page;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::lab;
use super::view::ScreenView;
use crate::app::{App, HitTarget, Screen, TheoryPane};
use crate::ui::ladder::Rung;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Theory,
    draw,
    hint: Some(lab::hint),
    title: Some(title),
    ..lab::SCENARIO
};

/// Width of the column of words beside the charts.
const WORDS: u16 = 64;

/// Draws the panes for a layout.
pub(super) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    match rung {
        Rung::Wide => wide(app, view, area),
        Rung::Narrow => narrow(app, view, area),
        _ => pane(app, app.screens.theory.aspect, view, area),
    }
}

/// Two columns: claim and formulas on the left, charts and limits on the right.
fn wide(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let words = WORDS.min(area.width * 11 / 20);
    let [left, right] =
        Layout::horizontal([Constraint::Length(words), Constraint::Min(0)]).areas(area);
    let claim = claim::height(app, view.theme, left.width).min(left.height / 2);
    let [claim, formulas] =
        Layout::vertical([Constraint::Length(claim), Constraint::Min(0)]).areas(left);
    pane(app, TheoryPane::Claim, view, claim);
    pane(app, TheoryPane::Formulas, view, formulas);
    let bound = bound::height(app, view.theme, right.width).min(right.height / 3);
    let [landscape, bound, limits] =
        Layout::vertical([Constraint::Fill(2), Constraint::Length(bound), Constraint::Fill(1)])
            .areas(right);
    pane(app, TheoryPane::Landscape, view, landscape);
    pane(app, TheoryPane::Bound, view, bound);
    pane(app, TheoryPane::Limits, view, limits);
}

/// The claim, and one other pane below it.
fn narrow(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let claim = claim::height(app, view.theme, area.width).min(area.height / 2);
    let [claim, below] =
        Layout::vertical([Constraint::Length(claim), Constraint::Min(0)]).areas(area);
    pane(app, TheoryPane::Claim, view, claim);
    pane(app, app.screens.theory.below(), view, below);
}

fn pane(app: &App, aspect: TheoryPane, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Aspect(aspect));
    match aspect {
        TheoryPane::Claim => claim::draw(app, view, area),
        TheoryPane::Formulas => formulas::draw(app, view, area),
        TheoryPane::Landscape => landscape::draw(app, view, area),
        TheoryPane::Bound => bound::draw(app, view, area),
        TheoryPane::Limits => limits::draw(app, view, area),
    }
}

/// The claim on one line, for terminals too small for panes.
pub(super) fn title(app: &App, theme: &Theme) -> Line<'static> {
    let words = claim::reason(app).map_or("explaining".to_owned(), |reason| reason.title);
    Line::styled(format!(" {words}"), theme.strong())
}
