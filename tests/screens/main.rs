//! Content of the screens, cell by cell.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod column_picker;
mod crosshair;
mod footers;
mod lesson_screen;
mod mouse;
mod notation;
mod preview_pixels;
mod screen_export;
mod screens;
mod tasks_screen;
mod themes;
mod theory_screen;
mod words_in_full;
