//! Random loss weighting (Lin, Ye, Zhang & Tsang, *Reasonable effectiveness of random weighting*,
//! TMLR 2022): a way of training rather than fixed weights.

use nalgebra::{DMatrix, DVector};
use rand::Rng;

use crate::math::kernel::Cholesky;
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::model::{LeastSquares, Objective, Optimum, OptimumKind, SharedModel};
use crate::task::Moments;

/// Number of gradient steps.
const STEPS: usize = 600;

/// The first step, as a share of a full Newton step.
const FIRST_RATE: f64 = 0.3;

/// Steps after which the rate has halved; it decays as one over the number of steps.
const HALF_TIME: f64 = 30.0;

/// Training has diverged if its final loss is above this multiple of the first.
const RUNAWAY: f64 = 2.0;

/// Number of steps with the same curvature.
const REFRESH: usize = 10;

/// Trains with weights `α = k · softmax(z)`, where z (k) is standard normal and redrawn at every
/// step.
///
/// The expected weight of every task is 1, so the expected gradient is that of uniform weights.
/// With rates that decay as 1/t, the steps converge (Robbins & Monro 1951) to a stationary point of
/// the *uniform* objective; the random weights leave only a small scatter around it. Each step is
/// the gradient divided by the mean curvature, separately for B and each A_i, so that stretched
/// rows do not slow it down. Training starts at the `width` leading directions of the single-task
/// solutions. If it diverges, as can happen with fewer rows than features, the start is kept. No
/// optimum is claimed.
pub fn train(data: &[Moments], width: usize, seed: Seed) -> Optimum {
    let begin = start(data, width);
    let mut model = begin.clone();
    let mut objective = LeastSquares { data: data.to_vec(), weights: vec![1.0; data.len()] };
    let mut curvature = Curvature::at(&model, data);
    let mut rng = seed.child("random weights", 0).rng();
    for step in 0..STEPS {
        if step % REFRESH == 0 {
            curvature = Curvature::at(&model, data);
        }
        objective.weights = draw(data.len(), &mut rng);
        let rate = FIRST_RATE / (1.0 + step as f64 / HALF_TIME);
        let (_, gradient) = objective.gradient(&model);
        let next = model.moved(&curvature.divide(&gradient), -rate);
        if !next.is_finite() {
            break;
        }
        model = next;
    }
    objective.weights = vec![1.0; data.len()];
    let holds = objective.loss(&model) <= RUNAWAY * objective.loss(&begin);
    if !holds {
        model = begin;
    }
    Optimum { model, kind: OptimumKind::BestFound }
}

/// Draws `k · softmax(z)` for standard normal z (k).
fn draw(tasks: usize, rng: &mut impl Rng) -> Vec<f64> {
    let shares = linalg::normal_vector(tasks, rng).map(f64::exp);
    let scale = tasks as f64 / shares.sum();
    shares.iter().map(|share| share * scale).collect()
}

/// The initial model: B from the leading directions of the single-task solutions, and the best
/// heads for it.
fn start(data: &[Moments], width: usize) -> SharedModel {
    let alone: Vec<DVector<f64>> = data.iter().map(Moments::least_squares).collect();
    let svd = DMatrix::from_columns(&alone).svd(true, false);
    let mut module = DMatrix::zeros(alone[0].len(), width);
    if let Some(u) = svd.u {
        let columns = width.min(u.ncols());
        module.columns_mut(0, columns).copy_from(&u.columns(0, columns));
    }
    let heads = data.iter().map(|task| head(task, &module)).collect();
    SharedModel::new(module, heads)
}

/// The best head (r) of a task for a module: `(BᵀHB)†Bᵀc`.
fn head(task: &Moments, module: &DMatrix<f64>) -> DVector<f64> {
    let h = module.transpose() * &*task.h * module;
    linalg::solve(&h, &(module.transpose() * &task.c))
}

/// Second derivatives of the uniform loss, without the mixed ones of B and the heads.
struct Curvature {
    /// For B, column by column: `2 Σ_i A_iA_iᵀ ⊗ H_i` (dr × dr).
    module: Inverse,
    /// For every head: `2 BᵀH_iB` (r × r).
    heads: Vec<Inverse>,
}

impl Curvature {
    fn at(model: &SharedModel, data: &[Moments]) -> Self {
        let size = model.module.len();
        let mut module = DMatrix::zeros(size, size);
        for (task, head) in data.iter().zip(&model.heads) {
            module += (head * head.transpose()).kronecker(&task.h) * 2.0;
        }
        let of_head = |task: &Moments| {
            Inverse::new(model.module.transpose() * &*task.h * &model.module * 2.0)
        };
        Self { module: Inverse::new(module), heads: data.iter().map(of_head).collect() }
    }

    /// Divides each part of the gradient by its curvature.
    fn divide(&self, gradient: &SharedModel) -> SharedModel {
        let (d, width) = gradient.module.shape();
        let module = self.module.times(&DVector::from_column_slice(gradient.module.as_slice()));
        let heads = gradient.heads.iter().zip(&self.heads).map(|(g, h)| h.times(g)).collect();
        SharedModel::new(DMatrix::from_column_slice(d, width, module.as_slice()), heads)
    }
}

/// The inverse of a curvature. It may vanish in some directions; gradients vanish there too.
struct Inverse(Option<Cholesky>);

impl Inverse {
    /// Adds a billionth of the mean to the diagonal of `curvature`, too little to affect a step.
    fn new(mut curvature: DMatrix<f64>) -> Self {
        let lift = 1e-9 * curvature.trace() / curvature.nrows() as f64;
        for i in 0..curvature.nrows() {
            curvature[(i, i)] += lift;
        }
        Self(Cholesky::of(&curvature))
    }

    fn times(&self, gradient: &DVector<f64>) -> DVector<f64> {
        self.0.as_ref().map_or_else(|| gradient * 0.0, |factor| factor.solve(gradient))
    }
}
