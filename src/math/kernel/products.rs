//! Products of packed rows with units, forward, backward and both at once.

use nalgebra::{DMatrix, DMatrixView};
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::narrow;
use super::number::Number;
use super::packed::PackedRows;
use super::units::{BLOCK, Units};
use super::wide::Turned;

/// The step from the projections of rows to the derivatives of the loss with respect to them.
pub trait Middle<T> {
    /// Replaces the projections of `rows` rows from `first` by the derivatives of the loss with
    /// respect to them. Those of unit u are at the beginning of `tile[u · height..]`.
    fn replace<S: Simd>(
        &mut self,
        simd: S,
        first: usize,
        rows: usize,
        height: usize,
        tile: &mut [T],
    );
}

impl<T: Number> PackedRows<T> {
    /// The derivative (d × r) of the loss of a chunk of rows with respect to the units. Implement
    /// [`Middle::replace`] with `#[inline(always)]`, so that it too uses vectors.
    pub fn chunk(
        &self,
        chunk: usize,
        units: &Units<T>,
        middle: &mut impl Middle<T>,
    ) -> DMatrix<f64> {
        let tiles = self.tiles_of(chunk);
        arch().dispatch(Walk {
            rows: self,
            tiles,
            units: Some(units),
            middle,
            width: units.width(),
        })
    }

    /// `X U` (m × r) for the units U (d × r).
    pub fn project(&self, units: DMatrixView<'_, f64>) -> DMatrix<f64> {
        let mut out = DMatrix::zeros(self.rows(), units.ncols());
        arch().dispatch(Forward { rows: self, units: &Units::new(units), out: &mut out });
        out
    }

    /// `XᵀS` (d × r) for the slopes S (m × r).
    pub fn back(&self, slopes: DMatrixView<'_, f64>) -> DMatrix<f64> {
        let (tiles, width) = (0..self.tiles(), slopes.ncols());
        let middle = &mut Given(slopes);
        arch().dispatch(Walk { rows: self, tiles, units: None, middle, width })
    }
}

/// Slopes that do not depend on projections (m × r).
struct Given<'a>(DMatrixView<'a, f64>);

impl<T: Number> Middle<T> for Given<'_> {
    #[inline(always)]
    fn replace<S: Simd>(&mut self, _: S, first: usize, rows: usize, height: usize, tile: &mut [T]) {
        for (u, own) in tile.chunks_exact_mut(height).enumerate() {
            let slopes = self.0.column(u);
            own.iter_mut().zip(&slopes.rows(first, rows)).for_each(|(to, from)| *to = T::of(*from));
        }
    }
}

/// Tile by tile: projections, if there are units; slopes; the derivative.
struct Walk<'a, T, M> {
    rows: &'a PackedRows<T>,
    tiles: std::ops::Range<usize>,
    units: Option<&'a Units<T>>,
    middle: &'a mut M,
    width: usize,
}

impl<T: Number, M: Middle<T>> WithSimd for Walk<'_, T, M> {
    type Output = DMatrix<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> DMatrix<f64> {
        let Self { rows, tiles, units, middle, width } = self;
        let (height, features) = (rows.height(), rows.features());
        let (lanes, is_narrow) = (T::count::<S>(), width <= BLOCK);
        let mut slopes = vec![T::default(); width * height];
        let mut turned = Turned::<T>::new::<S>(if is_narrow { 0 } else { width }, height);
        let held = if is_narrow { width * lanes } else { turned.padded() };
        let mut sums = vec![T::default(); features * held];
        for index in tiles {
            let tile = rows.tile(index);
            if let Some(units) = units {
                narrow::project(simd, tile, units, &mut slopes);
            }
            let first = index * height;
            let filled = height.min(rows.rows() - first);
            middle.replace(simd, first, filled, height, &mut slopes);
            if filled < height {
                let units = slopes.chunks_exact_mut(height);
                units.for_each(|unit| unit[filled..].fill(T::default()));
            }
            if is_narrow {
                narrow::back(simd, tile, height, &slopes, &mut sums);
            } else {
                let column = |j: usize| &tile[j * height..][..height];
                turned.fill(width, |u| &slopes[u * height..][..height]);
                turned.multiply(simd, features, height, column, &mut sums);
            }
        }
        let of_feature = |j: usize, u: usize| {
            let own = &sums[j * held..][..held];
            match is_narrow {
                true => own[u * lanes..][..lanes].iter().map(|sum| sum.wide()).sum(),
                false => own[u].wide(),
            }
        };
        DMatrix::from_fn(features, width, of_feature)
    }
}

