//! The layouts for different terminal sizes.

use ratatui::layout::Rect;

/// A layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// Three columns.
    Wide,
    /// Two columns, and the verdict on one line.
    Narrow,
    /// One pane at a time, and the verdict on one line.
    Small,
    /// The verdict, the focus and the keys in a few lines.
    Line,
}

impl Rung {
    /// The layout for a terminal of this size.
    pub fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (width, height) if width >= 118 && height >= 34 => Self::Wide,
            (width, height) if width >= 76 && height >= 22 => Self::Narrow,
            (width, height) if width >= 58 && height >= 16 => Self::Small,
            _ => Self::Line,
        }
    }
}
