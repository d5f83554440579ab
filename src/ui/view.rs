//! The drawing context: the frame, its theme, and its clickable regions.

use ratatui::Frame;

use super::regions::Regions;
use super::theme::Theme;

/// A frame being drawn.
pub(crate) struct View<'a, 'f> {
    /// The frame.
    pub(crate) frame: &'a mut Frame<'f>,
    /// Its colours and characters.
    pub(crate) theme: &'a Theme,
    /// Its clickable regions.
    pub(crate) regions: &'a mut Regions,
    /// True once a focused text is drawn of which a part has no room.
    pub(crate) scrolls: bool,
}
