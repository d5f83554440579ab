//! Suggested plans: which tasks to train together, and what that gains on new trials.

use rayon::prelude::*;

use super::cell::CellPosition;
use super::grouping::{self, Grouping, Suggestion};
use super::record::TrialRecord;
use super::results::StudyResults;
use super::surrogate::{self, MeasuredGroup, Surrogate, UnseenAgreement, UnseenGroup};
use super::trial::Trial;
use crate::cancel::Cancel;
use crate::math::stats::{Interval, mean_gain};
use crate::scenario::Scenario;
use crate::transfer::Risks;

/// A suggested plan and its confirmation.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedPlan {
    /// The plan, with the gains for which it was chosen.
    pub suggestion: Suggestion,
    /// Its gain on other trials.
    pub confirmation: Option<Confirmation>,
}

impl SuggestedPlan {
    /// Returns true if it trains every task alone, which is the baseline of all gains.
    pub fn is_alone(&self) -> bool {
        self.suggestion.plan.iter().all(|group| group.len() == 1)
    }

    /// A plan that is not confirmed yet.
    pub(super) fn of(suggestion: Suggestion) -> Self {
        Self { suggestion, confirmation: None }
    }
}

/// The mean gain of all tasks under a plan and under one model for all, on trials that were not
/// used to choose the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confirmation {
    /// Under the plan.
    pub plan: Interval,
    /// Under one model for all tasks.
    pub together: Interval,
    /// Number of trials.
    pub trials: usize,
}

/// What the surrogate of the gains of groups says.
#[derive(Debug, Clone, PartialEq)]
pub struct SurrogateFindings {
    /// Every measured group of three or more, predicted without being used in the fit.
    pub unseen: Vec<UnseenGroup>,
    /// The agreement of these predictions; `None` if there are too few groups.
    pub agreement: Option<UnseenAgreement>,
    /// The plan that it suggests.
    pub plan: Option<SuggestedPlan>,
}

impl StudyResults {
    /// The surrogate of the gains of groups, if some of three or more were trained beside that of
    /// all tasks.
    pub(super) fn surrogate(&self, k: usize, models: usize) -> Option<SurrogateFindings> {
        let measured = |group: &Vec<usize>| {
            let gains = self.gains_of(group)?;
            gains.iter().all(|gain| gain.is_finite() && *gain < 1.0).then_some(gains)
        };
        let groups: Vec<MeasuredGroup> = self
            .study
            .cells()
            .iter()
            .filter_map(|cell| match &cell.place {
                CellPosition::Group(tasks) => {
                    Some(MeasuredGroup { gains: measured(tasks)?, tasks: tasks.clone() })
                }
                CellPosition::Point { .. } => None,
            })
            .collect();
        if !groups.iter().any(|group| (3..k).contains(&group.tasks.len())) {
            return None;
        }
        let surrogate = Surrogate::fit(k, &groups.iter().collect::<Vec<_>>())?;
        let plan = grouping::best(k, models, |group| self.gains_of(group), Some(&surrogate));
        let unseen = surrogate::unseen(k, &groups);
        Some(SurrogateFindings {
            agreement: surrogate::agreement(&unseen),
            unseen,
            plan: plan.map(SuggestedPlan::of),
        })
    }

    /// Measures a plan, and one model for all tasks, on as many trials as the study has, none of
    /// which it has used: a plan chosen by luck will not be lucky again. `None` if cancelled, or
    /// if the plan cannot be trained.
    pub fn confirm(&self, plan: &Grouping, cancel: &Cancel) -> Option<Confirmation> {
        let base = self.study.bases().first()?;
        let k = self.tasks().len();
        let all: Vec<usize> = (0..k).collect();
        let groups: Vec<&Vec<usize>> =
            std::iter::once(&all).chain(plan.iter().filter(|group| group.len() > 1)).collect();
        let partners = base.partners();
        let entries =
            |group: &[usize]| group.iter().map(|&task| partners[task]).collect::<Vec<_>>();
        let only = |group: &&Vec<usize>| base.training_only(&entries(group)).ok();
        let scenarios: Vec<Scenario> = groups.iter().map(only).collect::<Option<_>>()?;
        let trials = base.trials();
        let runs: Vec<Vec<TrialRecord>> = (trials..2 * trials)
            .into_par_iter()
            .with_max_len(1)
            .map(|trial| {
                let run =
                    |scenario| (!cancel.is_cancelled()).then(|| Trial::own(scenario, trial).into());
                scenarios.iter().map(run).collect::<Option<Vec<_>>>()
            })
            .collect::<Option<_>>()?;
        let risks = |task: usize, model: Option<(usize, usize)>| -> Vec<Risks> {
            let of = |run: &Vec<TrialRecord>| {
                let single = run[0].alone[task].risk;
                let multi = model.map_or(single, |(g, place)| run[g].fits[0].errors[place].risk);
                Risks { single, multi }
            };
            runs.iter().map(of).collect()
        };
        let place = |task: usize| {
            let find = |(g, group): (usize, &&Vec<usize>)| {
                Some((g, group.iter().position(|member| *member == task)?))
            };
            groups.iter().enumerate().skip(1).find_map(find)
        };
        let by_plan: Vec<Vec<Risks>> = (0..k).map(|task| risks(task, place(task))).collect();
        let by_one: Vec<Vec<Risks>> = (0..k).map(|task| risks(task, Some((0, task)))).collect();
        let value = |risks: &[Vec<Risks>]| {
            let lists = |of: fn(&Risks) -> f64| -> Vec<Vec<f64>> {
                risks.iter().map(|task| task.iter().map(of).collect()).collect()
            };
            mean_gain(&lists(|r| r.multi), &lists(|r| r.single))
        };
        Some(Confirmation { plan: value(&by_plan)?, together: value(&by_one)?, trials })
    }
}
