//! Affinity: the gain of every task with every other, compared with the cheap proxies.

use crate::cancel::Cancel;
use crate::study::groups::pairs;

use nalgebra::DMatrix;

use super::agreement::{ProxyAgreement, agreements};
use super::draft::Question;
use super::grouping::{self, Grouping};
use super::probe::PROXIES;
use super::results::StudyResults;
use super::suggestion::{Confirmation, SuggestedPlan, SurrogateFindings};
use super::unit::Unit;
use crate::study::cell::{CellPosition, StudyCell};
use crate::transfer::{Outcome, Risks, Verdict};

/// Results of an affinity study beyond the gains themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Insight {
    /// Mean of every proxy over trials (k × k): row a, column b is its value for task a learning
    /// with task b.
    pub proxies: Vec<DMatrix<f64>>,
    /// Agreement of every proxy with the gains; `None` if it cannot be computed.
    pub agreements: Vec<Option<ProxyAgreement>>,
    /// The tasks to train together, by the measured gains and the means over pairs.
    pub by_pairs: Option<SuggestedPlan>,
    /// The same by a surrogate, if groups of three or more were measured.
    pub surrogate: Option<SurrogateFindings>,
}

impl Insight {
    /// The suggested plans.
    fn plans_mut(&mut self) -> impl Iterator<Item = &mut SuggestedPlan> {
        let by_surrogate = self.surrogate.iter_mut().filter_map(|found| found.plan.as_mut());
        self.by_pairs.iter_mut().chain(by_surrogate)
    }
}

impl StudyResults {
    /// Returns the names of the tasks of an affinity study: those that take part.
    pub fn tasks(&self) -> Vec<String> {
        let base = self.study.bases().first();
        base.map_or_else(Vec::new, |base| {
            let name = |&entry: &usize| base.draft().tasks[entry].name.clone();
            base.partners().iter().map(name).collect()
        })
    }

    /// Returns the requested limit on the number of models in the suggestion.
    pub fn models(&self) -> usize {
        match self.study.draft().question {
            Question::Affinity { models, .. } => models,
            Question::Sweep { .. } => 1,
        }
    }

    /// Returns the cell in which exactly these tasks (in ascending order) are trained together.
    pub fn group(&self, group: &[usize]) -> Option<usize> {
        let is_it =
            |cell: &StudyCell| matches!(&cell.place, CellPosition::Group(tasks) if tasks == group);
        self.study.cells().iter().position(is_it)
    }

    /// Returns the outcome for a task trained with one partner.
    pub fn pair(&self, task: usize, partner: usize) -> Option<&Outcome> {
        let group = [task.min(partner), task.max(partner)];
        self.in_group(&group, usize::from(task > partner))
    }

    /// Returns the outcome for a task trained with all others.
    pub fn together(&self, task: usize) -> Option<&Outcome> {
        self.records.measurement(0)?.own().groups.get(task)
    }

    fn in_group(&self, group: &[usize], place: usize) -> Option<&Outcome> {
        self.records.measurement(self.group(group)?)?.own().groups.get(place)
    }

    /// Returns the agreements of the proxies and the best plan with at most `models` groups, from
    /// the trials so far. `None` before every cell has two trials.
    pub fn insight(&self, models: usize) -> Option<Insight> {
        let k = self.tasks().len();
        let trials = self.common_trials();
        if !self.study.is_affinity() || trials.len() < 2 {
            return None;
        }
        let gains = |group: &[usize]| self.gains_of(group);
        let proxies = self.pair_proxies(k, &trials);
        Some(Insight {
            agreements: agreements(k, &self.pair_risks(k, &trials), &proxies),
            proxies: mean_proxies(k, &proxies),
            by_pairs: grouping::best(k, models, gains, None).map(SuggestedPlan::of),
            surrogate: self.surrogate(k, models),
        })
    }

    /// The gains of the tasks of a group; `None` if it was not measured, or if every trial is the same.
    pub(super) fn gains_of(&self, group: &[usize]) -> Option<Vec<f64>> {
        let measured = self.records.measurement(self.group(group)?)?;
        let varies = |outcome: &&Outcome| outcome.verdict != Verdict::SameTrials;
        let gain = |outcome: &Outcome| Some(outcome).filter(varies)?.gain.map(|gain| gain.mean);
        measured.own().groups.iter().map(gain).collect()
    }

    /// Confirms every suggested plan of an insight by [`Self::confirm`]; equal plans once.
    pub fn confirm_plans(&self, insight: &mut Insight, cancel: &Cancel) {
        let mut known: Vec<(Grouping, Option<Confirmation>)> = Vec::new();
        for plan in insight.plans_mut() {
            let groups = &plan.suggestion.plan;
            plan.confirmation = match known.iter().find(|(other, _)| other == groups) {
                Some((_, confirmation)) => *confirmation,
                None => self.confirm(groups, cancel),
            };
            known.push((groups.clone(), plan.confirmation));
        }
    }

    /// The trials that are finished for every pair and for all tasks together.
    fn common_trials(&self) -> Vec<usize> {
        let cells = self.study.cells().iter().enumerate();
        let needed: Vec<usize> = cells
            .filter(|(i, cell)| {
                *i == 0 || matches!(&cell.place, CellPosition::Group(tasks) if tasks.len() == 2)
            })
            .map(|(i, _)| i)
            .collect();
        let wanted = self.study.cells().first().map_or(0, |cell| cell.scenario.trials());
        let held =
            |trial: usize| needed.iter().all(|&cell| self.records.holds(Unit { cell, trial }));
        (0..wanted).filter(|&trial| held(trial)).collect()
    }

    fn pair_risks(&self, k: usize, trials: &[usize]) -> Vec<Vec<Risks>> {
        let risks = |(task, partner): (usize, usize)| {
            let group = [task.min(partner), task.max(partner)];
            let (cell, place) = (self.group(&group), usize::from(task > partner));
            let of_trial = |&trial: &usize| {
                let record = self.records.record(Unit { cell: cell?, trial })?;
                let (single, multi) = (record.alone[place].risk, record.fits[0].errors[place].risk);
                Some(Risks { single, multi })
            };
            trials.iter().filter_map(of_trial).collect()
        };
        pairs(k).map(risks).collect()
    }

    /// The values of every proxy for every ordered pair, by trial.
    fn pair_proxies(&self, k: usize, trials: &[usize]) -> Vec<Vec<Vec<f64>>> {
        let of_pairs = || pairs(k).map(|_| Vec::with_capacity(trials.len())).collect();
        let mut found: Vec<Vec<Vec<f64>>> = PROXIES.iter().map(|_| of_pairs()).collect();
        for &trial in trials {
            let record = self.records.record(Unit { cell: 0, trial });
            let proxies = record.map_or_else(Vec::new, |record| record.proxies);
            for (proxy, of_pairs) in found.iter_mut().enumerate() {
                for ((a, b), values) in pairs(k).zip(of_pairs) {
                    let value = proxies.get(proxy * k * k + a * k + b);
                    values.push(value.copied().unwrap_or(f64::NAN));
                }
            }
        }
        found
    }
}

/// The means over trials of every proxy for every ordered pair.
fn mean_proxies(k: usize, proxies: &[Vec<Vec<f64>>]) -> Vec<DMatrix<f64>> {
    let mean = |values: &Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let matrix = |of_pairs: &Vec<Vec<f64>>| {
        let mut matrix = DMatrix::from_element(k, k, f64::NAN);
        pairs(k).zip(of_pairs).for_each(|(pair, values)| matrix[pair] = mean(values));
        matrix
    };
    proxies.iter().map(matrix).collect()
}
