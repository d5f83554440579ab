//! Local minima of smooth functions of few variables.

use nalgebra::{DMatrix, DVector};

/// Steps after which the search ends in any case.
const MOST_STEPS: usize = 200;
/// Share of the decrease promised by the slope that a step must keep (Armijo).
const DECREASE: f64 = 1e-4;

/// The local minimum below `start` of a function that returns its value and gradient, by BFGS
/// with halving steps; its place and value.
pub fn minimum(
    start: DVector<f64>,
    mut f: impl FnMut(&DVector<f64>) -> (f64, DVector<f64>),
) -> (DVector<f64>, f64) {
    let n = start.len();
    let (mut value, mut slope) = f(&start);
    let mut place = start;
    let mut curvature: Option<DMatrix<f64>> = None;
    for _ in 0..MOST_STEPS {
        let step = match &curvature {
            Some(inverse) => -(inverse * &slope),
            None => &slope * (-0.1 * place.norm() / slope.norm().max(f64::MIN_POSITIVE)),
        };
        let promise = step.dot(&slope);
        if promise.abs() <= 1e-14 * value.abs() {
            break;
        }
        let Some((next, below, gradient)) = descend(&place, value, &step, promise, &mut f) else {
            if curvature.take().is_none() {
                break;
            }
            continue;
        };
        let (moved, turned) = (&next - &place, &gradient - &slope);
        let inner = moved.dot(&turned);
        if inner > 0.0 {
            let inverse = curvature
                .take()
                .unwrap_or_else(|| DMatrix::identity(n, n) * (inner / turned.norm_squared()));
            curvature = Some(updated(inverse, &moved, &turned, inner));
        }
        (place, value, slope) = (next, below, gradient);
    }
    (place, value)
}

/// The first point along `step`, halved time and again, at which the function is low enough.
fn descend(
    place: &DVector<f64>,
    value: f64,
    step: &DVector<f64>,
    promise: f64,
    f: &mut impl FnMut(&DVector<f64>) -> (f64, DVector<f64>),
) -> Option<(DVector<f64>, f64, DVector<f64>)> {
    (0..20).map(|halvings| 0.5_f64.powi(halvings)).find_map(|share| {
        let next = place + step * share;
        let (below, gradient) = f(&next);
        (below <= value + DECREASE * share * promise).then_some((next, below, gradient))
    })
}

/// The BFGS update of the inverse Hessian.
fn updated(
    inverse: DMatrix<f64>,
    moved: &DVector<f64>,
    turned: &DVector<f64>,
    inner: f64,
) -> DMatrix<f64> {
    let shadow = &inverse * turned;
    let weight = (1.0 + turned.dot(&shadow) / inner) / inner;
    let cross = &shadow * moved.transpose() / inner;
    inverse + moved * moved.transpose() * weight - &cross - cross.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_of_a_bent_valley_is_found() {
        let rosenbrock = |x: &DVector<f64>| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            let slope = DVector::from_vec(vec![-2.0 * a - 400.0 * x[0] * b, 200.0 * b]);
            (a * a + 100.0 * b * b, slope)
        };
        let (place, value) = minimum(DVector::from_vec(vec![-1.2, 1.0]), rosenbrock);
        assert!((place - DVector::from_element(2, 1.0)).amax() < 1e-6);
        assert!(value < 1e-12);
    }
}
