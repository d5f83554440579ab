//! The theory line against simulation and tabulated predictions, and the cases without one.

use crate::support::common::{
    outcome, prediction, preset, random_task, risks_of_first, set, with_trials,
};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::math::stats;
use taskscope::scenario::{Preset, Scenario, knob};
use taskscope::study::prediction::{self, POPULATIONS, predict, theory_gap};
use taskscope::task::{Activation, Population, PopulationTask, Response};
use taskscope::transfer::theory::TheorySetting;
use taskscope::transfer::{Prediction, Theory};

const TRIALS: u64 = 300;

struct Case {
    d: usize,
    samples: [u64; 2],
    noise: [f64; 2],
    weights: [f64; 2],
    condition: f64,
    /// Cosine of the angle between the θs.
    cosine: f64,
}

impl Case {
    fn tasks(&self, seed: Seed) -> [PopulationTask; 2] {
        let first = random_task(self.d, self.condition, seed.child("task", 0));
        let mut second = random_task(self.d, self.condition, seed.child("task", 1));
        let across = &second.theta - &first.theta * first.theta.dot(&second.theta);
        let sine = (1.0 - self.cosine * self.cosine).sqrt();
        second.theta = &first.theta * self.cosine + across.normalize() * sine;
        [first, second]
    }

    /// Compares the prediction with the mean over trials, for both training methods.
    fn check(&self, seed: u64) {
        let seed = Seed::new(seed);
        let tasks = self.tasks(seed);
        let setting = TheorySetting {
            width: 1,
            samples: self.samples.map(|m| m as f64).to_vec(),
            noise: self.noise.to_vec(),
            weights: self.weights.to_vec(),
            scatter: Vec::new(),
        };
        let population = Population { tasks: tasks.to_vec() };
        let predicted = prediction::theory(&population).predict(&setting, 0).unwrap();
        let risks: Vec<_> = (0..TRIALS)
            .into_par_iter()
            .map(|trial| {
                let seed = seed.child("trial", trial);
                risks_of_first(&tasks, self.samples, self.noise, self.weights, seed)
            })
            .collect();
        let single = stats::mean(&risks.iter().map(|r| r.single).collect::<Vec<_>>());
        let multi = stats::mean(&risks.iter().map(|r| r.multi).collect::<Vec<_>>());
        for (predicted, measured, doubt) in
            [(predicted.single, single, 0.0), (predicted.multi, multi, predicted.doubt)]
        {
            let gap = (predicted - measured.mean).abs();
            assert!(
                gap <= 3.0 * measured.se + doubt && doubt <= 0.1 * measured.mean.max(single.mean),
                "predicted {predicted} ± {doubt}, measured {} ± {}",
                measured.mean,
                measured.se
            );
        }
    }
}

const PLAIN: Case = Case {
    d: 25,
    samples: [100, 100],
    noise: [1.0, 1.0],
    weights: [1.0, 1.0],
    condition: 5.0,
    cosine: 0.96,
};

/// The θs of data from files are fits to all rows: predicted from them, joint training has the error
/// that it has with the true θs.
#[test]
fn the_scatter_of_fitted_thetas_is_no_difference_between_tasks() {
    let d = 30;
    let rng = &mut Seed::new(21).rng();
    let truth = linalg::unit_vector(d, rng);
    let other = (&truth + 0.7 * linalg::unit_vector(d, rng)).normalize();
    let tasks = |thetas: [DVector<f64>; 2]| {
        let factor: std::sync::Arc<DMatrix<f64>> = DMatrix::identity(d, d).into();
        let of =
            |theta| PopulationTask { theta, factor: factor.clone(), response: Response::Linear };
        Population { tasks: thetas.map(of).to_vec() }
    };
    let (noise, rows) = (0.8_f64, 600.0);
    let exact = TheorySetting {
        width: 1,
        samples: vec![120.0, 300.0],
        noise: vec![noise; 2],
        weights: vec![1.0; 2],
        scatter: Vec::new(),
    };
    let fitted = TheorySetting { scatter: vec![noise * noise / rows; 2], ..exact.clone() };
    let multi = |thetas: [DVector<f64>; 2], setting: &TheorySetting| {
        prediction::theory(&tasks(thetas)).predict(setting, 0).unwrap().multi
    };
    let known = multi([truth.clone(), other.clone()], &exact);
    let (mut plain, mut corrected) = (0.0, 0.0);
    for _ in 0..40 {
        let thetas = [&truth, &other]
            .map(|theta| theta + linalg::normal_vector(d, rng) * (noise / rows.sqrt()));
        plain += multi(thetas.clone(), &exact) / 40.0;
        corrected += multi(thetas, &fitted) / 40.0;
    }
    assert!((corrected / known - 1.0).abs() < 0.04, "{corrected} {known}");
    assert!(plain / known > 1.08, "{plain} {known}");
}

