//! A screen in a few lines, for terminals too small for panes.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::ladder::Rung;
use super::screen::{self, ScreenView};
use super::theme::Theme;
use super::view::View;
use super::{field, footer, progress};
use crate::app::App;

/// Draws the result, the focused item or the open field, and the message.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let mut lines = Vec::new();
    let shares = [Constraint::Min(0), Constraint::Length(u16::from(area.height > 3))];
    let [mut below, size] = Layout::vertical(shares).areas(area);
    view.frame.render_widget(Line::styled(Rung::wanted(area), theme.dim()), size);
    if let Some(open) = &app.field {
        let [top, rest] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(below);
        field::draw(app, open, Span::default(), view, top);
        below = rest;
        lines.push(Line::from(vec![" ".into(), field::hint(app, open, theme)]));
    }
    let screen = screen::current(app);
    lines.extend(found(app, screen, theme));
    lines.push(match (&app.field, screen.summary) {
        (None, Some(_)) => Line::from(" ? help  q quit"),
        _ => footer::keys(app, theme, (area.width, false)),
    });
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), below);
}

fn found(app: &App, screen: &ScreenView, theme: &Theme) -> Vec<Line<'static>> {
    let news = app.view.note.iter().map(|note| Line::styled(format!(" {note}"), theme.alert()));
    if let Some(summary) = screen.summary {
        return summary(app, theme).into_iter().chain(news).collect();
    }
    let mut lines = Vec::new();
    if app.field.is_none() {
        let run = app.screens.run_in_view().map_or_else(String::new, progress::words);
        let name =
            format!(" {} {}  {run}", app.screens.current.digit(), app.screens.current.name());
        lines.extend([Line::styled(name, theme.strong()), screen.context(app, theme)]);
        lines.extend(screen.title.map(|title| title(app, theme)));
    }
    lines.extend(news);
    lines.extend((screen.reading)(app, theme));
    lines
}
