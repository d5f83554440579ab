//! A training objective as a function of all its weights.

use nalgebra::DVector;

use super::objective::Objective;
use super::shared::SharedModel;
use crate::math::multistart::Smooth;

/// The objective at models of one shape; points are weights in the order of
/// [`SharedModel::parameters`].
pub(super) struct Weights<'a> {
    /// The objective.
    pub(super) objective: &'a dyn Objective,
    /// A model of the required shape.
    pub(super) shape: SharedModel,
}

/// A loss as a function of some of the weights of a model.
pub(super) trait Fit: Smooth {
    /// The model at a point.
    fn model(&self, point: &DVector<f64>) -> SharedModel;

    /// The point of a model.
    fn point(&self, model: &SharedModel) -> DVector<f64>;
}

impl Fit for Weights<'_> {
    fn model(&self, point: &DVector<f64>) -> SharedModel {
        self.shape.with_parameters(point.iter().copied())
    }

    fn point(&self, model: &SharedModel) -> DVector<f64> {
        DVector::from_vec(model.parameters().collect())
    }
}

impl Smooth for Weights<'_> {
    fn value(&mut self, point: &DVector<f64>, gradient: &mut DVector<f64>) -> f64 {
        let (loss, slope) = self.objective.gradient(&self.model(point));
        gradient.iter_mut().zip(slope.parameters()).for_each(|(g, s)| *g = s);
        loss
    }
}
