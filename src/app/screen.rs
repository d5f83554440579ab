//! The screens. Each has a module with its state, its `update` and what it explains.
//!
//! A screen changes its own state only. Whatever else an action needs, it asks for with
//! requests, which the program carries out.

pub mod advice;
pub mod affinity;
mod info;
pub mod kind;
pub mod lab;
pub mod lessons;
pub mod runs;
pub mod sweep;
pub mod tasks;
pub mod theory;

pub(super) use info::ScreenInfo;
pub use kind::{KeyContext, Screen};
