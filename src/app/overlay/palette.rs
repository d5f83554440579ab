//! The palette: everything that can be done, found by name.

use super::view::View;
use super::{EntryAction, OverlayEntry, guide, synonyms};
use crate::app::action;
use crate::app::screen::lessons::scenes;
use crate::app::settings::SETTINGS;
use crate::figure::words;
use crate::scenario::Handle;

/// The actions of the screen with their keys, then knobs, presets, settings and guide topics.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let draft = view.work.scenario.draft();
    let actions = action::at(view.keys).map(|binding| {
        let left = format!("{}  [{}]", binding.name, binding.keys[0]);
        let entry = OverlayEntry::new(left, binding.help);
        let also = synonyms::of(binding.name);
        OverlayEntry { also, ..entry }.doing(EntryAction::Perform(binding.action))
    });
    let knobs = Handle::all(draft).into_iter().map(|handle| {
        let value = handle.get(draft).unwrap_or(f64::NAN);
        let left = format!("knob {}", handle.path(draft));
        let right = format!("{}: {}", words::value_of(handle, value), handle.knob.help);
        OverlayEntry::new(left, right).doing(EntryAction::Focus(handle))
    });
    let presets = scenes().iter().map(|scene| {
        let title = scene.title.clone();
        OverlayEntry::new(format!("open {}", scene.name), title)
            .doing(EntryAction::Preset(scene.name))
    });
    let settings = SETTINGS.iter().enumerate().flat_map(|(place, setting)| {
        setting.values.iter().map(move |value| {
            let left = format!("set {} {value}", setting.name);
            let also = synonyms::of(&left);
            let entry = OverlayEntry { also, ..OverlayEntry::new(left, setting.help) };
            entry.doing(EntryAction::Set(place, value))
        })
    });
    match view.keys.is_in_lesson() {
        true => actions.chain(settings).collect(),
        false => actions
            .chain(knobs)
            .chain(presets)
            .chain(settings)
            .chain(guide::topics("guide "))
            .collect(),
    }
}
