//! The results of an affinity study as text.

use crate::advice;
use crate::cli::report::cells::widest;
use crate::figure::affinity::agreement;
use crate::figure::{surrogate, words};
use crate::math::stats::LEVEL;
use crate::study::StudyResults;
use crate::study::affinity::Insight;
use crate::study::caution::of_rows;
use crate::study::cell::CellPosition;
use crate::study::probe::PROXIES;
use crate::study::suggestion::{SuggestedPlan, SurrogateFindings};
use crate::transfer::Outcome;

/// Largest number of groups listed.
const LISTED: usize = 8;

/// The matrix of gains, the best larger groups, the proxies, the suggested plan.
pub(in crate::cli) fn text(results: &StudyResults, insight: Option<&Insight>) -> String {
    let mut text = heading(results) + "\n" + &matrix(results) + &groups(results);
    if let Some(insight) = insight {
        text += "\n";
        text += &proxies(insight);
        text += "\n";
        if let Some(found) = &insight.by_pairs {
            text += &plan(results, found, "from their pairs");
        }
        if let Some(found) = &insight.surrogate {
            text += "\n";
            text += &by_surrogate(results, found);
        }
        text += &format!("{}\n", advice::BESIDE_AFFINITY);
    }
    text
}

fn heading(results: &StudyResults) -> String {
    let study = &results.study;
    let Some(scenario) = study.bases().first() else { return String::new() };
    let draft = scenario.draft();
    let beware: String = of_rows(scenario).iter().map(|c| format!("Beware: {c}\n")).collect();
    format!(
        "{beware}{}: gain of each task (row) trained with each other (column)\nd = {}, {}, seed {}, {} \
         trials, ± {LEVEL}\ngroups at {}, all together at {}\n",
        study.name(0),
        draft.data.dimension,
        words::model(scenario),
        draft.seed,
        draft.trials,
        words::optima(results, 1..study.cells().len(), 0),
        words::optima(results, 0..1, 0)
    )
}

fn matrix(results: &StudyResults) -> String {
    let names = results.tasks();
    let width = widest(&names);
    let cell = |task: usize, partner: usize| match partner {
        _ if partner == task => "–".to_owned(),
        _ if partner == names.len() => results.together(task).map_or("?".into(), words::tight),
        _ => results.pair(task, partner).map_or("?".into(), words::tight),
    };
    let table: Vec<Vec<String>> = (0..names.len())
        .map(|task| (0..=names.len()).map(|partner| cell(task, partner)).collect())
        .collect();
    let columns: Vec<usize> = (0..=names.len())
        .map(|partner| {
            let head = names.get(partner).map_or("all", String::as_str).chars().count();
            table.iter().map(|row| row[partner].chars().count()).max().unwrap_or(0).max(head)
        })
        .collect();
    let mut text = " ".repeat(width);
    for (partner, column) in columns.iter().enumerate() {
        text += &format!("  {:>column$}", names.get(partner).map_or("all", String::as_str));
    }
    text += "\n";
    for (name, row) in names.iter().zip(&table) {
        text += &format!("{name:<width$}");
        for (cell, column) in row.iter().zip(&columns) {
            text += &format!("  {cell:>column$}");
        }
        text += "\n";
    }
    text
}

/// The groups of three tasks or more, by the mean gain of their tasks, best first.
fn groups(results: &StudyResults) -> String {
    let names = results.tasks();
    let mut known: Vec<(f64, String)> = Vec::new();
    let mut undefined = 0;
    for (index, cell) in results.study.cells().iter().enumerate().skip(1) {
        let (CellPosition::Group(group), Some(measured)) =
            (&cell.place, results.records.measurement(index))
        else {
            continue;
        };
        let outcomes = &measured.own().groups;
        let mean = |outcome: &Outcome| outcome.gain.map(|gain| gain.mean);
        let gains: Option<Vec<f64>> = outcomes.iter().map(mean).collect();
        if group.len() <= 2 {
            continue;
        }
        let Some(gains) = gains else {
            undefined += 1;
            continue;
        };
        let member = |(task, outcome): (&usize, &Outcome)| {
            format!("{} {}", names[*task], words::tight(outcome))
        };
        let members: Vec<String> = group.iter().zip(outcomes).map(member).collect();
        known.push((gains.iter().sum::<f64>() / gains.len() as f64, members.join(", ")));
    }
    known.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut text = match known.len() {
        0 => String::new(),
        count => format!("\nbest of {count} larger groups, by the mean gain of their tasks\n"),
    };
    for (_, group) in known.iter().take(LISTED) {
        text += &format!("  {group}\n");
    }
    if undefined > 0 {
        let groups = if undefined == 1 { "group is" } else { "groups are" };
        text += &format!(
            "{}{undefined} larger {groups} left out: the gain of a task in it is undefined\n",
            if text.is_empty() { "\n" } else { "" }
        );
    }
    text
}

fn proxies(insight: &Insight) -> String {
    let width = PROXIES.iter().map(|proxy| proxy.name.chars().count()).max().unwrap_or(0);
    let mut text = format!(
        "do cheap proxies rank the pairs as the gains do? (Kendall's τ, {LEVEL} by resampling \
         trials, p by relabelling tasks)\n"
    );
    for (proxy, found) in PROXIES.iter().zip(&insight.agreements) {
        text += &format!("  {:<width$}  {}\n", proxy.name, agreement(found.as_ref()));
    }
    text
}

/// The agreement of the surrogate with groups it has not seen, and its plan.
fn by_surrogate(results: &StudyResults, found: &SurrogateFindings) -> String {
    let said = found.agreement.as_ref().map_or_else(surrogate::too_few, surrogate::agreement);
    let plan =
        found.plan.as_ref().map_or_else(String::new, |found| plan(results, found, "from others"));
    format!(
        "does a surrogate fitted to groups order those it has not seen? ({LEVEL} by resampling \
         groups)\n  {said}\nby the surrogate, {plan}"
    )
}

fn plan(results: &StudyResults, plan: &SuggestedPlan, from: &str) -> String {
    let found = &plan.suggestion;
    let names = results.tasks();
    let group = |group: &Vec<usize>| {
        let members: Vec<&str> = group.iter().map(|task| names[*task].as_str()).collect();
        members.join(" + ")
    };
    let groups: Vec<String> = found.plan.iter().map(group).collect();
    let how = if found.exhaustive { "the best of all plans" } else { "found by merging groups" };
    let by = match found.predicted {
        true => format!(", larger groups predicted {from}"),
        false => String::new(),
    };
    let mut text = format!(
        "suggested with at most {} ({how}{by}): {}\n",
        words::models(results.models()),
        groups.join(" | ")
    );
    if let Some(confirmed) = plan.confirmation {
        let [own, together] = words::confirmed(plan, &confirmed);
        text += &format!(
            "mean gain over the tasks on {} further trials: this plan {own}; all together {together}; \
             all alone 0\n",
            confirmed.trials
        );
    }
    text
}
