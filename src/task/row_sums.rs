//! Sums over rows of standard normals that are drawn one after another. More rows of the same seed
//! begin with the same ones, so a sum goes on from those kept of fewer rows.

use std::sync::Arc;

use nalgebra::DMatrix;
use rand_chacha::ChaCha8Rng;

use crate::math::memo::Memo;
use crate::math::seed::Seed;
use crate::math::{kernel, linalg};

/// Rows are drawn and summed in blocks of this many.
const BLOCK: u64 = 256;
/// Numbers of rows whose sums are kept for each seed.
const MOST: usize = 16;
/// Numbers kept in total: 16 MB.
const ROOM: usize = 2_000_000;

/// The sums that are kept, by seed; of each seed those of the latest numbers of rows.
static SUMS: Memo<Vec<Arc<RowSums>>> = Memo::new(ROOM);

/// The sum over some whole blocks of rows, and the generator that draws the next.
#[derive(Debug, Clone)]
struct RowSums {
    rows: u64,
    /// `ZᵀZ` (columns × columns).
    products: DMatrix<f64>,
    rng: ChaCha8Rng,
}

impl RowSums {
    fn none(columns: usize, seed: Seed) -> Self {
        Self { rows: 0, products: DMatrix::zeros(columns, columns), rng: seed.rng() }
    }

    fn add(&mut self, rows: u64) {
        let columns = self.products.ncols();
        let block = linalg::normal_matrix(rows as usize, columns, &mut self.rng);
        self.products += kernel::gram(&block);
        self.rows += rows;
    }
}

/// `ZᵀZ` (columns × columns) of the first `rows` rows of standard normals of a seed.
pub(super) fn products(columns: usize, rows: u64, seed: Seed) -> DMatrix<f64> {
    let blocks = rows / BLOCK * BLOCK;
    let mut kept = SUMS.at(seed.address()).map_or_else(Vec::new, |kept| kept.to_vec());
    kept.retain(|sums| sums.products.ncols() == columns);
    let before = kept.iter().filter(|sums| sums.rows <= blocks).max_by_key(|sums| sums.rows);
    let mut sums = before.map_or_else(|| RowSums::none(columns, seed), |sums| (**sums).clone());
    if sums.rows < blocks {
        while sums.rows < blocks {
            sums.add(BLOCK);
        }
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push(sums.clone().into());
        let size = kept.len() * columns * columns;
        SUMS.keep(seed.address(), kept, size);
    }
    if sums.rows < rows {
        sums.add(rows - sums.rows);
    }
    sums.products
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_go_on_from_fewer_rows_are_those_from_the_start_bit_for_bit() {
        let seed = Seed::new(11);
        let from_the_start = |rows: u64| {
            let mut sums = RowSums::none(7, seed);
            (0..rows / BLOCK).for_each(|_| sums.add(BLOCK));
            sums.add(rows % BLOCK);
            sums.products
        };
        for rows in [1000, 0, 255, 256, 3000, 700, 2048, 1000, 5, 2900] {
            assert_eq!(products(7, rows, seed), from_the_start(rows), "{rows}");
        }
        assert_eq!(products(4, 600, seed).ncols(), 4, "fewer columns are other rows");
    }
}