#[test]
fn equal_tasks_with_few_target_rows_are_predicted() {
    Case { samples: [40, 400], cosine: 1.0, ..PLAIN }.check(1);
}

#[test]
fn similar_tasks_of_equal_size_are_predicted() {
    PLAIN.check(2);
}

#[test]
fn a_source_with_fewer_rows_than_features_is_predicted() {
    Case { samples: [100, 15], ..PLAIN }.check(3);
}

#[test]
fn a_source_with_very_many_rows_is_predicted() {
    Case { samples: [100, 1_000_000], condition: 30.0, ..PLAIN }.check(4);
}

#[test]
fn a_noisy_source_is_predicted() {
    Case { noise: [0.5, 4.0], samples: [60, 300], ..PLAIN }.check(5);
}

#[test]
fn tasks_weighted_by_size_are_predicted() {
    Case { samples: [50, 1000], weights: [1.0 / 50.0, 1.0 / 1000.0], cosine: 0.9, ..PLAIN }
        .check(6);
}

#[test]
fn opposed_tasks_are_predicted() {
    Case { samples: [80, 200], cosine: -0.98, d: 30, ..PLAIN }.check(7);
}

#[test]
fn a_target_without_noise_is_predicted() {
    Case { samples: [60, 200], noise: [0.0, 1.0], cosine: 0.9, ..PLAIN }.check(8);
}

#[test]
fn tasks_far_apart_are_predicted() {
    Case { samples: [60, 400], noise: [0.5, 0.5], condition: 2.0, cosine: 0.5, d: 20, ..PLAIN }
        .check(9);
}

#[test]
fn a_common_rotation_and_the_sign_of_one_task_change_no_prediction() {
    let [first, second] = PLAIN.tasks(Seed::new(10));
    let setting = TheorySetting {
        width: 1,
        samples: vec![90.0, 250.0],
        noise: vec![1.0, 0.5],
        weights: vec![1.0, 2.0],
        scatter: Vec::new(),
    };
    let q = linalg::orthonormal(25, &mut Seed::new(11).rng());
    let gain = |factors: [_; 2], thetas: [_; 2]| {
        let tasks = factors
            .into_iter()
            .zip(thetas)
            .map(|(factor, theta)| PopulationTask { theta, factor, response: Response::Linear })
            .collect();
        prediction::theory(&Population { tasks }).predict(&setting, 0).unwrap().gain
    };
    let here = gain(
        [first.factor.clone(), second.factor.clone()],
        [first.theta.clone(), second.theta.clone()],
    );
    let turned = gain(
        [(&*first.factor * &q).into(), (&*second.factor * &q).into()],
        [q.transpose() * &first.theta, q.transpose() * &second.theta],
    );
    let opposed =
        gain([first.factor.clone(), second.factor.clone()], [first.theta.clone(), -&second.theta]);
    assert!((here - turned).abs() < 1e-9);
    assert!((here - opposed).abs() < 1e-9);
}

#[test]
fn the_gain_along_the_angle_is_the_tabulated_one() {
    let scenario = preset("two-tasks");
    let table = [
        (0.0, 0.93, 0.02),
        (15.0, 0.72, 0.02),
        (25.0, 0.35, 0.02),
        (30.0, 0.11, 0.02),
        (35.0, -0.17, 0.02),
        (45.0, -0.79, 0.02),
        (60.0, -1.8, 0.05),
        (90.0, -2.9, 0.05),
        (150.0, 0.11, 0.02),
        (180.0, 0.93, 0.02),
    ];
    for (angle, expected, tolerance) in table {
        let gain = prediction(&set(&scenario, "source.angle", angle)).gain;
        assert!((gain - expected).abs() <= tolerance, "{angle}°: {gain} instead of {expected}");
    }
}

