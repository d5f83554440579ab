//! The optimum of the linear model with squared loss: exact if possible, otherwise the best of
//! many starts.

use nalgebra::{DMatrix, DVector};

use super::least_squares::LeastSquares;
use super::optimum::{Optimum, OptimumKind};
use super::shared::SharedModel;
use super::whitened::Whitened;
use super::{exact, heads, starts};
use crate::math::lbfgs::StoppingRule;
use crate::math::multistart::Smooth;
use crate::math::seed::Seed;
use crate::math::{linalg, multistart};

/// Number of starts beside the optimum of a similar objective.
const LIKELY: usize = 12;

/// The optimum of the objective with a shared module of `width` units. `alone` are the single-task
/// solutions (d each); `seed` draws random starts. Equal seeds give equal results.
///
/// Exact wherever [`exact::optimum`] applies. Otherwise the lowest of many local minima over
/// modules, each with its best heads. If there are too few rows to determine the module, the one
/// of minimum norm. Always finite.
pub fn optimum(
    objective: &LeastSquares,
    width: usize,
    alone: &[DVector<f64>],
    seed: Seed,
) -> Optimum {
    match exact::optimum(objective, width, alone) {
        Some(model) => Optimum { model, kind: OptimumKind::Exact },
        None => best_of_many(objective, width, alone, seed),
    }
}

/// The best of many starts, for fewer units than tasks.
pub fn best_of_many(
    objective: &LeastSquares,
    width: usize,
    alone: &[DVector<f64>],
    seed: Seed,
) -> Optimum {
    let whitened = Whitened::new(objective, width);
    let starts = starts(&whitened, objective, alone, width, seed);
    let kind = OptimumKind::Multistart(starts.len());
    lowest(objective, whitened, starts, kind)
}

/// The lowest minimum reached from starts in whitened coordinates.
fn lowest(
    objective: &LeastSquares,
    mut whitened: Whitened,
    starts: Vec<DVector<f64>>,
    kind: OptimumKind,
) -> Optimum {
    let width = starts.first().map_or(1, |start| start.len() / whitened.dimension().max(1));
    let stop = StoppingRule::precise(whitened.labels);
    let found = multistart::lowest(starts, &stop, &mut whitened);
    let model = match found {
        Some(found) => heads::orthonormal(objective, whitened.model(&found.point)),
        None => exact::nothing(objective, width),
    };
    let model = match whitened.underdetermined {
        true => least_module(objective, model),
        false => heads::with_best_heads(objective, model),
    };
    Optimum { model, kind }
}

/// The optimum of the objective from that of a similar one, for instance one with other penalties.
/// Exact wherever [`exact::optimum`] applies. Otherwise the lowest of the minima reached from that
/// optimum and from the `LIKELY` lowest of the starts of [`best_of_many`], or from all of them
/// where steps are cheap; its kind is that of that optimum. `alone` are the single-task solutions
/// (d each); `seed` draws random starts.
pub fn near(
    objective: &LeastSquares,
    near: &Optimum,
    alone: &[DVector<f64>],
    seed: Seed,
) -> Optimum {
    let width = near.model.module.ncols();
    if let Some(model) = exact::optimum(objective, width, alone) {
        return Optimum { model, kind: OptimumKind::Exact };
    }
    let mut whitened = Whitened::new(objective, width);
    let mut starts = starts(&whitened, objective, alone, width, seed);
    if !whitened.is_diagonal() {
        let value = |start: DVector<f64>| (whitened.value(&start, &mut start.clone()), start);
        let mut valued: Vec<(f64, DVector<f64>)> = starts.into_iter().map(value).collect();
        valued.sort_by(|one, other| one.0.total_cmp(&other.0));
        starts = valued.into_iter().take(LIKELY).map(|(_, start)| start).collect();
    }
    starts.push(orthonormal(whitened.inverse(objective) * &near.model.module));
    lowest(objective, whitened, starts, near.kind)
}

/// Orthonormal starts for the whitened module (q × r, column by column).
pub(super) fn starts(
    whitened: &Whitened,
    objective: &LeastSquares,
    alone: &[DVector<f64>],
    width: usize,
    seed: Seed,
) -> Vec<DVector<f64>> {
    let inverse = whitened.inverse(objective);
    let alone: Vec<DVector<f64>> = alone.iter().map(|theta| &inverse * theta).collect();
    let shares: Vec<f64> = whitened.h.iter().map(|h| h.trace()).collect();
    starts::modules(&alone, &shares, width, seed).into_iter().map(orthonormal).collect()
}

/// An orthonormal module (q × r, column by column) with the same span.
fn orthonormal(module: DMatrix<f64>) -> DVector<f64> {
    DVector::from_column_slice(module.qr().q().as_slice())
}

/// The minimum-norm module among the best ones for the heads of a model, which solve
/// `Σ α_i H_i B A_iA_iᵀ = Σ α_i c_i A_iᵀ`.
fn least_module(objective: &LeastSquares, model: SharedModel) -> SharedModel {
    let (d, width) = model.module.shape();
    let mut system = DMatrix::zeros(d * width, d * width);
    let mut image = DMatrix::zeros(d, width);
    for ((data, &weight), head) in objective.data.iter().zip(&objective.weights).zip(&model.heads) {
        system += (head * head.transpose()).kronecker(&(&*data.h * weight));
        image += &data.c * head.transpose() * weight;
    }
    let module = linalg::solve(&system, &DVector::from_column_slice(image.as_slice()));
    SharedModel::new(DMatrix::from_column_slice(d, width, module.as_slice()), model.heads)
}
