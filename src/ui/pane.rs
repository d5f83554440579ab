//! Panes: their frames, and text in them.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph, Wrap};

use super::theme::Theme;
use super::view::View;

/// The frame of a pane; the focused one stands out.
pub(super) fn block<'a>(title: String, focused: bool, theme: &Theme) -> Block<'a> {
    let style = if focused { theme.focus() } else { theme.dim() };
    let kind = if focused { BorderType::Thick } else { BorderType::Plain };
    Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Line::from(Span::styled(title, theme.strong())))
}

/// Arrows in the lower border: more lines above, more lines below.
pub(super) fn arrows(block: Block<'_>, above: bool, below: bool) -> Block<'_> {
    let arrows = [(above, " ↑ "), (below, " ↓ ")];
    let shown = arrows.into_iter().filter(|(is, _)| *is);
    shown.fold(block, |block, (_, arrow)| block.title_bottom(arrow))
}

/// Draws the frame of a pane; returns the area inside.
pub(super) fn draw(title: String, focused: bool, view: &mut View<'_, '_>, area: Rect) -> Rect {
    let block = block(title, focused, view.theme);
    let inner = block.inner(area);
    view.frame.render_widget(block, area);
    inner
}

/// Draws a pane with text wrapped in it.
pub(super) fn text(title: String, focused: bool, text: &str, view: &mut View<'_, '_>, area: Rect) {
    let text = Paragraph::new(text).wrap(Wrap { trim: true });
    view.frame.render_widget(text.block(block(title, focused, view.theme)), area);
}
