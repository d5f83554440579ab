//! Scenarios: tasks, model and seed in one JSON file, from which every result follows.
//!
//! A [`ScenarioDraft`] is a scenario as typed; only [`Scenario::check`] makes a [`Scenario`] of
//! it. The table of [`knob`]s lists every number that can be turned.

pub mod changes;
pub mod check;
pub mod draft;
pub mod draw;
pub mod edit;
pub mod group;
pub mod knob;
mod names;
mod parse;
mod partners;
pub mod preset;
pub mod protocol;
pub mod real;
mod rows;
mod sample;
pub mod share;

pub use check::Scenario;
pub use draft::{Draw, Redraw, ScenarioDraft};
pub use draw::TrialRows;
pub use group::Group;
pub use knob::{Handle, Knob};
pub use preset::Preset;
