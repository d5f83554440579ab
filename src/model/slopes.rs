//! From the projections of rows on the units of a model to the derivatives of its loss.

use nalgebra::DVector;

use super::loss::Loss;
use crate::math::kernel::{Middle, Number, Simd};
use crate::task::Activation;

/// The loss of some rows of a task, and its derivatives.
#[derive(Debug, Clone)]
pub(super) struct Slopes<'a, T> {
    task: Task<'a, T>,
    head: Vec<T>,
    /// The loss α ℓ of the rows so far.
    pub(super) loss: f64,
    /// Its derivative with respect to the head (r).
    pub(super) of_head: DVector<f64>,
    /// Predictions of a tile, then the derivatives of the loss with respect to them.
    f: Vec<T>,
}

/// The part of a task in the loss of its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a, T> {
    /// The labels (m).
    pub(super) y: &'a [T],
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
    pub(super) fn new(task: Task<'a, T>, head: &DVector<f64>) -> Self {
        let head: Vec<T> = head.iter().map(|a| T::of(*a)).collect();
        Self { task, loss: 0.0, of_head: DVector::zeros(head.len()), head, f: Vec::new() }
    }

    /// Replaces predictions by derivatives and adds the loss, row by row.
    #[inline(always)]
    fn by_rows(&mut self, y: &[T]) {
        let Task { weight, intercept, loss, .. } = self.task;
        let mut sum = 0.0;
        for (f, y) in self.f.iter_mut().zip(y) {
            let (own, slope) = loss.with_slope(f.wide() + intercept, y.wide());
            sum += own;
            *f = T::of(weight * slope);
        }
        self.f[y.len()..].fill(T::default());
        self.loss += weight * sum;
    }

    /// The same for squared loss, as many rows at once as a vector holds.
    #[inline(always)]
    fn by_vectors<S: Simd>(&mut self, simd: S, y: &[T]) {
        let Task { weight, intercept, .. } = self.task;
        let intercept = T::splat(simd, T::of(intercept));
        let [minus, scale] = [-1.0, 2.0 * weight].map(|value| T::splat(simd, T::of(value)));
        let zero = T::splat(simd, T::default());
        let mut sums = [zero; 4];
        for (i, (f, y)) in
            T::lanes_mut::<S>(&mut self.f).iter_mut().zip(T::lanes::<S>(y)).enumerate()
        {
            let residual = T::mul_add(simd, *y, minus, T::add(simd, *f, intercept));
            sums[i % 4] = T::mul_add(simd, residual, residual, sums[i % 4]);
            *f = T::mul_add(simd, residual, scale, zero);
        }
        self.loss += weight * sums.iter().map(|sum| T::sum(simd, *sum)).sum::<f64>();
    }

    #[inline(always)]
    fn replace_for<S: Simd, const RELU: bool>(
        &mut self,
        simd: S,
        first: usize,
        rows: usize,
        tile: &mut [T],
    ) {
        let height = self.f.len();
        let zero = T::splat(simd, T::default());
        let g = |p: T::Lanes<S>| if RELU { T::rectify(simd, p) } else { p };
        self.f.fill(T::default());
        for (unit, a) in tile.chunks_exact(height).zip(&self.head) {
            let a = T::splat(simd, *a);
            for (f, p) in T::lanes_mut::<S>(&mut self.f).iter_mut().zip(T::lanes::<S>(unit)) {
                *f = T::mul_add(simd, g(*p), a, *f);
            }
        }
        let y = &self.task.y[first..first + rows];
        match self.task.loss {
            Loss::Squared if rows == height => self.by_vectors(simd, y),
            _ => self.by_rows(y),
        }
        let units = tile.chunks_exact_mut(height).zip(&self.head).zip(self.of_head.iter_mut());
        for ((unit, a), of_head) in units {
            let a = T::splat(simd, *a);
            let mut sums = [zero; 4];
            let rows = T::lanes_mut::<S>(unit).iter_mut().zip(T::lanes::<S>(&self.f));
            for (i, (p, slope)) in rows.enumerate() {
                sums[i % 4] = T::mul_add(simd, g(*p), *slope, sums[i % 4]);
                let own = T::mul_add(simd, a, *slope, zero);
                *p = if RELU { T::where_positive(simd, *p, own) } else { own };
            }
            *of_head += sums.iter().map(|sum| T::sum(simd, *sum)).sum::<f64>();
        }
    }
}

impl<T: Number> Middle<T> for Slopes<'_, T> {
    #[inline(always)]
    fn replace<S: Simd>(
        &mut self,
        simd: S,
        first: usize,
        rows: usize,
        height: usize,
        tile: &mut [T],
    ) {
        self.f.resize(height, T::default());
        match self.task.activation {
            Activation::Linear => self.replace_for::<S, false>(simd, first, rows, tile),
            Activation::Relu => self.replace_for::<S, true>(simd, first, rows, tile),
        }
    }
}
