//! The rows of all tasks of an objective.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::math::kernel::PackedRows;
use crate::task::Rows;

/// The rows of every task. They are packed for fast products when they are first needed so; clones
/// share the rows and what is packed.
#[derive(Debug, Clone)]
pub struct TaskRows(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    rows: Vec<Rows>,
    /// Packed for few and for many units.
    packed: [OnceLock<Vec<PackedRows<f64>>>; 2],
}

impl TaskRows {
    /// The packed X of every task, for products with `width` units.
    pub fn packed(&self, width: usize) -> &[PackedRows<f64>] {
        let Shared { rows, packed } = &*self.0;
        let pack = || rows.iter().map(|rows| PackedRows::new(&rows.x, width)).collect();
        packed[usize::from(PackedRows::<f64>::is_wide(width))].get_or_init(pack)
    }
}

impl Deref for TaskRows {
    type Target = [Rows];

    fn deref(&self) -> &[Rows] {
        &self.0.rows
    }
}

impl From<Vec<Rows>> for TaskRows {
    fn from(rows: Vec<Rows>) -> Self {
        Self(Arc::new(Shared { rows, packed: Default::default() }))
    }
}

impl FromIterator<Rows> for TaskRows {
    fn from_iter<I: IntoIterator<Item = Rows>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<_>>().into()
    }
}
