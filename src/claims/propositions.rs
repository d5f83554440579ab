//! Propositions 1 and 3: optima in closed form.

use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::math::stats::{self, Interval};
use crate::model::{LeastSquares, Objective, SharedModel, search};
use crate::study::Trial;
use crate::task::Moments;
use crate::transfer::proposition::{SharedRows, distance_from_alone};

pub(super) const PROPOSITION_1: PaperClaim = PaperClaim {
    id: "proposition-1",
    statement: "With as many units as tasks, nothing is transferred",
    source: "Proposition 1",
    setting: "preset capacity at widths 5 and 6: largest ‖BA_i − θ̂_i‖/‖θ̂_i‖",
    standing: Standing::Reproduced,
    trials: 24,
    measure: proposition_1,
};

pub(super) const PROPOSITION_3: PaperClaim = PaperClaim {
    id: "proposition-3",
    statement: "With one X, a rank-r approximation of the labels gives the optimum",
    source: "Proposition 3",
    setting: "random tasks on one X, d 6, k 5, r 1 to 4: relative excess of a search over the closed form",
    standing: Standing::Reproduced,
    trials: 20,
    measure: proposition_3,
};

fn largest(values: Vec<f64>) -> Interval {
    let most = values.into_iter().fold(0.0, f64::max);
    Interval { mean: most, low: most, high: most }
}

fn proposition_1(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for width in [5.0, 6.0] {
        let scenario = setting("capacity", &[("model.width", width)], trials)?;
        let distances: Option<Vec<f64>> = (0..trials)
            .into_par_iter()
            .map(|trial| (!cancel.is_cancelled()).then(|| Trial::own(&scenario, trial)))
            .map(|trial| {
                let trial = trial?;
                let alone = trial.training.alone.iter().map(|alone| alone.model.estimate(0));
                let model = &trial.fits[0].optimum.model;
                Some(distance_from_alone(&alone.collect::<Vec<_>>(), model))
            })
            .collect();
        let Some(distances) = distances else { return Ok(None) };
        let what = format!("largest distance at width {width}");
        checks.push(ClaimCheck::below(what, largest(distances), 1e-8).of(trials));
    }
    Ok(Some(checks))
}

fn proposition_3(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for width in 1..=4 {
        let gaps: Option<Vec<f64>> = (0..trials as u64)
            .into_par_iter()
            .map(|trial| if cancel.is_cancelled() { None } else { gap(trial, width) })
            .collect();
        let Some(gaps) = gaps else { return Ok(None) };
        checks.push(ClaimCheck {
            what: format!("mean excess of the search at r = {width}"),
            expected: Expectation::About { value: 0.0, half: 1e-6 },
            measured: stats::interval(&gaps),
            trials,
        });
    }
    Ok(Some(checks))
}

/// The relative excess of the best of many searches over the closed form.
fn gap(trial: u64, width: usize) -> Option<f64> {
    let seed = Seed::new(3).child("proposition 3", trial);
    let x = linalg::normal_matrix(30, 6, &mut seed.child("rows", 0).rng());
    let label = |i| linalg::normal_vector(30, &mut seed.child("labels", i).rng());
    let data: Vec<Moments> = (0..5).map(|i| Moments::of(&x, &label(i))).collect();
    let objective = LeastSquares { data, weights: vec![1.0, 2.0, 0.5, 1.0, 1.5] };
    let closed = SharedRows::of(&objective.data, &objective.weights, width)?.objective;
    let alone = crate::model::exact::single_task(&objective);
    let found: SharedModel =
        search::best_of_many(&objective, width, &alone, seed.child("search", 0)).model;
    Some(objective.loss(&found) / closed - 1.0)
}
