//! A preview of a picture before it is saved.

use std::sync::Arc;

use crate::figure::image::Image;

/// The way a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewMode {
    /// As pixels, through the named graphics protocol of the terminal.
    Pixels(&'static str),
    /// As characters, with the reason.
    Characters(&'static str),
}

/// A picture being previewed.
#[derive(Debug, Clone, PartialEq)]
pub struct PicturePreview {
    /// Its title.
    pub title: String,
    /// The image and the way it is shown, once drawn.
    pub drawn: Option<(Arc<Image>, PreviewMode)>,
}
