//! Figures and files: drawn, written and read back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod back_ends;
mod colour_vision;
mod failed_writes;
mod figure_catalog;
mod figure_tables;
mod figures;
mod folders;
mod formats;
mod latex;
mod lesson_class;
mod lesson_files;
mod lesson_page;
mod options;
mod paper_figures;
mod read_back;
mod records;
mod same_bytes;
mod session;
mod shapes;
mod study_figures;
mod svg;
