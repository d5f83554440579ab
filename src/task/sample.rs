//! Draws some rows of a task without drawing all of them.

use nalgebra::{DMatrix, DVector};

use super::bartlett;
use super::population::PopulationTask;
use crate::math::linalg;
use crate::math::seed::Seed;

/// The first `count` rows (count × d) that [`Moments::draw_by_rows`] sums.
///
/// [`Moments::draw_by_rows`]: super::Moments::draw_by_rows
pub fn summed(task: &PopulationTask, count: u64, seed: Seed) -> DMatrix<f64> {
    summed_with_noise(task, count, seed).0
}

/// The same rows, with the standard normals (count) that their noise is made from.
pub fn summed_with_noise(
    task: &PopulationTask,
    count: u64,
    seed: Seed,
) -> (DMatrix<f64>, DVector<f64>) {
    let d = task.theta.len();
    let mut rng = seed.child("rows", 0).rng();
    let normals = linalg::normal_matrix(count as usize, d + 1, &mut rng);
    (normals.columns(0, d) * &*task.factor, normals.column(d).into_owned())
}

/// Draws `count` of `samples` rows (count × d) conditionally on the moments that
/// [`Moments::draw`] draws.
///
/// Gaussian rows X (m × d) with `XᵀX = FᵀF`, F of full rank q, are `X = QF` with Q (m × q)
/// orthonormal, uniform and independent of F. Q is the orthonormal factor of m rows of standard
/// normals. Bartlett's decomposition replaces the rows that are not requested, so the cost does
/// not grow with m. If all rows are requested, their `XᵀX` is that of the moments.
///
/// [`Moments::draw`]: super::Moments::draw
pub fn given_moments(task: &PopulationTask, samples: u64, count: u64, seed: Seed) -> DMatrix<f64> {
    let count = count.min(samples);
    if count == 0 {
        return DMatrix::zeros(0, task.theta.len());
    }
    let f = bartlett::transposed_times(&task.factor, samples, seed);
    let rank = f.nrows();
    let seed = seed.child("sample", 0);
    let asked = linalg::normal_matrix(count as usize, rank, &mut seed.child("rows", 0).rng());
    let others = bartlett::transposed(rank, samples - count, seed);
    let all = stacked(asked, &others);
    let qr = all.qr();
    let signs = qr.r().diagonal().map(f64::signum);
    let rows = qr.q().rows(0, count as usize) * DMatrix::from_diagonal(&signs);
    rows * f
}

/// Stacks the rows of one matrix above those of another.
pub(crate) fn stacked(above: DMatrix<f64>, below: &DMatrix<f64>) -> DMatrix<f64> {
    let rows = above.nrows();
    let mut both = above.resize_vertically(rows + below.nrows(), 0.0);
    both.rows_mut(rows, below.nrows()).copy_from(below);
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{Moments, Response};

    fn task(d: usize) -> PopulationTask {
        let mut rng = Seed::new(3).rng();
        PopulationTask {
            theta: linalg::unit_vector(d, &mut rng),
            factor: linalg::normal_matrix(d, d, &mut rng).into(),
            response: Response::Linear,
        }
    }

    #[test]
    fn all_rows_together_have_the_moments_that_were_drawn() {
        let task = task(6);
        for samples in [1, 4, 6, 7, 40] {
            let seed = Seed::new(samples);
            let x = given_moments(&task, samples, samples, seed);
            let h = Moments::draw(&task, samples, 0.3, seed).h;
            assert!((x.transpose() * &x - &*h).amax() < 1e-10 * h.amax());
        }
    }

    #[test]
    fn the_first_rows_summed_are_the_rows_themselves() {
        let task = task(5);
        let seed = Seed::new(8);
        let x = summed(&task, 300, seed);
        let h = Moments::draw_by_rows(&task, 300, 0.3, seed).h;
        assert!((x.transpose() * &x - &*h).amax() < 1e-10 * h.amax());
        assert!((summed(&task, 7, seed) - x.rows(0, 7)).amax() < 1e-12);
    }

    #[test]
    fn some_of_many_rows_spread_as_the_population_does() {
        let task = task(3);
        let count = 4000;
        let x = given_moments(&task, 1_000_000_000, count, Seed::new(5));
        let found = x.transpose() * &x / count as f64;
        assert!((found - task.covariance()).amax() < 0.1 * task.covariance().amax());
    }
}
