//! What is being drawn: the frame, its theme, and what of it the mouse can touch.

use ratatui::Frame;

use super::regions::Regions;
use super::theme::Theme;

/// A frame on its way.
pub(crate) struct View<'a, 'f> {
    /// The frame.
    pub(crate) frame: &'a mut Frame<'f>,
    /// Its colours and characters.
    pub(crate) theme: &'a Theme,
    /// What of it the mouse can touch.
    pub(crate) regions: &'a mut Regions,
}
