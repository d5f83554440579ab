//! Covariance alignment: its gain when covariances differ, compared with tuned ridge, and its
//! invariants.

use crate::support::common::vector_difference;
use nalgebra::{DMatrix, DVector};
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::method::input::MethodInput;
use taskscope::method::{METHODS, Method, ridge};
use taskscope::model::{Descent, LeastSquares, Optimum, OptimumKind, exact};
use taskscope::task::{Moments, PopulationTask, Response};

/// Two tasks with rows `x = zM_i` of covariance `M_i²`, whose θs have a cosine of 0.99 for the
/// isotropic z. M_i has random axes and eigenvalues in geometric progression from `condition` to 1.
fn populations(d: usize, condition: f64, seed: Seed) -> Vec<PopulationTask> {
    let unit = |i| linalg::unit_vector(d, &mut seed.child("theta", i).rng());
    let (first, other) = (unit(0), unit(1));
    let across = (&other - &first * first.dot(&other)).normalize();
    let second = &first * 0.99 + across * (1.0 - 0.99_f64 * 0.99).sqrt();
    let population = |i: u64, theta: DVector<f64>| {
        let axes = linalg::orthonormal(d, &mut seed.child("axes", i).rng());
        let share = |j: usize| 1.0 - j as f64 / (d - 1) as f64;
        let spread = DVector::from_fn(d, |j, _| condition.powf(share(j)));
        let factor = &axes * DMatrix::from_diagonal(&spread) * axes.transpose();
        PopulationTask {
            theta: linalg::solve(&factor, &theta),
            factor: factor.into(),
            response: Response::Linear,
        }
    };
    vec![population(0, first), population(1, second)]
}

/// Training and held-out data of two tasks, and their joint optimum.
struct Drawn {
    tasks: Vec<PopulationTask>,
    training: LeastSquares,
    validation: Vec<Moments>,
    covariances: Vec<DMatrix<f64>>,
    joint: Optimum,
    width: usize,
}

impl Drawn {
    fn new(d: usize, condition: f64, samples: [[u64; 2]; 2], width: usize, seed: u64) -> Self {
        let seed = Seed::new(seed);
        let tasks = populations(d, condition, seed);
        let draw = |samples: [u64; 2], label| {
            let one =
                |i: usize| Moments::draw(&tasks[i], samples[i], 0.5, seed.child(label, i as u64));
            vec![one(0), one(1)]
        };
        let training = LeastSquares { data: draw(samples[0], "rows"), weights: vec![1.0; 2] };
        let validation = draw(samples[1], "held out");
        let covariances = tasks.iter().map(PopulationTask::covariance).collect();
        let joint = fit(&training, width);
        Self { tasks, training, validation, covariances, joint, width }
    }

    fn demo(condition: f64, rows: u64, seed: u64) -> Self {
        Self::new(20, condition, [[rows, 1000], [200, 200]], 1, seed)
    }

    fn train(&self, method: Method, truth: bool) -> Optimum {
        method.train(&MethodInput {
            training: &self.training,
            validation: &self.validation,
            covariances: truth.then_some(&self.covariances[..]),
            joint: &self.joint,
            targets: &[0],
            fit: &|objective| fit(objective, self.width),
        })
    }

    fn train_all(&self, method: Method, targets: &[usize]) -> Optimum {
        method.train(&MethodInput {
            training: &self.training,
            validation: &self.validation,
            covariances: None,
            joint: &self.joint,
            targets,
            fit: &|objective| fit(objective, self.width),
        })
    }

    fn risk(&self, method: Method) -> f64 {
        self.tasks[0].linear_excess_risk(&self.train(method, false).model.estimate(0))
    }

    fn alone(&self, task: usize) -> DVector<f64> {
        self.training.data[task].least_squares()
    }
}