/// The mean gain predicted over all populations drawn in the trials of a scenario. In
/// `turning-data` their gains have a standard deviation of up to 0.055, so 20 are too few.
fn gain_over_all_populations(scenario: &Scenario) -> f64 {
    let setting = prediction::setting(scenario);
    let predictions: Vec<Prediction> = (0..scenario.trials())
        .into_par_iter()
        .map(|trial| {
            prediction::theory(&scenario.population(trial))
                .predict(&setting, scenario.targets()[0])
                .unwrap()
        })
        .collect();
    Prediction::average(&predictions).unwrap().gain
}

#[test]
fn the_gain_along_the_turning_data_is_the_tabulated_and_the_measured_one() {
    let scenario = with_trials(&preset("turning-data"), 80);
    let table = [
        (0.0, 0.19),
        (10.0, 0.11),
        (15.0, 0.04),
        (20.0, -0.02),
        (30.0, -0.11),
        (45.0, -0.16),
        (60.0, -0.17),
        (90.0, -0.16),
    ];
    for (angle, expected) in table {
        let here = set(&scenario, "source.rotation", angle);
        let gain = gain_over_all_populations(&here);
        assert!((gain - expected).abs() <= 0.03, "{angle}°: {gain} instead of {expected}");
        let few = prediction(&here).gain;
        assert!((gain - few).abs() <= 0.03, "{angle}°: {gain}, but {few} over few populations");
        let measured = outcome(&here).gain.unwrap();
        assert!(
            measured.low < gain && gain < measured.high,
            "{angle}°: {gain} outside {measured:?}"
        );
    }
}

#[test]
fn no_theory_is_offered_where_the_target_alone_has_no_expected_risk() {
    let scenario = preset("two-tasks");
    for (rows, offered) in [(18.0, true), (19.0, false), (20.0, false), (21.0, false), (22.0, true)]
    {
        let here = set(&scenario, "target.samples", rows);
        assert_eq!(theory_gap(&here).is_none(), offered, "{rows} rows");
        assert_eq!(predict(&here, POPULATIONS).is_ok(), offered, "{rows} rows");
    }
}

#[test]
fn a_target_with_fewer_rows_than_features_is_predicted() {
    let scenario = with_trials(&preset("two-tasks"), 400);
    for (rows, angle) in [(10.0, 15.0), (10.0, 30.0), (15.0, 15.0), (15.0, 45.0)] {
        let here = set(&set(&scenario, "target.samples", rows), "source.angle", angle);
        let (predicted, measured) = (predict(&here, 20).unwrap(), outcome(&here));
        let gap = (predicted.gain - measured.gain.unwrap().mean).abs();
        let allowed = predicted.margin.hypot(measured.gain.unwrap().half_width());
        assert!(gap <= allowed, "{rows} rows, {angle}°: {predicted:?} {:?}", measured.gain);
        let gap = (predicted.single - measured.single.mean).abs();
        assert!(gap <= 3.0 * measured.single.se, "{rows} rows: {predicted:?}");
    }
}

#[test]
fn no_theory_is_offered_if_all_rows_together_hardly_suffice() {
    let few = set(&preset("two-tasks"), "target.samples", 12.0);
    let rows = |rows| predict(&set(&few, "source.samples", rows), 4);
    assert!(rows(20.0).is_err_and(|why| why.contains("more rows in all")));
    assert!(rows(60.0).is_ok());
}

