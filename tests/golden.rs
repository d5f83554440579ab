//! Agreement with vectors computed by an independent NumPy reference, `tests/golden/SCHEMA.md`.
//! `TASKSCOPE_GOLDEN=DIR` reads them from another folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::PathBuf;

use common::{difference, matrix_difference, vector_difference};
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use taskscope::method::alignment::whitening;
use taskscope::method::weighting::svd;
use taskscope::model::{LeastSquares, Objective, OnRows, SharedModel, exact};
use taskscope::task::{Activation, Moments, PopulationTask, Predictor, Response, Rows};
use taskscope::transfer::Theory;
use taskscope::transfer::theory::{Point, Setting};

struct Golden {
    file: &'static str,
    json: Value,
}

impl Golden {
    fn read(file: &'static str) -> Self {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
        let folder = std::env::var_os("TASKSCOPE_GOLDEN").unwrap_or_else(|| beside.into());
        let path = PathBuf::from(folder).join(file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { file, json: serde_json::from_str(&text).unwrap() }
    }

    fn tolerance(&self, name: &str) -> f64 {
        self.json[name].as_f64().unwrap_or_else(|| panic!("{}: no {name}", self.file))
    }

    /// Checks the cases to which `applies`, of which there must be some.
    fn check(&self, applies: impl Fn(&Value) -> bool, check: impl Fn(&Value)) {
        let cases: Vec<&Value> =
            self.json["cases"].as_array().unwrap().iter().filter(|case| applies(case)).collect();
        assert!(!cases.is_empty(), "{}: nothing to check", self.file);
        cases.into_iter().for_each(check);
    }
}

fn list(json: &Value) -> &[Value] {
    json.as_array().unwrap_or_else(|| panic!("not a list: {json}"))
}

fn number(json: &Value) -> f64 {
    json.as_f64().unwrap_or_else(|| panic!("not a number: {json}"))
}

fn numbers(json: &Value) -> Vec<f64> {
    list(json).iter().map(number).collect()
}

fn pair(json: &Value) -> [f64; 2] {
    numbers(json).try_into().unwrap()
}

fn vector(json: &Value) -> DVector<f64> {
    DVector::from_vec(numbers(json))
}

fn vectors(json: &Value) -> Vec<DVector<f64>> {
    list(json).iter().map(vector).collect()
}

fn matrix(json: &Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = list(json).iter().map(numbers).collect();
    DMatrix::from_row_iterator(rows.len(), rows[0].len(), rows.into_iter().flatten())
}

fn matrices(json: &Value) -> Vec<DMatrix<f64>> {
    list(json).iter().map(matrix).collect()
}

fn objective(case: &Value) -> LeastSquares {
    let rows = matrices(&case["X"]).into_iter().zip(vectors(&case["y"]));
    LeastSquares {
        data: rows.map(|(x, y)| Moments::of(&x, &y)).collect(),
        weights: numbers(&case["alpha"]),
    }
}

fn close(what: &str, found: f64, expected: f64, tolerance: f64) {
    let gap = difference(&[found], &[expected], f64::MIN_POSITIVE);
    assert!(gap <= tolerance, "{what}: {found} instead of {expected}");
}

#[test]
fn single_task_solutions_of_any_rank_agree() {
    let golden = Golden::read("stl.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |_| true,
        |case| {
            let (x, y) = (matrix(&case["X"]), vector(&case["y"]));
            let data = Moments::of(&x, &y);
            let theta = data.least_squares();
            let gap = vector_difference(&theta, &vector(&case["expected"]["theta"]));
            assert!(gap <= tolerance, "{}: θ is off by {gap}", case["name"]);
            let rss = number(&case["expected"]["rss"]);
            for found in [data.loss(&theta), (&x * &theta - &y).norm_squared()] {
                let gap = (found - rss).abs() / y.norm_squared();
                assert!(gap <= tolerance, "{}: residuals {found}, not {rss}", case["name"]);
            }
        },
    );
}

fn rows(case: &Value) -> Vec<Rows> {
    let pairs = matrices(&case["X"]).into_iter().zip(vectors(&case["y"]));
    pairs.map(|(x, y)| Rows { x, y }).collect()
}

fn on_rows(case: &Value) -> OnRows {
    let named = |what: &str| serde_json::from_value(case[what].clone()).unwrap();
    OnRows {
        data: rows(case),
        weights: numbers(&case["alpha"]),
        activation: named("activation"),
        loss: serde_json::from_value(case["loss_kind"].clone()).unwrap(),
    }
}

fn check_gradient(objective: &dyn Objective, case: &Value, tolerance: f64) {
    let expected = &case["expected"];
    let mut model = SharedModel::new(matrix(&case["B"]), vectors(&case["A"]));
    if !case["R"].is_null() {
        model.alignments = matrices(&case["R"]);
    }
    let (loss, gradient) = objective.gradient(&model);
    close("loss", loss, number(&expected["loss"]), tolerance);
    close("loss alone", objective.loss(&model), number(&expected["loss"]), tolerance);
    let losses = numbers(&expected["task_losses_unweighted"]);
    for (found, expected) in objective.task_losses(&model).into_iter().zip(losses) {
        close("task loss", found, expected, tolerance);
    }
    assert!(matrix_difference(&gradient.module, &matrix(&expected["grad_B"])) <= tolerance);
    let heads = vectors(&expected["grad_A"]);
    assert_eq!(gradient.heads.len(), heads.len());
    for (found, expected) in gradient.heads.iter().zip(&heads) {
        assert!(vector_difference(found, expected) <= tolerance);
    }
    let alignments = if case["R"].is_null() { Vec::new() } else { matrices(&expected["grad_R"]) };
    assert_eq!(gradient.alignments.len(), alignments.len());
    for (found, expected) in gradient.alignments.iter().zip(&alignments) {
        assert!(matrix_difference(found, expected) <= tolerance);
    }
}

#[test]
fn losses_and_gradients_of_every_model_agree() {
    let golden = Golden::read("loss_gradients.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(|_| true, |case| check_gradient(&on_rows(case), case, tolerance));
}

#[test]
fn losses_and_gradients_of_the_linear_model_agree_on_moments() {
    let golden = Golden::read("loss_gradients.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |case| case["activation"] == "linear" && case["loss_kind"] == "squared",
        |case| check_gradient(&objective(case), case, tolerance),
    );
}

#[test]
fn the_optimum_of_two_tasks_that_share_one_unit_agrees() {
    let golden = Golden::read("mtl_optimum.json");
    let of_objective = golden.tolerance("tolerance_rel_objective");
    let of_theta = golden.tolerance("tolerance_theta");
    golden.check(
        |case| case["k"] == 2 && case["r"] == 1,
        |case| {
            let (objective, expected) = (objective(case), &case["expected"]);
            let alone = exact::single_task(&objective);
            let single = SharedModel::new(
                DMatrix::from_columns(&alone),
                vec![DVector::from_vec(vec![1.0, 0.0]), DVector::from_vec(vec![0.0, 1.0])],
            );
            close(
                "alone",
                objective.loss(&single),
                number(&expected["stl_objective"]),
                of_objective,
            );
            let joint = exact::optimum(&objective, 1, &alone);
            close(
                "objective",
                objective.loss(&joint),
                number(&expected["objective"]),
                of_objective,
            );
            for (i, theta) in vectors(&expected["theta_mtl"]).iter().enumerate() {
                assert!(vector_difference(&joint.estimate(i), theta) <= of_theta);
            }
            let unit = joint.module.column(0).normalize();
            let projector = &unit * unit.transpose();
            assert!(matrix_difference(&projector, &matrix(&expected["projector_B"])) <= of_theta);
        },
    );
}

#[test]
fn a_module_as_wide_as_there_are_tasks_gives_the_single_task_solutions() {
    let golden = Golden::read("capacity.json");
    let tolerance = golden.tolerance("tolerance_rel_objective");
    golden.check(
        |case| case["k"] == 2,
        |case| {
            let (objective, expected) = (objective(case), &case["expected"]);
            let width = case["r"].as_u64().unwrap() as usize;
            let joint = exact::optimum(&objective, width, &exact::single_task(&objective));
            assert_eq!(joint.module.ncols(), width);
            close("objective", objective.loss(&joint), number(&expected["objective"]), tolerance);
            for (i, theta) in vectors(&expected["theta"]).iter().enumerate() {
                assert!(vector_difference(&joint.estimate(i), theta) <= tolerance);
            }
        },
    );
}

#[test]
fn the_excess_risks_of_linear_and_relu_predictions_agree() {
    let golden = Golden::read("population_risk.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |_| true,
        |case| {
            let beta = vector(&case["beta"]);
            let population = |response| PopulationTask {
                theta: vector(&case["theta"]),
                factor: matrix(&case["C"]),
                response,
            };
            let linear = population(Response::Linear);
            for risk in
                [linear.linear_excess_risk(&beta), linear.excess_risk(&Predictor::linear(&beta))]
            {
                close("excess risk", risk, number(&case["expected"]["linear_excess"]), tolerance);
            }
            let predictor = Predictor {
                head: DVector::from_element(1, number(&case["a"])),
                activation: Activation::Relu,
                ..Predictor::linear(&beta)
            };
            let risk = population(Response::Relu).excess_risk(&predictor);
            close("excess risk", risk, number(&case["expected"]["relu_excess"]), tolerance);
        },
    );
}

#[test]
fn the_shared_module_maximises_the_explained_share_of_equation_4() {
    let golden = Golden::read("h_phi.json");
    let tolerance = golden.tolerance("tolerance_rel");
    let of_direction = golden.tolerance("tolerance_argmax");
    golden.check(
        |_| true,
        |case| {
            let rows = [(&case["X1"], &case["y1"]), (&case["X2"], &case["y2"])];
            let data = rows.map(|(x, y)| Moments::of(&matrix(x), &vector(y))).to_vec();
            let labels: f64 = data.iter().map(|data| data.s).sum();
            let objective = LeastSquares { data, weights: vec![1.0, 1.0] };
            let along = |phi: &f64| {
                let unit = DVector::from_vec(vec![phi.cos(), phi.sin()]);
                let best = |data: &Moments| data.c.dot(&unit) / unit.dot(&(&data.h * &unit));
                let heads = objective.data.iter().map(|data| DVector::from_element(1, best(data)));
                let heads = heads.collect();
                let model = SharedModel::new(DMatrix::from_columns(&[unit]), heads);
                labels - objective.loss(&model)
            };
            let found: Vec<f64> = numbers(&case["phi"]).iter().map(along).collect();
            let expected = numbers(&case["expected"]["h"]);
            assert!(difference(&found, &expected, f64::MIN_POSITIVE) <= tolerance);

            let joint = exact::two_tasks_one_unit(&objective);
            let explained = labels - objective.loss(&joint);
            close("h", explained, number(&case["expected"]["h_max"]), tolerance);
            let unit = joint.module.column(0).normalize();
            let (sin, cos) = number(&case["expected"]["argmax_phi"]).sin_cos();
            assert!((unit[0] * sin - unit[1] * cos).abs() <= of_direction);
        },
    );
}

#[test]
fn the_weights_of_algorithm_2_agree_at_every_width() {
    let golden = Golden::read("svd_weights.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |_| true,
        |case| {
            let (x, expected) = (matrix(&case["X"]), &case["expected"]);
            let labels = vectors(&case["Y"]);
            let data: Vec<Moments> = labels.iter().map(|y| Moments::of(&x, y)).collect();
            for (task, theta) in data.iter().zip(vectors(&expected["theta"])) {
                assert!(vector_difference(&task.c, &theta) <= tolerance);
            }
            let spectrum = svd::spectrum(&data, false);
            let values = numbers(&expected["singular_values"]);
            assert!(difference(&spectrum, &values, 0.0) <= tolerance);
            let units: Vec<_> = data.iter().map(|task| task.c.normalize()).collect();
            for (width, alpha) in expected["alpha"].as_object().unwrap() {
                let unit_alpha = numbers(&expected["alpha_unit_theta"][width]);
                let width = width.parse().unwrap();
                let printed = svd::printed(&data, width);
                assert!(difference(&printed, &numbers(alpha), 0.0) <= tolerance);
                let shares = svd::shares(&DMatrix::from_columns(&units), width);
                assert!(difference(&shares, &unit_alpha, 0.0) <= tolerance);
            }
        },
    );
}

#[test]
fn whitening_and_recolouring_matrices_agree() {
    let golden = Golden::read("alignment.json");
    let tolerance = golden.tolerance("tolerance_abs");
    golden.check(
        |_| true,
        |case| {
            let covariances = ["X1", "X2"].map(|name| {
                let x = matrix(&case[name]);
                x.transpose() * &x / x.nrows() as f64
            });
            let expected = |name: &str| matrix(&case["expected"][name]);
            let white = whitening::whiten(&covariances);
            assert!((&white[0] - expected("R1_white")).amax() <= tolerance);
            assert!((&white[1] - expected("R2_white")).amax() <= tolerance);
            let recoloured = whitening::recolour(&covariances, 0);
            assert!((&recoloured[1] - expected("R2_recolor_to_1")).amax() <= tolerance);
        },
    );
}

fn theory(case: &Value) -> (Theory, Setting) {
    let (covariances, thetas) = (matrices(&case["Sigma"]), vectors(&case["theta"]));
    let theory = Theory::new([&covariances[0], &covariances[1]], [&thetas[0], &thetas[1]]);
    let setting = Setting {
        samples: pair(&case["m"]),
        noise: pair(&case["sigma"]),
        weights: pair(&case["alpha"]),
    };
    (theory, setting)
}

fn same_point(point: &Point, expected: &Value, tolerance: f64) {
    let parts = [
        ("delta", point.delta),
        ("rho", point.rho),
        ("bias", point.bias),
        ("var", point.variance),
        ("head", point.head),
    ];
    for (name, found) in parts {
        let gap = difference(&found, &pair(&expected[name]), 1.0);
        assert!(gap <= tolerance, "{name}: {found:?} instead of {}", expected[name]);
    }
    close("F", point.loss, number(&expected["F"]), tolerance);
}

#[test]
fn the_deterministic_equivalents_agree_at_any_heads() {
    let golden = Golden::read("theory_line.json");
    let tolerance = golden.tolerance("tolerance");
    golden.check(
        |_| true,
        |case| {
            let (theory, setting) = theory(case);
            assert!(!list(&case["at"]).is_empty());
            for expected in list(&case["at"]) {
                let (sin, cos) = number(&expected["phi"]).sin_cos();
                same_point(&theory.at(&setting, [cos, sin]), expected, tolerance);
            }
        },
    );
}

#[test]
fn the_predicted_heads_risks_and_gain_agree() {
    let golden = Golden::read("theory_line.json");
    let tolerance = golden.tolerance("tolerance");
    let of_heads = golden.tolerance("tolerance_phi_star");
    golden.check(
        |_| true,
        |case| {
            let (theory, setting) = theory(case);
            let (heads, loss) = theory.best_heads(&setting);
            let (sin, cos) = number(&case["phi_star"]).sin_cos();
            assert!((heads[0] * sin - heads[1] * cos).abs() <= of_heads);
            assert!((heads[0].hypot(heads[1]) - 1.0).abs() < 1e-14);
            close("F", loss, number(&case["optimum"]["F"]), tolerance);
            same_point(&theory.at(&setting, heads), &case["optimum"], tolerance);

            let prediction = theory.predict(&setting).unwrap();
            close("alone", prediction.single, number(&case["single_task_risk"]), tolerance);
            close("together", prediction.multi, number(&case["multi_task_risk"]), tolerance);
            close("gain", prediction.gain, number(&case["gain"]), tolerance);
            let parts = prediction.bias + prediction.variance + prediction.head;
            assert_eq!(prediction.multi, parts);
            let saved = prediction.variance_saved() - prediction.bias_added();
            close("saved − added", saved, prediction.gain, 1e-12);
        },
    );
}
