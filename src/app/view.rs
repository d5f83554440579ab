//! The layer above a screen: messages, the cross-hair, a preview.

use super::crosshair::Crosshair;
use super::pointer::Grip;
use super::preview::PicturePreview;

/// The view of a screen.
#[derive(Debug, Clone, Default)]
pub struct ViewState {
    /// True if the focused pane fills the screen.
    pub zoom: bool,
    /// True in presenter mode: one chart and the verdict, large.
    pub present: bool,
    /// Description of the item under the pointer.
    pub hover: Option<String>,
    /// A one-line message.
    pub note: Option<String>,
    /// The picture being previewed.
    pub preview: Option<PicturePreview>,
    /// The cross-hair in a chart.
    pub crosshair: Option<Crosshair>,
    /// The item that the pointer is dragging.
    pub(super) grip: Option<Grip>,
    /// True if the user has already been asked whether to quit.
    pub(super) leaving: bool,
}
