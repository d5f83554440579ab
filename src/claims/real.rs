//! Section 4 of the paper on the real tasks that come with the program, not on its own data sets.

use nalgebra::DVector;
use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, Expectation, fixed, gain};
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::error::Invalid;
use crate::math::stats::Interval;
use crate::method::{Approach, Method, Weighting};
use crate::scenario::Scenario;
use crate::study::Trial;
use crate::study::agreement::{ProxyAgreement, agreements};
use crate::study::fit::Errors;
use crate::transfer::proposition::distance_from_alone;
use crate::transfer::similarity::{KEPT_SHARE, PrincipalSpread};
use crate::transfer::{Outcome, Risks};

pub(super) const FEW_ROWS: PaperClaim = PaperClaim {
    id: "real-few-rows",
    statement: "Related real tasks help each other",
    source: "section 4 (GLUE, +2.35 % on average); our tasks",
    setting: "preset ratings: mood of tweets, with 400 rows of each other kind of text, d 32",
    standing: Standing::OnlyIf(
        "the target has few rows and the module is wide enough; baseline: tuned ridge alone",
    ),
    trials: 30,
    measure: few_rows,
};

pub(super) const SIMILARITY: PaperClaim = PaperClaim {
    id: "real-similarity",
    statement: "Covariance similarity tells which real tasks help each other",
    source: "eq. 5; our tasks",
    setting: "preset ratings: all pairs, 100 rows of tweets, 400 of the others, width 1",
    standing: Standing::NotReproduced(
        "pairs with similar rows do not gain more; four tasks are few",
    ),
    trials: 25,
    measure: similarity,
};

pub(super) const RANDOM_LABELS: PaperClaim = PaperClaim {
    id: "real-random-labels",
    statement: "SVD weights protect real tasks from others with random labels",
    source: "section 4.3, Figure 7 (chest X-rays, +2.4 % AUC); our tasks",
    setting: "preset digits-noisy: ten digits on one X, d 24, a fifth of the labels of four random, width 5",
    standing: Standing::OnlyIf(
        "the baseline is joint training with uniform weights: training alone is better still",
    ),
    trials: 12,
    measure: random_labels,
};

pub(super) const TRANSFER: PaperClaim = PaperClaim {
    id: "real-transfer",
    statement: "Alignment improves transfer learning between real texts",
    source: "section 4, Algorithm 1 (sentiment, 13 of 15 pairs); our tasks",
    setting: "preset ratings-transfer and all ordered pairs of ratings: module of 1,000 source rows, 50 rows of the target, width 1",
    standing: Standing::Reproduced,
    trials: 20,
    measure: transfer,
};

pub(super) const WIDTH: PaperClaim = PaperClaim {
    id: "real-width",
    statement: "With as many units as real tasks, nothing is transferred",
    source: "Proposition 1; our tasks",
    setting: "presets ratings at width 4 and digits at width 10: largest ‖BA_i − θ̂_i‖/‖θ̂_i‖",
    standing: Standing::Reproduced,
    trials: 20,
    measure: width,
};

/// Rows of the tweets and width with the gain to expect, measured with 400 trials of seed 2.
const ROWS: [(f64, f64, f64, f64); 5] = [
    (30.0, 2.0, 0.137, 0.010),
    (150.0, 2.0, 0.033, 0.004),
    (800.0, 2.0, 0.001, 0.0012),
    (150.0, 1.0, -0.029, 0.006),
    (800.0, 1.0, -0.039, 0.003),
];

fn few_rows(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (rows, width, value, half) in ROWS {
        let knobs = [("tweets.samples", rows), ("model.width", width)];
        let scenario = setting("ratings", &knobs, trials)?;
        let what = format!("gain of tweets with {rows} rows, width {width}");
        let expected = Expectation::About { value, half };
        let Some(check) = gain(what, &scenario, expected, cancel)? else { return Ok(None) };
        checks.push(check);
    }
    let pair = setting("ratings-pair", &[], trials)?;
    let expected = Expectation::Below(0.0);
    let check = gain("gain of editorials with movie reviews, width 1", &pair, expected, cancel)?;
    Ok(check.map(|check| {
        checks.push(check);
        checks
    }))
}

