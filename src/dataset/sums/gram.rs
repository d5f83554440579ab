//! Sums of squares and products about the mean, block by block.

use nalgebra::{DMatrix, DMatrixView, Dyn};

/// Columns that are multiplied at once, so that only one triangle is computed.
const PANEL: usize = 32;

/// Count, means and products about the means of the columns of all rows that were added. Blocks are
/// summed about their own means and merged as in Chan, Golub & LeVeque (1983).
#[derive(Debug, Clone)]
pub(super) struct Gram {
    pub(super) rows: u64,
    pub(super) means: Vec<f64>,
    /// The upper triangle (w × w).
    products: DMatrix<f64>,
}

impl Gram {
    pub(super) fn new(width: usize) -> Self {
        Self { rows: 0, means: vec![0.0; width], products: DMatrix::zeros(width, width) }
    }

    /// The sum of products of two columns about their means.
    pub(super) fn product(&self, one: usize, other: usize) -> f64 {
        self.products[(one.min(other), one.max(other))]
    }

    /// The same sums of some of the columns.
    pub(super) fn columns(&self, columns: &[usize]) -> Self {
        let product = |i: usize, j: usize| self.product(columns[i], columns[j]);
        Self {
            rows: self.rows,
            means: columns.iter().map(|column| self.means[*column]).collect(),
            products: DMatrix::from_fn(columns.len(), columns.len(), product),
        }
    }

    /// Adds columns that were zero in all rows so far.
    pub(super) fn widen(&mut self, width: usize) {
        self.means.resize(width, 0.0);
        self.products = std::mem::take(&mut self.products).resize(width, width, 0.0);
    }

    /// Adds a block of rows, one behind the other (m × w); `sums` are those of its columns. The block
    /// is left centred by its own means, which are returned.
    pub(super) fn add(&mut self, block: &mut [f64], sums: &[f64]) -> Vec<f64> {
        let width = self.means.len();
        let rows = block.len() / width.max(1);
        if rows == 0 {
            return vec![0.0; width];
        }
        let means: Vec<f64> = sums.iter().map(|sum| sum / rows as f64).collect();
        for row in block.chunks_exact_mut(width) {
            row.iter_mut().zip(&means).for_each(|(value, mean)| *value -= mean);
        }
        self.multiply(block, rows);
        self.merge(&means, rows);
        means
    }

    /// Adds the products of the columns of a centred block.
    fn multiply(&mut self, block: &[f64], rows: usize) {
        let width = self.means.len();
        for start in (0..width).step_by(PANEL) {
            let columns = PANEL.min(width - start);
            let end = start + columns;
            let left =
                DMatrixView::<f64, Dyn, Dyn>::from_slice_with_strides(block, end, rows, 1, width);
            let right = DMatrixView::<f64, Dyn, Dyn>::from_slice_with_strides(
                &block[start..],
                rows,
                columns,
                width,
                1,
            );
            self.products.view_mut((0, start), (end, columns)).gemm(1.0, &left, &right, 1.0);
        }
    }

    /// Takes the means of a block of rows into account, whose products were added.
    fn merge(&mut self, means: &[f64], rows: usize) {
        let (before, new) = (self.rows as f64, rows as f64);
        let share = new / (before + new);
        let apart: Vec<f64> = means.iter().zip(&self.means).map(|(new, old)| new - old).collect();
        for (j, factor) in apart.iter().map(|apart| apart * before * share).enumerate() {
            for (i, apart) in apart[..=j].iter().enumerate() {
                self.products[(i, j)] += apart * factor;
            }
        }
        self.means.iter_mut().zip(&apart).for_each(|(mean, apart)| *mean += apart * share);
        self.rows += rows as u64;
    }
}
