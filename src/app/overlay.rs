//! Overlays: searchable lists shown on top of the screen.

pub mod entry;
pub(super) mod explain;
mod flip;
mod guide;
mod help;
pub mod kind;
mod palette;
mod settings;
mod share;
mod synonyms;
pub(super) mod view;

pub use entry::{EntryAction, OverlayEntry};
pub use kind::{Layer, Overlay};

use self::view::View;

/// The entries of an overlay that match its search.
pub(super) fn entries(layer: &Layer, view: &View<'_>) -> Vec<OverlayEntry> {
    let query = layer.query.text.trim();
    match layer.overlay {
        Overlay::Palette => entry::ranked(palette::entries(view), query),
        Overlay::Help => entry::matching(help::entries(view), query),
        Overlay::Inspect => view.screens.explain_focus(view.work),
        Overlay::Share => share::entries(view),
        Overlay::Settings => settings::entries(view),
        Overlay::Flip => flip::entries(view),
        Overlay::Export => share::exports(view),
        Overlay::Guide(topic) => guide::entries(topic),
    }
}
