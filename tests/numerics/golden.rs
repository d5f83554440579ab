//! Agreement with reference values from an independent NumPy implementation, see
//! `tests/golden/SCHEMA.md`. `TASKSCOPE_GOLDEN=DIR` reads them from another folder.

use std::path::PathBuf;

use crate::support::common::{difference, matrix_difference, vector_difference};
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use taskscope::math::seed::Seed;
use taskscope::method::alignment::whitening;
use taskscope::method::weighting::svd;
use taskscope::model::{
    LeastSquares, Objective, OnRows, Optimum, OptimumKind, SharedModel, exact, search, two_tasks,
};
use taskscope::task::{Activation, Moments, PopulationTask, Predictor, Response, Rows};
use taskscope::transfer::bound::Bound;
use taskscope::transfer::landscape::{Landscape, explained};
use taskscope::transfer::proposition::{SharedRows, distance_from_alone};
use taskscope::transfer::similarity::PrincipalSpread;
use taskscope::transfer::theory::{Theory, TheoryPoint, TheorySetting, single_task_risk};

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

    /// Checks all cases for which `applies` is true; there must be at least one.
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
        data: rows(case).into(),
        weights: numbers(&case["alpha"]),
        activation: named("activation"),
        loss: serde_json::from_value(case["loss_kind"].clone()).unwrap(),
        penalties: Vec::new(),
        intercepts: false,
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

fn optimum(objective: &LeastSquares, width: usize) -> Optimum {
    search::optimum(objective, width, &exact::single_task(objective), Seed::new(1))
}

fn width(case: &Value) -> usize {
    case["r"].as_u64().unwrap() as usize
}

/// The orthogonal projector on the span of the columns.
fn projector(module: &DMatrix<f64>) -> DMatrix<f64> {
    let q = module.clone().qr().q();
    &q * q.transpose()
}

#[test]
fn the_optimum_of_tasks_that_share_a_module_agrees() {
    let golden = Golden::read("mtl_optimum.json");
    let of_objective = golden.tolerance("tolerance_rel_objective");
    let of_theta = golden.tolerance("tolerance_theta");
    golden.check(
        |_| true,
        |case| {
            let (objective, expected) = (objective(case), &case["expected"]);
            let alone: Vec<f64> =
                objective.data.iter().map(|data| data.loss(&data.least_squares())).collect();
            let alone: f64 = alone.iter().zip(&objective.weights).map(|(loss, a)| loss * a).sum();
            close("alone", alone, number(&expected["stl_objective"]), of_objective);
            let joint = optimum(&objective, width(case));
            assert_eq!(joint.kind == OptimumKind::Exact, case["k"] == 2);
            let loss = objective.loss(&joint.model);
            close("objective", loss, number(&expected["objective"]), of_objective);
            for (i, theta) in vectors(&expected["theta_mtl"]).iter().enumerate() {
                assert!(vector_difference(&joint.model.estimate(i), theta) <= of_theta);
            }
            let span = projector(&joint.model.module);
            assert!(matrix_difference(&span, &matrix(&expected["projector_B"])) <= of_theta);
        },
    );
}

#[test]
fn a_module_as_wide_as_there_are_tasks_gives_the_single_task_solutions() {
    let golden = Golden::read("capacity.json");
    let tolerance = golden.tolerance("tolerance_rel_objective");
    golden.check(
        |_| true,
        |case| {
            let (objective, expected) = (objective(case), &case["expected"]);
            let Optimum { model, kind } = optimum(&objective, width(case));
            assert_eq!((model.module.ncols(), kind), (width(case), OptimumKind::Exact));
            close("objective", objective.loss(&model), number(&expected["objective"]), tolerance);
            for (i, theta) in vectors(&expected["theta"]).iter().enumerate() {
                assert!(vector_difference(&model.estimate(i), theta) <= tolerance);
            }
        },
    );
}

