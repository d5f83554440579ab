//! Agreement with vectors computed by an independent NumPy reference, `tests/golden/SCHEMA.md`.
//! `TASKSCOPE_GOLDEN=DIR` reads them from another folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::path::PathBuf;

use common::{difference, matrix_difference, vector_difference};
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use taskscope::model::{Objective, SharedModel, exact};
use taskscope::task::{Moments, PopulationTask};
use taskscope::transfer::bound::Bound;
use taskscope::transfer::landscape::{Landscape, explained};
use taskscope::transfer::proposition::{SharedRows, distance_from_alone};
use taskscope::transfer::similarity::PrincipalSpread;
use taskscope::transfer::theory::{Point, Prediction, Setting, Theory, single_task_risk};

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

fn objective(case: &Value) -> Objective {
    let rows = matrices(&case["X"]).into_iter().zip(vectors(&case["y"]));
    Objective {
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

#[test]
fn losses_and_gradients_of_the_linear_model_agree() {
    let golden = Golden::read("loss_gradients.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |case| {
            case["activation"] == "linear" && case["loss_kind"] == "squared" && case["R"].is_null()
        },
        |case| {
            let (objective, expected) = (objective(case), &case["expected"]);
            let model = SharedModel { module: matrix(&case["B"]), heads: vectors(&case["A"]) };
            let gradient = objective.gradient(&model);
            close("loss", objective.loss(&model), number(&expected["loss"]), tolerance);
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
        },
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
            let single = SharedModel {
                module: DMatrix::from_columns(&alone),
                heads: vec![DVector::from_vec(vec![1.0, 0.0]), DVector::from_vec(vec![0.0, 1.0])],
            };
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
fn the_excess_risk_of_a_linear_prediction_agrees() {
    let golden = Golden::read("population_risk.json");
    let tolerance = golden.tolerance("tolerance_rel");
    golden.check(
        |_| true,
        |case| {
            let task = PopulationTask { theta: vector(&case["theta"]), factor: matrix(&case["C"]) };
            let risk = task.excess_risk(&vector(&case["beta"]));
            close("excess risk", risk, number(&case["expected"]["linear_excess"]), tolerance);
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
            let objective = Objective { data, weights: vec![1.0, 1.0] };
            let along = |phi: &f64| {
                let unit = DVector::from_vec(vec![phi.cos(), phi.sin()]);
                let best = |data: &Moments| data.c.dot(&unit) / unit.dot(&(&data.h * &unit));
                let heads = objective.data.iter().map(|data| DVector::from_element(1, best(data)));
                let model =
                    SharedModel { heads: heads.collect(), module: DMatrix::from_columns(&[unit]) };
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

fn theory(case: &Value) -> (Theory, Setting) {
    let (covariances, thetas) = (matrices(&case["Sigma"]), vectors(&case["theta"]));
    let theory = Theory::new(&covariances, &thetas);
    let setting = Setting {
        samples: numbers(&case["m"]),
        noise: numbers(&case["sigma"]),
        weights: numbers(&case["alpha"]),
    };
    (theory, setting)
}

fn same_point(point: &Point, expected: &Value, tolerance: f64) {
    let parts = [
        ("delta", &point.delta),
        ("rho", &point.rho),
        ("bias", &point.bias),
        ("var", &point.variance),
        ("head", &point.head),
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
                same_point(&theory.at(&setting, &[cos, sin]), expected, tolerance);
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

            let point = theory.at(&setting, &heads);
            let dimension = vectors(&case["theta"])[0].len();
            let single = single_task_risk(dimension, setting.samples[0], setting.noise[0]).unwrap();
            let [bias, variance, head] = [point.bias[0], point.variance[0], point.head[0]];
            let prediction = Prediction::new(single, bias, variance, head);
            assert!(theory.predict(&setting, 0).is_ok_and(|p| p == prediction) || dimension < 10);
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
                let h = explained(&module, data.iter().map(|data| (1.0, &data.h, &data.c)));
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
            let joint = exact::optimum(&objective, width, &exact::single_task(&objective));
            assert!(distance_from_alone(&alone, &joint) <= tolerance);
            let narrow = exact::optimum(&objective, 1, &alone);
            assert!(distance_from_alone(&alone, &narrow) > 0.01);
        },
    );
}
