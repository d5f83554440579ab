//! Real tasks: features and labels from files.
//!
//! Readers turn bytes into a checked [`Dataset`] and open no files themselves:
//! [`table::read`] for CSV, [`folder::read`] for folders of NPY files with or without a manifest,
//! [`npz::read`] for NPZ files and [`folder::read_pair`] for two NPY files. [`Dataset::join`] makes
//! one data set of several, and [`manifest::write`] writes one as a folder.

pub mod check;
pub mod folder;
pub mod manifest;
pub mod moments;
pub mod npy;
pub mod npz;
pub mod options;
pub mod split;
pub mod table;
pub mod types;

mod arrays;
mod bytes;
mod complete;
mod copies;
mod fault;
mod join;
mod labels;
mod layout;
mod signs;
mod sizes;
mod sums;
mod words;

pub use moments::TaskMoments;
pub use options::ReadOptions;
pub use types::{Dataset, DatasetTask, Shares, Split, TaskKind};
