//! Deviations of linear estimates from the true θ, accurate to many digits even if tiny.
//!
//! With `c_i = H_iθ_i + e_i` (`e_i = X_iᵀε_i`) the gradient of the objective depends only on the
//! deviations `d_i = θ̂_i − θ_i`: `g_i = α_i (H_i d_i − e_i)`. Nothing as large as θ is subtracted.
//! An optimum from the moments has a rounding error proportional to θ. Newton's method on
//! corrections to it gives deviations with an error proportional to the deviations themselves.

use nalgebra::{DMatrix, DVector};

use super::least_squares::LeastSquares;
use super::shared::SharedModel;
use crate::math::kernel::{self, Cholesky};
use crate::math::linalg;
use crate::task::{Moments, Noise};

/// Most corrections by Newton's method.
const STEPS: usize = 12;
/// Converged if a correction changes the deviations by less than this share.
const SETTLED: f64 = 1e-12;
/// Failed if the last correction still changed them by more than this share.
const UNSETTLED: f64 = 1e-3;

/// The deviation of an estimate from θ, with a bound on its error.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateDeviation {
    /// `θ̂ − θ` (d).
    pub vector: DVector<f64>,
    /// Relative error of the vector in the norm `√(vᵀHv)` of the rows.
    pub error: f64,
}

/// The deviations of all tasks at the local optimum near a model without alignments. `None` if a
/// θ is unknown or the optimum is not unique to working precision.
pub fn joint(objective: &LeastSquares, model: &SharedModel) -> Option<Vec<EstimateDeviation>> {
    let noise: Vec<&Noise> =
        objective.data.iter().map(|data| data.noise.as_ref()).collect::<Option<_>>()?;
    let mut newton = Newton::new(objective, model, noise)?;
    let mut change = vec![f64::INFINITY; objective.data.len()];
    for _ in 0..STEPS {
        let next = newton.step()?;
        let largest = next.iter().copied().fold(0.0, f64::max);
        let stalled = largest >= 0.5 * change.iter().copied().fold(0.0, f64::max);
        change = next;
        if largest <= SETTLED || stalled {
            break;
        }
    }
    let settled = change.iter().all(|change| *change < UNSETTLED);
    let error = |change: f64| 2.0 * change + rounding(newton.condition);
    settled.then(|| {
        let found = newton.deviations.into_iter().zip(change);
        found.map(|(vector, change)| EstimateDeviation { vector, error: error(change) }).collect()
    })
}

/// A bound on the relative error of the solution of a system with this condition number.
pub(super) fn rounding(condition: f64) -> f64 {
    16.0 * f64::EPSILON * condition
}

/// Newton's method for a small correction `(b, a_i)` of a model `(B, A_i)`.
struct Newton<'a> {
    objective: &'a LeastSquares,
    noise: Vec<&'a Noise>,
    model: &'a SharedModel,
    /// `B A_i − θ_i`.
    start: Vec<DVector<f64>>,
    /// b (d × r).
    module: DMatrix<f64>,
    /// a_i (r).
    heads: Vec<DVector<f64>>,
    /// `(B + b)(A_i + a_i) − θ_i`.
    deviations: Vec<DVector<f64>>,
    /// Units in which every weight has curvature 1.
    units: DVector<f64>,
    curvature: Cholesky,
    condition: f64,
}

impl<'a> Newton<'a> {
    fn new(
        objective: &'a LeastSquares,
        model: &'a SharedModel,
        noise: Vec<&'a Noise>,
    ) -> Option<Self> {
        let tasks = model.heads.iter().zip(&noise);
        let start: Vec<DVector<f64>> = tasks
            .map(|(head, noise)| linalg::difference(&model.module, head, &noise.theta))
            .collect();
        let (units, curvature) = curvature(objective, model, &noise, &start)?;
        let condition = 1.0 / linalg::smallest_eigenvalue(&curvature);
        Some(Self {
            module: model.module.map(|_| 0.0),
            heads: model.heads.iter().map(|head| head.map(|_| 0.0)).collect(),
            deviations: start.clone(),
            objective,
            noise,
            model,
            start,
            units,
            curvature,
            condition,
        })
    }

    /// Makes one correction and returns the relative change of each deviation, in the norm of the
    /// rows. `None` if it is not finite.
    fn step(&mut self) -> Option<Vec<f64>> {
        let by = self.curvature.solve(&self.slope().component_mul(&self.units));
        let by = by.component_mul(&self.units);
        let (d, width) = self.module.shape();
        self.module -= DMatrix::from_column_slice(d, width, by.rows(0, d * width).as_slice());
        for (i, head) in self.heads.iter_mut().enumerate() {
            *head -= by.rows(d * width + i * width, width);
        }
        let deviation = |i: usize| -> DVector<f64> {
            let module = &self.model.module + &self.module;
            &self.start[i] + &self.module * &self.model.heads[i] + module * &self.heads[i]
        };
        let next: Vec<DVector<f64>> = (0..self.heads.len()).map(deviation).collect();
        let length = |i: usize, v: &DVector<f64>| {
            v.dot(&kernel::symmetric_times(&self.objective.data[i].h, v)).sqrt()
        };
        let changes = next.iter().zip(&self.deviations).enumerate();
        let changes: Vec<f64> = changes
            .map(|(i, (next, last))| match length(i, &(next - last)) {
                0.0 => 0.0,
                change => change / length(i, next),
            })
            .collect();
        self.deviations = next;
        changes.iter().all(|change| change.is_finite()).then_some(changes)
    }

