//! The ladder of layouts: what fits into which terminal.

use ratatui::layout::Rect;

/// A rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// Three columns.
    Wide,
    /// Two columns, and the verdict in a line.
    Narrow,
    /// One pane at a time, and the verdict in a line.
    Small,
    /// The verdict, the focus and the keys in a few lines.
    Line,
}

impl Rung {
    /// The rung for a terminal of a size.
    pub fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (width, height) if width >= 118 && height >= 34 => Self::Wide,
            (width, height) if width >= 76 && height >= 22 => Self::Narrow,
            (width, height) if width >= 58 && height >= 16 => Self::Small,
            _ => Self::Line,
        }
    }
}
