//! The open overlay: search text, entries and the focused entry.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::field;
use super::theme::{ColourDepth, Theme};
use super::view::View;
use super::widget::text::{cut, folded};
use crate::app::overlay::Layer;
use crate::app::{App, HitTarget, OverlayEntry};

/// Largest width of an overlay.
const WIDEST: u16 = 96;

/// Draws the overlay over the screen, if one is open.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(layer) = &app.over else { return };
    let theme = view.theme;
    view.regions.add(area, HitTarget::Beside);
    let width = area.width.min(WIDEST);
    let most = area.height.saturating_sub(2).max(area.height.min(3));
    let height = match layer.overlay.is_searched() {
        true => most,
        false => most.min(needed(app, width.saturating_sub(2)) + 2),
    };
    let frame = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.focus())
        .title(Span::styled(format!(" {} ", layer.overlay.title()), theme.strong()))
        .title_bottom(Line::from(" ↑ ↓ choose  Esc closes ").right_aligned());
    let mut inner = block.inner(frame);
    view.frame.render_widget(Clear, frame);
    view.frame.buffer_mut().set_style(frame, theme.ground());
    view.frame.render_widget(block, frame);
    view.regions.add(frame, HitTarget::Entry(usize::MAX));
    if layer.overlay.is_searched() && inner.height > 1 {
        let line = Rect { height: 1, ..inner };
        field::draw(app, &layer.query, Span::default(), view, line);
        inner = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    }
    list(app, layer, view, inner);
}

/// Number of lines that all entries need.
fn needed(app: &App, width: u16) -> u16 {
    let entries = app.entries();
    let (width, left) = (usize::from(width), left_column(&entries, width.into()));
    let lines =
        |entry| lines(entry, false, left, width, &Theme::new(ColourDepth::None)).len() as u16;
    entries.iter().map(lines).sum::<u16>().max(1)
}

fn list(app: &App, layer: &Layer, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let entries = app.entries();
    if entries.is_empty() {
        view.frame.render_widget(Line::styled(" nothing found", theme.dim()), area);
        return;
    }
    let left = left_column(&entries, area.width as usize);
    let blocks: Vec<Vec<Line>> = entries
        .iter()
        .enumerate()
        .map(|(row, entry)| lines(entry, row == layer.row, left, area.width as usize, theme))
        .collect();
    let heights: Vec<usize> = blocks.iter().map(Vec::len).collect();
    let first = first_line(&heights, layer.row, area.height as usize);
    let mut line = 0;
    for (row, block) in blocks.into_iter().enumerate() {
        let top = line;
        line += block.len();
        for (i, text) in block.into_iter().enumerate() {
            let Some(at) = (top + i).checked_sub(first).filter(|at| *at < area.height as usize)
            else {
                continue;
            };
            let place = Rect { y: area.y + at as u16, height: 1, ..area };
            view.frame.render_widget(Paragraph::new(text), place);
            view.regions.add(place, HitTarget::Entry(row));
            if row == layer.row && i == 0 && !layer.overlay.is_searched() {
                view.frame.set_cursor_position((place.x, place.y));
            }
        }
    }
}

/// Width of the column of keys and names: as wide as the longest, but at most two fifths of the
/// room.
fn left_column(entries: &[OverlayEntry], width: usize) -> usize {
    let lefts = entries.iter().filter(|entry| !entry.heading).map(|entry| entry.left.width());
    lefts.max().unwrap_or(0).min(width * 2 / 5)
}

/// The first visible line, chosen so that the focused entry is in view with one line of margin.
fn first_line(heights: &[usize], row: usize, room: usize) -> usize {
    let before: usize = heights.iter().take(row).sum();
    let here = heights.get(row).copied().unwrap_or(1);
    let all: usize = heights.iter().sum();
    let wanted = (before + here + 2).saturating_sub(room).min(before);
    wanted.min(all.saturating_sub(room))
}

/// Wraps an entry into as many lines as it needs.
fn lines(
    entry: &OverlayEntry,
    here: bool,
    left: usize,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    if entry.heading {
        return vec![Line::styled(cut(&entry.left, width), theme.strong())];
    }
    let room = width.saturating_sub(left + 4).max(8);
    let lefts = folded(&entry.left, left.max(1));
    let rights = match entry.verbatim {
        true => entry.right.lines().flat_map(|line| broken(line, room)).collect(),
        false => folded(&entry.right, room),
    };
    let count = rights.len().max(lefts.len());
    let (mark, style) = match here {
        true => ("▸ ", theme.focus().add_modifier(Modifier::REVERSED)),
        false => ("  ", theme.focus()),
    };
    (0..count)
        .map(|i| {
            let text = lefts.get(i).cloned().unwrap_or_default();
            let gap = " ".repeat(left.saturating_sub(text.width()) + 2);
            Line::from(vec![
                Span::styled(if i == 0 { mark } else { "  " }, theme.focus()),
                Span::styled(text, style),
                Span::raw(gap),
                Span::raw(rights.get(i).cloned().unwrap_or_default()),
            ])
        })
        .collect()
}

/// Breaks a line of a table between two of its columns, as often as need be; a column that is too wide
/// is cut.
fn broken(line: &str, room: usize) -> Vec<String> {
    const GAP: &str = "  ";
    let is_gap =
        |at: &usize| *at > 0 && line[..*at].width() <= room && !line[..*at].trim().is_empty();
    let gaps = line.match_indices(GAP).map(|(at, _)| at);
    match gaps.filter(is_gap).last().filter(|_| line.width() > room) {
        None => vec![cut(line, room)],
        Some(at) => {
            let rest = format!("{GAP}{GAP}{}", line[at..].trim_start());
            let mut lines = vec![line[..at].trim_end().to_owned()];
            lines.extend(broken(&rest, room));
            lines
        }
    }
}
