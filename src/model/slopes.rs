//! From the projections of rows on the units of a model to the derivatives of its loss.

use nalgebra::DVector;

use super::loss::Loss;
use crate::math::kernel::{Middle, Number};
use crate::task::Activation;

/// Products that are summed apart, so that they fill vectors.
const APART: usize = 16;

/// The loss of some rows of a task, and its derivatives.
#[derive(Debug, Clone)]
pub(super) struct Slopes<'a, T> {
    task: Task<'a>,
    head: Vec<T>,
    /// The loss α ℓ of the rows so far.
    pub(super) loss: f64,
    /// Its derivative with respect to the head (r).
    pub(super) of_head: DVector<f64>,
    f: Vec<f64>,
    slopes: Vec<T>,
}

/// What a task gives to the loss of its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    /// The labels (m).
    pub(super) y: &'a DVector<f64>,
    /// The task weight α.
    pub(super) weight: f64,
    /// The intercept.
    pub(super) intercept: f64,
    /// The activation of the units.
    pub(super) activation: Activation,
    /// The loss of a row.
    pub(super) loss: Loss,
}

impl<'a, T: Number> Slopes<'a, T> {
    /// No rows yet.
    pub(super) fn new(task: Task<'a>, head: &DVector<f64>) -> Self {
        Self {
            task,
            head: head.iter().map(|a| T::of(*a)).collect(),
            loss: 0.0,
            of_head: DVector::zeros(head.len()),
            f: Vec::new(),
            slopes: Vec::new(),
        }
    }

    /// Replaces predictions by slopes, and adds the loss.
    #[inline(always)]
    fn at(&mut self, first: usize, rows: usize) {
        let Self { task, f, slopes, loss, .. } = self;
        let y = &task.y.as_slice()[first..first + rows];
        let mut losses = [0.0; APART];
        slopes.fill(T::default());
        match task.loss {
            Loss::Squared => {
                for (i, ((f, y), slope)) in f.iter().zip(y).zip(slopes.iter_mut()).enumerate() {
                    let residual = f + task.intercept - y;
                    losses[i % APART] += residual * residual;
                    *slope = T::of(2.0 * task.weight * residual);
                }
            }
            Loss::Logistic => {
                for ((f, y), slope) in f.iter().zip(y).zip(slopes.iter_mut()) {
                    let (own, derivative) = task.loss.with_slope(f + task.intercept, *y);
                    losses[0] += own;
                    *slope = T::of(task.weight * derivative);
                }
            }
        }
        *loss += task.weight * losses.iter().sum::<f64>();
    }

    #[inline(always)]
    fn replace_for<const RELU: bool>(
        &mut self,
        first: usize,
        rows: usize,
        height: usize,
        tile: &mut [T],
    ) {
        let zero = T::default();
        let g = |p: T| if !RELU || p > zero { p } else { zero };
        self.f.clear();
        self.f.resize(height, 0.0);
        self.slopes.resize(height, zero);
        for (unit, a) in tile.chunks_exact(height).zip(&self.head) {
            self.f.iter_mut().zip(unit).for_each(|(f, p)| *f += (g(*p) * *a).wide());
        }
        self.at(first, rows);
        let units = tile.chunks_exact_mut(height).zip(&self.head).zip(self.of_head.iter_mut());
        for ((unit, a), of_head) in units {
            let mut sums = [zero; APART];
            let rows = unit.chunks_exact_mut(APART).zip(self.slopes.chunks_exact(APART));
            for (unit, slopes) in rows {
                for i in 0..APART {
                    let (p, s) = (unit[i], slopes[i]);
                    sums[i] = sums[i] + g(p) * s;
                    unit[i] = if !RELU || p > zero { s * *a } else { zero };
                }
            }
            *of_head += sums.iter().map(|sum| sum.wide()).sum::<f64>();
        }
    }
}

impl<T: Number> Middle<T> for Slopes<'_, T> {
    #[inline(always)]
    fn replace(&mut self, first: usize, rows: usize, height: usize, tile: &mut [T]) {
        match self.task.activation {
            Activation::Linear => self.replace_for::<false>(first, rows, height, tile),
            Activation::Relu => self.replace_for::<true>(first, rows, height, tile),
        }
    }
}
