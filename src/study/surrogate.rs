//! A surrogate that predicts the gains of any group of tasks from those of some (Li, Nguyen &
//! Zhang, TMLR 2023).
//!
//! For task a in a group S the logarithm of its relative error is taken to be linear in the
//! indicators of the other members:
//!
//! ```text
//! ln(1 − gain_a(S)) ≈ β_a + Σ_{b ∈ S, b ≠ a} β_ab
//! ```
//!
//! The coefficients are fitted to measured groups by ridge regression, for every task apart.

use nalgebra::{DMatrix, DVector};
use rand::RngExt;

use crate::math::linalg;
use crate::math::seed::Seed;
use crate::math::stats::{ENDS, Interval, spearman};

/// Penalty of the squares of all `β_ab`.
const PENALTY: f64 = 1.0;
/// Penalty of the squares of all `β_a`, only so that they are determined.
const OF_CONSTANT: f64 = 1e-6;
/// Parts of the groups, each predicted from the others.
const PARTS: usize = 5;
/// Fewest groups of three or more tasks for which an agreement is offered.
pub const FEWEST: usize = 2 * PARTS;
/// Gains that differ by less are equal.
const ROUNDING: f64 = 1e-6;
/// Number of bootstrap resamples behind an interval.
const RESAMPLES: usize = 400;

/// A group of tasks in ascending order, with the gain of each.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredGroup {
    /// The tasks.
    pub tasks: Vec<usize>,
    /// Their gains when they are trained together.
    pub gains: Vec<f64>,
}

/// The surrogate of k tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Surrogate {
    /// β (k × k): `β_ab` in row a and column b, `β_a` on the diagonal.
    pub coefficients: DMatrix<f64>,
}

impl Surrogate {
    /// Fits the surrogate of k tasks. `None` if some task is in no group.
    pub fn fit(k: usize, groups: &[&MeasuredGroup]) -> Option<Self> {
        let mut coefficients = DMatrix::zeros(k, k);
        for task in 0..k {
            coefficients.set_row(task, &of_task(k, task, groups)?.transpose());
        }
        Some(Self { coefficients })
    }

    /// The predicted gains of the tasks of a group, in their order.
    pub fn gains(&self, group: &[usize]) -> Vec<f64> {
        let of = |task: usize| group.iter().map(|other| self.coefficients[(task, *other)]).sum();
        group.iter().map(|task| 1.0 - f64::exp(of(*task))).collect()
    }
}

/// The coefficients (k) of one task.
fn of_task(k: usize, task: usize, groups: &[&MeasuredGroup]) -> Option<DVector<f64>> {
    let penalty = |b| if b == task { OF_CONSTANT } else { PENALTY };
    let mut h = DMatrix::from_diagonal(&DVector::from_fn(k, |b, _| penalty(b)));
    let mut c = DVector::zeros(k);
    let mut found = false;
    for group in groups {
        let Some(place) = group.tasks.iter().position(|member| *member == task) else { continue };
        let error = (1.0 - group.gains[place]).ln();
        for &a in &group.tasks {
            c[a] += error;
            group.tasks.iter().for_each(|&b| h[(a, b)] += 1.0);
        }
        found = true;
    }
    found.then(|| linalg::solve(&h, &c))
}

/// How well the gains of groups are predicted from those of others: Spearman's rank correlation
/// over all tasks of all groups of three or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnseenAgreement {
    /// That of the surrogate, with the percentile interval of a bootstrap over groups.
    pub surrogate: Interval,
    /// That of the mean over pairs (Fifty et al., NeurIPS 2021); `None` if not every pair was
    /// measured.
    pub pairs: Option<f64>,
    /// Number of groups that were predicted.
    pub groups: usize,
}

/// A group that was predicted without being used in the fit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnseenGroup {
    /// The group as measured.
    pub measured: MeasuredGroup,
    /// The gains that the surrogate predicts.
    pub predicted: Vec<f64>,
    /// The means of the gains of pairs.
    pub by_pairs: Option<Vec<f64>>,
}

/// Predicts every group of three or more from the pairs and from four fifths of the others. Empty
/// if there are too few groups.
pub fn unseen(k: usize, groups: &[MeasuredGroup]) -> Vec<UnseenGroup> {
    let (large, pairs): (Vec<_>, Vec<_>) = groups.iter().partition(|group| group.tasks.len() > 2);
    if large.len() < FEWEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in 0..PARTS {
        let others = large.iter().enumerate().filter(|(i, _)| i % PARTS != part);
        let seen: Vec<_> = pairs.iter().copied().chain(others.map(|(_, group)| *group)).collect();
        let Some(surrogate) = Surrogate::fit(k, &seen) else { continue };
        found.extend(large.iter().skip(part).step_by(PARTS).map(|group| UnseenGroup {
            measured: (*group).clone(),
            predicted: surrogate.gains(&group.tasks),
            by_pairs: mean_of_pairs(&group.tasks, &pairs),
        }));
    }
    found
}

