//! A session left behind when the program was killed, offered for recovery.

use std::sync::Arc;

use crate::scenario::Scenario;

/// The unsaved work.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedWork {
    /// Name of the preset or file that the scenario came from.
    pub name: String,
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Path of the focused knob.
    pub focus: String,
    /// Name of the screen in view.
    pub screen: String,
    /// Time since then, in words: `3 minutes`.
    pub age: String,
}
