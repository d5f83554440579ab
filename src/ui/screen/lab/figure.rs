//! A figure of the Lab in its pane.

use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::{App, Pane};
use crate::ui::view::View;
use crate::ui::{chart, pane};

/// Draws a figure with its title.
pub(crate) fn draw(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let figure = app.figure(pane);
    let title =
        figure.as_ref().map_or_else(|| pane.name().to_owned(), |figure| figure.title.clone());
    let inner = pane::draw(format!(" {title} "), app.screens.lab.pane == pane, view, area);
    match figure {
        Some(figure) if figure.is_empty() => {
            let words = "Nothing to draw: the gain is undefined along this knob.";
            let words = Paragraph::new(words).wrap(Wrap { trim: true });
            view.frame.render_widget(words.style(theme.dim()), inner);
        }
        Some(figure) => chart::draw(app, pane, &figure, theme, view, inner),
        None => view.frame.render_widget(Paragraph::new("computing …").style(theme.dim()), inner),
    }
}
