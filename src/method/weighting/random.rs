//! Random loss weighting (Lin, Ye, Zhang & Tsang, *Reasonable effectiveness of random weighting*,
//! TMLR 2022): no set of weights but a way of training.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use rand::Rng;

use crate::math::linalg;
use crate::math::seed::Seed;
use crate::model::{Claim, LeastSquares, Objective, Optimum, SharedModel};
use crate::task::Moments;

/// Number of gradient steps.
const STEPS: usize = 600;

/// Share of a full Newton step that the first step goes.
const FIRST_RATE: f64 = 0.3;

/// Steps after which the rate has halved; it falls as one over the number of steps.
const HALF_TIME: f64 = 30.0;

/// Training whose loss ends above this many times that of its start has run away.
const RUNAWAY: f64 = 2.0;

/// Steps made with the same curvature.
const REFRESH: usize = 10;

/// Trains with weights `α = k · softmax(z)`, z standard normal (k), drawn anew at every step.
///
/// The expected weight of every task is 1, so that the expected gradient is that of uniform
/// weights. With rates that fall as 1/t the steps settle (Robbins & Monro 1951) at a stationary
/// point of the *uniform* objective: what is left of the random weights at the end is a small
/// scatter about it. Each step is the gradient divided by the mean curvature, of B and of each
/// A_i apart, so that stretched rows do not slow it; it starts at the `width` leading directions
/// of the single-task solutions. Where the
/// steps run away, as rows fewer than the features can let them, the start is kept. No optimum is
/// claimed.
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
    Optimum { model, claim: Claim::BestFound }
}

/// `k · softmax(z)` of standard normal z (k).
fn draw(tasks: usize, rng: &mut impl Rng) -> Vec<f64> {
    let shares = linalg::normal_vector(tasks, rng).map(f64::exp);
    let scale = tasks as f64 / shares.sum();
    shares.iter().map(|share| share * scale).collect()
}

/// B from the leading directions of the single-task solutions, heads by least squares on it.
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

/// The best head of a task on a module: `(BᵀHB)†Bᵀc` (r).
fn head(task: &Moments, module: &DMatrix<f64>) -> DVector<f64> {
    let h = module.transpose() * &task.h * module;
    linalg::solve(&h, &(module.transpose() * &task.c))
}

/// The second derivatives of the uniform loss, without those between B and the heads.
struct Curvature {
    /// Of B, column by column: `2 Σ_i A_iA_iᵀ ⊗ H_i` (dr × dr).
    module: Inverse,
    /// Of every head: `2 BᵀH_iB` (r × r).
    heads: Vec<Inverse>,
}

impl Curvature {
    fn at(model: &SharedModel, data: &[Moments]) -> Self {
        let size = model.module.len();
        let mut module = DMatrix::zeros(size, size);
        for (task, head) in data.iter().zip(&model.heads) {
            module += (head * head.transpose()).kronecker(&task.h) * 2.0;
        }
        let of_head =
            |task: &Moments| Inverse::new(model.module.transpose() * &task.h * &model.module * 2.0);
        Self { module: Inverse::new(module), heads: data.iter().map(of_head).collect() }
    }

    /// The gradient, each part divided by its curvature.
    fn divide(&self, gradient: &SharedModel) -> SharedModel {
        let (d, width) = gradient.module.shape();
        let module = self.module.times(&DVector::from_column_slice(gradient.module.as_slice()));
        let heads = gradient.heads.iter().zip(&self.heads).map(|(g, h)| h.times(g)).collect();
        SharedModel::new(DMatrix::from_column_slice(d, width, module.as_slice()), heads)
    }
}

/// The inverse of a curvature that may vanish in some directions, in which gradients vanish too.
struct Inverse(Option<Cholesky<f64, Dyn>>);

impl Inverse {
    /// Lifts `curvature` by a billionth of its mean, which no step notices.
    fn new(mut curvature: DMatrix<f64>) -> Self {
        let lift = 1e-9 * curvature.trace() / curvature.nrows() as f64;
        for i in 0..curvature.nrows() {
            curvature[(i, i)] += lift;
        }
        Self(curvature.cholesky())
    }

    fn times(&self, gradient: &DVector<f64>) -> DVector<f64> {
        self.0.as_ref().map_or_else(|| gradient * 0.0, |factor| factor.solve(gradient))
    }
}
