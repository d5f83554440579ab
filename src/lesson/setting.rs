//! The settings of a lesson that are measured.

use super::condition::Condition;
use super::found::{SettingFindings, Swept};
use crate::cancel::Cancel;
use crate::model::Claim;
use crate::runner;
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::{GROUPS, MODELS};
use crate::study::draft::{NamedScenario, Question};
use crate::study::measure::measure;
use crate::study::prediction::{POPULATIONS, predict};
use crate::study::probe::STEPS;
use crate::study::{Shard, Study, StudyDraft, StudyResults};

/// A scenario, what is asked of it, and what the answer must be.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonSetting {
    /// Its name in the lesson.
    pub name: String,
    /// Name of the preset or file that its scenario is of.
    pub source: String,
    /// The scenario, with the draws of the file.
    pub scenario: Scenario,
    /// What is asked.
    pub asked: SettingQuestion,
    /// The knob along which its gain is drawn, where the lesson names one.
    pub along: Option<Handle>,
    /// What the lesson teaches of it.
    pub shows: Vec<Condition>,
    /// Whether what theory predicts is spoken of.
    pub theory: bool,
}

/// What is asked of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingQuestion {
    /// The outcome at its knobs.
    Trials,
    /// The outcomes along a knob.
    Sweep {
        /// The knob.
        handle: Handle,
        /// Its values, rising.
        values: Vec<f64>,
        /// Whether they lie evenly in the logarithm.
        log: bool,
    },
    /// The outcome for every pair of tasks, and what cheap proxies know of it.
    Affinity,
}

impl LessonSetting {
    /// Measures its scenario, given as a student has it; `None` if cancelled, or where there are too
    /// few trials to say anything.
    pub fn measure(&self, scenario: &Scenario, cancel: &Cancel) -> Option<SettingFindings> {
        match &self.asked {
            SettingQuestion::Trials => {
                let mut found = trials(scenario, cancel);
                if let (Some(SettingFindings::Trials { theory, .. }), true) =
                    (&mut found, self.theory)
                {
                    *theory = predict(scenario, POPULATIONS).ok().map(Box::new);
                }
                found
            }
            SettingQuestion::Sweep { handle, values, log } => {
                let own = [scenario.approach()];
                let mut claim = Claim::Exact;
                let mut point = |&value: &f64| {
                    let at = scenario.with(*handle, value).ok()?;
                    let found = measure(&at, &own, cancel, |_| {})?;
                    claim = claim.max(found.alone).max(found.own().claim);
                    Some((value, found.own().targets))
                };
                let points = values.iter().map(&mut point).collect::<Option<Vec<_>>>()?;
                Some(SettingFindings::Sweep(Swept { handle: *handle, log: *log, points, claim }))
            }
            SettingQuestion::Affinity => affinity(&self.source, scenario, cancel),
        }
    }
}

/// The trials of a scenario by all its approaches; `None` if cancelled.
pub fn trials(scenario: &Scenario, cancel: &Cancel) -> Option<SettingFindings> {
    let measurement = measure(scenario, &scenario.approaches(), cancel, |_| {})?;
    Some(SettingFindings::Trials {
        scenario: Box::new(scenario.clone()),
        measurement: Box::new(measurement),
        theory: None,
    })
}

fn affinity(name: &str, scenario: &Scenario, cancel: &Cancel) -> Option<SettingFindings> {
    let question = Question::Affinity { groups: GROUPS, steps: STEPS, models: MODELS };
    let mut draft = scenario.draft().clone();
    draft.compare.clear();
    let entry = NamedScenario { name: name.to_owned(), scenario: draft };
    let study = Study::check(StudyDraft::new(question, vec![entry])).ok()?;
    let mut results = StudyResults::new(study);
    let ledger = results.ledger.clone();
    results.ledger =
        runner::run(&results.study, ledger, Shard::WHOLE, cancel, |_| Ok(())).ok()??;
    let insight = results.insight(MODELS)?;
    let trials = scenario.trials();
    Some(SettingFindings::Affinity {
        results: Box::new(results),
        insight: Box::new(insight),
        trials,
    })
}
