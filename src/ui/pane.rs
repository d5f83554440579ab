//! Panes: their frames, and text in them.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Padding, Paragraph, Wrap};

use super::theme::Theme;
use super::view::View;
use super::widget::line::{ending_open, wrapped};
use super::widget::text::cut;

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
    let title = cut(&title, usize::from(area.width.saturating_sub(2)));
    let block = block(title, focused, view.theme);
    let inner = block.inner(area);
    view.frame.render_widget(block, area);
    inner
}

/// Draws a pane of wrapped text, with a hint at its lower edge. If the text is too long, its last
/// line ends in an ellipsis, and the lower edge names the keys that show the rest.
pub(super) fn text_page(
    title: &'static str,
    lines: &[Line<'static>],
    (hint, more): (&str, &str),
    focused: bool,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let theme = view.theme;
    let pane = block(title.into(), focused, theme).padding(Padding::horizontal(1));
    let inner = pane.inner(area);
    let mut all: Vec<Line<'static>> =
        lines.iter().flat_map(|line| wrapped(line, inner.width)).collect();
    let room = usize::from(inner.height);
    let is_cut = all.len() > room;
    if is_cut {
        all.truncate(room);
        if let Some(last) = all.last_mut() {
            *last = ending_open(last, inner.width);
        }
    }
    let hint = if is_cut { format!(" … more: {more} ") } else { format!(" {hint} ") };
    let hint = Line::styled(hint, theme.dim());
    let fits = hint.width() > 2 && usize::from(area.width.saturating_sub(2)) >= hint.width();
    let pane = if fits { pane.title_bottom(hint) } else { pane };
    view.frame.render_widget(Paragraph::new(all).block(pane), area);
}

/// Draws a pane with text wrapped in it.
pub(super) fn text(title: String, focused: bool, text: &str, view: &mut View<'_, '_>, area: Rect) {
    let title = cut(&title, usize::from(area.width.saturating_sub(2)));
    let text = Paragraph::new(text).wrap(Wrap { trim: true });
    view.frame.render_widget(text.block(block(title, focused, view.theme)), area);
}