#[test]
fn the_optimum_on_the_same_features_agrees() {
    let golden = Golden::read("prop3.json");
    let of_objective = golden.tolerance("tolerance_rel_objective");
    let of_projector = golden.tolerance("tolerance_projector");
    golden.check(
        |_| true,
        |case| {
            let x = matrix(&case["X"]);
            let data = vectors(&case["Y"]).iter().map(|y| Moments::of(&x, y)).collect();
            let objective = LeastSquares { data, weights: numbers(&case["alpha"]) };
            for (width, expected) in case["expected"].as_object().unwrap() {
                let Optimum { model, kind } = optimum(&objective, width.parse().unwrap());
                assert_eq!(kind, OptimumKind::Exact);
                let loss = objective.loss(&model);
                close("objective", loss, number(&expected["objective"]), of_objective);
                if model.module.ncols() < objective.data.len() {
                    let span = projector(&model.module);
                    let gap = matrix_difference(&span, &matrix(&expected["projector"]));
                    assert!(gap <= of_projector, "span is off by {gap}");
                }
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
                factor: matrix(&case["C"]).into(),
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
                let best = |data: &Moments| data.c.dot(&unit) / unit.dot(&(&*data.h * &unit));
                let heads = objective.data.iter().map(|data| DVector::from_element(1, best(data)));
                let heads = heads.collect();
                let model = SharedModel::new(DMatrix::from_columns(&[unit]), heads);
                labels - objective.loss(&model)
            };
            let found: Vec<f64> = numbers(&case["phi"]).iter().map(along).collect();
            let expected = numbers(&case["expected"]["h"]);
            assert!(difference(&found, &expected, f64::MIN_POSITIVE) <= tolerance);

            let joint = two_tasks::one_unit(&objective);
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
            let spread =
                |x: DMatrix<f64>| PrincipalSpread::of(&(x.transpose() * &x), 0.99).unwrap();
            let first = spread(matrix(&case["X1"]));
            let score = |x: DMatrix<f64>| first.similarity(&spread(x)).score;
            let before = number(&case["expected"]["score_before"]);
            assert!((score(matrix(&case["X2"])) - before).abs() <= tolerance);
            let after = number(&case["expected"]["score_after_recolor"]);
            assert!((score(matrix(&case["X2"]) * &recoloured[1]) - after).abs() <= tolerance);
        },
    );
}

fn theory(case: &Value) -> (Theory, TheorySetting) {
    let (covariances, thetas) = (matrices(&case["Sigma"]), vectors(&case["theta"]));
    let theory = Theory::new(&covariances, &thetas);
    let setting = TheorySetting {
        width: 1,
        samples: numbers(&case["m"]),
        noise: numbers(&case["sigma"]),
        weights: numbers(&case["alpha"]),
        scatter: Vec::new(),
    };
    (theory, setting)
}

fn same_point(point: &TheoryPoint, expected: &Value, tolerance: f64) {
    let parts = [
        ("delta", &point.delta),
        ("rho", &point.rho),
        ("bias", &point.bias),
        ("var", &point.variance),
    ];
    for (name, found) in parts {
        let gap = difference(found, &numbers(&expected[name]), 1.0);
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
                same_point(
                    &theory.at(&setting, &DMatrix::from_column_slice(2, 1, &[cos, sin])),
                    expected,
                    tolerance,
                );
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
            same_point(&theory.at(&setting, &heads), &case["optimum"], tolerance);

            let dimension = vectors(&case["theta"])[0].len();
            let single = single_task_risk(dimension, setting.samples[0], setting.noise[0]).unwrap();
            close("alone", single, number(&case["single_task_risk"]), tolerance);
            let Ok(prediction) = theory.predict(&setting, 0) else { return };
            assert_eq!(prediction.single, single);
            let parts = prediction.bias + prediction.variance + prediction.head;
            assert_eq!(prediction.multi, parts);
            let saved = prediction.variance_saved() - prediction.bias_added();
            close("saved − added", saved, prediction.gain, 1e-12);
        },
    );
}

#[test]
fn the_landscape_of_equation_4_and_its_highest_summit_agree() {
    let golden = Golden::read("h_phi.json");
    let tolerance = golden.tolerance("tolerance_rel");
    let of_direction = golden.tolerance("tolerance_argmax");
    golden.check(
        |_| true,
        |case| {
            let rows = [(&case["X1"], &case["y1"]), (&case["X2"], &case["y2"])];
            let data = rows.map(|(x, y)| Moments::of(&matrix(x), &vector(y)));
            let landscape = Landscape::of_data(&DMatrix::identity(2, 2), &data, &[1.0, 1.0]);
            let expected = numbers(&case["expected"]["h"]);
            let angles = numbers(&case["phi"]);
            let along: Vec<f64> = angles.iter().map(|&phi| landscape.at(phi)).collect();
            assert!(difference(&along, &expected, f64::MIN_POSITIVE) <= tolerance);
            for (phi, expected) in angles.iter().zip(&expected) {
                let module = DVector::from_vec(vec![3.0 * phi.cos(), 3.0 * phi.sin()]);
                let h = explained(&module, data.iter().map(|data| (1.0, &*data.h, &data.c)));
                close("h", h, *expected, tolerance);
            }
            let highest = landscape.highest().unwrap();
            close("h", highest.height, number(&case["expected"]["h_max"]), tolerance);
            let gap = highest.angle - number(&case["expected"]["argmax_phi"]);
            assert!(gap.sin().abs() <= of_direction);
        },
    );
}

