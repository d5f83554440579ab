//! The mathematics against reference values, brute force and simulation.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod alignment;
mod balancing;
mod coverage;
mod descent;
mod extremes;
mod golden;
mod gradients;
mod held_out;
mod many;
mod multistart;
mod nonlinear;
mod optimum;
mod penalties;
mod rounding;
mod sampling;
mod theory;
mod ways;
mod weighting;
