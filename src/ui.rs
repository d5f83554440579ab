//! The screen: draws an [`App`] and changes nothing.

mod affinity;
mod field;
mod footer;
pub mod help;
pub mod lab;
mod progress;
mod runs;
mod summary;
mod sweep;
mod tabs;
pub mod theme;
pub mod widget;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

use crate::app::{App, Screen};
pub use theme::{Depth, Theme};

/// Draws the program at its present state into a frame of any size.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    match app.screen {
        Screen::Lab => lab::draw(app, theme, frame, area),
        _ => study(app, theme, frame, area),
    }
    if let Some(scroll) = app.help {
        help::draw(app, scroll, theme, frame, area);
    }
}

/// A screen of studies: tabs, panes, what the cursor reads, news and keys.
fn study(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    if area.width < 76 || area.height < 20 {
        return summary::draw(app, theme, frame, area);
    }
    let [header, body, reading, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(2),
        Constraint::Length(3),
    ])
    .areas(area);
    let seed = app.scenario.draft().seed;
    tabs::draw(app, &[format!("seed {seed}")], theme, frame, header);
    let (lines, context) = match app.screen {
        Screen::Lab => return,
        Screen::Affinity => {
            affinity::draw(app, theme, frame, body);
            (affinity::reading(app, theme), affinity::context(app, theme))
        }
        Screen::Sweep => {
            sweep::draw(app, theme, frame, body);
            (sweep::reading(app, theme), sweep::context(app, theme))
        }
        Screen::Runs => {
            runs::draw(app, theme, frame, body);
            (runs::reading(app, theme), runs::context(app, theme))
        }
    };
    let lines = ratatui::widgets::Paragraph::new(lines);
    frame.render_widget(lines.wrap(ratatui::widgets::Wrap { trim: false }), reading);
    footer::draw(app, None, context, theme, frame, footer);
}

/// The frame of a pane; the one that has the focus stands out.
fn block<'a>(title: String, focused: bool, theme: &Theme) -> Block<'a> {
    let style = if focused { theme.focus() } else { theme.dim() };
    let kind = if focused { BorderType::Thick } else { BorderType::Plain };
    Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Line::from(Span::styled(title, theme.strong())))
}
