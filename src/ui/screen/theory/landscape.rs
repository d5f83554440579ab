//! The objective of a single shared unit, as a chart.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::page;
use crate::app::{App, Pane, TheoryPane};
use crate::ui::view::View;
use crate::ui::{chart, pane};

/// Smallest height of a chart that is worth drawing.
const LEAST: u16 = 8;

/// Draws the landscape; if there is no room, its maxima in words.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let figure =
        app.screens.theory.landscape.as_ref().filter(|_| area.height >= LEAST && area.width >= 24);
    let Some(figure) = figure else {
        let known = app
            .screens
            .theory
            .explanation
            .as_ref()
            .map(|explanation| explanation.landscape_lines());
        let known = known.filter(|lines| !lines.is_empty());
        let words = known.unwrap_or_else(|| vec!["computing".to_owned()]);
        let room = page::room(area.width);
        let lines: Vec<_> =
            words.iter().flat_map(|line| page::words(line, (0, 2), room, Style::new())).collect();
        return page::draw(app, TheoryPane::Landscape, "Objective of one unit", &lines, view, area);
    };
    let focused = app.screens.theory.aspect == TheoryPane::Landscape;
    let inner = pane::draw(format!(" {} ", figure.title), focused, view, area);
    chart::draw(app, Pane::Landscape, figure, view.theme, view, inner);
}
