//! The program without its terminal: state, actions, messages, effects.
//!
//! [`App::update`] is a plain function of what happened; it says what should happen, and the
//! runtime makes it happen. Neither terminal, thread, clock nor file is known here.

pub mod action;
pub mod crosshair;
pub mod field;
mod history;
pub mod key;
pub mod lab;
pub mod left;
pub mod lessons;
pub mod overlay;
pub mod pointer;
pub mod preview;
pub mod screen;
pub mod settings;
pub mod state;
pub mod studies;
pub mod tasks;
pub mod theory;
pub mod tips;
pub mod update;

pub use action::{ACTIONS, Action, Deed};
pub use crosshair::Crosshair;
pub use field::{Field, Purpose};
pub use history::Opened;
pub use key::Key;
pub use lab::{Lab, Pane};
pub use left::Left;
pub use lessons::{Lessons, Playing};
pub use overlay::{Entry, Overlay};
pub use pointer::{Gesture, Pointer, Spot};
pub use preview::Preview;
pub use screen::{Place, Screen};
pub use settings::Settings;
pub use state::App;
pub use studies::{Run, RunState, Studies};
pub use tasks::Tasks;
pub use theory::{Aspect, Theory};
pub use update::{Effect, Message};
