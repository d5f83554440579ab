//! The program without its terminal: state, actions, messages, effects.
//!
//! [`App::update`] is a plain function of what happened; it says what should happen, and the
//! runtime makes it happen. Neither terminal, thread, clock nor file is known here.

pub mod action;
pub mod field;
pub mod key;
pub mod state;
pub mod update;

pub use action::{ACTIONS, Action, Deed};
pub use field::{Field, Purpose};
pub use key::Key;
pub use state::{App, Pane};
pub use update::{Effect, Message};
