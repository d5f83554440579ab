//! The program without its terminal: state, actions, messages and effects.
//!
//! [`App::update`] is a plain function. It says what should happen, and the runtime makes it
//! happen. Nothing here uses a terminal, thread, clock or file.

pub mod action;
pub mod crosshair;
pub mod field;
mod history;
pub mod key;
pub mod lab;
pub mod lessons;
pub mod overlay;
pub mod pointer;
pub mod preview;
pub mod saved_work;
pub mod screen;
pub mod settings;
pub mod state;
pub mod studies;
pub mod tasks;
pub mod theory;
pub mod tips;
pub mod update;

pub use crate::app::saved_work::SavedWork;
pub use action::{ACTIONS, Action, KeyBinding};
pub use crosshair::Crosshair;
pub use field::{FieldPurpose, InputField};
pub use history::Snapshot;
pub use key::Key;
pub use lab::{Lab, Pane};
pub use lessons::{Lessons, Playing};
pub use overlay::{Overlay, OverlayEntry};
pub use pointer::{Gesture, HitTarget, Pointer};
pub use preview::PicturePreview;
pub use screen::{KeyContext, Screen};
pub use settings::Settings;
pub use state::App;
pub use studies::{RunState, Studies, StudyRun};
pub use tasks::TasksState;
pub use theory::{TheoryPane, TheoryState};
pub use update::{Effect, Message};
