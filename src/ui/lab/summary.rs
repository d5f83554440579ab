//! The Lab in a few lines, for terminals too small for panes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::bars;
use crate::app::App;
use crate::figure::words;
use crate::ui::theme::Theme;
use crate::ui::{field, footer};

/// Draws the verdict, the focused knob or the open field, and the news, as far as there is room.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let mut lines = bars::verdict_lines(app, theme);
    let news = app.note.iter().map(|note| Line::styled(format!(" {note}"), theme.alert()));
    let mut below = area;
    if let Some(open) = &app.field {
        let [top, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
        field::draw(app, open, Span::default(), theme, frame, top);
        below = rest;
        lines.insert(0, Line::from(vec![" ".into(), field::hint(app, open, theme)]));
        lines.extend(news);
        lines.push(footer::keys(app, theme, area.width));
    } else {
        let knob = words::knob(&app.scenario, app.lab.focus);
        lines.insert(1, Line::from(format!(" ← {knob} →   ↑ ↓ other knobs")));
        lines.extend(news);
        lines.push(Line::from(" ? help  q quit"));
    }
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), below);
}
