//! Files on disk: scenarios, figures, studies, sessions, answers and settings.
//!
//! Every write goes through [`atomic`]: it writes beside the file and renames, so that no file is
//! ever half written, and it replaces a file only if taskscope wrote it. The bytes come from
//! [`export`](crate::export); [`save`] puts the two together.

pub mod answers;
pub mod atomic;
pub mod bounded;
pub mod class;
pub mod datasets;
pub mod embedded;
pub mod folder;
pub mod fonts;
mod formats;
pub mod lessons;
pub mod notes;
mod ours;
pub mod parts;
pub(crate) mod paths;
pub mod read;
pub mod reading;
pub mod records;
pub mod save;
pub mod session;
pub mod settings;
pub mod tables;

pub use atomic::{Over, free, look_at, may_write, settled, write, write_all};
pub use paths::make_folder;
pub use save::{file, pictures};
