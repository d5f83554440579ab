//! Task weights from the singular value decomposition: as printed, and standardised.

use std::ops::Range;

use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::method::{Approach, Method, Weighting};
use crate::scenario::Scenario;
use crate::study::Trial;
use crate::transfer::{Outcome, Risks};

const NOISY: &str = "rank 3, ten tasks on one X, d 20, m 100, noise ×4 on five, width 3";

pub(super) const AS_PRINTED: PaperClaim = PaperClaim {
    id: "svd-as-printed",
    statement: "SVD weights (Algorithm 2) help",
    source: "section 2.4, Algorithm 2",
    setting: NOISY,
    standing: Standing::NotReproduced("on raw labels they hurt, because noise makes Xᵀy longer"),
    trials: 60,
    measure: |trials, cancel| {
        let parts = [
            part("clean tasks", 0..5, Expectation::Below(0.0)),
            part("all tasks", 0..10, Expectation::Below(0.0)),
        ];
        let schemes = [Weighting::Uniform, Weighting::SvdPrinted];
        compare("svd-weights", schemes, &parts, trials, cancel)
    },
};

pub(super) const STANDARDISED: PaperClaim = PaperClaim {
    id: "svd-standardised",
    statement: "SVD weights on labels of unit RMS help",
    source: "section 2.4, Algorithm 2, standardised",
    setting: NOISY,
    standing: Standing::OnlyIf(
        "the width is the rank of the θs; baseline: uniform weights, same scaled labels",
    ),
    trials: 60,
    measure: |trials, cancel| {
        let parts = [
            part("clean tasks", 0..5, Expectation::About { value: 0.20, half: 0.03 }),
            part("all tasks", 0..10, Expectation::About { value: 0.11, half: 0.03 }),
        ];
        let schemes = [Weighting::ByScale, Weighting::Svd];
        compare("svd-weights", schemes, &parts, trials, cancel)
    },
};

pub(super) const RANDOM_LABELS: PaperClaim = PaperClaim {
    id: "svd-random-labels",
    statement: "SVD weights help if a fifth of the labels of some tasks are random",
    source: "section 4.3, Figure 7",
    setting: "as svd-standardised, with random labels on five tasks instead of noise",
    standing: Standing::OnlyIf("2 to 4 % matter; baseline: uniform weights, same scaled labels"),
    trials: 120,
    measure: |trials, cancel| {
        let all = part("all tasks", 0..10, Expectation::About { value: 0.03, half: 0.015 });
        let schemes = [Weighting::ByScale, Weighting::Svd];
        compare("random-labels", schemes, &[all], trials, cancel)
    },
};

/// Some tasks, and the share of their error that a scheme should save.
struct Part {
    name: &'static str,
    tasks: Range<usize>,
    expected: Expectation,
}

fn part(name: &'static str, tasks: Range<usize>, expected: Expectation) -> Part {
    Part { name, tasks, expected }
}

/// The error `1 − cos²(θ̂, θ)` under the second scheme, compared with the first.
fn compare(
    preset: &str,
    schemes: [Weighting; 2],
    parts: &[Part],
    trials: usize,
    cancel: &Cancel,
) -> Measured {
    let scenario = setting(preset, &[], trials)?;
    let approaches = schemes.map(|weighting| Approach { weighting, method: Method::Joint });
    let errors: Option<Vec<[Vec<f64>; 2]>> = (0..trials)
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| (!cancel.is_cancelled()).then(|| errors(&scenario, trial, approaches)))
        .collect();
    let Some(errors) = errors else { return Ok(None) };
    let checks = parts.iter().map(|part| {
        let mean = |errors: &Vec<f64>| {
            errors[part.tasks.clone()].iter().sum::<f64>() / part.tasks.len() as f64
        };
        let pairs: Vec<Risks> = errors
            .iter()
            .map(|[first, second]| Risks { single: mean(first), multi: mean(second) })
            .collect();
        let outcome = Outcome::of(&pairs)?;
        let what = format!("error saved over {}, {}", schemes[0].name(), part.name);
        Some(ClaimCheck { what, expected: part.expected, measured: outcome.gain?, trials })
    });
    Ok(checks.collect())
}

fn errors(scenario: &Scenario, trial: usize, schemes: [Approach; 2]) -> [Vec<f64>; 2] {
    let trial = Trial::run(scenario, trial, &schemes);
    [0, 1].map(|scheme| {
        let model = &trial.fits[scheme].optimum.model;
        let tasks = trial.population.tasks.iter().enumerate();
        tasks
            .map(|(i, task)| {
                let estimate = model.estimate(i);
                let length = estimate.norm() * task.theta.norm();
                let cosine = if length > 0.0 { estimate.dot(&task.theta) / length } else { 0.0 };
                1.0 - cosine * cosine
            })
            .collect()
    })
}
