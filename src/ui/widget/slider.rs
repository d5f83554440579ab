//! A slider: a label with its value, and a track with its two ends.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Share of the track by which a value must lie outside to be drawn there.
const BEYOND: f64 = 1e-9;

/// The contents of a slider, on two lines.
pub struct Slider<'a> {
    /// Name and symbol.
    pub label: &'a str,
    /// The value with its unit.
    pub value: &'a str,
    /// Left end of the track.
    pub low: &'a str,
    /// Right end of the track.
    pub high: &'a str,
    /// Position of the value, from 0 to 1; values beyond are drawn as an arrow outside the end.
    pub position: f64,
    /// Position of the value when the scenario was opened.
    pub opened: Option<f64>,
    /// True if it has the focus.
    pub focused: bool,
    /// True if it changes nothing at present: all of it is drawn like its track.
    pub asleep: bool,
    /// Style of handle and label if focused.
    pub focus: Style,
    /// Style of the track.
    pub dim: Style,
}

impl Slider<'_> {
    /// Draws the slider on two lines; returns the position of its handle, and its track.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<(Position, Rect)> {
        if area.height < 2 || area.width < 12 {
            return None;
        }
        let width = area.width as usize;
        let style = match (self.focused, self.asleep) {
            (_, true) => self.dim,
            (true, false) => self.focus,
            (false, false) => Style::new(),
        };
        let mark = if self.focused { "▸ " } else { "  " };
        let value_width = self.value.chars().count();
        buffer.set_stringn(area.x, area.y, format!("{mark}{}", self.label), width, style);
        let value_x = area.x + width.saturating_sub(value_width) as u16;
        buffer.set_stringn(
            value_x.saturating_sub(1),
            area.y,
            format!(" {}", self.value),
            width,
            style,
        );

        let (left, right) = (self.low.chars().count(), self.high.chars().count());
        let track = width.saturating_sub(left + right + 6);
        if track < 2 {
            return None;
        }
        let start = area.x + left as u16 + 3;
        let y = area.y + 1;
        buffer.set_string(area.x + 2, y, self.low, self.dim);
        buffer.set_string(start, y, format!("├{}┤", "─".repeat(track)), self.dim);
        buffer.set_string(start + track as u16 + 2, y, self.high, self.dim);
        let place =
            |share: f64| start + 1 + (share.clamp(0.0, 1.0) * (track - 1) as f64).round() as u16;
        if let Some(opened) = self.opened {
            buffer.set_string(place(opened), y, "┼", self.dim);
        }
        let (handle, sign) = match self.position {
            p if p < -BEYOND => (start, "◂"),
            p if p > 1.0 + BEYOND => (start + track as u16 + 1, "▸"),
            p => (place(p), "●"),
        };
        let handle = Position::new(handle, y);
        buffer.set_string(handle.x, handle.y, sign, style);
        Some((handle, Rect { x: start + 1, y, width: track as u16, height: 1 }))
    }
}
