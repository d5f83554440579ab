//! The settings and their values.

use super::view::View;
use super::{EntryAction, OverlayEntry};
use crate::app::settings::{SETTINGS, SettingInfo};

/// An entry for each setting, and one that saves the changed ones.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let entry = |(place, setting): (usize, &SettingInfo)| {
        let left = format!("{}: {}", setting.name, setting.get(view.settings));
        let right = format!("{} ({})", setting.help, setting.values.join(", "));
        OverlayEntry::new(left, right).doing(EntryAction::Setting(place))
    };
    let keep = (!view.changed_settings().is_empty()).then(|| {
        let words = "saves your changes in config.toml for the next start";
        OverlayEntry::new("keep these", words).doing(EntryAction::Keep)
    });
    SETTINGS.iter().enumerate().map(entry).chain(keep).collect()
}