fn fit(objective: &LeastSquares, width: usize) -> Optimum {
    let model = exact::optimum(objective, width, &exact::single_task(objective)).unwrap();
    Optimum { model, kind: OptimumKind::Exact }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn methods() -> impl Iterator<Item = Method> {
    METHODS.iter().map(|method| method.method)
}

#[test]
fn the_table_holds_every_method_at_its_number_under_its_name() {
    for (i, method) in METHODS.iter().enumerate() {
        assert_eq!((method.method.index(), Method::from_index(i)), (i, method.method));
        assert_eq!(Method::NAMES[i], method.method.name());
        assert_eq!(serde_json::to_value(method.method).unwrap(), method.name);
        assert!(!method.help.is_empty() && !method.citation.is_empty());
    }
    assert_eq!(Method::default(), Method::Joint);
}

#[test]
fn alignment_beats_joint_training_where_covariances_differ_and_ridge_where_rows_are_few() {
    const SEEDS: u64 = 24;
    let drawn: Vec<Drawn> = (0..SEEDS).map(|seed| Drawn::demo(3.0, 30, seed)).collect();
    let risks = |method| drawn.iter().map(|d| d.risk(method)).collect::<Vec<_>>();
    let (joint, ridge) = (risks(Method::Joint), risks(Method::Ridge));
    for method in [Method::Align, Method::AlignFixed, Method::AlignPenalty] {
        let aligned = risks(method);
        let better = aligned.iter().zip(&joint).filter(|(a, j)| a < j).count();
        assert!(better >= 20, "{}: better in {better}", method.name());
        let mean_of = |risks: &[f64]| mean(risks.iter().copied());
        assert!(mean_of(&aligned) < 0.8 * mean_of(&joint), "{}", method.name());
        assert!(mean_of(&aligned) < 0.7 * mean_of(&ridge), "{}", method.name());
    }
}

#[test]
fn alignment_is_no_better_than_tuned_ridge_where_joint_training_has_little_to_offer() {
    let drawn: Vec<Drawn> = (0..6).map(|seed| Drawn::demo(10.0, 60, seed)).collect();
    let risk = |method| mean(drawn.iter().map(|d| d.risk(method)));
    let ridge = risk(Method::Ridge);
    for method in [Method::AlignFixed, Method::AlignPenalty] {
        assert!(risk(method) < 0.4 * risk(Method::Joint), "{}", method.name());
        assert!((0.7..1.3).contains(&(risk(method) / ridge)), "{}", method.name());
    }
}

#[test]
fn whitening_needs_the_covariances_well() {
    let drawn: Vec<Drawn> = (0..8).map(|seed| Drawn::demo(3.0, 30, seed)).collect();
    let risk = |truth| {
        let of = |d: &Drawn| {
            d.tasks[0].linear_excess_risk(&d.train(Method::Whiten, truth).model.estimate(0))
        };
        mean(drawn.iter().map(of))
    };
    let alone = mean(drawn.iter().map(|d| d.tasks[0].linear_excess_risk(&d.alone(0))));
    assert!(risk(true) < 0.06, "{}", risk(true));
    assert!(risk(false) > alone);
}

#[test]
fn whitening_and_recolouring_give_the_same_predictions() {
    let drawn = Drawn::demo(3.0, 30, 1);
    for truth in [false, true] {
        let white = drawn.train(Method::Whiten, truth).model;
        let recoloured = drawn.train(Method::Recolour, truth).model;
        for i in 0..2 {
            let gap = vector_difference(&recoloured.estimate(i), &white.estimate(i));
            assert!(gap < 1e-6, "{gap}");
        }
        let own = &recoloured.alignments[0];
        assert!((own - DMatrix::identity(20, 20)).amax() < 1e-9);
    }
}

#[test]
fn no_method_predicts_the_held_out_rows_of_the_target_worse_than_what_it_started_from() {
    let drawn = Drawn::demo(3.0, 30, 2);
    let loss = |estimate: &DVector<f64>| drawn.validation[0].loss(estimate);
    let joint = loss(&drawn.joint.model.estimate(0));
    for method in [Method::Align, Method::AlignFixed, Method::AlignPenalty] {
        let trained = drawn.train(method, false);
        assert_eq!(trained.kind, OptimumKind::Tuned);
        assert!(loss(&trained.model.estimate(0)) < joint, "{}", method.name());
    }
    let trained = drawn.train(Method::Ridge, false);
    assert_eq!(trained.kind, OptimumKind::Tuned);
    assert!(loss(&trained.model.estimate(0)) < loss(&drawn.alone(0)));
}

#[test]
fn ridge_solves_the_penalised_normal_equations() {
    let drawn = Drawn::demo(3.0, 30, 3);
    let problem = MethodInput {
        training: &drawn.training,
        validation: &drawn.validation,
        covariances: None,
        joint: &drawn.joint,
        targets: &[0],
        fit: &|objective| fit(objective, 1),
    };
    let model = ridge::train(&problem);
    for (i, data) in drawn.training.data.iter().enumerate() {
        let estimate = model.estimate(i);
        let residual = &data.c - &*data.h * &estimate;
        let lambda = residual.dot(&estimate) / estimate.norm_squared();
        assert!(lambda > 0.0);
        assert!((residual - &estimate * lambda).amax() < 1e-9 * data.c.amax());
    }
}

#[test]
fn a_pretrained_target_is_a_multiple_of_its_only_source() {
    let drawn = Drawn::demo(3.0, 30, 7);
    let trained = drawn.train(Method::Pretrain, false);
    assert_eq!(trained.kind, drawn.joint.kind);
    let source = drawn.alone(1);
    assert!((trained.model.estimate(1) - &source).amax() < 1e-9 * source.amax());
    let data = &drawn.training.data[0];
    let multiple = source.dot(&data.c) / source.dot(&(&*data.h * &source));
    assert!((trained.model.estimate(0) - &source * multiple).amax() < 1e-9 * source.amax());
}

#[test]
fn every_target_is_pretrained_on_all_others() {
    let drawn = Drawn::demo(3.0, 30, 8);
    let both = drawn.train_all(Method::Pretrain, &[0, 1]).model;
    for target in 0..2 {
        let own = drawn.train_all(Method::Pretrain, &[target]).model;
        assert!((both.estimate(target) - own.estimate(target)).amax() < 1e-12);
    }
}

#[test]
fn alignment_after_pretraining_fits_the_target_better_and_leaves_the_source() {
    let drawn = Drawn::demo(10.0, 60, 9);
    let (plain, aligned) =
        (drawn.train(Method::Pretrain, false), drawn.train(Method::PretrainAlign, false));
    assert_eq!(aligned.kind, OptimumKind::Tuned);
    let loss =
        |model: &Optimum, task: usize| drawn.training.data[task].loss(&model.model.estimate(task));
    assert!(loss(&aligned, 0) < loss(&plain, 0));
    assert!((loss(&aligned, 1) - loss(&plain, 1)).abs() < 1e-9 * loss(&plain, 1));
}

#[test]
fn without_held_out_rows_everything_stays_as_training_left_it() {
    let drawn = Drawn::new(6, 3.0, [[12, 50], [0, 0]], 1, 4);
    for method in [Method::Align, Method::AlignFixed, Method::AlignPenalty] {
        let model = drawn.train(method, false).model;
        let gap = vector_difference(&model.estimate(0), &drawn.joint.model.estimate(0));
        assert!(gap < 1e-12, "{}: {gap}", method.name());
    }
    assert_eq!(drawn.train(Method::Ridge, false).model.estimate(0), drawn.alone(0));
    assert_eq!(drawn.train(Method::Joint, false), drawn.joint);
}

#[test]
fn at_its_optimum_a_learned_alignment_is_single_task_learning() {
    let drawn = Drawn::new(4, 2.0, [[40, 60], [50, 50]], 1, 5);
    let mut descent = Descent::new(&drawn.training, drawn.joint.model.clone().with_alignments());
    for _ in 0..5000 {
        descent.advance(&drawn.training);
    }
    for i in 0..2 {
        assert!(vector_difference(&descent.model.estimate(i), &drawn.alone(i)) < 1e-4);
    }
}

#[test]
fn fewer_rows_than_features_never_give_anything_but_numbers() {
    for samples in [[1, 1], [3, 40], [5, 5], [0, 10]] {
        for width in [1, 2] {
            let drawn = Drawn::new(6, 10.0, [samples, [20, 20]], width, 6);
            for method in methods() {
                for truth in [false, true] {
                    let model = drawn.train(method, truth).model;
                    let name = method.name();
                    assert!(model.is_finite(), "{name} with {samples:?} rows, width {width}");
                    assert!((0..2).all(|i| model.estimate(i).iter().all(|v| v.is_finite())));
                }
            }
        }
    }
}

#[test]
fn equal_problems_are_trained_to_equal_models() {
    let drawn = Drawn::new(6, 3.0, [[12, 50], [20, 20]], 1, 7);
    for method in methods() {
        assert_eq!(drawn.train(method, false), drawn.train(method, false));
    }
}
