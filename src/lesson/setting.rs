//! The settings that a lesson measures.

use super::condition::Condition;
use super::found::{SettingFindings, Swept};
use crate::cancel::Cancel;
use crate::model::OptimumKind;
use crate::runner;
use crate::scenario::{Handle, Scenario};
use crate::study::draft::NamedScenario;
use crate::study::groups;
use crate::study::groups::MODELS;
use crate::study::measure::measure;
use crate::study::prediction::{POPULATIONS, predict};
use crate::study::{Shard, Study, StudyDraft, StudyResults};

/// A scenario, the question asked about it, and the conditions its answer must meet.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonSetting {
    /// Its name in the lesson.
    pub name: String,
    /// Name of the preset or file that the scenario comes from.
    pub source: String,
    /// The scenario, with the draws of the file.
    pub scenario: Scenario,
    /// The question.
    pub asked: SettingQuestion,
    /// The knob along which the gain is drawn, if the lesson names one.
    pub along: Option<Handle>,
    /// The conditions that the lesson teaches.
    pub shows: Vec<Condition>,
    /// True if the lesson mentions the theory's prediction.
    pub theory: bool,
}

/// The question asked about a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingQuestion {
    /// The outcome at its knob values.
    Trials,
    /// The outcomes along a knob.
    Sweep {
        /// The knob.
        handle: Handle,
        /// Its values, in increasing order.
        values: Vec<f64>,
        /// True if they are evenly spaced in the logarithm.
        log: bool,
    },
    /// The outcome for every pair of tasks, and how well cheap proxies predict it.
    Affinity,
}

impl LessonSetting {
    /// Measures the setting with a student's version of its scenario; `None` if cancelled or if
    /// there are too few trials.
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
                let mut kind = OptimumKind::Exact;
                let mut point = |&value: &f64| {
                    let at = scenario.with(*handle, value).ok()?;
                    let found = measure(&at, &own, cancel, |_| {})?;
                    kind = kind.max(found.alone).max(found.own().kind);
                    Some((value, found.own().targets))
                };
                let points = values.iter().map(&mut point).collect::<Option<Vec<_>>>()?;
                Some(SettingFindings::Sweep(Swept { handle: *handle, log: *log, points, kind }))
            }
            SettingQuestion::Affinity => affinity(&self.source, scenario, cancel),
        }
    }
}

/// Runs the trials of a scenario for all its methods; `None` if cancelled.
pub fn trials(scenario: &Scenario, cancel: &Cancel) -> Option<SettingFindings> {
    let measurement = measure(scenario, &scenario.approaches(), cancel, |_| {})?;
    Some(SettingFindings::Trials {
        scenario: Box::new(scenario.clone()),
        measurement: Box::new(measurement),
        theory: None,
    })
}

fn affinity(name: &str, scenario: &Scenario, cancel: &Cancel) -> Option<SettingFindings> {
    let question = groups::question(0);
    let mut draft = scenario.draft().clone();
    draft.compare.clear();
    let entry = NamedScenario { name: name.to_owned(), scenario: draft };
    let study = Study::check(StudyDraft::new(question, vec![entry])).ok()?;
    let mut results = StudyResults::new(study);
    let records = results.records.clone();
    results.records =
        runner::run(&results.study, records, Shard::WHOLE, cancel, |_| Ok(())).ok()??;
    let insight = results.insight(MODELS)?;
    let trials = scenario.trials();
    Some(SettingFindings::Affinity {
        results: Box::new(results),
        insight: Box::new(insight),
        trials,
    })
}
