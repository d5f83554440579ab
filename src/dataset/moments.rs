//! The moments of all rows of a task, of which only some are kept.

use nalgebra::{DMatrix, DVector};

/// Moments of all rows of a task that have a label.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskMoments {
    /// Number of rows with a label (m).
    pub rows: u64,
    /// Means of the features (d).
    pub x_mean: DVector<f64>,
    /// Mean of the labels.
    pub y_mean: f64,
    /// `XᵀX` of the features less their means (d × d).
    pub xx: DMatrix<f64>,
    /// `Xᵀy` of features and labels less their means (d).
    pub xy: DVector<f64>,
    /// `yᵀy` of the labels less their mean.
    pub yy: f64,
}

impl TaskMoments {
    /// The moments of the features in another order; `order` has the place of each (d).
    pub(super) fn in_order(&self, order: &[usize]) -> Self {
        Self {
            x_mean: self.x_mean.select_rows(order),
            xx: self.xx.select_rows(order).select_columns(order),
            xy: self.xy.select_rows(order),
            ..*self
        }
    }
}
