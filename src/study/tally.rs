//! Running sums over the trials of one setting, without the trials themselves.

use super::record::{FitRecord, TrialRecord};
use crate::math::exact::ExactSum;
use crate::method::{Approach, Method, Weighting};
use crate::model::OptimumKind;
use crate::scenario::draft::TaskRole;
use crate::scenario::{Group, Scenario};
use crate::study::fit::Errors;
use crate::study::held_out::{HeldOutMeans, HeldOutSums};
use crate::study::measurement::{Measured, Measurement, mean};
use crate::transfer::{Outcome, RiskSums, Risks};

/// The sums over the trials of one setting; they do not depend on the order of the trials.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    trials: usize,
    alone: Option<OptimumKind>,
    /// One entry per group, for labels ±1.
    held_out: Vec<HeldOutSums>,
    fits: Vec<FitTally>,
}

/// The sums for one approach.
#[derive(Debug, Clone, Default, PartialEq)]
struct FitTally {
    kind: Option<OptimumKind>,
    /// Trials whose effect is as small as rounding and counts as zero.
    rounded: usize,
    /// One entry per task; weights are scaled to a mean of 1.
    weights: Vec<ExactSum>,
    groups: Vec<RiskSums>,
    targets: RiskSums,
    beside_first: RiskSums,
    /// One entry per group, for labels ±1.
    held_out: Vec<HeldOutSums>,
}

impl Tally {
    /// Returns the number of trials.
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// Adds a trial of a scenario. All trials must have the same tasks and approaches.
    pub fn add(&mut self, scenario: &Scenario, record: &TrialRecord) {
        self.trials += 1;
        self.alone = self.alone.max(Some(record.kind_alone));
        add_held_out(&mut self.held_out, scenario, &record.alone);
        self.fits.resize_with(record.fits.len(), FitTally::default);
        let targets = scenario.targets();
        for (tally, fit) in self.fits.iter_mut().zip(&record.fits) {
            tally.add(scenario, &targets, record, fit);
        }
    }

    /// Returns the measurement from the trials so far; `wanted` is the number of requested trials,
    /// `approaches` are those of the records. `None` before two trials.
    pub fn measurement(
        &self,
        scenario: &Scenario,
        approaches: &[Approach],
        wanted: usize,
    ) -> Option<Measurement> {
        let measured = |(fit, approach): (&FitTally, &Approach)| {
            let kind = fit.kind?;
            let of_one = scenario.tasks().len() == 1
                && approach.method == Method::Joint
                && approach.weighting != Weighting::Random;
            let of_targets = |sums: &RiskSums| {
                let outcome = sums.outcome()?;
                if scenario.repeats_rows() && !of_one {
                    return Some(outcome.of_same_rows());
                }
                if of_one {
                    return Some(outcome.of_one_task());
                }
                Some(if fit.is_limited_by_rounding(self.trials) {
                    outcome.limited_by_rounding()
                } else {
                    outcome
                })
            };
            let of_group = |(sums, group): (&RiskSums, &Group)| match group.role {
                TaskRole::Target => of_targets(sums),
                _ if scenario.repeats_rows() => sums.outcome().map(Outcome::of_same_rows),
                _ => sums.outcome(),
            };
            let groups = fit.groups.iter().zip(scenario.groups());
            Some(Measured {
                approach: *approach,
                kind,
                weights: fit.weights.iter().map(|sum| sum.value() / self.trials as f64).collect(),
                groups: groups.map(of_group).collect::<Option<_>>()?,
                targets: of_targets(&fit.targets)?,
                beside_first: of_targets(&fit.beside_first)?,
                held_out: self.held_out(scenario, fit),
            })
        };
        let approaches = self.fits.iter().zip(approaches).map(measured).collect::<Option<_>>()?;
        Some(Measurement { trials: self.trials, wanted, alone: self.alone?, approaches })
    }

    fn held_out(&self, scenario: &Scenario, fit: &FitTally) -> Option<Vec<[HeldOutMeans; 2]>> {
        if self.held_out.is_empty() {
            return None;
        }
        let means = |sums: &HeldOutSums| match scenario.repeats_rows() {
            true => sums.means().map(HeldOutMeans::of_same_rows),
            false => sums.means(),
        };
        let groups = self.held_out.iter().zip(&fit.held_out);
        groups.map(|(alone, together)| Some([means(alone)?, means(together)?])).collect()
    }
}

impl FitTally {
    /// Returns true if more than √n/4 of n trials have no effect beyond rounding. Effects of fewer
    /// move the mean by less than a quarter of the interval, because those of all other trials are
    /// larger.
    fn is_limited_by_rounding(&self, trials: usize) -> bool {
        16 * self.rounded * self.rounded > trials
    }

    fn add(
        &mut self,
        scenario: &Scenario,
        targets: &[usize],
        record: &TrialRecord,
        fit: &FitRecord,
    ) {
        let groups = scenario.groups();
        self.kind = self.kind.max(Some(fit.kind));
        self.rounded += usize::from(fit.kind == OptimumKind::Rounding);
        let total: f64 = fit.weights.iter().sum();
        self.weights.resize_with(fit.weights.len(), ExactSum::default);
        for (sum, weight) in self.weights.iter_mut().zip(&fit.weights) {
            sum.add(weight * fit.weights.len() as f64 / total);
        }
        self.groups.resize_with(groups.len(), RiskSums::default);
        for (sums, group) in self.groups.iter_mut().zip(groups) {
            sums.add(risks(group.tasks.clone(), &record.alone, fit));
        }
        self.targets.add(risks(targets.iter().copied(), &record.alone, fit));
        let first = record.fits.first().map_or(&record.alone, |first| &first.errors);
        self.beside_first.add(risks(targets.iter().copied(), first, fit));
        add_held_out(&mut self.held_out, scenario, &fit.errors);
    }
}

/// The mean risks of some tasks under a baseline and under an approach.
fn risks(
    tasks: impl Iterator<Item = usize> + Clone,
    baseline: &[Errors],
    fit: &FitRecord,
) -> Risks {
    Risks { single: mean(tasks.clone(), baseline), multi: mean(tasks, &fit.errors) }
}

fn add_held_out(sums: &mut Vec<HeldOutSums>, scenario: &Scenario, errors: &[Errors]) {
    if !scenario.classifies() {
        return;
    }
    sums.resize_with(scenario.groups().len(), HeldOutSums::default);
    for (sums, group) in sums.iter_mut().zip(scenario.groups()) {
        sums.add(errors[group.tasks.clone()].iter().filter_map(|errors| errors.held_out));
    }
}
