//! The palette: everything that can be done, found by name.

use super::view::View;
use super::{EntryAction, OverlayEntry, guide, synonyms};
use crate::app::action::{self, Action};
use crate::app::screen::Screen;
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
        let left = format!("open {}", scene.name);
        let also = synonyms::of(&left);
        OverlayEntry { also, ..OverlayEntry::new(left, title) }
            .doing(EntryAction::Preset(scene.name))
    });
    let settings = SETTINGS.iter().enumerate().flat_map(|(place, setting)| {
        setting.values.iter().map(move |value| {
            let left = format!("set {} {value}", setting.name);
            let also = synonyms::of(&left);
            let entry = OverlayEntry { also, ..OverlayEntry::new(left, setting.help_of(value)) };
            entry.doing(EntryAction::Set(place, value))
        })
    });
    match view.keys.is_in_lesson() {
        true => actions.chain(settings).collect(),
        false => actions
            .chain(ways(view))
            .chain(knobs)
            .chain(presets)
            .chain(settings)
            .chain(guide::topics("guide "))
            .collect(),
    }
}

/// Things that take more than one key, by the names that people look for: what they are and how to
/// make them. Enter goes where they begin.
fn ways(view: &View<'_>) -> impl Iterator<Item = OverlayEntry> {
    const WAYS: &[(&str, &str, Action)] = &[
        (
            "phase diagram: heatmap over two knobs",
            "on screen 5 choose a second knob at y, then Space measures every cell",
            Action::Show(Screen::Sweep),
        ),
        (
            "affinity matrix: heatmap of all pairs of tasks",
            "on screen 4 Space trains every pair of three or more tasks",
            Action::Show(Screen::Affinity),
        ),
        (
            "compare methods",
            "on screen 5 tick methods with Enter, then Space measures them side by side",
            Action::Show(Screen::Sweep),
        ),
        (
            "compare runs",
            "on screen 6 b pins a run; select another of its kind to see the differences",
            Action::Show(Screen::Runs),
        ),
        (
            "compare tasks: which to train together",
            "on screen 4 Space measures what every task gains with every other",
            Action::Show(Screen::Affinity),
        ),
    ];
    let exports = [Action::Export, Action::ExportStudy];
    let export = action::at(view.keys).find(|binding| exports.contains(&binding.action));
    let csv = match export {
        Some(binding) => {
            let words = match binding.action {
                Action::ExportStudy => "writes the study to a folder with its tables as CSV",
                _ => "choose a figure; with a name that ends in .csv its numbers are written",
            };
            let left = format!("csv: numbers as a table, key {}", binding.keys[0]);
            OverlayEntry::new(left, words).doing(EntryAction::Begin(binding.action))
        }
        None => OverlayEntry::new(
            "csv: numbers as a table",
            "on screens 1 to 6 the key e; a name that ends in .csv gives the numbers of a figure",
        )
        .doing(EntryAction::Begin(Action::Show(Screen::Lab))),
    };
    let paper = "taskscope reproduce --out figures";
    let paper = OverlayEntry::new(
        "paper figures: reproduce all",
        format!("copies the command {paper}, which draws Figures 2, 3, 6 and 7 of the paper"),
    )
    .doing(EntryAction::Copy(paper.to_owned()));
    let ways = WAYS.iter().map(|(name, how, action)| {
        OverlayEntry::new(*name, *how).doing(EntryAction::Begin(*action))
    });
    ways.chain([csv, paper])
}
