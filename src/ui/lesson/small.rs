//! A lesson in terminals too small for panes.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::row::{self, Row};
use super::{bench, step, strip};
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::ui::field;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Draws the message or input field, the question and the measurement.
pub(super) fn draw(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let news = app
        .view
        .note
        .as_ref()
        .map(|note| Line::styled(cut(note, area.width.into()), theme.alert()));
    let mut top = area;
    if let Some(field) = &app.field {
        top.height = top.height.min(1);
        field::draw(app, field, Span::default(), view, top);
    } else if let Some(news) = news {
        top.height = top.height.min(1);
        view.frame.render_widget(news, top);
    } else {
        top.height = 0;
    }
    let below = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
    let mut rows = step::rows(app, playing, theme, below.width);
    if bench::has(playing) || playing.setting().is_some() {
        let found = strip::rows(app, playing, theme, below.width);
        rows.extend(found.into_iter().map(|line| {
            let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
            Row::words(text)
        }));
    }
    let (first, _) = row::first(&rows, playing, below.height.into());
    row::draw(rows, first, !app.is_covered(), view, below);
}
