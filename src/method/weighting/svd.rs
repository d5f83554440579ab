//! SVD weights: Algorithm 2 of Wu, Zhang & Ré (ICLR 2020), as printed and on standardised labels.

use nalgebra::DMatrix;

use crate::task::Moments;

/// The weights of Algorithm 2 as printed (k): `α_i = ‖θ_iᵀU_r‖` with `θ_i = X_iᵀy_i` and U_r the r
/// leading left singular vectors of `(θ_1 … θ_k)`.
///
/// `‖Xᵀy‖` grows with the label noise, so noisy tasks gain weight.
pub fn printed(data: &[Moments], width: usize) -> Vec<f64> {
    shares(&correlations(data, false), width)
}

/// The weights (k) that scale labels to unit root mean square per task: `m_i/y_iᵀy_i`.
pub fn unit_scale(data: &[Moments]) -> Vec<f64> {
    data.iter().map(|task| root_mean_square(task).powi(-2)).collect()
}

/// The weights (k) of Algorithm 2 on labels scaled to unit root mean square per task.
///
/// Training on scaled labels with `α_i` is the same as training on unscaled labels with
/// `α_i m_i/y_iᵀy_i`. The latter are returned.
pub fn standardised(data: &[Moments], width: usize) -> Vec<f64> {
    let alpha = shares(&correlations(data, true), width);
    alpha.iter().zip(unit_scale(data)).map(|(alpha, scale)| alpha * scale).collect()
}

/// The singular values of `(θ_1 … θ_k)` (min(d, k)), largest first. Where they drop indicates the
/// width that the tasks share.
pub fn spectrum(data: &[Moments], standardised: bool) -> Vec<f64> {
    correlations(data, standardised).singular_values().iter().copied().collect()
}

/// `‖θ_iᵀU_r‖` for every column θ_i of `thetas` (d × k).
pub fn shares(thetas: &DMatrix<f64>, width: usize) -> Vec<f64> {
    let svd = thetas.clone().svd(true, false);
    let Some(u) = svd.u else { return vec![0.0; thetas.ncols()] };
    let shadows = u.columns(0, width.min(u.ncols())).transpose() * thetas;
    shadows.column_iter().map(|shadow| shadow.norm()).collect()
}

/// The columns `θ_i = X_iᵀy_i` (d × k), for unscaled labels or labels scaled to unit RMS.
pub fn correlations(data: &[Moments], standardised: bool) -> DMatrix<f64> {
    let columns: Vec<_> = data
        .iter()
        .map(|task| if standardised { &task.c / root_mean_square(task) } else { task.c.clone() })
        .collect();
    DMatrix::from_columns(&columns)
}

/// Root mean square of the labels; 1 if all are zero.
fn root_mean_square(task: &Moments) -> f64 {
    if task.s > 0.0 { (task.s / task.samples as f64).sqrt() } else { 1.0 }
}
