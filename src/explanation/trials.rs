//! Measurements over the first trials: the error that Theorem 2 bounds, and the similarity of the
//! tasks.

use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::explanation::landscape::labels_are_linear;
use crate::math::stats;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::study::training::Training;
use crate::study::weights_by_theory;
use crate::task::{Moments, Population};
use crate::transfer::bound::{Bound, relative_error};
use crate::transfer::similarity::{KEPT_SHARE, PrincipalSpread};

/// The largest number of trials used.
pub const TRIALS: usize = 40;
/// Trials for the first report.
const FEW: usize = 4;

/// Scores below this count as zero.
const ROUNDING: f64 = 1e-12;

/// A mean over trials or populations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// The mean; infinite if one of the values is.
    pub mean: f64,
    /// Half of its interval; `None` if nothing varies or there are fewer than two values.
    pub half: Option<f64>,
    /// Number of values.
    pub n: usize,
}

impl Average {
    /// Averages values; `None` if there are none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let half = (n > 1).then(|| stats::mean(values).half_width(n)).filter(|h| h.is_finite());
        (n > 0).then_some(Self { mean, half, n })
    }
}

/// Theorem 2's bound and the measured error, over the first trials.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundSample {
    /// The bound of every trial.
    pub bounds: Vec<Bound>,
    /// `‖B A − θ‖/‖θ‖` of the target at the exact optimum of joint training, per trial.
    pub errors: Vec<f64>,
    /// The same error for the target trained alone.
    pub alone: Vec<f64>,
    /// The number of source rows that the theorem requires, in order of magnitude, per trial.
    pub asked: Vec<f64>,
}

impl BoundSample {
    /// Collects trials of a scenario to which the theorem applies.
    pub(super) fn of(found: &[Reached]) -> Self {
        Self {
            bounds: found.iter().map(|one| one.bound).collect(),
            errors: found.iter().map(|one| one.error).collect(),
            alone: found.iter().map(|one| one.alone).collect(),
            asked: found.iter().map(|one| one.asked).collect(),
        }
    }

    /// Returns the mean of a part of the bound over all trials.
    pub fn part(&self, part: fn(&Bound) -> f64) -> Option<Average> {
        Average::of(&self.bounds.iter().map(part).collect::<Vec<_>>())
    }

    /// Returns the number of trials in which the condition `c < 1/3` holds.
    pub fn holding(&self) -> usize {
        self.bounds.iter().filter(|bound| bound.condition_holds()).count()
    }

    /// Returns the mean bound over the trials that have one.
    pub fn bound(&self) -> Option<Average> {
        Average::of(&self.bounds.iter().filter_map(|bound| bound.bound).collect::<Vec<_>>())
    }

    /// Returns the mean errors of joint and single-task training.
    pub fn error(&self) -> Option<[Average; 2]> {
        Some([Average::of(&self.errors)?, Average::of(&self.alone)?])
    }

    /// Returns the number of trials whose error is below their bound.
    pub fn below(&self) -> usize {
        let below = |(bound, error): &(&Bound, &f64)| bound.bound.is_some_and(|b| **error <= b);
        self.bounds.iter().zip(&self.errors).filter(below).count()
    }
}

/// Returns the reason why Theorem 2 does not apply to a scenario; `None` if it may apply.
pub fn outside_theorem_2(scenario: &Scenario) -> Option<&'static str> {
    let pair = scenario.tasks().len() == 2 && scenario.targets().len() == 1;
    if scenario.real().is_some() {
        Some("it is for Gaussian rows with a known θ")
    } else if !scenario.is_linear() || !labels_are_linear(scenario) {
        Some("it is for the linear model with squared loss and linear labels")
    } else if scenario.approach().method != Method::Joint {
        Some("it is for joint training without alignment")
    } else if !pair {
        Some("it is for one target and one source")
    } else if scenario.width() > 1 {
        Some("it is for one shared unit")
    } else if scenario.shares_rows() {
        Some("it is for a source with rows of its own")
    } else {
        None
    }
}

/// Similarity of the pair of tasks, over the first trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairSimilarity {
    /// Covariance similarity (eq. 5) of the populations: raw and normalised.
    pub population: [Average; 2],
    /// The same for the rows drawn, as in eq. 5.
    pub rows: [Average; 2],
    /// Raw score of the first population, and the self-scores of both tasks.
    pub first: [f64; 3],
    /// |cos| of the angle between both θs.
    pub theta: Average,
}

/// Results of the first trials.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Theorem 2's bound and the error, or the reason why the theorem does not apply.
    pub reach: Result<BoundSample, &'static str>,
    /// Similarity of the pair; `None` for a single task or a zero covariance.
    pub likeness: Option<PairSimilarity>,
}

/// Theorem 2's bound and the error in one trial.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    bound: Bound,
    error: f64,
    alone: f64,
    asked: f64,
}

