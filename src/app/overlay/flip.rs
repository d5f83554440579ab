//! What to change: small changes that turn the verdict.

use super::view::View;
use super::{EntryAction, OverlayEntry};
use crate::figure::words::flip as words;

/// The verdict as it is, and every change, which Enter makes.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let scenario = &view.work.scenario;
    let found = match view.work.flip.found(scenario) {
        None => {
            let share = 100.0 * view.work.flip.share();
            return vec![OverlayEntry::new("searching", format!("{share:.0} % done"))];
        }
        Some(Err(reason)) => {
            return vec![OverlayEntry::new(
                "no search",
                format!("The search needs a prediction: {reason}."),
            )];
        }
        Some(Ok(found)) => found,
    };
    let mut entries = vec![
        OverlayEntry::new("now", words::now(scenario, found)),
        OverlayEntry::new("", words::found(scenario, found)),
    ];
    entries.extend(found.changes.iter().zip(1..).map(|(change, place)| {
        let (turns, said) = (words::turns(scenario, change), words::confirmation(change));
        OverlayEntry::new(format!("change {place}"), format!("{turns}: {said}"))
            .doing(EntryAction::Change(change.scenario.clone()))
    }));
    let without = words::without(scenario, found);
    entries.extend(without.into_iter().map(|without| OverlayEntry::new("others", without)));
    entries
}
