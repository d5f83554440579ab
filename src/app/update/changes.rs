//! Changes of the scenario, undo and redo.

use std::sync::Arc;

use super::Effect;
use crate::app::history::{Snapshot, Step, difference};
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::tips::Tip;
use crate::scenario::{Handle, Scenario, edit};

impl App {
    /// Sets the focused knob; does nothing if it already has the value. Consecutive changes by
    /// `turning` the same knob count as one.
    pub(super) fn set(&mut self, value: f64, turning: Option<Handle>) -> Vec<Effect> {
        if self.lab.focus.get(self.scenario.draft()) == Some(value) {
            return Vec::new();
        }
        match self.scenario.with(self.lab.focus, value) {
            Ok(scenario) => {
                self.lab.has_turned = true;
                self.tips.follow(Tip::Turn);
                self.change(scenario, turning)
            }
            Err(problem) => {
                self.note = Some(problem.to_string());
                Vec::new()
            }
        }
    }

    /// Changes to another scenario; this can be undone.
    pub(super) fn change(&mut self, scenario: Scenario, turning: Option<Handle>) -> Vec<Effect> {
        if scenario == *self.scenario {
            return Vec::new();
        }
        self.history.note_change(self.opened(), &scenario, turning);
        self.go_to(Arc::new(scenario));
        self.restart()
    }

    /// Replaces the current scenario. If its tasks differ, results are discarded. If it lacks the
    /// focused knob, the focus moves.
    pub(super) fn go_to(&mut self, scenario: Arc<Scenario>) {
        let entries = |scenario: &Scenario| {
            let named = scenario.draft().tasks.iter().map(|task| (task.name.clone(), task.role));
            named.collect::<Vec<_>>()
        };
        let path = self.lab.focus.path(self.scenario.draft());
        if entries(&scenario) != entries(&self.scenario) {
            self.lab.clear();
            self.theory.clear();
        }
        let found = Handle::find(scenario.draft(), &path).ok();
        let renamed = found.is_none() && is_renamed(&self.scenario, &scenario, self.lab.focus.task);
        let same = Some(self.lab.focus).filter(|_| renamed);
        self.lab.focus = found.or(same).unwrap_or_else(|| scenario.focus());
        self.scenario = scenario;
    }

    /// Opens a setting of a study in the Lab, with the same seed and trials; this can be undone.
    pub(super) fn visit(&mut self, name: &str, scenario: &Scenario) -> Vec<Effect> {
        self.back = Some(self.screen);
        self.screen = Screen::Lab;
        self.note = Some(format!(
            "same setting, seed and trials; Esc goes back to {}, u undoes",
            self.back.map_or("", Screen::name)
        ));
        if *scenario == *self.scenario {
            self.lab.focus = scenario.focus();
            return self.trace().into_iter().collect();
        }
        self.history.note_change(self.opened(), scenario, None);
        self.go_to(Arc::new(scenario.clone()));
        self.lab.focus = scenario.focus();
        self.name = name.to_owned();
        self.restart()
    }

    /// Opens another scenario in place of the current one; this can be undone.
    pub(super) fn replace(&mut self, name: String, scenario: Scenario) -> Vec<Effect> {
        self.history.note(Step::Open(self.opened()));
        let scenario = Arc::new(scenario);
        (self.opened, self.saved) = (scenario.clone(), scenario.clone());
        self.note = Some(format!("opened {name}; u goes back"));
        self.name = name;
        self.lab.clear();
        self.theory.clear();
        self.go_to(scenario);
        self.lab.focus = self.scenario.focus();
        self.restart()
    }

    /// Undoes the last step, or redoes the step last undone.
    pub(super) fn travel(&mut self, back: bool) -> Vec<Effect> {
        let Some(step) = self.history.take(back) else {
            self.note = Some(if back { "nothing to undo" } else { "nothing to redo" }.into());
            return Vec::new();
        };
        let verb = if back { "undone" } else { "redone" };
        let (inverse, what, effects) = match step {
            Step::Open(to) => {
                let here = self.opened();
                let what = difference(&here.scenario, &to.scenario);
                let effects = self.return_to(to);
                (Step::Open(here), what, effects)
            }
            Step::Restore(place, run) => {
                let number = run.number;
                self.studies.put_back(place, *run);
                (Step::Remove(number), format!("run #{number} restored"), Vec::new())
            }
            Step::Remove(number) => {
                let Some((inverse, effects)) = self.remove_run(number) else { return Vec::new() };
                (inverse, format!("run #{number} deleted"), effects)
            }
        };
        self.note = Some(format!("{verb}: {what}"));
        self.history.taken(back, inverse);
        effects
    }

    fn return_to(&mut self, to: Snapshot) -> Vec<Effect> {
        (self.name, self.opened, self.saved) = (to.name, to.opened, to.saved);
        self.go_to(to.scenario);
        self.restart()
    }

    pub(super) fn new_draw(&mut self) -> Vec<Effect> {
        let mut draft = self.scenario.draft().clone();
        draft.seed = (draft.seed + 1.0) % 9e15;
        match Scenario::check(draft) {
            Ok(scenario) => self.change(scenario, None),
            Err(problem) => {
                self.note = Some(problem.to_string());
                Vec::new()
            }
        }
    }
}

/// Returns true if the tasks of two scenarios differ only in the name of one task.
fn is_renamed(one: &Scenario, other: &Scenario, task: usize) -> bool {
    let renamed = other.draft().tasks.get(task).map(|task| task.name.as_str());
    let back = renamed.and_then(|name| edit::renamed(one.draft(), task, name).ok());
    back.is_some_and(|scenario| scenario.draft().tasks == other.draft().tasks)
}
