//! `taskscope merge`: joins the parts of a study.

use std::path::PathBuf;

use crate::cli::{interrupt, output, study};
use crate::error::{Invalid, Result};
use crate::store::folder::StudyFolder;
use crate::store::parts;
use crate::store::paths::placed;
use crate::study::{Shard, StudyResults};

pub(super) fn merge(args: &Merge) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let place = |path: &PathBuf| path.canonicalize().ok();
    // One folder may hold all parts, and then also what they make.
    if args.parts.len() > 1
        && let Some(out) = place(&args.out)
        && let Some(part) = args.parts.iter().find(|part| place(part).as_ref() == Some(&out))
    {
        let found = format!("{}, which is a part", part.display());
        return Err(Invalid::new("--out", found, "another folder: parts are only read").into());
    }
    let out = placed(&args.out);
    let holds = |part: &&PathBuf| out.starts_with(placed(part)) && out != placed(part);
    if let Some(part) = args.parts.iter().find(holds) {
        let allowed = format!("a folder outside all parts; it is inside {}", part.display());
        return Err(Invalid::new("--out", args.out.display(), allowed).into());
    }
    let (study, records) = parts::gather(&args.parts, &output::note)?;
    let mut results = StudyResults::of(study, records);
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
