//! A picture as it will be written, shown before it is.

use std::sync::Arc;

use crate::figure::image::Image;

/// How a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewMode {
    /// By its own pixels, in a language of the terminal with a name.
    Pixels(&'static str),
    /// By characters, and why.
    Characters(&'static str),
}

/// A picture that is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct PicturePreview {
    /// What it is.
    pub title: String,
    /// It and how it is shown, once it has been drawn.
    pub drawn: Option<(Arc<Image>, PreviewMode)>,
}
