//! The Lab in a few lines, for terminals too small for panes.

use ratatui::text::Line;

use super::bars;
use crate::app::App;
use crate::figure::words;
use crate::ui::theme::Theme;

/// The verdict, the focused knob and the errors.
pub(crate) fn summary(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = bars::reading(app, theme);
    let knob = words::knob(&app.work.scenario, app.screens.lab.focus);
    if app.field.is_none() {
        lines.insert(1, Line::from(format!(" ← {knob} →   ↑ ↓ other knobs")));
    }
    lines
}
