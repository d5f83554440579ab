//! Overlays: lists laid over the screen, to be searched, read, and done.

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

/// A list laid over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Commands, knobs and presets, found by their words.
    Palette,
    /// The keys of the screen, its signs, the knobs.
    Help,
    /// What has the focus.
    Inspect,
    /// Ways to share the scenario.
    Share,
    /// Settings.
    Settings,
    /// What can be written to files.
    Export,
    /// A topic of the guide.
    Guide(&'static Topic),
}

impl Overlay {
    /// Its name, and the keys that are its own.
    pub fn title(self) -> &'static str {
        match self {
            Self::Palette => "Commands: type to find, Enter does it",
            Self::Help => "Help: type to search, Enter on a line does it",
            Self::Inspect => "What is this?",
            Self::Share => "Share: Enter copies, or saves",
            Self::Settings => "Settings: ← → change",
            Self::Export => "Export: Enter writes",
            Self::Guide(_) => "Guide: ↑ ↓ PgUp PgDn read on",
        }
    }

    /// Whether what is typed narrows it.
    pub fn is_searched(self) -> bool {
        matches!(self, Self::Palette | Self::Help)
    }
}

/// An overlay that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Which one.
    pub overlay: Overlay,
    /// What has been typed to narrow it.
    pub query: InputField,
    /// The entry that has the focus, among those that are left.
    pub row: usize,
}

impl Layer {
    pub(super) fn new(overlay: Overlay) -> Self {
        Self { overlay, query: InputField::new(FieldPurpose::Search, ""), row: 0 }
    }
}

impl App {
    /// The entries of the overlay that is open, as far as the search leaves them.
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
            let words = "writes what you changed into config.toml, so that it is so from now on";
            Some(OverlayEntry::new("keep these", words).doing(EntryAction::Keep))
        }
    };
    SETTINGS.iter().enumerate().map(entry).chain(keep).collect()
}
