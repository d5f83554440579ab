//! Changes of the scenario: made, undone, made again.

use std::sync::Arc;

use super::Effect;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::scenario::{Handle, Scenario};

/// Changes that can be undone.
const MOST_UNDO: usize = 1000;

impl App {
    /// Sets the focused knob; to the value it has already, that changes nothing. Changes made by
    /// `turning` one knob on and on are one.
    pub(super) fn set(&mut self, value: f64, turning: Option<Handle>) -> Vec<Effect> {
        if self.lab.focus.get(self.scenario.draft()) == Some(value) {
            return Vec::new();
        }
        match self.scenario.with(self.lab.focus, value) {
            Ok(scenario) => {
                self.lab.has_turned = true;
                self.change(scenario, turning)
            }
            Err(problem) => {
                self.note = Some(problem.to_string());
                Vec::new()
            }
        }
    }

    /// Goes to another scenario, so that it can be undone.
    pub(super) fn change(&mut self, scenario: Scenario, turning: Option<Handle>) -> Vec<Effect> {
        if scenario == *self.scenario {
            return Vec::new();
        }
        self.note_undo(&scenario, turning);
        self.redo.clear();
        self.go_to(Arc::new(scenario));
        self.restart()
    }

    /// Puts a scenario in the place of the one on screen. What was computed for other tasks is
    /// forgotten, and a knob it does not have loses the focus.
    fn go_to(&mut self, scenario: Arc<Scenario>) {
        let entries = |scenario: &Scenario| {
            let named = scenario.draft().tasks.iter().map(|task| (task.name.clone(), task.role));
            named.collect::<Vec<_>>()
        };
        let path = self.lab.focus.path(self.scenario.draft());
        if entries(&scenario) != entries(&self.scenario) {
            self.lab.clear();
        }
        self.lab.focus = Handle::find(scenario.draft(), &path).unwrap_or_else(|_| scenario.focus());
        self.scenario = scenario;
    }

    /// Opens a setting of a study in the Lab, as it is there; that can be undone.
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
        self.note_undo(scenario, None);
        self.redo.clear();
        self.go_to(Arc::new(scenario.clone()));
        self.lab.focus = scenario.focus();
        self.name = name.to_owned();
        self.restart()
    }

    /// One step for all turns of a knob that follow each other, and none where they end as they
    /// began.
    fn note_undo(&mut self, next: &Scenario, turning: Option<Handle>) {
        let goes_on = turning.is_some() && turning == self.lab.turning;
        self.lab.turning = turning;
        match self.undo.last() {
            Some((_, began)) if goes_on && **began == *next => {
                self.undo.pop();
                self.lab.turning = None;
            }
            Some(_) if goes_on => {}
            _ => self.undo.push((self.name.clone(), self.scenario.clone())),
        }
        if self.undo.len() > MOST_UNDO {
            self.undo.remove(0);
        }
    }

    pub(super) fn travel(&mut self, back: bool) -> Vec<Effect> {
        let (from, to) =
            if back { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        let Some((name, scenario)) = from.pop() else {
            self.note = Some(if back { "nothing to undo" } else { "nothing to redo" }.into());
            return Vec::new();
        };
        to.push((std::mem::replace(&mut self.name, name), self.scenario.clone()));
        self.go_to(scenario);
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

/// Whether two scenarios are the same when one knob is left out of the comparison.
pub(super) fn same_but_for(one: &Scenario, other: &Scenario, handle: Handle) -> bool {
    if one.draft().tasks.len() != other.draft().tasks.len() {
        return false;
    }
    let settled =
        |scenario: &Scenario| scenario.with(handle, handle.knob.track.1).map(|s| s.draft().clone());
    matches!((settled(one), settled(other)), (Ok(a), Ok(b)) if a == b)
}
