//! The real program: commands, files, a terminal, the README.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod architecture;
mod bench;
mod circles;
mod cli;
mod config;
mod guide;
#[cfg(unix)]
mod hostile;
mod kept_studies;
mod lesson_files;
mod lesson_line;
mod line;
mod log;
#[cfg(unix)]
mod overwrite;
mod parts;
#[cfg(unix)]
mod paths;
mod pipes;
mod pty;
mod readme;
mod real;
mod study;
mod terminal;
mod terminal_faults;
mod vectors;
