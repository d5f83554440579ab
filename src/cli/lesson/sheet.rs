//! `taskscope lesson sheet`: a worksheet with its answer key.

use std::path::PathBuf;

use crate::cli::lesson::find::found;
use crate::cli::lesson::measured;
use crate::cli::output;
use crate::cli::read::other_than;
use crate::error::Result;
use crate::lesson::sheet::markdown;
use crate::store;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Sheet {
    /// The lesson by name, number or file
    #[arg(value_name = "LESSON|FILE")]
    pub lesson: String,
    /// Student number whose random draws the key uses; 0 uses the lesson's own
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub student: u64,
    /// The file to write instead of printing; an existing worksheet is replaced
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

pub(super) fn sheet(args: &Sheet) -> Result<()> {
    let lesson = found(&args.lesson)?;
    if let Some(out) = &args.out {
        other_than(&args.lesson, out)?;
        store::look_at(out)?;
    }
    let text = markdown(&lesson, &measured::measured(&lesson, args.student)?);
    let Some(out) = &args.out else { return output::print(&text) };
    store::write(out, text.as_bytes(), store::Over::Ours)?;
    output::print(&format!("wrote {}\n", out.display()))
}
