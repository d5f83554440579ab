//! The help: every action with its keys, every knob with what it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::theme::Theme;
use crate::app::ACTIONS;
use crate::scenario::knob::{KNOBS, Scope};

/// Draws the help over the screen, scrolled down by some lines.
pub fn draw(scroll: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = area.width.min(92);
    let height = area.height.saturating_sub(2).max(area.height.min(3));
    let inside = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let lines = lines(theme);
    let most = lines.len().saturating_sub(height.saturating_sub(2) as usize);
    let scroll = scroll.min(most);
    let more = if scroll < most { " ↓ more " } else { "" };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .title(" Help: ↑ ↓ scroll, ? or Esc leaves ")
        .title_bottom(Line::from(more).right_aligned());
    frame.render_widget(Clear, inside);
    frame.render_widget(Paragraph::new(lines).block(block).scroll((scroll as u16, 0)), inside);
}

fn lines(theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::from(
            "Two tasks learn through one shared unit B. Alone, the target has its own error;",
        ),
        Line::from("together it saves variance and takes on bias. The verdict says which is more."),
        Line::from(""),
        Line::from(Span::styled("Keys", theme.strong())),
    ];
    lines.extend(ACTIONS.iter().map(|action| {
        let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
        row(&keys.join("  "), action.help, theme)
    }));
    lines.push(Line::from(""));
    lines.push(Line::from(Span::styled("Knobs (also --set KNOB=VALUE)", theme.strong())));
    lines.extend(KNOBS.iter().map(|knob| {
        let scope = match knob.scope {
            Scope::Task => "<task>",
            Scope::Model => "model",
            Scope::Data => "data",
        };
        let words = format!("{}: {}", knob.help, knob.allowed_words());
        row(&format!("{scope}.{} {}", knob.name, knob.symbol), &words, theme)
    }));
    lines
}

fn row(left: &str, right: &str, theme: &Theme) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!(" {left:<20} "), theme.focus()),
        Span::raw(right.to_owned()),
    ])
}
