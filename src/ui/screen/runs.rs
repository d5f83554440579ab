//! The Runs screen: all studies of this session, and the differences between them.

mod differences;
mod list;
mod sketch;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::lab;
use super::view::ScreenView;
use crate::app::{App, Screen};
use crate::figure::finding;
use crate::provenance::command;
use crate::ui::ladder::Rung;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Runs,
    draw,
    reading,
    context,
    presented: Some(Rung::Narrow),
    ..lab::SCENARIO
};

/// Draws the list above the differences; if there is little room, only the list.
pub(crate) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    if rung == Rung::Small {
        return list::draw(app, view, area);
    }
    let most = area.height / 2;
    let height = match app.screens.studies.runs.len() as u16 {
        0 => sketch::LIST.min(most),
        runs => (runs + 3).clamp(5, most.max(5)),
    };
    let [above, below] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    list::draw(app, view, above);
    differences::draw(app, view, below);
}

/// The command that repeats the selected run.
pub(crate) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let run = app.screens.studies.selected_run();
    let words = run.map(|run| {
        let command = command::study(run.results.study.draft());
        command.unwrap_or_else(|| {
            "no preset with other knobs gives this run; y has a command with the whole scenario in it"
                .to_owned()
        })
    });
    vec![Line::styled(words.map_or_else(String::new, |words| format!(" {words}")), theme.dim())]
}

/// The finding of the selected run.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let Some(run) = app.screens.studies.selected_run() else {
        return Line::default();
    };
    Line::from(vec![
        Span::styled(format!(" #{}", run.number), theme.focus()),
        Span::raw(format!(" {}", finding::words(&run.results))),
    ])
}
