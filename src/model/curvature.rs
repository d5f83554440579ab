//! The largest curvature of a training objective.

use nalgebra::DVector;

use super::objective::Objective;
use super::shared::SharedModel;

/// Number of power iterations; the estimate is at most a few percent low where it matters.
const ITERATIONS: usize = 40;

/// The largest curvature of the objective at a model, in absolute value, with the derivative of
/// weight j measured in `units[j]`. This is the largest eigenvalue of `D⁻¹∇²f`, `D = diag(units)`,
/// by power iteration on differences of gradients.
pub fn largest(objective: &dyn Objective, model: &SharedModel, units: &DVector<f64>) -> f64 {
    let slope = |model: &SharedModel| {
        DVector::from_iterator(units.len(), objective.gradient(model).1.parameters())
    };
    let size = model.parameters().map(|value| value * value).sum::<f64>().sqrt();
    let step = 1e-5 * size.max(1e-3);
    let mut along = DVector::from_fn(units.len(), |i, _| 1.5 + (i as f64).sin()).normalize();
    let mut curvature = 0.0;
    for _ in 0..ITERATIONS {
        let way = model.with_parameters(along.iter().copied());
        let change = slope(&model.moved(&way, step)) - slope(&model.moved(&way, -step));
        let image = change.component_div(units) / (2.0 * step);
        curvature = image.norm();
        if !curvature.is_normal() {
            return 0.0;
        }
        along = image / curvature;
    }
    curvature
}
