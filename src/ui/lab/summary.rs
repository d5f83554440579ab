//! The Lab in a few lines, for terminals too small for panes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::bars;
use crate::app::App;
use crate::figure::words;
use crate::ui::theme::Theme;

/// Draws the verdict, the focused knob and the news, as far as there is room.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let mut lines = bars::verdict_lines(app, theme);
    let knob = words::knob(&app.scenario, app.focus);
    lines.insert(
        1,
        match &app.field {
            Some(field) => Line::from(format!(
                " {}{}",
                field.text,
                field.problem.as_ref().map_or(String::new(), |p| format!(" ({p})"))
            )),
            None => Line::from(format!(" ← {knob} →   ↑ ↓ other knobs")),
        },
    );
    lines.extend(app.note.iter().map(|note| Line::styled(format!(" {note}"), theme.alert())));
    lines.push(Line::from(" ? help  q quit"));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}
