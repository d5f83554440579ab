//! The screen: draws an [`App`](crate::app::App) without changing it.

pub mod card;
mod chart;
mod field;
mod footer;
mod frame;
pub mod ladder;
mod lesson;
mod letters;
mod overlay;
mod pane;
mod picker;
mod plain;
mod present;
pub mod preview;
mod progress;
pub mod regions;
mod screen;
mod shade;
mod sheet;
mod summary;
mod tabs;
pub mod theme;
mod view;
pub mod widget;

pub use frame::draw;
pub use regions::{Pointing, Regions};
pub use sheet::sheet;
pub use theme::{ColourDepth, Theme};
