//! `taskscope affinity`: the gain of every task trained with every other.

use super::args::Affinity;
use super::study;
use crate::error::{Invalid, Result};
use crate::study::StudyDraft;
use crate::study::draft::{NamedScenario, Question};

/// The most models a plan may have.
const MOST_MODELS: usize = 32;

pub(super) fn affinity(args: &Affinity) -> Result<()> {
    study::study(question(args)?, &args.running, true)
}

/// The study to run; `None` if the arguments name none and the folder holds it.
fn question(args: &Affinity) -> Result<Option<StudyDraft>> {
    let Some(asked) = &args.scenario else {
        if args.running.resume {
            return Ok(None);
        }
        let allowed = "a preset or a scenario file, or --resume --out DIR alone";
        return Err(Invalid::new("scenario", "none", allowed).into());
    };
    let &Affinity { groups, models, steps, .. } = args;
    if !(1..=MOST_MODELS).contains(&models) {
        let allowed = format!("a whole number from 1 to {MOST_MODELS}");
        return Err(Invalid::new("--models", models, allowed).into());
    }
    let (name, mut scenario) = args.changes.draft(asked)?;
    scenario.compare.clear();
    let question = Question::Affinity { groups, steps, models };
    Ok(Some(StudyDraft::new(question, vec![NamedScenario { name, scenario }])))
}
