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

/// Smallest width and height with panes.
const PANES: (u16, u16) = (58, 16);

impl Rung {
    /// The layout for a terminal of this size.
    pub fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (width, height) if width >= 118 && height >= 34 => Self::Wide,
            (width, height) if width >= 76 && height >= 22 => Self::Narrow,
            (width, height) if width >= PANES.0 && height >= PANES.1 => Self::Small,
            _ => Self::Line,
        }
    }

    /// Says how large a terminal of this size would have to be for panes, as far as there is room.
    pub(super) fn wanted(area: Rect) -> String {
        let (width, height) = PANES;
        let size = format!(" terminal {} × {}: ", area.width, area.height);
        let needed = format!("panes need {width} × {height}");
        let room = usize::from(area.width);
        match size.chars().count() + needed.chars().count() <= room {
            true => size + &needed,
            false => format!(" needs {width} × {height}"),
        }
    }
}
