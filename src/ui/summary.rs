//! A screen of studies in a few lines, for terminals too small for panes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::theme::Theme;
use super::{affinity, field, footer, progress, runs, sweep};
use crate::app::{App, Screen};

/// Draws what the cursor reads, what has the focus or the open field, and the news.
pub(crate) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let (reading, context) = match app.screen {
        Screen::Lab => return,
        Screen::Affinity => (affinity::reading(app, theme), affinity::context(app, theme)),
        Screen::Sweep => (sweep::reading(app, theme), sweep::context(app, theme)),
        Screen::Runs => (runs::reading(app, theme), runs::context(app, theme)),
    };
    let mut lines = Vec::new();
    let mut below = area;
    if let Some(open) = &app.field {
        let [top, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
        field::draw(app, open, Span::default(), theme, frame, top);
        below = rest;
        lines.push(Line::from(vec![" ".into(), field::hint(app, open, theme)]));
    } else {
        let run = app.run_in_view().map_or_else(String::new, progress::words);
        let name = format!(" {} {}  {run}", app.screen.digit(), app.screen.name());
        lines.push(Line::styled(name, theme.strong()));
        lines.push(context);
    }
    lines.extend(app.note.iter().map(|note| Line::styled(format!(" {note}"), theme.alert())));
    lines.extend(reading);
    lines.push(footer::keys(app, theme, area.width));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), below);
}
