//! The shared module and its heads: objective, exact optimum, descent.

pub mod descent;
pub mod exact;
pub mod objective;
pub mod shared;

pub use descent::Descent;
pub use objective::Objective;
pub use shared::SharedModel;
