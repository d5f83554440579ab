//! The vectors on which rows are projected.

use nalgebra::DMatrixView;

use super::number::Number;

/// Most units that are multiplied at once.
pub(super) const BLOCK: usize = 4;

/// Units (d × r) in the order in which rows are multiplied with them: in blocks of up to `BLOCK`
/// units, feature by feature.
#[derive(Debug, Clone)]
pub struct Units<T> {
    values: Vec<T>,
    features: usize,
    width: usize,
}

impl<T: Number> Units<T> {
    /// The columns of a matrix (d × r) as units.
    pub fn new(units: DMatrixView<'_, f64>) -> Self {
        let (features, width) = units.shape();
        let mut values = Vec::with_capacity(features * width);
        for first in (0..width).step_by(BLOCK) {
            let block = first..(first + BLOCK).min(width);
            for j in 0..features {
                values.extend(block.clone().map(|u| T::of(units[(j, u)])));
            }
        }
        Self { values, features, width }
    }

    /// Number of units r.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of features d.
    pub(super) fn features(&self) -> usize {
        self.features
    }

    /// The first unit, the number of units and the values of every block.
    #[inline(always)]
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, usize, &[T])> {
        let of_block = self.values.chunks((BLOCK * self.features).max(1)).enumerate();
        of_block.map(|(b, values)| (b * BLOCK, BLOCK.min(self.width - b * BLOCK), values))
    }
}
