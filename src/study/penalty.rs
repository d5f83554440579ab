//! Penalties of real tasks, chosen on validation rows.

pub(super) mod path;
pub(super) mod ridge;
