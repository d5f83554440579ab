//! State of line mode: the scenario, its history, and the last measurement.

use std::sync::Arc;

use crate::cancel::Cancel;
use crate::line::Telling;
use crate::line::facts;
use crate::line::voice::{Done, Trouble, Voice};
use crate::method::Approach;
use crate::scenario::{Handle, Scenario};
use crate::study::Measurement;
use crate::study::measure::measure;

/// Loads a preset or a scenario file and returns it with its name.
pub type NamedScenarioLoader<'a> = &'a dyn Fn(&str) -> crate::error::Result<(String, Scenario)>;

/// A scenario with its name.
pub(super) type Named = (String, Arc<Scenario>);

/// The open scenario and its history.
pub(super) struct LineSession<'a> {
    pub(super) name: String,
    pub(super) scenario: Arc<Scenario>,
    /// The knob turned last.
    pub(super) focus: Handle,
    pub(super) undo: Vec<Named>,
    pub(super) redo: Vec<Named>,
    pub(super) open: NamedScenarioLoader<'a>,
    /// Stops the measurement of the current command.
    pub(super) cancel: Cancel,
    /// A scenario, and the changes of it that `flip` listed last.
    pub(super) listed: Option<(Arc<Scenario>, Vec<Arc<Scenario>>)>,
    /// True if a person waits for the answer.
    pub(super) attended: bool,
    /// Begins to tell how far a long search is.
    pub(super) progress: fn() -> Telling,
    /// The scenario and measurement of the last verdict.
    measured: Option<(Arc<Scenario>, Measurement)>,
}

impl<'a> LineSession<'a> {
    pub(super) fn new(name: String, scenario: Scenario, open: NamedScenarioLoader<'a>) -> Self {
        Self {
            name,
            focus: scenario.focus(),
            scenario: Arc::new(scenario),
            undo: Vec::new(),
            redo: Vec::new(),
            open,
            cancel: Cancel::new(),
            listed: None,
            attended: false,
            progress: || Box::new(|_| ()),
            measured: None,
        }
    }

    /// Says the scenario, the knob in focus and the verdict.
    pub(super) fn introduce(&mut self, voice: &mut Voice<'_>) -> Done {
        voice.say_all(facts::summary(&self.name, &self.scenario))?;
        voice.say(&facts::focus(&self.scenario, self.focus))?;
        self.say_verdict(voice)?;
        if self.attended { voice.say("Type help for the commands, quit to leave.") } else { Ok(()) }
    }

    /// Measures the scenario and its baseline and says the verdict, and the one before.
    pub(super) fn say_verdict(&mut self, voice: &mut Voice<'_>) -> Done {
        let measurement = self.measure(&self.scenario.beside_baseline(), voice)?;
        voice.say(&facts::verdict(&self.scenario, &measurement))?;
        let before = self.measured.replace((self.scenario.clone(), measurement));
        match before.filter(|(scenario, _)| *scenario != self.scenario) {
            Some((scenario, before)) => voice.say(&facts::before(&scenario, &before)),
            None => Ok(()),
        }
    }

    /// Forgets the last measurement, so that another scenario is not compared with it.
    pub(super) fn forget(&mut self) {
        self.measured = None;
    }

    /// Runs the trials of the scenario.
    pub(super) fn measure(
        &self,
        approaches: &[Approach],
        voice: &mut Voice<'_>,
    ) -> Result<Measurement, Trouble> {
        if self.attended {
            voice.say(&format!("Measuring {} trials.", self.scenario.trials()))?;
        }
        let found = measure(&self.scenario, approaches, &self.cancel, |_| {});
        found.ok_or(Trouble::Stopped)
    }

    /// Changes the scenario, in a way that can be undone.
    pub(super) fn change(&mut self, name: String, scenario: Scenario) {
        let next = (name, Arc::new(scenario));
        self.redo.clear();
        let past = self.go_to(next);
        self.undo.push(past);
    }

    /// Replaces the open scenario and returns the old one. The focus stays on its knob if the new
    /// scenario has it.
    pub(super) fn go_to(&mut self, (name, scenario): Named) -> Named {
        let path = self.focus.path(self.scenario.draft());
        self.focus = Handle::find(scenario.draft(), &path).unwrap_or_else(|_| scenario.focus());
        let past = std::mem::replace(&mut self.scenario, scenario);
        (std::mem::replace(&mut self.name, name), past)
    }
}
