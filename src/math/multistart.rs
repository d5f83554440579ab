//! The lowest minimum reached from many starts.

use nalgebra::{DMatrix, DVector};

use super::factor::Factor;
use super::lbfgs::{Lbfgs, StoppingRule};

/// Steps of every search before the first selection; after each number of them, searches that are
/// on the way to the same minimum are joined.
const FIRST: [usize; 3] = [4, 3, 3];
/// Steps before the second selection.
const SECOND: [usize; 3] = [5, 5, 10];
/// Steps after which the curvature is recomputed.
const REFRESH: usize = 40;
/// Most recomputations.
const ROUNDS: usize = 50;
/// Fewest searches kept by the first selection.
const FIELD: usize = 8;
/// Most searches kept by the second selection.
const FINALISTS: usize = 5;
/// Searches whose values differ by less than this share of the scale count as one.
const ALIKE: f64 = 1e-9;
/// Searches whose spans differ by less than this sum of squared sines count as one.
const SAME_SPAN: f64 = 1e-3;

/// A function with its gradient and, optionally, an approximation of its curvature.
pub trait Smooth {
    /// Returns the value at a point and writes the gradient.
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64;

    /// Cholesky factor of a positive definite approximation of the second derivative.
    fn curvature(&self, _point: &DVector<f64>) -> Option<Factor> {
        None
    }

    /// An orthonormal basis (n × r) of the space on which alone the value depends, if there is one.
    fn span(&self, _point: &DVector<f64>) -> Option<DMatrix<f64>> {
        None
    }
}

/// The lowest minimum that L-BFGS reaches from the starts; `None` if the function is finite at
/// none of them. After a few steps only the best third continues, later only the best few. To the
/// end go only those that would become the best if they repeated their last gain. Equal starts
/// give equal results.
pub fn lowest(
    starts: Vec<DVector<f64>>,
    stop: &StoppingRule,
    function: &mut impl Smooth,
) -> Option<Lbfgs> {
    let mut f = |x: &DVector<f64>, slope: &mut DVector<f64>| function.value(x, slope);
    let mut field: Vec<Lbfgs> = starts.into_iter().map(|start| Lbfgs::new(start, &mut f)).collect();
    approach(&mut field, FIRST, stop, function);
    let third = (field.len() / 3).max(FIELD);
    thin(&mut field, third, stop);
    approach(&mut field, SECOND, stop, function);
    thin(&mut field, FINALISTS, stop);
    for _ in 0..ROUNDS {
        if field.iter().all(Lbfgs::is_finished) {
            break;
        }
        let gains = advance(&mut field, REFRESH, stop, function);
        let least = field.iter().map(|search| search.value).fold(f64::INFINITY, f64::min);
        let mut gains = gains.into_iter();
        field.retain(|search| search.value - gains.next().unwrap_or(0.0) <= least);
        thin(&mut field, FINALISTS, stop);
    }
    let mut best = field.into_iter().next()?;
    if !best.arrived {
        best.restart(function.curvature(&best.point));
        best.run(REFRESH, stop, &mut |x, slope| function.value(x, slope));
    }
    Some(best)
}

/// Advances every search by some steps at a time. After each, the lowest of those that go to the
/// same minimum is kept.
fn approach(
    field: &mut Vec<Lbfgs>,
    steps: [usize; 3],
    stop: &StoppingRule,
    function: &mut impl Smooth,
) {
    advance(field, steps[0], stop, function);
    join(field, function);
    for steps in &steps[1..] {
        for search in &mut *field {
            search.run(*steps, stop, &mut |x, slope| function.value(x, slope));
        }
        join(field, function);
    }
}

/// Keeps the lowest of the searches whose points have the same span.
fn join(field: &mut Vec<Lbfgs>, function: &impl Smooth) {
    field.retain(|search| search.value.is_finite());
    field.sort_by(|a, b| a.value.total_cmp(&b.value));
    let mut kept: Vec<DMatrix<f64>> = Vec::new();
    field.retain(|search| {
        let Some(span) = function.span(&search.point) else { return true };
        let apart = |other: &DMatrix<f64>| {
            span.ncols() as f64 - other.tr_mul(&span).norm_squared() > SAME_SPAN
        };
        let is_new = kept.iter().all(apart);
        if is_new {
            kept.push(span);
        }
        is_new
    });
}

/// Advances every search by some steps with recomputed curvature. Returns the decrease of each.
fn advance(
    field: &mut [Lbfgs],
    steps: usize,
    stop: &StoppingRule,
    function: &mut impl Smooth,
) -> Vec<f64> {
    let mut step = |search: &mut Lbfgs| {
        let before = search.value;
        if !search.is_finished() {
            search.curvature = function.curvature(&search.point);
            search.run(steps, stop, &mut |x, slope| function.value(x, slope));
        }
        (before - search.value).max(0.0)
    };
    field.iter_mut().map(&mut step).collect()
}

/// Keeps the `left` lowest searches, without duplicates.
fn thin(field: &mut Vec<Lbfgs>, left: usize, stop: &StoppingRule) {
    field.retain(|search| search.value.is_finite());
    field.sort_by(|a, b| a.value.total_cmp(&b.value));
    field.dedup_by(|b, a| b.value - a.value <= ALIKE * stop.scale);
    field.truncate(left);
}
