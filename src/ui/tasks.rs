//! The Tasks screen: a table of all tasks, their covariance spectra, and their rows.

mod table;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::block;
use super::crosshair;
use super::ladder::Rung;
use super::theme::Theme;
use super::view::View;
use super::widget::figure;
use super::widget::text::cut;
use crate::app::{App, HitTarget, Pane};
use crate::figure::words;
use crate::scenario::edit::Property;

/// Lines of the table's frame and heading.
const AROUND: u16 = 3;
/// Fewest lines of a figure, including the frame.
const FIGURE: u16 = 10;

/// The first tip.
pub(super) const HINT: &str = "→ moves to a value; hold + and watch the verdict; a adds a task.";

/// Draws the panes of the screen: the table above one or two figures, or only one of the three.
pub(super) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    if rung == Rung::Small {
        return match app.screens.tasks.part.pane() {
            None => table::draw(app, view, area),
            Some(pane) => chart(app, pane, view, area),
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
        chart(app, Pane::Spectrum, view, left);
        chart(app, Pane::Rows, view, right);
    } else if let Some(pane) = app.screens.tasks.view.pane() {
        chart(app, pane, view, below);
    }
}

/// Draws a figure with its title.
fn chart(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.regions.add(area, HitTarget::Pane(pane));
    let shown = app.figure(pane);
    let title = shown.as_ref().map_or_else(|| pane.name().to_owned(), |shown| shown.title.clone());
    let title = cut(&title, usize::from(area.width).saturating_sub(4));
    let frame = block(format!(" {title} "), app.screens.tasks.part.pane() == Some(pane), theme);
    let inner = frame.inner(area);
    view.frame.render_widget(frame, area);
    match shown {
        Some(shown) => {
            let placed = figure::draw(&shown, theme, inner, view.frame.buffer_mut());
            view.regions.add_figure(&placed, HitTarget::Figure(pane));
            crosshair::draw(app, pane, &shown, &placed, view);
        }
        None => view.frame.render_widget(Paragraph::new("drawing …").style(theme.dim()), inner),
    }
}

/// The property under the cursor, with its value and description.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let (_, property, text) = app.screens.tasks.cell(&app.work.scenario);
    let value = match (value(app), text) {
        (Some(value), _) => value,
        (None, Some(text)) => text,
        (None, None) => "–".to_owned(),
    };
    Line::from(vec![
        Span::styled(format!(" {} {value}", path(app)), theme.focus()),
        Span::styled(format!("  {}", property.help()), theme.dim()),
    ])
}

/// The value of the knob under the cursor, with its unit.
fn value(app: &App) -> Option<String> {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    let handle = property.handle(app.work.scenario.draft(), task)?;
    Some(words::value_of(handle, handle.get(app.work.scenario.draft())?))
}

/// Path of the cell under the cursor: `source.samples`.
fn path(app: &App) -> String {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    let name = app.work.scenario.draft().tasks.get(task).map_or("", |task| task.name.as_str());
    match property {
        Property::Reference | Property::Difference => format!("{name} {}", property.name()),
        _ => format!("{name}.{}", property.name()),
    }
}

/// The prompt for typing into the cell under the cursor.
pub(super) fn prompt(app: &App) -> String {
    format!(" {} = ", path(app))
}

/// Values that can be typed into the cell under the cursor.
pub(super) fn allowed(app: &App) -> String {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    property.allowed(app.work.scenario.draft(), task)
}
