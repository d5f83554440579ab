//! The state of the program under keys, without a terminal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod actions;
mod aside;
mod column_picker;
mod figure_overlay;
mod keys;
mod long_use;
mod program;
mod studies;
