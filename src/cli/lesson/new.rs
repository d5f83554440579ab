//! `taskscope lesson new`: writes the template of a lesson.

use std::path::PathBuf;

use crate::cli::output;
use crate::error::Result;
use crate::lesson::catalog::TEMPLATE;
use crate::store;
use crate::text::shown;

pub(super) fn new(args: &New) -> Result<()> {
    store::write(&args.out, TEMPLATE.as_bytes(), store::Over::Nothing)?;
    let file = shown(&args.out.display().to_string());
    output::print(&format!(
        "wrote {file}\ntaskscope lesson check {file} measures whether it is true\n"
    ))
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct New {
    /// The file to write; an existing file is not replaced
    #[arg(value_name = "FILE")]
    pub out: PathBuf,
}
