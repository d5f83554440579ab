//! Affinity studies: starting, navigating, and analysing while they run.

use std::sync::Arc;

use super::Effect;
use crate::app::state::App;
use crate::app::studies::Thinking;
use crate::job::Job;
use crate::scenario::{Preset, Scenario};
use crate::study::StudyDraft;
use crate::study::affinity::{Insight, MODELS};
use crate::study::draft::{NamedScenario, Question};
use crate::study::groups::GROUPS;
use crate::study::probe::STEPS;

/// The fewest tasks for which the Lab's scenario is used.
const FEWEST: usize = 3;
/// The scenario used if the Lab's has fewer tasks.
const MANY: &str = "six-tasks";

impl App {
    /// Starts an affinity study of the Lab's scenario, or of one with more tasks.
    pub(super) fn start_affinity(&mut self) -> Vec<Effect> {
        let (name, scenario) = if self.scenario.tasks().len() >= FEWEST {
            (self.name.clone(), (*self.scenario).clone())
        } else {
            match Preset::find(MANY).and_then(|preset| preset.scenario().ok()) {
                Some(scenario) => (MANY.to_owned(), scenario),
                None => return self.say("an affinity study needs three tasks or more"),
            }
        };
        let mut scenario = scenario.draft().clone();
        scenario.compare.clear();
        let question = Question::Affinity { groups: GROUPS, steps: STEPS, models: MODELS };
        self.ask(StudyDraft::new(question, vec![NamedScenario { name, scenario }]))
    }

    /// The pair under the cursor: the scenario in which both are trained together.
    pub(super) fn pair_cell(&self) -> Option<(String, Arc<Scenario>)> {
        let run = self.studies.shown_affinity()?;
        let base = run.results.study.bases().first()?;
        let (task, partner) = self.studies.pair;
        let scenario = match partner == run.results.tasks().len() {
            true => base.with_all(task),
            false => base.with_partner(task, partner),
        };
        Some((run.name().to_owned(), Arc::new(scenario.ok()?)))
    }

    /// Moves the cursor: rows are the tasks whose gain is measured, columns their partners, and the
    /// last column is all tasks.
    pub(super) fn move_in_matrix(&mut self, right: i32, up: i32) {
        let Some(run) = self.studies.shown_affinity() else { return };
        let tasks = run.results.tasks().len();
        let to = |at: usize, by: i32, last: usize| at.saturating_add_signed(by as isize).min(last);
        let (row, column) = self.studies.pair;
        self.studies.pair = (to(row, -up, tasks.saturating_sub(1)), to(column, right, tasks));
    }

    pub(super) fn other_budget(&mut self, by: i32) -> Vec<Effect> {
        let tasks = self.studies.shown_affinity().map_or(0, |run| run.results.tasks().len());
        let budget = self.studies.budget.saturating_add_signed(by as isize);
        self.studies.budget = budget.clamp(1, tasks.max(1));
        self.think().into_iter().collect()
    }

    /// Analyses the affinity study in view again if many records have arrived since the last time.
    pub(super) fn think(&mut self) -> Option<Effect> {
        let models = self.studies.budget;
        let run = self.studies.shown_affinity()?;
        let (number, done) = (run.number, run.results.ledger.done());
        let complete = run.results.ledger.is_complete();
        let news = match self.studies.thinking {
            Some(thought) if thought.run == number && thought.models == models => {
                let much = 4 * done >= 5 * thought.done || complete;
                !thought.busy && much && done > thought.done
            }
            _ => true,
        };
        if !news || done == 0 {
            return None;
        }
        let job = Job::Insight(Box::new(run.results.clone()), models);
        self.studies.thinking = Some(Thinking { run: number, done, models, busy: true });
        Some(self.begin(job))
    }

    pub(super) fn take_insight(&mut self, insight: Option<Box<Insight>>) {
        let Some(thought) = &mut self.studies.thinking else { return };
        thought.busy = false;
        let number = thought.run;
        if let Some(run) = self.studies.run_mut(Some(number)) {
            run.insight = insight;
        }
    }
}
