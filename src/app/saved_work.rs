//! A session that a program left behind when it died, offered to be taken up again.

use std::sync::Arc;

use crate::scenario::Scenario;

/// What was being worked on.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedWork {
    /// Name of the preset or file the scenario came from.
    pub name: String,
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Path of the knob that had the focus.
    pub focus: String,
    /// Name of the screen that was shown.
    pub screen: String,
    /// How long ago that was, in words: `3 minutes`.
    pub age: String,
}
