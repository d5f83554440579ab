//! The description of a screen.

use crate::app::pane::Pane;

/// What the cross-hair and the help must know about a screen.
#[derive(Debug)]
pub(in crate::app) struct ScreenInfo {
    /// Its charts that can have a cross-hair, in the order of Tab.
    pub(in crate::app) charts: &'static [Pane],
    /// The symbols on it, with their meanings.
    pub(in crate::app) symbols: &'static [(&'static str, &'static str)],
}
