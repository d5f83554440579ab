//! Balancing of tasks during training: the gradients of the shared module, or the weights of the
//! losses, follow from the losses and gradients at every step.
//!
//! Heads follow their own losses, because they are not shared. Where training comes to rest, the
//! weighted gradients of the module cancel, so it rests at a stationary point of some fixed weights.
//! For projected gradients and for weights by the speed of the losses these are the uniform ones.

pub mod famo;
pub mod least_norm;
pub mod projected;
mod rule;
pub mod speed;
pub mod worst_case;
