//! Changes of the scenario, undo and redo.

use std::sync::Arc;

use super::Effect;
use crate::app::history::{Snapshot, Step, difference};
use crate::app::program::App;
use crate::app::screen::Screen;
use crate::app::tips::Tip;
use crate::scenario::{Handle, Scenario, edit};

impl App {
    /// Sets the focused knob; does nothing if it already has the value. Consecutive changes by
    /// `turning` the same knob count as one.
    pub(super) fn set_knob(&mut self, value: f64, turning: Option<Handle>) -> Vec<Effect> {
        let focus = self.screens.lab.focus;
        if focus.get(self.work.scenario.draft()) == Some(value) {
            return Vec::new();
        }
        match self.work.scenario.with(focus, value) {
            Ok(scenario) => {
                self.screens.lab.has_turned = true;
                self.tips.follow(Tip::Turn);
                self.change(Arc::new(scenario), turning)
            }
            Err(problem) => self.say(problem.to_string()),
        }
    }

    /// Changes to another scenario; this can be undone.
    pub(super) fn change(
        &mut self,
        scenario: Arc<Scenario>,
        turning: Option<Handle>,
    ) -> Vec<Effect> {
        if scenario == self.work.scenario {
            return Vec::new();
        }
        self.work.history.note_change(self.work.snapshot(), &scenario, turning);
        self.go_to(scenario);
        self.restart()
    }

    /// Replaces the current scenario. If its tasks differ, results are discarded. If it lacks the
    /// focused knob, the focus moves.
    fn go_to(&mut self, scenario: Arc<Scenario>) {
        let entries = |scenario: &Scenario| {
            let named = scenario.draft().tasks.iter().map(|task| (task.name.clone(), task.role));
            named.collect::<Vec<_>>()
        };
        let before = std::mem::replace(&mut self.work.scenario, scenario);
        let (scenario, lab) = (&self.work.scenario, &mut self.screens.lab);
        if entries(scenario) != entries(&before) {
            lab.clear();
            self.screens.theory.clear();
        }
        let path = lab.focus.path(before.draft());
        let found = Handle::find(scenario.draft(), &path).ok();
        let renamed = found.is_none() && is_renamed(&before, scenario, lab.focus.task);
        let same = Some(lab.focus).filter(|_| renamed);
        lab.focus = found.or(same).unwrap_or_else(|| scenario.focus());
    }

    /// Opens a setting of a study in the Lab, with the same seed and trials; this can be undone.
    pub(super) fn visit(&mut self, name: String, scenario: Arc<Scenario>) -> Vec<Effect> {
        let from = std::mem::replace(&mut self.screens.current, Screen::Lab);
        self.screens.back = Some(from);
        let back = from.name();
        self.say(format!("same setting, seed and trials; Esc goes back to {back}, u undoes"));
        if scenario == self.work.scenario {
            return self.focus_knob(scenario.focus());
        }
        self.work.history.note_change(self.work.snapshot(), &scenario, None);
        self.work.name = name;
        let focus = scenario.focus();
        self.go_to(scenario);
        self.screens.lab.focus = focus;
        self.restart()
    }

    /// Opens another scenario in place of the current one; this can be undone.
    pub(super) fn replace(&mut self, name: String, scenario: Scenario) -> Vec<Effect> {
        let before = self.work.snapshot();
        self.work.history.note(Step::Open(before), &self.work.opened);
        let scenario = Arc::new(scenario);
        (self.work.opened, self.work.saved) = (scenario.clone(), scenario.clone());
        self.say(format!("opened {name}; u goes back"));
        self.work.name = name;
        self.screens.lab.clear();
        self.screens.theory.clear();
        let focus = scenario.focus();
        self.go_to(scenario);
        self.screens.lab.focus = focus;
        self.restart()
    }

    /// Undoes the last step, or redoes the step last undone.
    pub(super) fn travel(&mut self, back: bool) -> Vec<Effect> {
        let Some(step) = self.work.history.take(back) else {
            return self.say(if back { "nothing to undo" } else { "nothing to redo" });
        };
        let verb = if back { "undone" } else { "redone" };
        let (inverse, what, effects) = match step {
            Step::Open(to) => {
                let here = self.work.snapshot();
                let what = match Arc::ptr_eq(&here.opened, &to.opened) {
                    true => difference(&here.scenario, &to.scenario),
                    false => format!("{} is open in place of {}", to.name, here.name),
                };
                let effects = self.return_to(to);
                (Step::Open(here), what, effects)
            }
            Step::Restore(place, run) => {
                let number = run.number;
                self.screens.studies.put_back(place, *run);
                (Step::Remove(number), format!("run #{number} restored"), Vec::new())
            }
            Step::Remove(number) => {
                let removed = self.screens.studies.remove(number);
                let Some((inverse, requests)) = removed else { return Vec::new() };
                (inverse, format!("run #{number} deleted"), self.carry_out(requests))
            }
            Step::Pin(number) => {
                let Some(words) = self.screens.studies.pin(number) else { return Vec::new() };
                (Step::Pin(number), words, Vec::new())
            }
            Step::PinCurve(curve) => {
                let what = if curve.is_some() { "curve pinned" } else { "curve unpinned" };
                let before = self.screens.lab.pin(curve.map(|curve| *curve));
                (Step::PinCurve(before.map(Box::new)), what.to_owned(), Vec::new())
            }
        };
        self.say(format!("{verb}: {what}"));
        self.work.history.taken(back, inverse);
        effects
    }

    fn return_to(&mut self, to: Snapshot) -> Vec<Effect> {
        (self.work.name, self.work.opened, self.work.saved) = (to.name, to.opened, to.saved);
        self.go_to(to.scenario);
        self.restart()
    }
}

/// Returns true if the tasks of two scenarios differ only in the name of one task.
fn is_renamed(one: &Scenario, other: &Scenario, task: usize) -> bool {
    let renamed = other.draft().tasks.get(task).map(|task| task.name.as_str());
    let back = renamed.and_then(|name| edit::renamed(one.draft(), task, name).ok());
    back.is_some_and(|scenario| scenario.draft().tasks == other.draft().tasks)
}
