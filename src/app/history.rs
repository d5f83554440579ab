//! Undo and redo: changes of the scenario, opened scenarios, deleted runs.

use std::sync::Arc;

use super::studies::StudyRun;
use crate::scenario::{Handle, Scenario};
use crate::study::Curve;
use crate::study::records::MIB;

/// The most steps that can be undone.
const MOST: usize = 1000;
/// The most memory for deleted runs that can be restored, in MiB; one may take more.
const MOST_DELETED: usize = 256;

/// The open scenario, with its name and the versions it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Name of the preset or file, without folder and extension.
    pub name: String,
    /// The scenario as it is now.
    pub scenario: Arc<Scenario>,
    /// The scenario as it was opened.
    pub opened: Arc<Scenario>,
    /// The scenario as it was last opened or saved.
    pub saved: Arc<Scenario>,
}

impl Snapshot {
    /// Returns true if the scenario differs from the one last opened or saved.
    pub fn is_changed(&self) -> bool {
        self.scenario.draft() != self.saved.draft()
    }
}

/// A step that reverses a change.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Reopen a snapshot.
    Open(Snapshot),
    /// Restore a deleted run, at its place in the list.
    Restore(usize, Box<StudyRun>),
    /// Remove a run from the list.
    Remove(u64),
    /// Pin a run, or unpin it.
    Pin(u64),
    /// Pin this curve in the Lab, or none.
    PinCurve(Option<Box<Curve>>),
}

/// The undo and redo stacks.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The knob being turned; consecutive turns of it count as one step.
    pub(super) turning: Option<Handle>,
}

impl History {
    /// Records the step that reverses a change just made while the scenario `opened` was open, and
    /// clears the redo stack.
    pub(super) fn note(&mut self, step: Step, opened: &Arc<Scenario>) {
        let is_run = matches!(step, Step::Restore(..));
        self.clear_redo(opened);
        self.undo.push(step);
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
        if is_run {
            self.forget_runs();
        }
    }

    /// Clears the redo stack. Other scenarios in it that are not saved move to the undo stack, so that
    /// they are not lost.
    fn clear_redo(&mut self, opened: &Arc<Scenario>) {
        let mut seen = vec![opened.clone()];
        for step in std::mem::take(&mut self.redo) {
            let Step::Open(left) = &step else { continue };
            if seen.iter().any(|known| Arc::ptr_eq(known, &left.opened)) {
                continue;
            }
            seen.push(left.opened.clone());
            if left.is_changed() {
                self.undo.push(step);
            }
        }
    }

    /// Forgets deleted runs, the oldest first, until those that are left take little memory. The last
    /// one stays.
    fn forget_runs(&mut self) {
        let mut held = 0;
        for at in (0..self.undo.len()).rev() {
            let Step::Restore(_, run) = &self.undo[at] else { continue };
            let own = run.results.records.bytes();
            if held > 0 && held + own > MOST_DELETED * MIB {
                self.undo.remove(at);
            } else {
                held += own;
            }
        }
    }

    /// Records a change of the scenario from `before` to `next`. Consecutive turns of a knob count
    /// as one step, or as none if they end where they began.
    pub(super) fn note_change(
        &mut self,
        before: Snapshot,
        next: &Scenario,
        turning: Option<Handle>,
    ) {
        let goes_on = turning.is_some() && turning == self.turning && self.redo.is_empty();
        self.turning = turning;
        match self.undo.last() {
            Some(Step::Open(began)) if goes_on => {
                if *began.scenario == *next {
                    self.undo.pop();
                    self.turning = None;
                }
            }
            _ => {
                let opened = before.opened.clone();
                self.note(Step::Open(before), &opened);
            }
        }
    }

    /// Takes the next step to undo or redo.
    pub(super) fn take(&mut self, back: bool) -> Option<Step> {
        if back { self.undo.pop() } else { self.redo.pop() }
    }

    /// Records the inverse of a step just undone or redone.
    pub(super) fn taken(&mut self, back: bool, inverse: Step) {
        if back { self.redo.push(inverse) } else { self.undo.push(inverse) }
    }

    /// The scenarios that were changed and not saved before another was opened in their place, as
    /// they were left, the latest first. `current` is the open one.
    pub(super) fn left_unsaved(&self, current: &Snapshot) -> Vec<&Snapshot> {
        let mut seen = vec![&current.opened];
        let mut left = Vec::new();
        for step in self.redo.iter().chain(self.undo.iter().rev()) {
            let Step::Open(snapshot) = step else { continue };
            if seen.iter().any(|opened| Arc::ptr_eq(opened, &snapshot.opened)) {
                continue;
            }
            seen.push(&snapshot.opened);
            if snapshot.is_changed() {
                left.push(snapshot);
            }
        }
        left
    }

    /// Number of steps that can be undone.
    pub(super) fn depth(&self) -> usize {
        self.undo.len()
    }
}

/// Most knobs that are named in a message.
const NAMED: usize = 3;

/// The differences between two scenarios in words: the knobs, with both values; those without a
/// slider only if no slider moves.
pub(super) fn difference(from: &Scenario, to: &Scenario) -> String {
    let differs = |handle: Handle| {
        let path = handle.path(to.draft());
        let old = Handle::find(from.draft(), &path).ok()?.get(from.draft())?;
        let new = handle.get(to.draft())?;
        (old != new).then(|| {
            let text = |value: f64| handle.knob.text(value);
            format!("{path} {} → {}", text(old), text(new))
        })
    };
    let all = Handle::all(to.draft());
    let sliders = all.iter().filter(|handle| handle.knob.slider);
    let mut differences: Vec<String> = sliders.copied().filter_map(differs).collect();
    if differences.is_empty() {
        differences = all.into_iter().filter_map(differs).collect();
    }
    let (tasks, others) = (from.draft().tasks.len(), to.draft().tasks.len());
    if tasks != others {
        return format!("{tasks} → {others} kinds of tasks");
    }
    match differences.len() {
        0 if from.draft().seed != to.draft().seed => {
            format!("seed {} → {}", from.draft().seed, to.draft().seed)
        }
        0 => "the scenario".to_owned(),
        1..=NAMED => differences.join(", "),
        count => {
            differences.truncate(NAMED);
            format!("{} and {} more", differences.join(", "), count - NAMED)
        }
    }
}
