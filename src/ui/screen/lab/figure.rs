//! A figure of the Lab in its pane.

use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use unicode_width::UnicodeWidthStr;

use crate::app::{App, Pane};
use crate::ui::view::View;
use crate::ui::{chart, pane};

/// Returns true if nothing more will be measured for the gain along the knob.
fn is_whole(app: &App) -> bool {
    let lab = &app.screens.lab;
    let verdict = lab.measurement().is_some_and(|measurement| measurement.is_complete());
    lab.fresh && verdict && lab.curve.as_ref().is_some_and(|curve| curve.complete)
}

/// Draws a figure with its title.
pub(crate) fn draw(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let figure = app.figure(pane);
    let title =
        figure.as_ref().map_or_else(|| pane.name().to_owned(), |figure| figure.title.clone());
    let title = match (usize::from(area.width) < title.width() + 4, title.split_once(" of ")) {
        (true, Some(("Gain", rest))) => match rest.split_once(" along ") {
            Some((_, knob)) => format!("Gain along {knob}"),
            None => title,
        },
        _ => title,
    };
    let inner = pane::draw(format!(" {title} "), app.screens.lab.pane == pane, view, area);
    match figure {
        Some(figure) if figure.is_empty() => {
            let words = match is_whole(app) {
                true => "Nothing to draw: the gain is undefined along this knob.",
                false => "measuring",
            };
            let words = Paragraph::new(words).wrap(Wrap { trim: true });
            view.frame.render_widget(words.style(theme.dim()), inner);
        }
        Some(figure) => chart::draw(app, pane, &figure, theme, view, inner),
        None => view.frame.render_widget(Paragraph::new("computing").style(theme.dim()), inner),
    }
}
