//! How many rows of each part are kept, so that all of them fit into memory.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A part of a task before it is read.
pub(super) struct PartSize {
    /// Number of its task.
    pub(super) task: usize,
    pub(super) rows: u64,
    /// Numbers of a row that are kept for this task alone: labels and group.
    pub(super) own: u64,
    /// Number of features.
    pub(super) features: u64,
    /// What tells its features from those of other parts.
    pub(super) identity: u64,
}

/// A number that tells data from others.
pub(super) fn identity(data: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    hasher.finish()
}

/// Bytes of all parts if no more than `most` rows of each are kept. Features with the same identity
/// count once; while they are read, those of one task count again.
fn bytes(parts: &[PartSize], most: u64) -> u64 {
    let (mut total, mut again, mut of_task) = (0_u64, 0_u64, (0, 0_u64));
    for (at, part) in parts.iter().enumerate() {
        let rows = part.rows.min(most);
        let features = rows.saturating_mul(part.features).saturating_mul(8);
        total = total.saturating_add(rows.saturating_mul(part.own).saturating_mul(8));
        match parts[..at].iter().any(|other| other.identity == part.identity) {
            false => total = total.saturating_add(features),
            true if of_task.0 == part.task => of_task.1 = of_task.1.saturating_add(features),
            true => of_task = (part.task, features),
        }
        again = again.max(of_task.1);
    }
    total.saturating_add(again)
}

/// The most rows of a part that may be kept so that all fit into `max` bytes.
pub(super) fn most_rows(parts: &[PartSize], max: u64) -> u64 {
    let largest = parts.iter().map(|part| part.rows).max().unwrap_or(0);
    if bytes(parts, largest) <= max {
        return largest;
    }
    let (mut fits, mut too_many) = (0, largest);
    while too_many - fits > 1 {
        let middle = fits + (too_many - fits) / 2;
        if bytes(parts, middle) <= max { fits = middle } else { too_many = middle }
    }
    fits
}
