//! The help: every action with its keys, every knob with what it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

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
    let lines = lines(theme, width.saturating_sub(2) as usize);
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

/// The help in lines of a width.
fn lines(theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let about = "Two tasks learn through one shared unit B. Alone, the target has its own error; \
                 together it saves variance and takes on bias. The verdict says which is more.";
    let mut lines: Vec<Line> = folded(about, width).into_iter().map(Line::from).collect();
    lines.extend([Line::from(""), Line::from(Span::styled("Keys", theme.strong()))]);
    lines.extend(ACTIONS.iter().flat_map(|action| {
        let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
        rows(&keys.join("  "), action.help, theme, width)
    }));
    lines.push(Line::from(""));
    lines.push(Line::from(Span::styled("Knobs (also --set KNOB=VALUE)", theme.strong())));
    lines.extend(KNOBS.iter().flat_map(|knob| {
        let scope = match knob.scope {
            Scope::Task => "<task>",
            Scope::Model => "model",
            Scope::Data => "data",
        };
        let words = format!("{}: {}", knob.help, knob.allowed_words());
        rows(&format!("{scope}.{} {}", knob.name, knob.symbol), &words, theme, width)
    }));
    lines
}

/// A heading at the left, and beside it words in as many lines as they need.
fn rows(left: &str, right: &str, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let lefts = std::iter::once(left).chain(std::iter::repeat(""));
    let rights = folded(right, width.saturating_sub(22).max(12));
    let row = |(left, right): (&str, String)| {
        Line::from(vec![Span::styled(format!(" {left:<20} "), theme.focus()), Span::raw(right)])
    };
    lefts.zip(rights).map(row).collect()
}

/// Text in lines no longer than a width, broken between words.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
