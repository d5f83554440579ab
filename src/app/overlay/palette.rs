//! The palette: everything that can be done, found by name.

use super::{EntryAction, OverlayEntry, guide};
use crate::app::action;
use crate::app::lessons::scenes;
use crate::app::settings::SETTINGS;
use crate::app::state::App;
use crate::figure::words;
use crate::scenario::Handle;

/// The actions of the screen with their keys, then knobs, presets, settings and guide topics.
pub(super) fn entries(app: &App) -> Vec<OverlayEntry> {
    let actions = action::at(app.place()).map(|action| {
        let left = format!("{}  [{}]", action.name, action.keys[0]);
        OverlayEntry::new(left, action.help).doing(EntryAction::Deed(action.deed))
    });
    let knobs = Handle::all(app.scenario.draft()).into_iter().map(|handle| {
        let value = handle.get(app.scenario.draft()).unwrap_or(f64::NAN);
        let left = format!("knob {}", handle.path(app.scenario.draft()));
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
            OverlayEntry::new(left, setting.help).doing(EntryAction::Set(place, value))
        })
    });
    match app.place().is_in_lesson() {
        true => actions.chain(settings).collect(),
        false => actions
            .chain(knobs)
            .chain(presets)
            .chain(settings)
            .chain(guide::topics("guide "))
            .collect(),
    }
}
