//! Bartlett's decomposition (1933) of the moments of standard normals.
//!
//! With T lower-trapezoidal (d × min(m, d)), normals below and `√χ²_{m−i}` on the diagonal, `TTᵀ`
//! is distributed as `ZᵀZ` for m rows Z of standard normals in d dimensions. Every entry has its own
//! place in the random stream. The number of rows changes only the diagonal.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};
use rand_distr::{ChiSquared, Distribution};

use crate::math::linalg;
use crate::math::memo::Memo;
use crate::math::seed::Seed;

/// Numbers of each memo: 16 MB.
const ROOM: usize = 2_000_000;

/// The normals (d × d), by seed: they are the same for any number of rows, noise and covariance.
static NORMALS: Memo<DMatrix<f64>> = Memo::new(ROOM);

/// The images of the normals below the diagonal, by seed: they are the same for any number of rows.
static IMAGES: Memo<Image> = Memo::new(ROOM);

/// `NᵀC` (d × d) for the part N of T below its diagonal.
struct Image {
    /// C.
    factor: Arc<DMatrix<f64>>,
    /// `NᵀC`.
    image: DMatrix<f64>,
}

/// `Tᵀ` (min(m, d) × d).
pub(super) fn transposed(d: usize, samples: u64, seed: Seed) -> DMatrix<f64> {
    let mut root = strictly_upper(&normals(d, seed), rank(d, samples));
    root.set_diagonal(&radii(d, samples, seed));
    root
}

/// `TᵀC` (min(m, d) × d) for C (d × d).
pub(super) fn transposed_times(
    factor: &Arc<DMatrix<f64>>,
    samples: u64,
    seed: Seed,
) -> DMatrix<f64> {
    let d = factor.nrows();
    let fits = |of: &Image| Arc::ptr_eq(&of.factor, factor) || of.factor == *factor;
    let make = || {
        let image = strictly_upper(&normals(d, seed), d) * &**factor;
        (Image { factor: factor.clone(), image }, factor.len())
    };
    let below = IMAGES.get(address(seed), fits, make);
    let radii = radii(d, samples, seed);
    let radii = radii.as_slice();
    let rank = radii.len();
    let mut product = DMatrix::zeros(rank, d);
    let columns = product.as_mut_slice().chunks_exact_mut(rank.max(1));
    let below = below.image.as_slice().chunks_exact(d);
    for ((to, below), factor) in columns.zip(below).zip(factor.as_slice().chunks_exact(d)) {
        let terms = radii.iter().zip(factor).zip(below);
        to.iter_mut().zip(terms).for_each(|(to, ((radius, c), below))| *to = radius * c + below);
    }
    product
}

/// Draws from χ² with `freedom` degrees of freedom; 0 for none.
pub(super) fn chi_squared(freedom: u64, seed: Seed) -> f64 {
    ChiSquared::new(freedom as f64).map_or(0.0, |chi| chi.sample(&mut seed.rng()))
}

fn rank(d: usize, samples: u64) -> usize {
    samples.min(d as u64) as usize
}

fn address(seed: Seed) -> u64 {
    seed.child("factor", 0).address()
}

fn normals(d: usize, seed: Seed) -> Arc<DMatrix<f64>> {
    let make = || (linalg::normal_matrix(d, d, &mut seed.child("factor", 0).rng()), d * d);
    NORMALS.get(address(seed), |normals| normals.ncols() == d, make)
}

/// The first rows of the transposed part below the diagonal.
fn strictly_upper(normals: &DMatrix<f64>, rows: usize) -> DMatrix<f64> {
    let entry = |j, i| if j < i { normals[(i, j)] } else { 0.0 };
    DMatrix::from_fn(rows, normals.nrows(), entry)
}

/// The diagonal of T (min(m, d)).
fn radii(d: usize, samples: u64, seed: Seed) -> DVector<f64> {
    let radius = |i, _| chi_squared(samples - i as u64, seed.child("radius", i as u64)).sqrt();
    DVector::from_fn(rank(d, samples), radius)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_is_the_product_for_any_number_of_rows_and_any_covariance() {
        let factor = |seed| Arc::new(linalg::normal_matrix(6, 6, &mut Seed::new(seed).rng()));
        for (factor, samples) in [(factor(1), 40), (factor(1), 7), (factor(2), 4), (factor(2), 0)] {
            let seed = Seed::new(20);
            let product = transposed(6, samples, seed) * &*factor;
            let image = transposed_times(&factor, samples, seed);
            assert_eq!(image.shape(), product.shape());
            assert!((image - product).norm() < 1e-12, "{samples} rows");
        }
    }
}