    /// Half the gradient with respect to B, column by column, and every head.
    fn slope(&self) -> DVector<f64> {
        let module = &self.model.module + &self.module;
        let mut by_module = DMatrix::zeros(module.nrows(), module.ncols());
        let mut by_heads = Vec::new();
        for (i, data) in self.objective.data.iter().enumerate() {
            let residual = residual(data, self.noise[i], &self.deviations[i]);
            let residual = residual * self.objective.weights[i];
            let head = &self.model.heads[i] + &self.heads[i];
            by_module.ger(1.0, &residual, &head, 1.0);
            by_heads.extend_from_slice(module.tr_mul(&residual).as_slice());
        }
        DVector::from_iterator(
            by_module.len() + by_heads.len(),
            by_module.iter().chain(&by_heads).copied(),
        )
    }
}

/// `H d − e`.
fn residual(data: &Moments, noise: &Noise, deviation: &DVector<f64>) -> DVector<f64> {
    kernel::symmetric_times(&data.h, deviation) - &noise.c
}

/// Half the second derivative with respect to B, column by column, and every head, in units that
/// make its diagonal 1. The directions `(BG, −GA_i)`, along which no estimate changes, are given
/// curvature 1.
fn curvature(
    objective: &LeastSquares,
    model: &SharedModel,
    noise: &[&Noise],
    deviations: &[DVector<f64>],
) -> Option<(DVector<f64>, Cholesky)> {
    let (d, width) = model.module.shape();
    let n = (d + model.heads.len()) * width;
    let mut second = DMatrix::zeros(n, n);
    for (i, (data, &weight)) in objective.data.iter().zip(&objective.weights).enumerate() {
        let head = &model.heads[i];
        for (p, q) in (0..width * width).map(|i| (i / width, i % width)) {
            let times = head[p] * head[q] * weight;
            for (c, column) in data.h.as_slice().chunks_exact(d).enumerate() {
                let to = &mut second.as_mut_slice()[(q * d + c) * n + p * d..][..d];
                to.iter_mut().zip(column).for_each(|(to, x)| *to += times * x);
            }
        }
        let units = model.module.column_iter();
        let images = units.map(|unit| kernel::symmetric_times(&data.h, &unit.into_owned()));
        let image = DMatrix::from_columns(&images.collect::<Vec<_>>()) * weight;
        let residual = residual(data, noise[i], &deviations[i]) * weight;
        let at = (d + i) * width;
        let own = model.module.tr_mul(&image);
        second.view_mut((at, at), (width, width)).copy_from(&own);
        let mut cross = head.kronecker(&image);
        for j in 0..width {
            let mut part = cross.view_mut((j * d, j), (d, 1));
            part += &residual;
        }
        second.view_mut((0, at), (d * width, width)).copy_from(&cross);
        second.view_mut((at, 0), (width, d * width)).copy_from(&cross.transpose());
    }
    let diagonal = second.diagonal();
    if diagonal.iter().any(|value| value.is_nan() || *value <= 0.0) {
        return None;
    }
    let units = diagonal.map(|value| 1.0 / value.sqrt());
    for (i, mut column) in second.column_iter_mut().enumerate() {
        column.component_mul_assign(&units);
        column *= units[i];
    }
    let mut free = DMatrix::from_columns(&free_directions(model));
    free.column_iter_mut().for_each(|mut column| column.component_div_assign(&units));
    let free = free.qr().q();
    free.column_iter().for_each(|free| second.ger(1.0, &free, &free, 1.0));
    Some((units, Cholesky::of(&second)?))
}

/// The directions `(BG, −GA_i)` for every matrix G with a single non-zero entry.
fn free_directions(model: &SharedModel) -> Vec<DVector<f64>> {
    let width = model.module.ncols();
    let entry = |(row, column): (usize, usize)| {
        let mut g = DMatrix::zeros(width, width);
        g[(row, column)] = 1.0;
        let heads = model.heads.iter().map(|head| -&g * head).collect();
        let direction = SharedModel::new(&model.module * &g, heads);
        DVector::from_vec(direction.parameters().collect())
    };
    (0..width * width).map(|i| entry((i / width, i % width))).collect()
}