/// Theorem 1 of Yang, Zhang, Wu, Ré & Su (arXiv 2010.11750): the variance of pooled least squares
/// under covariate shift, for the second task.
#[test]
fn equal_heads_give_the_theorem_of_yang_and_others_on_covariate_shift() {
    let (d, m) = (30, [70.0, 50.0]);
    let tasks = PLAIN.tasks(Seed::new(12));
    let shift = DVector::from_fn(d, |i, _| 0.2 + 0.3 * i as f64);
    let covariances = [DMatrix::from_diagonal(&shift), DMatrix::identity(d, d)];
    let theta = DVector::from_fn(d, |i, _| tasks[0].theta[i % 25]);
    let theory = Theory::new(&covariances, &[theta.clone(), theta]);
    let setting = TheorySetting {
        width: 1,
        samples: m.to_vec(),
        noise: vec![0.7; 2],
        weights: vec![1.0; 2],
        scatter: Vec::new(),
    };
    let point = theory.at(&setting, &DMatrix::from_element(2, 1, 1.0));
    let n = m[0] + m[1];
    let left = 1.0 - d as f64 / n;
    let second =
        |a: f64| a + shift.iter().map(|s| s * a / (s * a + left - a)).sum::<f64>() / n - m[0] / n;
    let (mut low, mut high) = (0.0, left);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if second(middle) < 0.0 { low = middle } else { high = middle }
    }
    let a = [low, left - low];
    for i in 0..2 {
        let share = m[i] / (n * (1.0 + point.delta[i]));
        assert!((share - a[i]).abs() < 1e-9, "{share} instead of {}", a[i]);
    }
    let variance = 0.49 / n * shift.iter().map(|s| 1.0 / (s * a[0] + a[1])).sum::<f64>();
    assert!((point.variance[1] - variance).abs() < 1e-9 * variance);
    assert!(point.bias[1] < 1e-20);
}

#[test]
fn equal_heads_and_rows_give_the_error_of_pooled_least_squares() {
    let [first, second] = Case { cosine: 0.8, ..PLAIN }.tasks(Seed::new(13));
    let sigma = first.covariance();
    let gap = &first.theta - &second.theta;
    let apart = gap.dot(&(&sigma * &gap));
    let theory = Theory::new(&[sigma.clone(), sigma], &[first.theta, second.theta]);
    let setting = TheorySetting {
        width: 1,
        samples: vec![40.0, 90.0],
        noise: vec![0.6; 2],
        weights: vec![1.0; 2],
        scatter: Vec::new(),
    };
    let point = theory.at(&setting, &DMatrix::from_element(2, 1, 1.0));
    let (d, n) = (25.0, 130.0);
    let bias = apart * (90.0_f64.powi(2) * (n - d) + d * 40.0 * 90.0) / (n * n * (n - d));
    let risk = 0.36 * d / (n - d) + bias;
    assert!((point.bias[0] + point.variance[0] - risk).abs() < 1e-9 * risk);
}

#[test]
fn no_theory_is_offered_where_nothing_need_be_shared() {
    let scenario = preset("two-tasks");
    assert_eq!(theory_gap(&scenario), None);
    for width in [2.0, 3.0] {
        let wide = set(&scenario, "model.width", width);
        assert!(theory_gap(&wide).is_some());
        assert!(predict(&wide, POPULATIONS).is_err());
    }
}

/// The trials take most of its half second.
#[test]
fn a_shared_module_of_several_units_is_predicted() {
    let five = with_trials(&preset("capacity"), 60);
    let many = set(&five, "task.samples", 200.0);
    let unlike = set(&set(&many, "data.spread", 0.3), "task.noise", 0.2);
    for (scenario, helps) in [(five, true), (many, true), (unlike, false)] {
        assert_eq!(scenario.width(), 2);
        let predicted = predict(&scenario, 60).unwrap();
        let measured = outcome(&scenario).multi;
        let gap = (predicted.multi - measured.mean).abs();
        assert!(gap <= predicted.doubt + 3.0 * measured.se, "{predicted:?} {measured:?}");
        assert_eq!(predicted.gain > 0.0, helps, "{predicted:?}");
    }
}

#[test]
fn no_theory_is_offered_where_several_units_can_fit_all_rows() {
    let scenario = set(&with_trials(&preset("capacity"), 4), "model.width", 4.0);
    let few = set(&scenario, "task.samples", 16.0);
    assert!(predict(&few, 4).is_err_and(|why| why.contains("more rows")));
}

#[test]
fn the_theory_is_withheld_below_ten_rows_of_the_source() {
    let rows = |rows| predict(&set(&preset("two-tasks"), "source.samples", rows), 20);
    assert!(rows(9.0).is_err_and(|why| why.contains("few rows")));
    assert!(rows(10.0).unwrap().gain.is_finite());
}

