//! What can be undone, and done again: changes of the scenario, scenarios opened, runs deleted.

use std::sync::Arc;

use super::studies::StudyRun;
use crate::scenario::{Handle, Scenario};

/// Steps that can be undone.
const MOST: usize = 1000;

/// What is open: a scenario, its name, and what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Name of the preset or file, without folder and ending.
    pub name: String,
    /// The scenario as it is now.
    pub scenario: Arc<Scenario>,
    /// As it was opened.
    pub opened: Arc<Scenario>,
    /// As it was opened or saved last.
    pub saved: Arc<Scenario>,
}

/// A way back.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// To what was open.
    Open(Snapshot),
    /// To a run that was deleted, at its place in the list.
    Restore(usize, Box<StudyRun>),
    /// To a list without a run.
    Remove(u64),
}

/// The steps back and forth.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The knob whose turns, following each other, are one step.
    pub(super) turning: Option<Handle>,
}

impl History {
    /// Notes the way back from a change just made; what was undone is forgotten.
    pub(super) fn note(&mut self, step: Step) {
        self.undo.push(step);
        self.redo.clear();
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
    }

    /// Notes a change of the scenario from `before` to `next`. All turns of a knob that follow each
    /// other are one step, and none where they end as they began.
    pub(super) fn note_change(
        &mut self,
        before: Snapshot,
        next: &Scenario,
        turning: Option<Handle>,
    ) {
        let goes_on = turning.is_some() && turning == self.turning;
        self.turning = turning;
        self.redo.clear();
        match self.undo.last() {
            Some(Step::Open(began)) if goes_on => {
                if *began.scenario == *next {
                    self.undo.pop();
                    self.turning = None;
                }
            }
            _ => self.note(Step::Open(before)),
        }
    }

    /// The step to be taken back or forth.
    pub(super) fn take(&mut self, back: bool) -> Option<Step> {
        if back { self.undo.pop() } else { self.redo.pop() }
    }

    /// Notes the way back from a step that was taken.
    pub(super) fn taken(&mut self, back: bool, inverse: Step) {
        if back { self.redo.push(inverse) } else { self.undo.push(inverse) }
    }

    /// How many steps can be undone.
    pub(super) fn depth(&self) -> usize {
        self.undo.len()
    }
}

/// What differs between two scenarios, in words: the first knob that does, with both values.
pub(super) fn difference(from: &Scenario, to: &Scenario) -> String {
    let differs = Handle::all(to.draft()).into_iter().find_map(|handle| {
        let path = handle.path(to.draft());
        let old = Handle::find(from.draft(), &path).ok()?.get(from.draft())?;
        let new = handle.get(to.draft())?;
        (old != new).then(|| {
            let text = |value: f64| handle.knob.text(value);
            format!("{path} {} → {}", text(old), text(new))
        })
    });
    let (tasks, others) = (from.draft().tasks.len(), to.draft().tasks.len());
    match differs {
        _ if tasks != others => format!("{tasks} → {others} kinds of tasks"),
        Some(words) => words,
        None if from.draft().seed != to.draft().seed => {
            format!("seed {} → {}", from.draft().seed, to.draft().seed)
        }
        None => "the scenario".to_owned(),
    }
}
