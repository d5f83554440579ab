//! Overlays: searchable lists shown on top of the screen.

pub mod entry;
mod guide;
mod help;
mod inspect;
mod palette;
mod share;
mod signs;

pub use entry::{EntryAction, OverlayEntry};

use super::field::{FieldPurpose, InputField};
use super::settings::SETTINGS;
use super::state::App;
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
            Self::Export => "Export: Enter saves",
            Self::Guide(_) => "Guide: ↑ ↓ PgUp PgDn scroll",
        }
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
    pub(super) fn new(overlay: Overlay) -> Self {
        Self { overlay, query: InputField::new(FieldPurpose::Search, ""), row: 0 }
    }
}

impl App {
    /// The entries of the open overlay that match the search.
    pub fn entries(&self) -> Vec<OverlayEntry> {
        let Some(layer) = &self.over else { return Vec::new() };
        let query = layer.query.text.trim();
        match layer.overlay {
            Overlay::Palette => entry::ranked(palette::entries(self), query),
            Overlay::Help => entry::matching(help::entries(self), query),
            Overlay::Inspect => inspect::entries(self),
            Overlay::Share => share::entries(self),
            Overlay::Settings => settings(self),
            Overlay::Export => share::exports(self),
            Overlay::Guide(topic) => guide::entries(topic),
        }
    }
}

fn settings(app: &App) -> Vec<OverlayEntry> {
    let entry = |(place, setting): (usize, &super::settings::SettingInfo)| {
        let left = format!("{}: {}", setting.name, setting.get(&app.settings));
        let right = format!("{} ({})", setting.help, setting.values.join(", "));
        OverlayEntry::new(left, right).doing(EntryAction::Setting(place))
    };
    let keep = match app.changed_settings()[..] {
        [] => None,
        _ => {
            let words = "saves your changes in config.toml for the next start";
            Some(OverlayEntry::new("keep these", words).doing(EntryAction::Keep))
        }
    };
    SETTINGS.iter().enumerate().map(entry).chain(keep).collect()
}
