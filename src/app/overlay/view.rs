//! The borrowed view of the program that overlays are made from.

use crate::app::screen::KeyContext;
use crate::app::screens::Screens;
use crate::app::settings::{SETTINGS, Settings};
use crate::app::work::Work;

/// The parts of the program that the lists are made from.
#[derive(Debug)]
pub(in crate::app) struct View<'a> {
    /// The open scenario.
    pub(in crate::app) work: &'a Work,
    /// The states of the screens.
    pub(in crate::app) screens: &'a Screens,
    /// The settings.
    pub(in crate::app) settings: &'a Settings,
    /// The settings at the start, or as last saved.
    pub(in crate::app) saved_settings: &'a Settings,
    /// The current context for keys.
    pub(in crate::app) keys: KeyContext,
}

impl View<'_> {
    /// Names and values of the settings that differ from those at the start.
    pub(in crate::app) fn changed_settings(&self) -> Vec<(&'static str, &'static str)> {
        let changed = SETTINGS.iter().map(|setting| {
            let (before, now) = (setting.get(self.saved_settings), setting.get(self.settings));
            (now != before).then_some((setting.name, now))
        });
        changed.flatten().collect()
    }
}
