//! Products with the rows of a tile in the lanes of vectors.

use pulp::Simd;

use super::number::Number;
use super::units::Units;

/// The projections (r × height) of the rows of a tile (d × height).
#[inline(always)]
pub(super) fn project<T: Number, S: Simd>(simd: S, tile: &[T], units: &Units<T>, out: &mut [T]) {
    let height = tile.len() / units.features().max(1);
    let vectors = height / T::count::<S>();
    let tile = T::lanes::<S>(tile);
    let out = T::lanes_mut::<S>(out);
    let many = S::REGISTER_COUNT >= 32 && vectors >= 8;
    for (first, count, block) in units.blocks() {
        let out = &mut out[first * vectors..][..count * vectors];
        match (count, many) {
            (1, true) => block_of::<T, S, 1, 8>(simd, tile, vectors, block, out),
            (2, true) => block_of::<T, S, 2, 8>(simd, tile, vectors, block, out),
            (3, true) => block_of::<T, S, 3, 8>(simd, tile, vectors, block, out),
            (1, false) => block_of::<T, S, 1, 4>(simd, tile, vectors, block, out),
            (2, false) => block_of::<T, S, 2, 4>(simd, tile, vectors, block, out),
            (3, false) => block_of::<T, S, 3, 4>(simd, tile, vectors, block, out),
            _ if S::REGISTER_COUNT >= 32 => block_of::<T, S, 4, 4>(simd, tile, vectors, block, out),
            _ => block_of::<T, S, 4, 2>(simd, tile, vectors, block, out),
        }
    }
}

/// The projections of a tile on R units, V vectors of rows at a time.
#[inline(always)]
fn block_of<T: Number, S: Simd, const R: usize, const V: usize>(
    simd: S,
    tile: &[T::Lanes<S>],
    vectors: usize,
    units: &[T],
    out: &mut [T::Lanes<S>],
) {
    for first in (0..vectors).step_by(V) {
        let mut sums = [[T::splat(simd, T::default()); V]; R];
        for (column, units) in tile.chunks_exact(vectors).zip(units.chunks_exact(R)) {
            let x = &column[first..first + V];
            for u in 0..R {
                let unit = T::splat(simd, units[u]);
                for v in 0..V {
                    sums[u][v] = T::mul_add(simd, x[v], unit, sums[u][v]);
                }
            }
        }
        for u in 0..R {
            out[u * vectors + first..][..V].copy_from_slice(&sums[u]);
        }
    }
}

/// Adds the products of the slopes (r × height) with a tile (d × height) to `sums` (d × r vectors).
#[inline(always)]
pub(super) fn back<T: Number, S: Simd>(
    simd: S,
    tile: &[T],
    height: usize,
    slopes: &[T],
    sums: &mut [T],
) {
    let vectors = height / T::count::<S>();
    let (tile, slopes) = (T::lanes::<S>(tile), T::lanes::<S>(slopes));
    let sums = T::lanes_mut::<S>(sums);
    let many = S::REGISTER_COUNT >= 32 && vectors >= 8;
    match (slopes.len() / vectors.max(1), many) {
        (0, _) => {}
        (1, true) => back_of::<T, S, 1, 8>(simd, tile, vectors, slopes, sums),
        (2, true) => back_of::<T, S, 2, 8>(simd, tile, vectors, slopes, sums),
        (3, true) => back_of::<T, S, 3, 8>(simd, tile, vectors, slopes, sums),
        (1, false) => back_of::<T, S, 1, 4>(simd, tile, vectors, slopes, sums),
        (2, false) => back_of::<T, S, 2, 4>(simd, tile, vectors, slopes, sums),
        (3, false) => back_of::<T, S, 3, 4>(simd, tile, vectors, slopes, sums),
        _ if S::REGISTER_COUNT >= 32 => back_of::<T, S, 4, 4>(simd, tile, vectors, slopes, sums),
        _ => back_of::<T, S, 4, 2>(simd, tile, vectors, slopes, sums),
    }
}

/// The same for R units, V vectors of rows at a time.
#[inline(always)]
fn back_of<T: Number, S: Simd, const R: usize, const V: usize>(
    simd: S,
    tile: &[T::Lanes<S>],
    vectors: usize,
    slopes: &[T::Lanes<S>],
    sums: &mut [T::Lanes<S>],
) {
    for first in (0..vectors).step_by(V) {
        let mut own = [[T::splat(simd, T::default()); V]; R];
        for u in 0..R {
            own[u].copy_from_slice(&slopes[u * vectors + first..][..V]);
        }
        for (column, sums) in tile.chunks_exact(vectors).zip(sums.chunks_exact_mut(R)) {
            let x = &column[first..first + V];
            for u in 0..R {
                let mut sum = sums[u];
                for v in 0..V {
                    sum = T::mul_add(simd, x[v], own[u][v], sum);
                }
                sums[u] = sum;
            }
        }
    }
}
