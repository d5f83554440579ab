//! Code shared by the tests. Each test program is built with its own copy and uses a part of it.

#![allow(dead_code, unreachable_pub)]

pub mod arithmetic;
#[cfg(feature = "png")]
pub mod catalogue;
pub mod common;
#[cfg(feature = "tui")]
pub mod drive;
#[cfg(feature = "tui")]
pub mod frames;
pub mod once;
#[cfg(feature = "cli")]
pub mod program;
pub mod restarts;
pub mod sheets;
pub mod sketches;
#[cfg(all(feature = "tui", feature = "png"))]
pub mod tables;
#[cfg(feature = "tui")]
pub mod user;
#[cfg(feature = "tui")]
pub mod worlds;