/// Kendall's τ of normalised similarity and gain over all ordered pairs, and its p-value.
fn similarity(trials: usize, cancel: &Cancel) -> Measured {
    let knobs = [("tweets.samples", 100.0), ("model.width", 1.0)];
    let scenario = setting("ratings", &knobs, trials)?;
    let k = scenario.tasks().len();
    let ordered = || (0..k).flat_map(move |a| (0..k).filter(move |&b| b != a).map(move |b| (a, b)));
    let Some(found) = pairs(&scenario, ordered(), cancel)? else { return Ok(None) };
    let (gains, scores): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let Some(Some(ProxyAgreement { tau, chance, .. })) =
        agreements(k, &gains, &[scores]).into_iter().next()
    else {
        return Ok(None);
    };
    Ok(Some(vec![
        ClaimCheck::below("Kendall's τ of similarity and gain", tau, 0.3).of(trials),
        ClaimCheck::above("share of relabellings with |τ| as large", fixed(chance), 0.05)
            .of(trials),
    ]))
}

/// For every trial, the risks of the first task of a pair and the similarity of both.
type PairTrials = (Vec<Risks>, Vec<f64>);

fn pairs(
    scenario: &Scenario,
    ordered: impl Iterator<Item = (usize, usize)>,
    cancel: &Cancel,
) -> Result<Option<Vec<PairTrials>>, Invalid> {
    let scenarios =
        ordered.map(|(a, b)| scenario.with_partner(a, b)).collect::<Result<Vec<_>, _>>()?;
    let of_pair = |scenario: &Scenario| {
        let trials = (0..scenario.trials()).into_par_iter().with_max_len(1);
        trials
            .map(|trial| {
                if cancel.is_cancelled() {
                    return None;
                }
                let trial = Trial::own(scenario, trial);
                let target = scenario.targets()[0];
                let spread =
                    |i: usize| PrincipalSpread::of(&trial.training.data[i].moments.h, KEPT_SHARE);
                let score = spread(target)?.similarity(&spread(1 - target)?).normalised;
                let risks = Risks {
                    single: trial.alone[target].risk,
                    multi: trial.fits[0].errors[target].risk,
                };
                Some((risks, score))
            })
            .collect::<Option<Vec<_>>>()
            .map(|found| found.into_iter().unzip())
    };
    Ok(scenarios.iter().map(of_pair).collect())
}

/// The shares saved were measured with 240 trials of seed 2.
fn random_labels(trials: usize, cancel: &Cancel) -> Measured {
    let scenario = setting("digits-noisy", &[], trials)?;
    let schemes = [Weighting::Svd, Weighting::Uniform, Weighting::ByScale];
    let approaches = schemes.map(|weighting| Approach { weighting, method: Method::Joint });
    let errors: Option<Vec<[f64; 4]>> = (0..trials)
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| {
            (!cancel.is_cancelled()).then(|| {
                let trial = Trial::run(&scenario, trial, &approaches);
                let [svd, uniform, scale] =
                    [0, 1, 2].map(|i| clean(&scenario, &trial.fits[i].errors));
                [svd, uniform, scale, clean(&scenario, &trial.alone)]
            })
        })
        .collect();
    let Some(errors) = errors else { return Ok(None) };
    let saved = |over: usize| {
        let risks: Vec<Risks> =
            errors.iter().map(|e| Risks { single: e[over], multi: e[0] }).collect();
        Outcome::of(&risks)?.gain
    };
    let expected = [
        ("uniform", Expectation::About { value: 0.21, half: 0.02 }),
        ("by-scale", Expectation::About { value: 0.03, half: 0.02 }),
        ("training alone", Expectation::Below(0.0)),
    ];
    let check = |(i, (name, expected)): (usize, (&str, Expectation))| {
        let what = format!("error saved over {name}, clean digits");
        Some(ClaimCheck { what, expected, measured: saved(i + 1)?, trials })
    };
    Ok(expected.into_iter().enumerate().map(check).collect())
}

