//! The line of tabs: screens, what is open, and on every screen the study that runs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::progress;
use super::theme::Theme;
use crate::app::{App, Screen};

/// Width from which the tabs stand beside the name of the program.
const WIDE: u16 = 100;

/// Draws the tabs; of `state`, and of the title, as much as there is room for, from its end.
pub(crate) fn draw(app: &App, state: &[String], theme: &Theme, frame: &mut Frame, area: Rect) {
    let mut left = tabs(app, area.width >= WIDE, theme);
    let width = area.width as usize;
    let mut parts = state.to_vec();
    parts.extend(app.studies.running().map(progress::words));
    let mut right = Line::default();
    for part in parts.iter().rev() {
        let part = format!("{part}  ");
        let more = Line::from(part.clone()).width();
        if left.width() + right.width() + more + 1 > width {
            break;
        }
        right.spans.insert(0, Span::raw(part));
    }
    let title = format!("  {}", app.scenario.draft().title);
    if left.width() + Line::from(title.as_str()).width() + right.width() < width {
        left.push_span(Span::styled(title, theme.dim()));
    }
    let start = area.right().saturating_sub(right.width() as u16).max(area.x);
    frame.render_widget(left, area);
    frame.render_widget(right, Rect { x: start, width: area.right() - start, ..area });
}

fn tabs(app: &App, wide: bool, theme: &Theme) -> Line<'static> {
    let mut spans = Vec::new();
    if wide {
        spans.extend([Span::styled(" taskscope", theme.focus()), Span::styled(" │", theme.dim())]);
    }
    for screen in Screen::ALL {
        let text = format!(" {} {} ", screen.digit(), screen.name());
        let here = theme.strong().add_modifier(Modifier::REVERSED);
        spans.push(Span::styled(text, if screen == app.screen { here } else { theme.dim() }));
    }
    let star = if app.is_changed() { " *" } else { "" };
    spans.push(Span::styled(" │ ", theme.dim()));
    spans.push(Span::styled(format!("{}{star}", app.name), theme.strong()));
    Line::from(spans)
}
