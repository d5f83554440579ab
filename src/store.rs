//! Files on disk: scenarios, figures, studies, sessions, answers and settings.
//!
//! [`atomic`] is the one door to the disk. It writes beside the file and renames, so that no file is
//! ever half written, and it replaces only a file of ours of the same kind (`ours`). The bytes
//! come from [`export`](crate::export); [`save`] puts the two together.

pub mod answers;
pub mod atomic;
pub mod class;
pub mod embedded;
pub mod folder;
pub mod lessons;
mod ours;
pub mod read;
pub mod records;
pub mod save;
pub mod session;
pub mod settings;

pub use atomic::{Over, free, look_at, settled, write, write_all};
pub use save::{file, pictures};
