//! The rows that are kept of arrays: drawn, collected in chunks, and made into one matrix.

use nalgebra::DMatrix;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::math::seed::Seed;

/// Numbers of a chunk.
const CHUNK: usize = 1 << 19;

/// Draws rows out of a known number, each set of rows equally likely (selection sampling, Fan,
/// Muller & Rezucha 1962).
pub(super) struct Selection {
    rows: u64,
    wanted: u64,
    rng: ChaCha8Rng,
}

impl Selection {
    /// Draws `wanted` of `rows` rows.
    pub(super) fn new(rows: u64, wanted: u64, seed: Seed) -> Self {
        Self { rows, wanted: wanted.min(rows), rng: seed.rng() }
    }

    /// Whether the next row is drawn.
    pub(super) fn takes_next(&mut self) -> bool {
        let taken = self.wanted == self.rows
            || self.rng.random::<f64>() * (self.rows as f64) < self.wanted as f64;
        self.rows = self.rows.saturating_sub(1);
        self.wanted -= u64::from(taken && self.wanted > 0);
        taken
    }
}

/// Rows of `width` numbers.
pub(super) struct KeptRows {
    width: usize,
    chunks: Vec<Vec<f64>>,
    pub(super) count: usize,
}

impl KeptRows {
    pub(super) fn new(width: usize) -> Self {
        Self { width, chunks: Vec::new(), count: 0 }
    }

    pub(super) fn push(&mut self, row: &[f64]) {
        let full = |chunk: &Vec<f64>| chunk.len() + row.len() > CHUNK.max(row.len());
        if self.chunks.last().is_none_or(full) {
            self.chunks.push(Vec::new());
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.extend_from_slice(row);
        }
        self.count += 1;
    }

    /// The numbers of a column.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = f64> {
        let rows = self.chunks.iter().flat_map(|chunk| chunk.chunks_exact(self.width));
        rows.map(move |row| row[column])
    }

    /// The columns from `first` on (m × d). Memory is given back as it is filled.
    pub(super) fn into_matrix(self, first: usize) -> DMatrix<f64> {
        let columns = self.width - first;
        let mut numbers = vec![0.0; self.count * columns];
        let mut start = 0;
        for chunk in self.chunks {
            let rows = chunk.len() / self.width;
            for column in 0..columns {
                let from = chunk[first + column..].iter().step_by(self.width);
                let to = &mut numbers[column * self.count + start..][..rows];
                to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            }
            start += rows;
        }
        DMatrix::from_vec(self.count, columns, numbers)
    }
}
