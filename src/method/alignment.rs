//! Covariance alignment: a matrix R_i in front of the shared module for every task, `Z_i = X_iR_i`.
//!
//! At its optimum, learned alignment is single-task learning, because `R_i B A_i` can be any vector.
//! Its gain comes from stopping early, or from keeping R_i near the identity, tuned on held-out rows.

pub mod early_stopping;
pub mod penalty;
pub mod whitening;
