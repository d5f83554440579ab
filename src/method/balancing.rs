//! Balancing of tasks during training: the gradients of the shared module, or the weights of the
//! losses, follow from the losses and gradients at every step.
//!
//! Heads follow their own losses, because they are not shared. Where training comes to rest, some
//! weighted sum of the gradients of the module vanishes. Weights by the speed of the losses are then
//! uniform, so their resting points are those of joint training. Projected gradients and combinations
//! of least norm rest wherever the gradients oppose each other: which of many points that is depends
//! on the start.

pub mod famo;
pub mod least_norm;
pub mod projected;
mod rule;
pub mod speed;
pub mod worst_case;
