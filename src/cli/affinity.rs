//! `taskscope affinity`: the gain of every task trained with every other.

use crate::cli::source::Changes;
use crate::cli::study;
use crate::cli::study::Running;
use crate::error::{Invalid, Result};
use crate::study::StudyDraft;
use crate::study::draft::{NamedScenario, Question};
use crate::study::groups::{GROUPS, MODELS};
use crate::study::probe::STEPS;

/// The most models a plan may have.
const MOST_MODELS: usize = 32;

pub(super) fn affinity(args: &Affinity) -> Result<()> {
    study::study(question(args)?, &args.running, true)
}

/// The study to run; `None` if the arguments name none and the folder holds it.
fn question(args: &Affinity) -> Result<Option<StudyDraft>> {
    let Some(asked) = &args.scenario else {
        let is_alone = [args.groups, args.subsets, args.models, args.steps] == [None; 4]
            && args.changes.is_nothing();
        if args.running.resume && is_alone {
            return Ok(None);
        }
        let allowed = "a preset or a scenario file, or --resume --out DIR alone";
        return Err(Invalid::new("scenario", "none", allowed).into());
    };
    let (groups, subsets) = (args.groups.unwrap_or(GROUPS), args.subsets.unwrap_or(0));
    let (models, steps) = (args.models.unwrap_or(MODELS), args.steps.unwrap_or(STEPS));
    if !(1..=MOST_MODELS).contains(&models) {
        let allowed = format!("a whole number from 1 to {MOST_MODELS}");
        return Err(Invalid::new("--models", models, allowed).into());
    }
    let (name, mut scenario) = args.changes.draft(asked)?;
    scenario.compare.clear();
    let question = Question::Affinity { groups, subsets, steps, models };
    Ok(Some(StudyDraft::new(question, vec![NamedScenario { name, scenario }])))
}

#[derive(Debug, clap::Args)]
#[command(after_help = AFFINITY)]
pub(super) struct Affinity {
    /// A preset (see `taskscope presets`) or a scenario file
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// Train every group of up to K tasks, not only every pair [default: 2]
    #[arg(long, value_name = "K")]
    pub groups: Option<usize>,
    /// Train N larger groups too, drawn at random: a surrogate predicts all groups from them
    /// [default: 0]
    #[arg(long, value_name = "N")]
    pub subsets: Option<usize>,
    /// The most models a suggested plan may have [default: 3]
    #[arg(long, value_name = "M")]
    pub models: Option<usize>,
    /// Descent steps for the proxies gradient cosine and look-ahead [default: 100]
    #[arg(long, value_name = "N")]
    pub steps: Option<usize>,
    #[command(flatten)]
    pub running: Running,
}

const AFFINITY: &str = "The folder holds study.json (the question), records.log (every trial), \
affinity.csv, affinity.json, the matrix, a figure per proxy and that of the surrogate as PNG and SVG, and command.txt.";
