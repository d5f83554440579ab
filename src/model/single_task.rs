//! The least-squares solution of a task alone, and how far it is from θ.

use std::sync::Arc;

use nalgebra::DVector;

use super::deviation::{self, EstimateDeviation};
use crate::math::kernel::Cholesky;
use crate::math::linalg;
use crate::math::memo::Memo;
use crate::task::Moments;

/// Numbers kept of the latest solutions and their moments: 16 MB.
const ROOM: usize = 2_000_000;

/// The latest solutions, by the squared length of the labels: a knob of one task leaves those of
/// the others as they are.
static SOLVED: Memo<(Moments, Arc<SingleTask>)> = Memo::new(ROOM);

/// The single-task optimum of the linear model with squared loss.
#[derive(Debug, Clone)]
pub struct SingleTask {
    /// The minimum-norm least-squares solution `(XᵀX)†Xᵀy` (d).
    pub estimate: DVector<f64>,
    /// Its deviation from θ, `H⁻¹Xᵀε`; `None` if θ is unknown or there are fewer rows than features.
    pub deviation: Option<EstimateDeviation>,
}

impl SingleTask {
    /// Solves for the moments of a task.
    pub fn of(data: &Moments) -> Arc<Self> {
        let kept = SOLVED.get(
            data.s.to_bits(),
            |(solved, _)| solved == data,
            || ((data.clone(), Self::solve(data).into()), data.h.len()),
        );
        kept.1.clone()
    }

    fn solve(data: &Moments) -> Self {
        let factor = Cholesky::of(&data.h);
        let largest = data.h.diagonal().max();
        let smallest = factor.as_ref().map_or(0.0, linalg::smallest_eigenvalue);
        let estimate = match &factor {
            Some(factor) if linalg::is_regular(largest, smallest) => factor.solve(&data.c),
            _ => linalg::solve_on_range(&data.h, &data.c),
        };
        let is_determined = data.equations() >= data.c.len() as u64;
        let deviation = factor.zip(data.noise.as_ref()).filter(|_| is_determined);
        let deviation = deviation.map(|(factor, noise)| EstimateDeviation {
            vector: factor.solve(&noise.c),
            error: deviation::rounding(largest / smallest),
        });
        Self { estimate, deviation }
    }
}
