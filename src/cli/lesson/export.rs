//! `taskscope lesson export`: writes a lesson as an HTML page.

use std::path::PathBuf;

use crate::cli::lesson::find::found;
use crate::cli::lesson::measured;
use crate::cli::output;
use crate::cli::read::other_than;
use crate::error::Result;
use crate::{export, store};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Export {
    /// The lesson by name, number or file
    #[arg(value_name = "LESSON|FILE")]
    pub lesson: String,
    /// Write an HTML page; this is the only format, and the default
    #[arg(long)]
    pub html: bool,
    /// Student number whose random draws are shown; 0 uses the lesson's own
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub student: u64,
    /// The file to write; an existing page written by taskscope is replaced
    #[arg(long, value_name = "FILE.html")]
    pub out: PathBuf,
}

pub(super) fn export(args: &Export) -> Result<()> {
    let lesson = found(&args.lesson)?;
    other_than(&args.lesson, &args.out)?;
    store::look_at(&args.out)?;
    let measured = measured::measured(&lesson, args.student)?;
    let shown = measured::illustrated(&lesson, &measured)?;
    let page = export::html::page(&lesson, &measured, &shown)?;
    store::write(&args.out, page.as_bytes(), store::Over::Ours)?;
    output::print(&format!("wrote {}\n", args.out.display()))
}
