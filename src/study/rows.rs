//! Records in memory as plain numbers, in blocks that clones share until one of them changes.

use std::sync::Arc;

/// Number of records in a block.
const BLOCK: usize = 64;

/// The records of one cell: `width` numbers for each trial. Only blocks that are used take memory.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    width: usize,
    blocks: Vec<Option<Arc<Vec<f64>>>>,
}

impl Rows {
    /// Creates an empty store for `trials` records.
    pub(super) fn new(width: usize, trials: usize) -> Self {
        Self { width, blocks: vec![None; trials.div_ceil(BLOCK)] }
    }

    /// Stores the numbers of a trial; numbers beyond `width` are ignored.
    pub(super) fn put(&mut self, trial: usize, numbers: &[f64]) {
        let (width, place) = (self.width, trial % BLOCK);
        let Some(block) = self.blocks.get_mut(trial / BLOCK) else { return };
        let empty = || Arc::new(vec![0.0; BLOCK * width]);
        let block = Arc::make_mut(block.get_or_insert_with(empty));
        let row = &mut block[place * width..(place + 1) * width];
        row.iter_mut().zip(numbers).for_each(|(to, from)| *to = *from);
    }

    /// Returns the numbers of a trial: zeros if none were stored, `None` if its block is empty.
    pub(super) fn row(&self, trial: usize) -> Option<&[f64]> {
        let block = self.blocks.get(trial / BLOCK)?.as_ref()?;
        block.chunks_exact(self.width).nth(trial % BLOCK)
    }
}
