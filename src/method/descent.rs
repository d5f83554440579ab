//! Gradient steps for joint training in which weights or gradients change at every step.

use nalgebra::{DMatrix, DVector};

use crate::math::kernel::Cholesky;
use crate::math::linalg;
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

/// Trains by steps along what `slope` returns for a model: a gradient, and the task weights (k) in
/// the curvature that divides it.
///
/// Each step is divided by the mean curvature, separately for B and each A_i, so that stretched
/// rows do not slow it down. The rates decay as 1/t. Training starts at the `width` leading
/// directions of the single-task solutions. If it diverges, as can happen with fewer rows than
/// features, the start is kept. No optimum is claimed.
pub(super) fn train(
    data: &[Moments],
    width: usize,
    mut slope: impl FnMut(&SharedModel) -> (SharedModel, Vec<f64>),
) -> Optimum {
    let begin = start(data, width);
    let mut model = begin.clone();
    let mut curvature = None;
    for step in 0..STEPS {
        let (gradient, weights) = slope(&model);
        if step % REFRESH == 0 {
            curvature = Some(Curvature::at(&model, data, &weights));
        }
        let Some(curvature) = &curvature else { break };
        let rate = FIRST_RATE / (1.0 + step as f64 / HALF_TIME);
        let next = model.moved(&curvature.divide(&gradient), -rate);
        if !next.is_finite() {
            break;
        }
        model = next;
    }
    let uniform = LeastSquares { data: data.to_vec(), weights: vec![1.0; data.len()] };
    let holds = uniform.loss(&model) <= RUNAWAY * uniform.loss(&begin);
    Optimum { model: if holds { model } else { begin }, kind: OptimumKind::BestFound }
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

/// Second derivatives of the loss, without the mixed ones of B and the heads.
struct Curvature {
    /// For B, column by column: `2 Σ_i α_i A_iA_iᵀ ⊗ H_i` (dr × dr).
    module: Inverse,
    /// For every head: `2 BᵀH_iB` (r × r).
    heads: Vec<Inverse>,
}

impl Curvature {
    fn at(model: &SharedModel, data: &[Moments], weights: &[f64]) -> Self {
        let size = model.module.len();
        let mut module = DMatrix::zeros(size, size);
        for ((task, head), weight) in data.iter().zip(&model.heads).zip(weights) {
            module += (head * head.transpose()).kronecker(&task.h) * (2.0 * weight);
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
