//! The Runs screen: all studies of this session, and how far they differ.

mod differences;
mod list;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::theme::Theme;
use crate::app::App;
use crate::figure::finding;
use crate::study::command;

/// Draws the list above the differences.
pub(crate) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let most = area.height / 2;
    let height = (app.studies.runs.len() as u16 + 3).clamp(5, most.max(5));
    let [above, below] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    list::draw(app, theme, frame, above);
    differences::draw(app, theme, frame, below);
}

/// The finding of the selected run, and the command that repeats it.
pub(crate) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some(run) = app.studies.selected_run() else { return vec![Line::from("")] };
    let found = format!(" {}", finding::words(&run.results));
    let command = command::command(run.results.study.draft());
    vec![
        Line::from(Span::styled(found, theme.strong())),
        Line::styled(command.map_or_else(String::new, |words| format!(" {words}")), theme.dim()),
    ]
}

/// What the list is for.
pub(crate) fn context(_: &App, theme: &Theme) -> Line<'static> {
    let words =
        "one run computes at a time; b pins a run, and the selected one is compared with it";
    Line::styled(format!(" {words}"), theme.dim())
}
