//! Algorithm 1 of Wu, Zhang & Ré (ICLR 2020): alignments learned by gradient descent with early
//! stopping.
//!
//! Descent starts at the joint optimum, where every R_i is the identity. If it ran to the end,
//! `R_i B A_i` would be the single-task solution. Held-out rows choose the best point in between.

use crate::method::input::MethodInput;
use crate::model::{LeastSquares, Objective, SharedModel};

/// Most steps.
const STEPS: usize = 1500;

/// Fewest steps before descent may stop.
const LEAST_STEPS: usize = 60;

/// Descent stops at this multiple of the time of the best model.
const PATIENCE: f64 = 4.0;

/// The first step, as a share of a step that is safe for the curvature.
const FIRST_STEP: f64 = 0.05;

/// Steps that promise a smaller share of the loss end descent: rounding errors would choose them.
const LEAST_DECREASE: f64 = 1e-9;

/// No step is longer than this share of the elapsed time. Models are thus compared at times in
/// geometric progression until the curvature limits the steps.
const GROWTH: f64 = 0.1;

/// Algorithm 1 as printed. B is fixed at the joint optimum; R_i and A_i are learned. Every task is
/// stopped where the error on its own held-out rows is least.
pub fn with_fixed_module(problem: &MethodInput) -> SharedModel {
    let start = start(&problem.joint.model);
    let mut best = start.clone();
    let mut errors = errors_of(problem, &start);
    descend(problem.training, start, Learned::AllButModule, |model| {
        let mut improved = false;
        for (i, error) in errors_of(problem, model).into_iter().enumerate() {
            if error < errors[i] {
                errors[i] = error;
                best.heads[i].clone_from(&model.heads[i]);
                best.alignments[i].clone_from(&model.alignments[i]);
                improved |= i == problem.target();
            }
        }
        improved
    });
    best
}

/// Algorithm 1 with B, R_i and A_i learned together. All are stopped where the error on the
/// target's held-out rows is least.
pub fn all(problem: &MethodInput) -> SharedModel {
    let start = start(&problem.joint.model);
    let error =
        |model: &SharedModel| problem.held_out(problem.target(), &model.estimate(problem.target()));
    let (mut least, mut best) = (error(&start), start.clone());
    descend(problem.training, start, Learned::All, |model| {
        let error = error(model);
        let improved = error < least;
        if improved {
            (least, best) = (error, model.clone());
        }
        improved
    });
    best
}

/// Held-out errors of all tasks (k).
fn errors_of(problem: &MethodInput, model: &SharedModel) -> Vec<f64> {
    (0..model.heads.len()).map(|i| problem.held_out(i, &model.estimate(i))).collect()
}

/// The same model with alignments and with orthonormal columns of B, so that descent does not
/// depend on the scale of B relative to the heads.
fn start(model: &SharedModel) -> SharedModel {
    let (q, r) = model.module.clone().qr().unpack();
    SharedModel::new(q, model.heads.iter().map(|head| &r * head).collect()).with_alignments()
}

/// The parameters that descent changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Learned {
    All,
    AllButModule,
}

/// Gradient descent on the training loss with Armijo's rule. Each part of the gradient is divided
/// by the scale of its curvature, so that tasks with many rows do not slow down those with few.
/// `improved` is called with every model and returns true if it is the best so far.
fn descend(
    objective: &LeastSquares,
    mut model: SharedModel,
    learned: Learned,
    mut improved: impl FnMut(&SharedModel) -> bool,
) {
    let scales = Scales::of(objective, &model, learned);
    let (mut step, mut time, mut best_time) = (FIRST_STEP, FIRST_STEP / GROWTH, 0.0);
    for count in 0..STEPS {
        let (loss, gradient) = objective.gradient(&model);
        let direction = scales.divide(&gradient);
        let slope: f64 =
            gradient.parameters().zip(direction.parameters()).map(|(g, d)| g * d).sum();
        step = (1.5 * step).min(GROWTH * time);
        let Some(candidate) = lower(objective, &model, loss, &direction, slope, &mut step) else {
            return;
        };
        model = candidate;
        time += step;
        if improved(&model) {
            best_time = time;
        }
        if count >= LEAST_STEPS && time > PATIENCE * best_time {
            return;
        }
    }
}

/// The model after a step that achieves at least a quarter of the decrease predicted by the slope;
/// `step` is halved until it does. `None` if no step does.
fn lower(
    objective: &LeastSquares,
    model: &SharedModel,
    loss: f64,
    direction: &SharedModel,
    slope: f64,
    step: &mut f64,
) -> Option<SharedModel> {
    while *step * slope > LEAST_DECREASE * loss {
        let candidate = model.moved(direction, -*step);
        if objective.loss(&candidate) <= loss - 0.25 * *step * slope {
            return Some(candidate);
        }
        *step /= 2.0;
    }
    None
}

/// Scales of the curvature of each part of a model: `2 α_i tr H_i` for A_i, that times `‖A_i‖²`
/// for R_i, and the sum of the latter for B. Infinite for parts that are not learned.
struct Scales {
    module: f64,
    heads: Vec<f64>,
    alignments: Vec<f64>,
}

impl Scales {
    fn of(objective: &LeastSquares, model: &SharedModel, learned: Learned) -> Self {
        let tasks = objective.data.iter().zip(&objective.weights);
        let scale = |h: f64| h.max(f64::MIN_POSITIVE);
        let heads: Vec<f64> =
            tasks.map(|(data, alpha)| scale(2.0 * alpha * data.h.trace())).collect();
        let lengths = model.heads.iter().map(|head| head.norm_squared());
        let alignments: Vec<f64> = heads.iter().zip(lengths).map(|(h, a)| scale(h * a)).collect();
        let module = match learned {
            Learned::All => alignments.iter().sum(),
            Learned::AllButModule => f64::INFINITY,
        };
        Self { module, heads, alignments }
    }

    fn divide(&self, gradient: &SharedModel) -> SharedModel {
        let mut direction = gradient.clone();
        direction.module /= self.module;
        direction.heads.iter_mut().zip(&self.heads).for_each(|(g, scale)| *g /= *scale);
        direction.alignments.iter_mut().zip(&self.alignments).for_each(|(g, scale)| *g /= *scale);
        direction
    }
}