/// Tile by tile: projections only.
struct Forward<'a, T> {
    rows: &'a PackedRows<T>,
    units: &'a Units<T>,
    out: &'a mut DMatrix<f64>,
}

impl<T: Number> WithSimd for Forward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, units, out } = self;
        let (height, m) = (rows.height(), rows.rows());
        let mut tile = vec![T::default(); units.width() * height];
        for index in 0..rows.tiles() {
            narrow::project(simd, rows.tile(index), units, &mut tile);
            let first = index * height;
            let filled = height.min(m - first);
            for (u, own) in tile.chunks_exact(height).enumerate() {
                let out = &mut out.as_mut_slice()[u * m + first..][..filled];
                out.iter_mut().zip(own).for_each(|(to, from)| *to = from.wide());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::normal_matrix;
    use crate::math::seed::Seed;

    const SHAPES: [(usize, usize, usize); 9] = [
        (0, 3, 2),
        (1, 1, 1),
        (63, 5, 3),
        (64, 8, 4),
        (65, 21, 2),
        (300, 7, 5),
        (301, 13, 9),
        (2500, 20, 16),
        (70, 100, 35),
    ];

    fn matrices((m, d, r): (usize, usize, usize)) -> [DMatrix<f64>; 3] {
        let rng = &mut Seed::new(1).child("shape", (m + d + r) as u64).rng();
        [normal_matrix(m, d, rng), normal_matrix(d, r, rng), normal_matrix(m, r, rng)]
    }

    /// Slopes that are the rectified projections.
    struct Rectified;

    impl<T: Number> Middle<T> for Rectified {
        fn replace<S: Simd>(&mut self, _: S, _: usize, _: usize, _: usize, tile: &mut [T]) {
            let zero = T::default();
            tile.iter_mut().for_each(|p| *p = if *p > zero { *p } else { zero });
        }
    }

    fn fused<T: Number>(x: &DMatrix<f64>, units: &DMatrix<f64>) -> DMatrix<f64> {
        let packed = PackedRows::<T>::new(x, units.ncols());
        let own = Units::new(units.as_view());
        let (d, r) = units.shape();
        (0..packed.chunks())
            .map(|chunk| packed.chunk(chunk, &own, &mut Rectified))
            .fold(DMatrix::zeros(d, r), |sum, part| sum + part)
    }

    fn share(found: &DMatrix<f64>, wanted: &DMatrix<f64>) -> f64 {
        (found - wanted).norm() / wanted.norm().max(f64::MIN_POSITIVE)
    }

    #[test]
    fn products_of_packed_rows_are_those_of_matrices_for_every_shape() {
        for shape in SHAPES {
            let [x, units, slopes] = matrices(shape);
            let packed = PackedRows::<f64>::new(&x, shape.2);
            let projections = &x * &units;
            assert!(share(&packed.project(units.as_view()), &projections) < 1e-14, "{shape:?}");
            assert!(
                share(&packed.back(slopes.as_view()), &(x.transpose() * &slopes)) < 1e-13,
                "{shape:?}"
            );
            let wanted = x.transpose() * projections.map(|p| p.max(0.0));
            assert!(share(&fused::<f64>(&x, &units), &wanted) < 1e-13, "{shape:?}");
            assert!(share(&fused::<f32>(&x, &units), &wanted) < 2e-6, "{shape:?}");
        }
    }

    #[test]
    fn processors_without_vectors_give_the_same_up_to_rounding() {
        for shape in SHAPES {
            let [x, units, slopes] = matrices(shape);
            let rows = &PackedRows::<f64>::new(&x, shape.2);
            for processor in Processor::all() {
                let middle = &mut Given(slopes.as_view());
                let (tiles, width) = (0..rows.tiles(), shape.2);
                let walk = Walk { rows, tiles, units: None, middle, width };
                assert!(share(&processor.run(walk), &rows.back(slopes.as_view())) < 1e-13);
                let mut out = DMatrix::zeros(shape.0, shape.2);
                let own = &Units::new(units.as_view());
                processor.run(Forward { rows, units: own, out: &mut out });
                assert!(share(&out, &rows.project(units.as_view())) < 1e-13, "{processor:?}");
            }
        }
    }
}