/// For every task of a group the mean of its gains with each of the others; `None` if one of these
/// pairs was not measured.
fn mean_of_pairs(group: &[usize], pairs: &[&MeasuredGroup]) -> Option<Vec<f64>> {
    let gain = |task: usize, other: usize| {
        let both = [task.min(other), task.max(other)];
        let pair = pairs.iter().find(|pair| pair.tasks == both)?;
        Some(pair.gains[usize::from(task > other)])
    };
    let mean = |&task: &usize| {
        let others = group.iter().filter(|other| **other != task);
        let sum: Option<f64> = others.map(|&other| gain(task, other)).sum();
        Some(sum? / (group.len() - 1) as f64)
    };
    group.iter().map(mean).collect()
}

/// The agreement of the predictions with the measurements; `None` if there are too few groups or
/// all gains are equal.
pub fn agreement(groups: &[UnseenGroup]) -> Option<UnseenAgreement> {
    let all: Vec<&UnseenGroup> = groups.iter().collect();
    let gains = || groups.iter().flat_map(|group| &group.measured.gains).copied();
    let spread = gains().fold(f64::NEG_INFINITY, f64::max) - gains().fold(f64::INFINITY, f64::min);
    if spread.is_nan() || spread < ROUNDING {
        return None;
    }
    let mean = correlation(&all, |group| Some(&group.predicted))?;
    let resampled = |number: usize| {
        let rng = &mut Seed::new(0).child("resample", number as u64).rng();
        let drawn: Vec<&UnseenGroup> =
            (0..all.len()).map(|_| all[rng.random_range(0..all.len())]).collect();
        correlation(&drawn, |group| Some(&group.predicted))
    };
    let mut resamples: Vec<f64> = (0..RESAMPLES).filter_map(resampled).collect();
    resamples.sort_by(f64::total_cmp);
    let at = |share: f64| resamples.get((share * (resamples.len() as f64 - 1.0)).round() as usize);
    let surrogate = Interval { mean, low: *at(ENDS[0])?, high: *at(ENDS[1])? };
    let pairs = correlation(&all, |group| group.by_pairs.as_ref());
    Some(UnseenAgreement { surrogate, pairs, groups: groups.len() })
}

/// Spearman's rank correlation of some prediction with the measured gains.
fn correlation(
    groups: &[&UnseenGroup],
    predicted: impl Fn(&UnseenGroup) -> Option<&Vec<f64>>,
) -> Option<f64> {
    let mut pairs = [Vec::new(), Vec::new()];
    for group in groups {
        pairs[0].extend_from_slice(predicted(group)?);
        pairs[1].extend_from_slice(&group.measured.gains);
    }
    spearman(&pairs[0], &pairs[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::groups::all_of_size;

    /// Groups of k tasks whose gains follow from coefficients.
    fn groups(truth: &Surrogate, sizes: std::ops::RangeInclusive<usize>) -> Vec<MeasuredGroup> {
        let k = truth.coefficients.nrows();
        let all = sizes.flat_map(|size| all_of_size(k, size).collect::<Vec<_>>());
        all.map(|tasks| MeasuredGroup { gains: truth.gains(&tasks), tasks }).collect()
    }

    fn truth(k: usize) -> Surrogate {
        Surrogate { coefficients: linalg::normal_matrix(k, k, &mut Seed::new(5).rng()) * 0.3 }
    }

    #[test]
    fn groups_that_follow_the_surrogate_are_ordered_without_being_seen() {
        let groups = groups(&truth(6), 2..=4);
        let unseen = unseen(6, &groups);
        assert_eq!(unseen.len(), 35);
        let agreement = agreement(&unseen).unwrap();
        assert!(agreement.surrogate.mean > 0.95, "{agreement:?}");
        assert!(agreement.surrogate.low <= agreement.surrogate.mean);
        assert!(agreement.pairs.unwrap() < agreement.surrogate.mean);
    }

    #[test]
    fn with_many_groups_the_coefficients_are_found() {
        let truth = truth(6);
        let groups = groups(&truth, 2..=6);
        let found = Surrogate::fit(6, &groups.iter().collect::<Vec<_>>()).unwrap();
        let error = (found.coefficients - &truth.coefficients).norm();
        assert!(error < 0.3 * truth.coefficients.norm(), "{error}");
    }

    #[test]
    fn a_task_in_no_group_has_no_surrogate_and_few_groups_have_no_agreement() {
        let pair = MeasuredGroup { tasks: vec![0, 1], gains: vec![0.1, 0.2] };
        assert_eq!(Surrogate::fit(3, &[&pair]), None);
        assert!(unseen(2, &[pair]).is_empty());
        assert_eq!(agreement(&[]), None);
    }
}
