//! Covariance similarity (eq. 5) of the rows of two tasks under each alignment method, with the
//! gain of the target.

use rayon::prelude::*;

use super::trial::Trial;
use crate::cancel::Cancel;
use crate::math::stats::{self, Interval};
use crate::method::Method;
use crate::method::{Approach, Weighting};
use crate::scenario::Scenario;
use crate::study::fit::JointFit;
use crate::task::Moments;
use crate::transfer::similarity::{CovarianceSimilarity, KEPT_SHARE, PrincipalSpread};
use crate::transfer::{Outcome, Risks};

/// The compared methods; the rows are unchanged for joint training, else multiplied by R_i.
pub const METHODS: [Method; 5] =
    [Method::Joint, Method::Align, Method::AlignFixed, Method::Whiten, Method::Recolour];
/// The largest number of trials used.
pub const TRIALS: usize = 40;

/// Similarity of the rows of the pair under one method, and its effect on the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignedSimilarity {
    /// The method.
    pub method: Method,
    /// The score of eq. 5 for `X_iR_i`, over the trials.
    pub score: Interval,
    /// The score divided by √(self-score₁ · self-score₂): 1 for equal covariances.
    pub normalised: Interval,
    /// The outcome for the targets, compared with training alone.
    pub targets: Outcome,
}

/// Returns the reason why a scenario has no such comparison; `None` if it has one.
pub fn no_alignment(scenario: &Scenario) -> Option<&'static str> {
    match scenario.tasks().len() {
        0 | 1 => Some("it takes two tasks"),
        _ if !scenario.is_linear() => Some("alignment is for linear units and squared loss"),
        _ => None,
    }
}

/// Compares the rows of the pair of a scenario under all of [`METHODS`], over at most [`TRIALS`] of
/// its first trials. Returns the number of trials and the results; `None` if cancelled, if rows
/// are all zero, or if there are too few trials.
pub fn compare(scenario: &Scenario, cancel: &Cancel) -> Option<(usize, Vec<AlignedSimilarity>)> {
    let trials = scenario.trials().min(TRIALS);
    let weighting = match scenario.approach().weighting {
        Weighting::Random => Weighting::Uniform,
        weighting => weighting,
    };
    let approaches = METHODS.map(|method| Approach { weighting, method });
    let found: Option<Vec<Vec<(CovarianceSimilarity, Risks)>>> = (0..trials)
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| (!cancel.is_cancelled()).then(|| one(scenario, trial, &approaches)).flatten())
        .collect();
    let found = found?;
    let of_method = |(place, method): (usize, Method)| {
        let scores = |score: fn(&CovarianceSimilarity) -> f64| {
            let all: Vec<f64> = found.iter().map(|trial| score(&trial[place].0)).collect();
            stats::interval(&all)
        };
        let risks: Vec<Risks> = found.iter().map(|trial| trial[place].1).collect();
        Some(AlignedSimilarity {
            method,
            score: scores(|found| found.score),
            normalised: scores(|found| found.normalised),
            targets: Outcome::of(&risks)?,
        })
    };
    let methods: Option<Vec<AlignedSimilarity>> =
        METHODS.into_iter().enumerate().map(of_method).collect();
    Some((trials, methods?))
}

fn one(
    scenario: &Scenario,
    trial: usize,
    approaches: &[Approach],
) -> Option<Vec<(CovarianceSimilarity, Risks)>> {
    let trial = Trial::run(scenario, trial, approaches);
    let data = trial.training.moments();
    let targets = scenario.targets();
    let mean = |errors: &dyn Fn(usize) -> f64| {
        targets.iter().map(|&i| errors(i)).sum::<f64>() / targets.len().max(1) as f64
    };
    let single = mean(&|i| trial.alone[i].risk);
    let of_fit = |fit: &JointFit| {
        let similarity = similarity(&data, fit, scenario.pair())?;
        Some((similarity, Risks { single, multi: mean(&|i| fit.errors[i].risk) }))
    };
    trial.fits.iter().map(of_fit).collect()
}

/// The similarity of `RᵀHR` between two tasks.
fn similarity(data: &[Moments], fit: &JointFit, pair: [usize; 2]) -> Option<CovarianceSimilarity> {
    let spread = |i: usize| {
        let h = &*data[i].h;
        let aligned = fit.optimum.model.alignments.get(i).map(|r| r.transpose() * h * r);
        PrincipalSpread::of(aligned.as_ref().unwrap_or(h), KEPT_SHARE)
    };
    Some(spread(pair[0])?.similarity(&spread(pair[1])?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Preset;

    #[test]
    fn a_learned_alignment_hardly_moves_the_score_and_whitening_makes_the_rows_alike() {
        let mut draft = Preset::find("alignment").unwrap().scenario().unwrap().draft().clone();
        draft.trials = 6.0;
        let scenario = Scenario::check(draft).unwrap();
        let (trials, found) = compare(&scenario, &Cancel::new()).unwrap();
        assert_eq!((trials, found.len()), (6, METHODS.len()));
        let [joint, align, whiten] = [0, 1, 3].map(|i| &found[i]);
        assert!((align.score.mean - joint.score.mean).abs() < 0.02);
        assert!((whiten.normalised.mean - 1.0).abs() < 0.05);
        assert!(align.targets.gain.unwrap().mean > joint.targets.gain.unwrap().mean);
    }
}
