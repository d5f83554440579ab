//! `taskscope merge`: joins the parts of a study.

use std::path::PathBuf;

use crate::cli::{interrupt, output, study};
use crate::error::{Invalid, Result};
use crate::store::folder;
use crate::store::folder::StudyFolder;
use crate::study::records::TrialRecords;
use crate::study::{Shard, StudyResults};

pub(super) fn merge(args: &Merge) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let opened = folder::open(&args.parts, TrialRecords::lean)?;
    for what in &opened.damage {
        output::note(what);
    }
    let mut results = StudyResults::of(opened.study, opened.records);
    let missing = results.records.wanted() - results.records.done();
    if missing > 0 {
        let found = format!("{missing} of {} trials missing", results.records.wanted());
        let allowed = "a complete study: run missing parts, and damaged ones with --resume";
        return Err(Invalid::new("merge", found, allowed).into());
    }
    let (folder, ..) = StudyFolder::begin(&args.out, &results.study, Shard::WHOLE, true)?;
    folder.merge(&results.study, &args.parts)?;
    study::finish(Some(&args.out), &mut results, args.json)
}

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// The folders of the parts of one study, each run with --shard
    #[arg(value_name = "DIR", required = true)]
    pub parts: Vec<PathBuf>,
    /// The folder to write the whole study to; created if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
