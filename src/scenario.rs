//! The scenario is the whole truth: tasks, model and seed in one JSON file.
//!
//! What a person types is a [`ScenarioDraft`]; [`Scenario::check`] is the only door to a
//! [`Scenario`]. Every number that can be turned stands in the one table of [`knob`]s.

pub mod changes;
pub mod check;
pub mod draft;
pub mod draw;
pub mod edit;
pub mod knob;
mod parse;
mod partners;
pub mod preset;
mod sample;
pub mod share;

pub use check::{Group, Scenario};
pub use draft::{Draw, Redraw, ScenarioDraft};
pub use knob::{Handle, Knob};
pub(crate) use parse::read;
pub use preset::Preset;
