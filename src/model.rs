//! The shared module and its heads: objectives, optima and gradient descent.

mod classifier;
mod classifiers;
pub mod curvature;
pub mod descent;
pub mod deviation;
pub mod exact;
mod heads;
pub mod least_squares;
pub mod loss;
pub mod nonlinear;
pub mod objective;
pub mod on_rows;
pub mod optimum;
mod projected;
mod relu;
pub mod rule;
pub mod search;
pub mod shared;
pub mod single_task;
mod slopes;
mod starts;
pub mod task_rows;
pub mod two_tasks;
mod weights;
mod whitened;

pub use descent::{Descent, Diverged};
pub use least_squares::LeastSquares;
pub use loss::Loss;
pub use objective::Objective;
pub use on_rows::OnRows;
pub use optimum::{Optimum, OptimumKind};
pub use rule::Rule;
pub use shared::SharedModel;
pub use single_task::SingleTask;
pub use task_rows::TaskRows;
