//! The rows of all tasks of an objective.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::math::kernel::{Number, PackedRows};
use crate::task::Rows;

/// The rows of every task. They are packed for fast products when they are first needed so; clones
/// share the rows and what is packed.
#[derive(Debug, Clone)]
pub struct TaskRows(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    rows: Vec<Rows>,
    /// Packed for few and for many units.
    packed: [OnceLock<Vec<PackedTask<f64>>>; 2],
}

/// The rows of a task, packed for products with units.
#[derive(Debug)]
pub struct PackedTask<T> {
    /// X (m × d).
    pub x: PackedRows<T>,
    /// y (m).
    pub y: Vec<T>,
}

impl TaskRows {
    /// The tasks, packed for products with `width` units.
    pub fn packed(&self, width: usize) -> &[PackedTask<f64>] {
        let packed = &self.0.packed[usize::from(PackedRows::<f64>::is_wide(width))];
        packed.get_or_init(|| self.pack(width))
    }

    /// The tasks in numbers of another type, packed for products with `width` units.
    pub fn pack<T: Number>(&self, width: usize) -> Vec<PackedTask<T>> {
        let pack = |rows: &Rows| PackedTask {
            x: PackedRows::new(&rows.x, width),
            y: rows.y.iter().map(|y| T::of(*y)).collect(),
        };
        self.iter().map(pack).collect()
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
