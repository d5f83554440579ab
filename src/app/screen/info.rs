//! The description of a screen.

use super::kind::{KeyContext, Screen};
use crate::app::pane::Pane;

/// A screen in the table of screens.
#[derive(Debug)]
pub struct ScreenInfo {
    /// The screen.
    pub screen: Screen,
    /// Its name.
    pub name: &'static str,
    /// Its name on the command line and in file names.
    pub id: &'static str,
    /// The digit key that shows it.
    pub digit: char,
    /// The contexts for keys that are parts of it, in the order of the help.
    pub contexts: &'static [KeyContext],
    /// Its charts that can have a cross-hair, in the order of Tab.
    pub charts: &'static [Pane],
    /// The symbols on it, with their meanings.
    pub symbols: &'static [(&'static str, &'static str)],
}
