//! The kinds of overlays, and an open overlay.

use crate::app::field::{FieldPurpose, InputField};
use crate::guide::Topic;

/// An overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Commands, knobs and presets, found by name.
    Palette,
    /// Help for the screen: keys, symbols and knobs.
    Help,
    /// An explanation of the focused item.
    Inspect,
    /// Ways to share the scenario.
    Share,
    /// The settings.
    Settings,
    /// Small changes that turn the verdict.
    Flip,
    /// Things that can be saved to files.
    Export,
    /// A topic of the guide.
    Guide(&'static Topic),
}

impl Overlay {
    /// Its title, with its own keys.
    pub fn title(self) -> &'static str {
        match self {
            Self::Palette => "Commands: type to search, Enter runs",
            Self::Help => "Help: type to search, Enter runs a line",
            Self::Inspect => "What is this?",
            Self::Share => "Share: Enter copies or saves",
            Self::Settings => "Settings: ← → change",
            Self::Flip => "What to change: Enter makes the change",
            Self::Export => "Export: Enter saves",
            Self::Guide(_) => "Guide: ↑ ↓ PgUp PgDn scroll",
        }
    }

    /// Its keys with what they do, for the footer. Where typing searches, characters are searched
    /// for; elsewhere `q` quits.
    pub fn keys(self) -> Vec<(&'static str, &'static str)> {
        let enter = match self {
            Self::Palette | Self::Help => Some("run"),
            Self::Share => Some("copy or save"),
            Self::Settings | Self::Inspect | Self::Guide(_) => None,
            Self::Flip => Some("make the change"),
            Self::Export => Some("save"),
        };
        let turn = (self == Self::Settings).then_some(("← →", "change"));
        let quit = (!self.is_searched()).then_some(("q", "quit"));
        let enter = enter.map(|does| ("Enter", does));
        [("↑ ↓", "choose")]
            .into_iter()
            .chain(turn)
            .chain(enter)
            .chain([("Esc", "close")])
            .chain(quit)
            .collect()
    }

    /// Returns true if typing filters the list.
    pub fn is_searched(self) -> bool {
        matches!(self, Self::Palette | Self::Help)
    }
}

/// An open overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The kind of overlay.
    pub overlay: Overlay,
    /// The search text.
    pub query: InputField,
    /// The focused entry, among those that match.
    pub row: usize,
}

impl Layer {
    pub(in crate::app) fn new(overlay: Overlay) -> Self {
        Self { overlay, query: InputField::new(FieldPurpose::Search, ""), row: 0 }
    }
}
