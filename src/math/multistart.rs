//! The lowest minimum that a search reaches from many starts.

use nalgebra::{Cholesky, DVector, Dyn};

use super::lbfgs::{Lbfgs, StoppingRule};

/// Steps of every search before the field is thinned.
const FIRST: usize = 10;
/// Steps before only the best few go on.
const SECOND: usize = 20;
/// Steps after which the curvature is looked at anew.
const REFRESH: usize = 40;
/// At most this many times.
const ROUNDS: usize = 50;
/// At least this many searches go on after the first steps.
const FIELD: usize = 8;
/// At most this many go on to the end.
const FINALISTS: usize = 5;
/// Searches whose values differ by less than this share of the scale are taken for one.
const ALIKE: f64 = 1e-9;

/// A function with its gradient, and an approximation of its curvature where there is one.
pub trait Smooth {
    /// The value at a point; writes the gradient there.
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64;

    /// A factor of a positive definite approximation of the second derivative.
    fn curvature(&self, _point: &DVector<f64>) -> Option<Cholesky<f64, Dyn>> {
        None
    }
}

/// The lowest minimum that L-BFGS reaches from the starts; `None` where the function is finite at
/// none. After a few steps from everywhere the best third goes on, of these the best few, and to
/// the end only those that would be the best if they gained once more what they gained last.
/// Equal starts give equal results.
pub fn lowest(
    starts: Vec<DVector<f64>>,
    stop: &StoppingRule,
    function: &mut impl Smooth,
) -> Option<Lbfgs> {
    let mut f = |x: &DVector<f64>, slope: &mut DVector<f64>| function.value(x, slope);
    let mut field: Vec<Lbfgs> = starts.into_iter().map(|start| Lbfgs::new(start, &mut f)).collect();
    advance(&mut field, FIRST, stop, function);
    let third = (field.len() / 3).max(FIELD);
    thin(&mut field, third, stop);
    advance(&mut field, SECOND, stop, function);
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

/// Some steps of every search, with fresh curvature. What each has gained.
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

/// Keeps the lowest `left`, one of each kind.
fn thin(field: &mut Vec<Lbfgs>, left: usize, stop: &StoppingRule) {
    field.retain(|search| search.value.is_finite());
    field.sort_by(|a, b| a.value.total_cmp(&b.value));
    field.dedup_by(|b, a| b.value - a.value <= ALIKE * stop.scale);
    field.truncate(left);
}
