//! What to change: small changes that turn the verdict.

use super::view::View;
use super::{EntryAction, OverlayEntry};
use crate::figure::words::flip as words;
use crate::flip::Instead;
use crate::scenario::Handle;

/// The verdict as it is, and every change, which Enter makes.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let scenario = &view.work.scenario;
    let found = match view.work.flip.found(scenario) {
        None => {
            let share = 100.0 * view.work.flip.share();
            return vec![OverlayEntry::new("searching", format!("{share:.0} % done"))];
        }
        Some(Err(needed)) => {
            return vec![OverlayEntry::new("no search", format!("The search needs {needed}."))];
        }
        Some(Ok(found)) => found,
    };
    let mut entries = vec![
        OverlayEntry::new("", words::now(scenario, found)),
        OverlayEntry::new("", words::found(scenario, found)),
    ];
    if !found.changes.is_empty() {
        let table = words::table(scenario, found);
        entries.push(OverlayEntry::new("", table.head).verbatim());
        let changes = table.changes.into_iter().zip(&found.changes).zip(1..);
        entries.extend(changes.map(|((lines, change), place)| {
            let entry = OverlayEntry::new(place.to_string(), lines).verbatim();
            match change.turns[..] {
                [first, ..] => {
                    entry.doing(EntryAction::Change(change.scenario.clone(), first.handle))
                }
                [] => entry,
            }
        }));
    }
    if let Some(head) = words::alternatives(scenario, found) {
        entries.push(OverlayEntry::new("", head));
    }
    for (alternative, place) in found.alternatives.iter().zip(found.changes.len() + 1..) {
        let said = words::alternative(scenario, alternative);
        let there = alternative.scenario.clone();
        let knob = match &alternative.instead {
            Instead::Model { knob, .. } => {
                Handle::find(there.draft(), &format!("model.{knob}")).ok()
            }
            Instead::Alone | Instead::Without(_) => None,
        };
        let knob = knob.unwrap_or_else(|| there.focus());
        let entry = OverlayEntry::new(place.to_string(), said);
        entries.push(entry.doing(EntryAction::Change(there, knob)));
    }
    for (place, without) in words::without(scenario, found).into_iter().enumerate() {
        entries.push(OverlayEntry::new(if place == 0 { "rest" } else { "" }, without));
    }
    entries
}
