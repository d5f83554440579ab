//! Rows in tiles.

use nalgebra::DMatrix;

use super::number::Number;
use super::units::BLOCK;

/// Bytes of one feature in a tile, for few units.
const TALL: usize = 512;
/// The same for many units, so that a tile of a hundred features stays in the first cache.
const SHORT: usize = 256;
/// Tiles begin at multiples of this number of bytes.
const LINE: usize = 64;
/// Rows of a chunk, a multiple of the height of every tile.
const CHUNK: usize = 2048;

/// X (m × d) in tiles: some rows, feature by feature. The last tile is filled with zeros.
#[derive(Debug)]
pub struct PackedRows<T> {
    values: Vec<T>,
    start: usize,
    rows: usize,
    features: usize,
    height: usize,
}

impl<T: Number> PackedRows<T> {
    /// Packs X (m × d) for products with `width` units.
    pub fn new(x: &DMatrix<f64>, width: usize) -> Self {
        let (rows, features) = x.shape();
        let bytes = if Self::is_wide(width) { SHORT } else { TALL };
        let height = bytes / size_of::<T>();
        let numbers = rows.next_multiple_of(height) * features;
        let mut values = vec![T::default(); numbers + LINE / size_of::<T>()];
        let start = values.as_ptr().align_offset(LINE).min(LINE / size_of::<T>());
        let tile = (height * features).max(1);
        for (i, tile) in values[start..][..numbers].chunks_exact_mut(tile).enumerate() {
            let first = i * height;
            let filled = height.min(rows - first);
            for (j, column) in tile.chunks_exact_mut(height).enumerate() {
                let x = &x.as_slice()[j * rows + first..][..filled];
                column.iter_mut().zip(x).for_each(|(to, from)| *to = T::of(*from));
            }
        }
        Self { values, start, rows, features, height }
    }

    /// Returns true if products with this many units need other tiles than those with few.
    pub fn is_wide(width: usize) -> bool {
        width > BLOCK
    }

    /// Number of rows m.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of features d.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Rows of a tile.
    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// Number of tiles.
    pub(super) fn tiles(&self) -> usize {
        self.rows.div_ceil(self.height)
    }

    /// A tile (d × height).
    #[inline(always)]
    pub(super) fn tile(&self, index: usize) -> &[T] {
        let size = self.height * self.features;
        &self.values[self.start + index * size..][..size]
    }

    /// Number of chunks, the parts whose sums can be computed apart.
    pub fn chunks(&self) -> usize {
        self.rows.div_ceil(CHUNK)
    }

    /// The tiles of a chunk.
    pub(super) fn tiles_of(&self, chunk: usize) -> std::ops::Range<usize> {
        let tiles = CHUNK / self.height;
        chunk * tiles..((chunk + 1) * tiles).min(self.tiles())
    }
}
