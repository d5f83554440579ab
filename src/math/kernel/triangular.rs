//! Systems of a lower triangular matrix, and of its transpose, for one vector.

use pulp::{Simd, WithSimd};

/// Columns that are eliminated at once.
const COLUMNS: usize = 4;

/// A lower triangular matrix L (n × n).
#[derive(Clone, Copy)]
pub(super) struct Triangle<'a> {
    /// Its columns, `stride` numbers each, of which those above the diagonal are not read.
    pub(super) lower: &'a [f64],
    pub(super) stride: usize,
}

impl<'a> Triangle<'a> {
    /// C columns from j on, cut to n rows.
    #[inline(always)]
    fn columns<const C: usize>(self, j: usize, n: usize) -> [&'a [f64]; C] {
        let mut columns: [&[f64]; C] = [&[]; C];
        for (c, column) in columns.iter_mut().enumerate() {
            *column = &self.lower[(j + c) * self.stride..][..n];
        }
        columns
    }
}

/// Replaces b (n) by the solution of `L x = b`.
pub(super) struct Forward<'a> {
    pub(super) triangle: Triangle<'a>,
    pub(super) b: &'a mut [f64],
}

/// Replaces b (n) by the solution of `Lᵀ x = b`.
pub(super) struct Backward<'a> {
    pub(super) triangle: Triangle<'a>,
    pub(super) b: &'a mut [f64],
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { triangle, b } = self;
        let n = b.len();
        let mut first = 0;
        while first + COLUMNS <= n {
            forward::<S, COLUMNS>(simd, triangle, first, b);
            first += COLUMNS;
        }
        while first < n {
            forward::<S, 1>(simd, triangle, first, b);
            first += 1;
        }
    }
}

impl WithSimd for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { triangle, b } = self;
        let mut end = b.len();
        while end >= COLUMNS {
            end -= COLUMNS;
            backward::<S, COLUMNS>(simd, triangle, end, b);
        }
        while end > 0 {
            end -= 1;
            backward::<S, 1>(simd, triangle, end, b);
        }
    }
}

/// Solves for C unknowns from `first` and subtracts what they contribute below.
#[inline(always)]
fn forward<S: Simd, const C: usize>(simd: S, triangle: Triangle<'_>, first: usize, b: &mut [f64]) {
    let below = first + C;
    let n = b.len();
    let columns = triangle.columns::<C>(first, n);
    let mut minus = [simd.splat_f64s(0.0); C];
    for c in 0..C {
        let x = b[first + c] / columns[c][first + c];
        b[first + c] = x;
        for r in c + 1..C {
            b[first + r] -= x * columns[c][first + r];
        }
        minus[c] = simd.splat_f64s(-x);
    }
    let (to, rest) = S::as_mut_simd_f64s(&mut b[below..]);
    let mut vectors: [&[S::f64s]; C] = [&[]; C];
    for c in 0..C {
        vectors[c] = &S::as_simd_f64s(&columns[c][below..]).0[..to.len()];
    }
    for (k, to) in to.iter_mut().enumerate() {
        let mut sum = *to;
        for c in 0..C {
            sum = simd.mul_add_e_f64s(vectors[c][k], minus[c], sum);
        }
        *to = sum;
    }
    if !rest.is_empty() {
        let mut sum = simd.partial_load_f64s(rest);
        for c in 0..C {
            let x = simd.partial_load_f64s(&columns[c][n - rest.len()..]);
            sum = simd.mul_add_e_f64s(x, minus[c], sum);
        }
        simd.partial_store_f64s(rest, sum);
    }
}

/// Solves for C unknowns from `first`, given all after them.
#[inline(always)]
fn backward<S: Simd, const C: usize>(simd: S, triangle: Triangle<'_>, first: usize, b: &mut [f64]) {
    let below = first + C;
    let n = b.len();
    let columns = triangle.columns::<C>(first, n);
    let (known, rest) = S::as_simd_f64s(&b[below..]);
    let mut vectors: [&[S::f64s]; C] = [&[]; C];
    for c in 0..C {
        vectors[c] = &S::as_simd_f64s(&columns[c][below..]).0[..known.len()];
    }
    let mut dots = [simd.splat_f64s(0.0); C];
    for (k, known) in known.iter().enumerate() {
        for c in 0..C {
            dots[c] = simd.mul_add_e_f64s(vectors[c][k], *known, dots[c]);
        }
    }
    if !rest.is_empty() {
        let known = simd.partial_load_f64s(rest);
        for c in 0..C {
            let x = simd.partial_load_f64s(&columns[c][n - rest.len()..]);
            dots[c] = simd.mul_add_e_f64s(x, known, dots[c]);
        }
    }
    for c in (0..C).rev() {
        let mut sum = b[first + c] - simd.reduce_sum_f64s(dots[c]);
        for r in c + 1..C {
            sum -= columns[c][first + r] * b[first + r];
        }
        b[first + c] = sum / columns[c][first + c];
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{DMatrix, DVector};

    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;

    #[test]
    fn both_systems_are_solved_for_every_size_on_every_processor() {
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 12, 17, 65, 100, 131] {
            let rng = &mut Seed::new(3).rng();
            let lower = normal_matrix(n, n, rng) + DMatrix::identity(n, n) * (n as f64);
            let (half, wanted) = (lower.lower_triangle(), normal_vector(n, rng));
            let images = [&half * &wanted, half.tr_mul(&wanted)];
            let check = |solve: &dyn Fn(&mut [f64]), image: &DVector<f64>| {
                let mut found = image.clone();
                solve(found.as_mut_slice());
                assert!(n == 0 || (found - &wanted).amax() < 1e-12, "{n}");
            };
            let triangle = Triangle { lower: lower.as_slice(), stride: n };
            for processor in Processor::all() {
                check(&|b| processor.run(Forward { triangle, b }), &images[0]);
                check(&|b| processor.run(Backward { triangle, b }), &images[1]);
            }
        }
    }
}