#[test]
fn theory_is_offered_where_it_agrees_with_simulation_and_withheld_where_it_does_not() {
    let scenario = with_trials(&preset("two-tasks"), 100);
    let by_size = set(&scenario, "model.weights", 1.0);
    let loud = set(&set(&scenario, "source.condition", 30.0), "source.rotation", 90.0);
    let noisy = set(&scenario, "target.noise", 30.0);
    let cases = [
        (set(&scenario, "source.angle", 90.0), true),
        (set(&by_size, "source.angle", 60.0), true),
        (set(&by_size, "source.angle", 90.0), false),
        (set(&scenario, "source.samples", 10.0), true),
        (set(&scenario, "source.noise", 3.0), true),
        (set(&scenario, "source.noise", 1e6), false),
        (set(&noisy, "source.noise", 30.0), false),
        (set(&set(&loud, "target.noise", 3.0), "source.noise", 3.0), true),
    ];
    for (here, offered) in cases {
        let predicted = predict(&here, 20);
        assert_eq!(predicted.is_ok(), offered, "{predicted:?}");
        let Ok(predicted) = predicted else { continue };
        let measured = outcome(&here).multi;
        let gap = (predicted.multi - measured.mean).abs();
        assert!(gap <= predicted.doubt + 3.0 * measured.se, "{predicted:?} {measured:?}");
    }
}

#[test]
fn theory_is_withheld_for_a_reason_in_words() {
    let scenario = set(&preset("two-tasks"), "source.noise", 1e6);
    let reason = predict(&scenario, POPULATIONS).unwrap_err();
    assert!(reason.contains("too little information"), "{reason}");
}

#[test]
fn variance_saved_less_bias_added_is_the_gain() {
    for name in ["two-tasks", "turning-data", "fig3-task3"] {
        let predicted = prediction(&preset(name));
        let sum = predicted.variance_saved() - predicted.bias_added();
        assert!((sum - predicted.gain).abs() < 1e-12);
        assert!(predicted.bias >= 0.0 && predicted.variance >= 0.0 && predicted.margin > 0.0);
    }
}

#[test]
fn a_target_too_noisy_to_gain_is_promised_no_gain() {
    for (changes, always) in [
        (&["target.noise=100"][..], true),
        (&["target.samples=24", "target.noise=10"], false),
        (&["target.samples=22", "target.noise=20"], false),
    ] {
        let mut draft = Preset::find("two-tasks").unwrap().scenario().unwrap().draft().clone();
        changes.iter().for_each(|change| knob::assign(&mut draft, change).unwrap());
        match predict(&Scenario::check(draft).unwrap(), 4) {
            Ok(found) => assert!(found.gain.abs() < 0.02, "{changes:?}: {found:?}"),
            Err(why) => assert!(!always && why.contains("too little information"), "{why}"),
        }
    }
}

#[test]
fn one_relu_unit_gains_what_a_linear_unit_gains_with_half_of_the_rows() {
    let measured = [
        ("relu-turned", 20.0, -0.38, 0.08),
        ("relu-turned", 1000.0, 0.19, 0.08),
        ("relu-same", 200.0, 0.29, 0.06),
    ];
    for (name, rows, gain, within) in measured {
        let scenario = set(&preset(name), "source.samples", rows);
        let relu = predict(&scenario, 10).unwrap();
        assert!((relu.gain - gain).abs() < within, "{name}, {rows} rows: {}", relu.gain);
        assert!(relu.margin > 0.0);
        let mut draft = scenario.draft().clone();
        draft.model.activation = Activation::Linear;
        let linear = Scenario::check(draft).unwrap();
        let half = set(&set(&linear, "source.samples", 0.5 * rows), "target.samples", 200.0);
        let half = predict(&half, 10).unwrap();
        assert!((1.0..1.1).contains(&(2.0 * relu.single / half.single)), "{name}");
        assert!((1.0..1.1).contains(&(2.0 * relu.variance / half.variance)), "{name}");
        assert!((0.8..1.01).contains(&(2.0 * relu.bias / half.bias)), "{name}: {}", relu.bias);
    }
}

#[test]
fn relu_has_no_prediction_where_half_of_the_rows_is_not_all_that_differs() {
    let start = preset("relu-turned");
    let why = |knob: &str, value: f64| predict(&set(&start, knob, value), 4).unwrap_err();
    assert!(why("source.angle", 80.0).contains("about the same rows"));
    assert!(why("target.samples", 190.0).contains("four rows"));
    assert!(why("target.noise", 100.0).contains("less noise"));
    assert!(why("model.width", 2.0).contains("one unit"));
    assert!(why("source.random", 0.2).contains("random labels"));
}
