//! The Tasks screen: a table of all tasks, their covariance spectra, and their rows.

pub(crate) mod cell;
mod table;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::lab;
use super::view::ScreenView;
use crate::app::{App, HitTarget, Pane, Screen};
use crate::ui::ladder::Rung;
use crate::ui::view::View;
use crate::ui::widget::text::cut;
use crate::ui::{chart, pane};

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Tasks,
    draw,
    context: cell::context,
    hint: Some(cell::hint),
    ..lab::SCENARIO
};

/// Lines of the table's frame and heading.
const AROUND: u16 = 3;
/// Fewest lines of a figure, including the frame.
const FIGURE: u16 = 10;

/// Draws the panes of the screen: the table above one or two figures, or only one of the three.
pub(super) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    if rung == Rung::Small {
        return match app.screens.tasks.part.pane() {
            None => table::draw(app, view, area),
            Some(pane) => figure(app, pane, view, area),
        };
    }
    let listed = app.work.scenario.draft().tasks.len() as u16 + AROUND;
    let most = area.height.saturating_sub(FIGURE).min(area.height / 2).max(AROUND + 2);
    let [above, below] =
        Layout::vertical([Constraint::Length(listed.min(most)), Constraint::Min(0)]).areas(area);
    table::draw(app, view, above);
    if rung == Rung::Wide {
        let shares = [Constraint::Fill(1), Constraint::Fill(1)];
        let [left, right] = Layout::horizontal(shares).areas(below);
        figure(app, Pane::Spectrum, view, left);
        figure(app, Pane::Rows, view, right);
    } else if let Some(pane) = app.screens.tasks.view.pane() {
        figure(app, pane, view, below);
    }
}

/// Draws a figure with its title.
fn figure(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.regions.add(area, HitTarget::Pane(pane));
    let shown = app.figure(pane);
    let title = shown.as_ref().map_or_else(|| pane.name().to_owned(), |shown| shown.title.clone());
    let title = cut(&title, usize::from(area.width).saturating_sub(4));
    let title = format!(" {title} ");
    let inner = pane::draw(title, app.screens.tasks.part.pane() == Some(pane), view, area);
    match shown {
        Some(shown) => chart::draw(app, pane, &shown, theme, view, inner),
        None => view.frame.render_widget(Paragraph::new("drawing").style(theme.dim()), inner),
    }
}
