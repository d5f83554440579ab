//! The Affinity screen: which task gains from which.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::theme::Theme;
use super::{block, progress};
use crate::app::App;

/// Draws the matrix of pair gains.
pub(crate) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let (title, words) = match app.studies.shown_affinity() {
        None => (
            " Affinity ".to_owned(),
            "No affinity study yet. Space trains every pair of the tasks of the Lab and measures \
             who gains from whom.",
        ),
        Some(run) => (format!(" {}  {} ", run.title(), progress::words(run)), ""),
    };
    let pane = block(title, true, theme);
    frame.render_widget(Paragraph::new(words).wrap(Wrap { trim: true }).block(pane), area);
}

/// What the cursor reads.
pub(crate) fn reading(_: &App, _: &Theme) -> Vec<Line<'static>> {
    vec![Line::from("")]
}

/// What has the focus.
pub(crate) fn context(_: &App, _: &Theme) -> Line<'static> {
    Line::from("")
}