#[test]
fn covariance_similarity_agrees_at_every_kept_share() {
    let golden = Golden::read("covariance_similarity.json");
    let tolerance = golden.tolerance("tolerance_abs");
    golden.check(
        |_| true,
        |case| {
            let grams = [matrix(&case["X1"]), matrix(&case["X2"])].map(|x| x.transpose() * x);
            for (share, expected) in case["expected"].as_object().unwrap() {
                let share = share.parse().unwrap();
                let spreads = grams.each_ref().map(|h| PrincipalSpread::of(h, share).unwrap());
                for (i, spread) in spreads.iter().enumerate() {
                    assert_eq!(spread.rank() as f64, number(&expected[format!("r{}", i + 1)]));
                    let own = number(&expected[format!("self_score_{}", i + 1)]);
                    assert!((spread.self_score() - own).abs() <= tolerance);
                }
                let found = spreads[0].similarity(&spreads[1]);
                assert!((found.score - number(&expected["score"])).abs() <= tolerance);
                let own = spreads[0].self_score() * spreads[1].self_score();
                assert!((found.normalised - found.score / own.sqrt()).abs() <= tolerance);
            }
        },
    );
}

#[test]
fn the_bound_of_theorem_2_agrees() {
    let golden = Golden::read("theorem2.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |_| true,
        |case| {
            let [theta1, theta2] = [vector(&case["theta1"]), vector(&case["theta2"])];
            let x = matrix(&case["X2"]);
            let data = Moments::of(&x, &(&x * &theta2 + vector(&case["eps2"])));
            let (found, expected) = (Bound::of(&data, &theta1, &theta2), &case["expected"]);
            close("κ", found.condition, number(&expected["kappa"]), tolerance);
            close("sin", found.sine, number(&expected["sin"]), tolerance);
            close("c", found.misalignment, number(&expected["c"]), tolerance);
            close("noise", found.noise_ratio, number(&expected["noise_ratio"]), tolerance);
            assert_eq!(found.condition_holds(), expected["condition_holds"].as_bool().unwrap());
            assert_eq!(found.bound.is_none(), expected["bound"].is_null());
            if let Some(bound) = found.bound {
                close("bound", bound, number(&expected["bound"]), tolerance);
            }
        },
    );
}

#[test]
fn the_optimum_of_proposition_3_agrees_at_every_width() {
    let golden = Golden::read("prop3.json");
    let of_projector = golden.tolerance("tolerance_projector");
    let of_objective = golden.tolerance("tolerance_rel_objective");
    golden.check(
        |_| true,
        |case| {
            let x = matrix(&case["X"]);
            let data: Vec<Moments> =
                vectors(&case["Y"]).iter().map(|y| Moments::of(&x, y)).collect();
            for (width, expected) in case["expected"].as_object().unwrap() {
                let width = width.parse().unwrap();
                let found = SharedRows::of(&data, &numbers(&case["alpha"]), width).unwrap();
                let objective = number(&expected["objective"]);
                close("objective", found.objective, objective, of_objective);
                let q = found.optimum.module.qr().q();
                let projector = &q * q.transpose();
                let gap = (projector - matrix(&expected["projector"])).amax();
                assert!(gap <= of_projector, "width {width}: the projector is off by {gap}");
            }
        },
    );
}

#[test]
fn by_proposition_1_a_wide_module_is_no_distance_from_training_alone() {
    let golden = Golden::read("capacity.json");
    let tolerance = golden.tolerance("tolerance_rel_objective");
    golden.check(
        |case| case["k"] == 2,
        |case| {
            let objective = objective(case);
            let alone = vectors(&case["expected"]["theta"]);
            let width = case["r"].as_u64().unwrap() as usize;
            let joint = exact::optimum(&objective, width, &exact::single_task(&objective)).unwrap();
            assert!(distance_from_alone(&alone, &joint) <= tolerance);
            let narrow = exact::optimum(&objective, 1, &alone).unwrap();
            assert!(distance_from_alone(&alone, &narrow) > 0.01);
        },
    );
}
