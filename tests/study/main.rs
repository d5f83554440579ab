//! Scenarios, studies, claims and lessons: results and their reproducibility.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod advice;
mod affinity;
mod claims;
mod dataset;
mod determinism;
mod difference;
mod edit;
mod explanation;
mod figure3;
mod flip;
#[cfg(feature = "cli")]
#[path = "../fuzz/mod.rs"]
mod fuzz;
mod lessons;
mod preview;
#[allow(unsafe_code)]
mod proportion;
mod real;
mod scenario;
