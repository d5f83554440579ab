//! The program without its terminal: state, actions, messages and effects.
//!
//! [`App::update`] is a plain function. It says what should happen, and the runtime makes it
//! happen. Nothing here uses a terminal, thread, clock or file.

pub mod action;
mod context;
pub mod crosshair;
mod effect;
pub mod field;
mod figures;
pub mod flip;
mod history;
pub mod key;
mod manual;
mod message;
mod offers;
mod opening;
pub mod overlay;
pub mod pane;
pub mod picker;
pub mod pointer;
pub mod preview;
mod program;
mod reading;
mod request;
pub mod saved_work;
pub mod screen;
mod screens;
pub mod settings;
pub mod studies;
pub mod tips;
mod update;
mod view;
mod work;

pub use action::{ACTIONS, Action, KeyBinding};
pub use crosshair::Crosshair;
pub use effect::Effect;
pub use field::{FieldPurpose, InputField};
pub use history::Snapshot;
pub use key::Key;
pub use message::Message;
pub use opening::Opening;
pub use overlay::{Overlay, OverlayEntry};
pub use pane::Pane;
pub use picker::{ColumnPicker, TableTrial, worded};
pub use pointer::{Gesture, HitTarget, Pointer};
pub use preview::PicturePreview;
pub use program::App;
pub use saved_work::SavedWork;
pub use screen::lab::Lab;
pub use screen::lessons::{Lessons, Playing};
pub use screen::tasks::TasksState;
pub use screen::theory::{TheoryPane, TheoryState};
pub use screen::{KeyContext, Screen};
pub use screens::Screens;
pub use settings::Settings;
pub use studies::{RunState, Studies, StudyRun};
pub use view::ViewState;
pub use work::Work;