/// The mean error of the targets, whose labels are not random.
fn clean(scenario: &Scenario, errors: &[Errors]) -> f64 {
    let targets = scenario.targets();
    targets.iter().map(|&task| errors[task].risk).sum::<f64>() / targets.len() as f64
}

/// The gains of the preset were measured with 400 trials of seed 2.
fn transfer(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (method, value, half) in
        [(Method::PretrainAlign, 0.047, 0.002), (Method::Pretrain, -0.009, 0.005)]
    {
        let knobs = [("model.method", method.index() as f64)];
        let scenario = setting("ratings-transfer", &knobs, trials)?;
        let what = format!("gain of editorials, {}", method.name());
        let expected = Expectation::About { value, half };
        let Some(check) = gain(what, &scenario, expected, cancel)? else { return Ok(None) };
        checks.push(check);
    }
    let names = ["tweets", "amazon", "movie", "nyt"];
    let pairs = names.iter().flat_map(|a| names.iter().map(move |b| (*a, *b)));
    let mut better = 0.0;
    for (target, source) in pairs.filter(|(target, source)| target != source) {
        let Some(gain) = over_pretraining(target, source, trials, cancel)? else { return Ok(None) };
        better += f64::from(u8::from(gain.is_positive()));
    }
    let what = "ordered pairs of 12 in which alignment improves pretraining";
    checks.push(ClaimCheck::above(what, fixed(better), 10.5).of(trials));
    Ok(Some(checks))
}

/// The share of the error of a pretrained target that alignment saves; `None` if cancelled.
fn over_pretraining(
    target: &str,
    source: &str,
    trials: usize,
    cancel: &Cancel,
) -> Result<Option<Interval>, Invalid> {
    let [few, many] = [target, source].map(|name| format!("{name}.samples"));
    let knobs = [(few.as_str(), 50.0), (many.as_str(), 1000.0), ("model.width", 1.0)];
    let scenario = setting("ratings", &knobs, trials)?;
    let place = |name: &str| scenario.tasks().iter().position(|task| task.name == name);
    let (Some(a), Some(b)) = (place(target), place(source)) else { return Ok(None) };
    let pair = scenario.with_partner(a, b)?;
    let approaches = [Method::Pretrain, Method::PretrainAlign]
        .map(|method| Approach { weighting: Weighting::Uniform, method });
    let risks: Option<Vec<Risks>> = (0..trials)
        .into_par_iter()
        .with_max_len(1)
        .map(|trial| {
            (!cancel.is_cancelled()).then(|| {
                let own = pair.targets()[0];
                let trial = Trial::run(&pair, trial, &approaches);
                let [plain, aligned] = [0, 1].map(|i: usize| trial.fits[i].errors[own].risk);
                Risks { single: plain, multi: aligned }
            })
        })
        .collect();
    Ok(risks.and_then(|risks| Outcome::of(&risks)?.gain))
}

fn width(trials: usize, cancel: &Cancel) -> Measured {
    let mut checks = Vec::new();
    for (preset, width) in [("ratings", 4.0), ("digits", 10.0)] {
        let scenario = setting(preset, &[("model.width", width)], trials)?;
        let mut most = 0.0;
        for trial in 0..trials {
            if cancel.is_cancelled() {
                return Ok(None);
            }
            let trial = Trial::own(&scenario, trial);
            let alone = trial.training.alone.iter().map(|alone| alone.model.estimate(0));
            let alone: Vec<DVector<f64>> = alone.collect();
            most = f64::max(most, distance_from_alone(&alone, &trial.fits[0].optimum.model));
        }
        let what = format!("largest distance, {preset} at width {width}");
        checks.push(ClaimCheck::below(what, fixed(most), 1e-8).of(trials));
    }
    Ok(Some(checks))
}