impl Reached {
    /// Computes a trial of a scenario to which the theorem applies.
    pub(super) fn at(scenario: &Scenario, trial: usize) -> Self {
        Self::with_moments(scenario, &scenario.population(trial), trial).0
    }

    /// As [`Self::at`], also returning the moments of all tasks.
    fn with_moments(
        scenario: &Scenario,
        population: &Population,
        trial: usize,
    ) -> (Self, Vec<Moments>) {
        let pair = scenario.pair();
        let [one, other] = pair.map(|i| &population.tasks[i]);
        let training = Training::new(scenario, population, trial);
        let moments = training.moments();
        let weights =
            scenario.approach().weighting.weights(&crate::method::weighting::WeightingInput {
                data: &moments,
                manual: &scenario.manual_weights(),
                width: scenario.width(),
                fit: &|weights| training.losses(weights),
                best: &|knowledge| {
                    weights_by_theory::weights(scenario, population, &moments, knowledge)
                },
            });
        let joint = training.joint(weights).or_nothing();
        let bound = Bound::of(&moments[pair[0]], &other.theta, &one.theta);
        let found = Self {
            asked: bound.rows_asked(&other.covariance(), &moments[pair[0]]),
            bound,
            error: relative_error(&joint.model.estimate(pair[0]), &one.theta),
            alone: relative_error(&training.alone[pair[0]].model.estimate(0), &one.theta),
        };
        (found, moments)
    }
}

struct Look {
    reach: Option<Reached>,
    population: Option<[f64; 4]>,
    rows: Option<[f64; 4]>,
    theta: f64,
}

/// Runs the first trials of a scenario and publishes their results, first of a few, then of all.
/// `None` if cancelled.
pub(super) fn look(
    scenario: &Scenario,
    cancel: &Cancel,
    mut publish: impl FnMut(Shown),
) -> Option<()> {
    let most = scenario.trials().min(TRIALS);
    let mut looks: Vec<Look> = Vec::with_capacity(most);
    for until in [FEW.min(most), most] {
        let next: Option<Vec<Look>> = (looks.len()..until)
            .into_par_iter()
            .with_max_len(1)
            .map(|trial| (!cancel.is_cancelled()).then(|| Look::at(scenario, trial)))
            .collect();
        looks.extend(next?);
        publish(shown(scenario, &looks));
    }
    Some(())
}

impl Look {
    fn at(scenario: &Scenario, trial: usize) -> Self {
        let population = scenario.population(trial);
        let pair = scenario.pair();
        let [one, other] = pair.map(|i| &population.tasks[i]);
        let alike = |matrices: [&DMatrix<f64>; 2]| {
            let [one, other] = matrices.map(|h| PrincipalSpread::of(h, KEPT_SHARE));
            let (one, other) = (one?, other?);
            let found = one.similarity(&other);
            let scores = [found.score, found.normalised, one.self_score(), other.self_score()];
            Some(scores.map(|score| if score > ROUNDING { score } else { 0.0 }))
        };
        let theta =
            crate::transfer::similarity::model_similarity(&one.theta, &other.theta).unwrap_or(0.0);
        let spreads = alike([&one.covariance(), &other.covariance()]);
        if outside_theorem_2(scenario).is_some() {
            let data = scenario.data(&population, trial);
            let rows = alike(pair.map(|i| &*data[i].moments.h));
            return Self { reach: None, population: spreads, rows, theta };
        }
        let (reach, moments) = Reached::with_moments(scenario, &population, trial);
        let rows = alike(pair.map(|i| &*moments[i].h));
        Self { reach: Some(reach), population: spreads, rows, theta }
    }
}

fn shown(scenario: &Scenario, looks: &[Look]) -> Shown {
    let reach = match outside_theorem_2(scenario) {
        Some(reason) => Err(reason),
        None => {
            let found: Vec<_> = looks.iter().filter_map(|look| look.reach).collect();
            Ok(BoundSample::of(&found))
        }
    };
    Shown { reach, likeness: likeness(scenario, looks) }
}

fn likeness(scenario: &Scenario, looks: &[Look]) -> Option<PairSimilarity> {
    let [one, other] = scenario.pair();
    if one == other {
        return None;
    }
    let of = |part: &dyn Fn(&Look) -> Option<[f64; 4]>, place: usize, most: usize| {
        let values: Vec<f64> =
            looks.iter().take(most).filter_map(part).map(|found| found[place]).collect();
        Average::of(&values)
    };
    let populations = scenario.populations();
    let population = |look: &Look| look.population;
    let rows = |look: &Look| look.rows;
    let first = looks.first()?.population?;
    let thetas: Vec<f64> = looks.iter().take(populations).map(|look| look.theta).collect();
    Some(PairSimilarity {
        population: [of(&population, 0, populations)?, of(&population, 1, populations)?],
        rows: [of(&rows, 0, looks.len())?, of(&rows, 1, looks.len())?],
        first: [first[0], first[2], first[3]],
        theta: Average::of(&thetas)?,
    })
}
