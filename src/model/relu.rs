//! Optima of models with ReLU units: the best of several starts.

use nalgebra::{DMatrix, DVector, DVectorView};

use super::exact;
use super::loss::Loss;
use super::objective::Objective;
use super::on_rows::OnRows;
use super::optimum::{Optimum, OptimumKind};
use super::projected::Projected;
use super::shared::SharedModel;
use super::weights::{Fit, Weights};
use crate::math::lbfgs::StoppingRule;
use crate::math::seed::Seed;
use crate::math::{linalg, multistart};
use crate::task::Moments;

/// Number of random starts.
const AT_RANDOM: u64 = 4;
/// Most steps from the lowest minimum to its last digits.
const POLISH: usize = 40;
/// Most redraws of dead units, which are active on no row.
const REDRAWS: u64 = 3;

/// The best model found with `width` ReLU units. `alone` are the single-task optima, or empty.
///
/// With one unit, a positive multiple of B changes only the scale of the heads, and each head has
/// the sign of its mean label. Least squares on labels times that sign therefore starts near the
/// optimum. Further starts are the single tasks and random units. With several units no optimum is
/// claimed.
pub(super) fn optimum(
    objective: &OnRows,
    width: usize,
    alone: &[Optimum],
    moments: &[Moments],
    seed: Seed,
) -> Optimum {
    let modules = modules(objective, width, alone, moments, seed);
    let kind = match objective.loss {
        Loss::Squared if width == 1 => OptimumKind::Multistart(modules.len()),
        _ => OptimumKind::BestFound,
    };
    let projected = Projected::new(objective, moments, width);
    let start =
        |module: &DMatrix<f64>| projected.model(&DVector::from_column_slice(module.as_slice()));
    let starts = modules.iter().map(start).collect();
    Optimum { model: reached(objective, starts, moments, seed), kind }
}

/// The minimum reached from the optimum of a similar objective, with its kind.
pub(super) fn near(objective: &OnRows, near: &Optimum, moments: &[Moments], seed: Seed) -> Optimum {
    let model = reached(objective, vec![near.model.clone()], moments, seed);
    Optimum { model, kind: near.kind }
}

/// The lowest minimum reached from the starts; the model that predicts zero if there is none.
fn reached(
    objective: &OnRows,
    starts: Vec<SharedModel>,
    moments: &[Moments],
    seed: Seed,
) -> SharedModel {
    let width = starts.first().map_or(1, |start| start.module.ncols());
    let nothing = exact::nothing(objective, width);
    let stop = StoppingRule::rough(objective.loss(&nothing));
    let found = match objective.loss {
        Loss::Squared => {
            let mut function = Projected::new(objective, moments, width);
            lowest(objective, &mut function, starts, &stop, seed)
        }
        Loss::Logistic => {
            let mut weights = Weights { objective, shape: nothing.clone() };
            lowest(objective, &mut weights, starts, &stop, seed)
        }
    };
    found.unwrap_or(nothing)
}

/// The lowest minimum reached from the starts. Dead units are redrawn, because their gradient is
/// zero.
fn lowest(
    objective: &OnRows,
    function: &mut impl Fit,
    starts: Vec<SharedModel>,
    stop: &StoppingRule,
    seed: Seed,
) -> Option<SharedModel> {
    let starts = starts.iter().map(|start| function.point(start)).collect();
    let mut best = multistart::lowest(starts, stop, function)?;
    for attempt in 0..REDRAWS {
        let redrawn = redrawn(objective, function.model(&best.point), seed.child("dead", attempt));
        let Some(redrawn) = redrawn else { break };
        let starts = vec![function.point(&redrawn)];
        best = multistart::lowest(starts, stop, function)
            .filter(|found| found.value < best.value)
            .unwrap_or(best);
    }
    best.restart(function.curvature(&best.point));
    let precise = StoppingRule::precise(stop.scale);
    best.run(POLISH, &precise, &mut |x, slope| function.value(x, slope));
    Some(function.model(&best.point))
}

/// The model with new units in place of the dead ones; `None` if no unit is dead.
fn redrawn(objective: &OnRows, mut model: SharedModel, seed: Seed) -> Option<SharedModel> {
    let dead: Vec<usize> =
        (0..model.module.ncols()).filter(|&j| is_dead(objective, model.module.column(j))).collect();
    for &j in &dead {
        let mut unit = random_unit(objective, seed.child("unit", j as u64));
        unit *= model.module.norm().max(1.0);
        model.module.set_column(j, &unit);
        model.heads.iter_mut().for_each(|head| head[j] = 1e-3);
    }
    (!dead.is_empty()).then_some(model)
}

fn is_dead(objective: &OnRows, unit: DVectorView<'_, f64>) -> bool {
    objective.data.iter().all(|data| (&data.x * unit).max() <= 0.0)
}

/// A random unit vector (d), with the sign that makes it active on some row, if possible.
fn random_unit(objective: &OnRows, seed: Seed) -> DVector<f64> {
    let unit = linalg::unit_vector(objective.dimension(), &mut seed.rng());
    if is_dead(objective, unit.as_view()) { -unit } else { unit }
}

/// Initial modules (d × r). The first columns are least squares on labels times the sign of their
/// mean, the single tasks, and the negatives of these; random columns fill the rest.
fn modules(
    objective: &OnRows,
    width: usize,
    alone: &[Optimum],
    moments: &[Moments],
    seed: Seed,
) -> Vec<DMatrix<f64>> {
    let mut units = vec![sign_corrected(objective, moments)];
    units.extend(alone.iter().map(|alone| alone.model.module.column(0).into_owned()));
    let filled = |first: Vec<DVector<f64>>, start: u64| {
        let seed = seed.child("start", start);
        let random = (0..).map(|j| random_unit(objective, seed.child("unit", j)));
        DMatrix::from_columns(&first.into_iter().chain(random).take(width).collect::<Vec<_>>())
    };
    let mut firsts: Vec<Vec<DVector<f64>>> = units.iter().map(|unit| vec![unit.clone()]).collect();
    if width > 1 {
        firsts.extend(units.iter().map(|unit| vec![unit.clone(), -unit]));
        firsts.push(units.iter().skip(1).cloned().collect());
    }
    firsts.extend((0..AT_RANDOM).map(|_| Vec::new()));
    firsts.into_iter().zip(0..).map(|(first, start)| filled(first, start)).collect()
}

/// The least-squares solution (d) for all tasks together, with labels times the sign of their mean.
fn sign_corrected(objective: &OnRows, moments: &[Moments]) -> DVector<f64> {
    let d = objective.dimension();
    let (mut h, mut c) = (DMatrix::zeros(d, d), DVector::zeros(d));
    for ((rows, data), &weight) in objective.data.iter().zip(moments).zip(&objective.weights) {
        h += &*data.h * weight;
        c += &data.c * (weight * if rows.y.sum() < 0.0 { -1.0 } else { 1.0 });
    }
    let penalty: f64 =
        objective.weights.iter().enumerate().map(|(i, a)| a * objective.penalty(i)).sum();
    if penalty != 0.0 {
        h += DMatrix::identity(d, d) * (2.0 * penalty);
    }
    linalg::solve(&h, &c)
}
