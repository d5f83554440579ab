//! Gains of groups of tasks, predicted by a surrogate that is fitted to some of them.

use crate::cancel::Cancel;
use crate::claims::check::ClaimCheck;
use crate::claims::claim::{Measured, PaperClaim, Standing, setting};
use crate::error::Invalid;
use crate::runner;
use crate::scenario::Scenario;
use crate::study::draft::{NamedScenario, Question};
use crate::study::groups::{GROUPS, MODELS};
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, StudyResults};

pub(super) const SURROGATE: PaperClaim = PaperClaim {
    id: "surrogate",
    statement: "A surrogate fitted to some groups of tasks orders those it has not seen, and plans well",
    source: "not in the paper; Li, Nguyen & Zhang, TMLR 2023",
    setting: "preset six-tasks: all pairs, 24 larger groups, and all; the plan on as many new trials",
    standing: Standing::Reproduced,
    trials: 12,
    measure,
};

/// Number of larger groups.
const SUBSETS: usize = 24;

fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let study = study(&setting("six-tasks", &[], trials)?)?;
    let none = TrialRecords::new(&study);
    let Ok(Some(records)) = runner::run(&study, none, Shard::WHOLE, cancel, |_| Ok(())) else {
        return Ok(None);
    };
    let results = StudyResults::of(study, records);
    let found = results.insight(MODELS).and_then(|insight| insight.surrogate);
    let Some((agreement, plan)) = found.and_then(|found| Some((found.agreement?, found.plan?)))
    else {
        return Ok(None);
    };
    let Some(confirmed) = results.confirm(&plan.suggestion.plan, cancel) else { return Ok(None) };
    Ok(Some(vec![
        ClaimCheck::above("Spearman's ρ on unseen groups", agreement.surrogate, 0.9).of(trials),
        ClaimCheck::above("mean gain under the plan of the surrogate", confirmed.plan, 0.3)
            .of(confirmed.trials),
        ClaimCheck::below("mean gain, all tasks together", confirmed.together, 0.0)
            .of(confirmed.trials),
    ]))
}

fn study(scenario: &Scenario) -> Result<Study, Invalid> {
    let question =
        Question::Affinity { groups: GROUPS, subsets: SUBSETS, steps: 1, models: MODELS };
    let entry = NamedScenario { name: "six-tasks".to_owned(), scenario: scenario.draft().clone() };
    Study::check(StudyDraft::new(question, vec![entry]))
}
