//! Products with the units in the lanes of vectors.

use pulp::Simd;

use super::number::Number;

/// Vectors of a block of units.
const VECTORS: usize = 2;

/// Columns that are turned at once.
const TOGETHER: usize = 8;

/// Columns (`height` rows each) turned so that units lie side by side: in blocks of two vectors of
/// units, row by row. The last vector is filled with zeros.
#[derive(Debug)]
pub(super) struct Turned<T> {
    values: Vec<T>,
    height: usize,
    lanes: usize,
    padded: usize,
}

impl<T: Number> Turned<T> {
    /// Place for `width` columns of `height` rows.
    #[inline(always)]
    pub(super) fn new<S: Simd>(width: usize, height: usize) -> Self {
        let lanes = T::count::<S>();
        let padded = width.next_multiple_of(lanes);
        Self { values: vec![T::default(); padded * height], height, lanes, padded }
    }

    /// Number of columns with those that fill the last vector.
    #[inline(always)]
    pub(super) fn padded(&self) -> usize {
        self.padded
    }

    /// Replaces the first `width` columns, all of the same length. Rows beyond their end stay as
    /// they are.
    #[inline(always)]
    pub(super) fn fill<'a>(&mut self, width: usize, column: impl Fn(usize) -> &'a [T]) {
        let block = VECTORS * self.lanes;
        for first in (0..width).step_by(block) {
            let length = block.min(self.padded - first);
            let values = &mut self.values[first * self.height..];
            let mut u = first;
            let end = width.min(first + block);
            while u + TOGETHER <= end {
                place::<T, TOGETHER>(
                    std::array::from_fn(|i| column(u + i)),
                    u - first,
                    length,
                    values,
                );
                u += TOGETHER;
            }
            while u < end {
                place([column(u)], u - first, length, values);
                u += 1;
            }
        }
    }

    /// Adds the products of `features` columns with these ones, over the first `rows` rows, to
    /// `sums` (features × padded).
    #[inline(always)]
    pub(super) fn multiply<'a, S: Simd>(
        &self,
        simd: S,
        features: usize,
        rows: usize,
        column: impl Fn(usize) -> &'a [T] + Copy,
        sums: &mut [T],
    ) {
        let sums = T::lanes_mut::<S>(sums);
        let vectors = self.padded / self.lanes;
        for first in (0..vectors).step_by(VECTORS) {
            let width = VECTORS.min(vectors - first);
            let values = &self.values[first * self.lanes * self.height..];
            let values = &T::lanes::<S>(values)[..width * rows];
            let products = Products { simd, column, vectors, first };
            match width {
                VECTORS => products.over::<T, VECTORS>(values, 0..features, sums),
                _ => products.over::<T, 1>(values, 0..features, sums),
            }
        }
    }
}

/// Writes C columns side by side into rows of some length, from place `first` of each.
#[inline(always)]
fn place<T: Number, const C: usize>(
    columns: [&[T]; C],
    first: usize,
    length: usize,
    values: &mut [T],
) {
    let count = columns[0].len();
    let columns = columns.map(|column| &column[..count]);
    for (i, row) in values.chunks_exact_mut(length).take(count).enumerate() {
        let row = &mut row[first..first + C];
        (0..C).for_each(|c| row[c] = columns[c][i]);
    }
}

/// The products of columns with one block of units.
#[derive(Clone, Copy)]
struct Products<S, C> {
    simd: S,
    column: C,
    vectors: usize,
    first: usize,
}

impl<S: Simd, C> Products<S, C> {
    #[inline(always)]
    fn over<'a, T: Number, const V: usize>(
        self,
        values: &[T::Lanes<S>],
        features: std::ops::Range<usize>,
        sums: &mut [T::Lanes<S>],
    ) where
        C: Fn(usize) -> &'a [T] + Copy,
    {
        let mut j = features.start;
        if S::REGISTER_COUNT >= 32 {
            while j + 8 <= features.end {
                self.some::<T, 8, V>(values, j, sums);
                j += 8;
            }
        }
        while j + 4 <= features.end {
            self.some::<T, 4, V>(values, j, sums);
            j += 4;
        }
        while j < features.end {
            self.some::<T, 1, V>(values, j, sums);
            j += 1;
        }
    }

    /// The products of J columns with V vectors of units.
    #[inline(always)]
    fn some<'a, T: Number, const J: usize, const V: usize>(
        self,
        values: &[T::Lanes<S>],
        j: usize,
        sums: &mut [T::Lanes<S>],
    ) where
        C: Fn(usize) -> &'a [T] + Copy,
    {
        let Self { simd, column, vectors, first } = self;
        let rows = values.len() / V;
        let columns: [&[T]; J] = std::array::from_fn(|i| &column(j + i)[..rows]);
        let mut own = [[T::splat(simd, T::default()); V]; J];
        for (row, values) in values.chunks_exact(V).enumerate() {
            for i in 0..J {
                let x = T::splat(simd, columns[i][row]);
                for v in 0..V {
                    own[i][v] = T::mul_add(simd, values[v], x, own[i][v]);
                }
            }
        }
        let one = T::splat(simd, T::of(1.0));
        for i in 0..J {
            let sums = &mut sums[(j + i) * vectors + first..][..V];
            for v in 0..V {
                sums[v] = T::mul_add(simd, own[i][v], one, sums[v]);
            }
        }
    }
}
