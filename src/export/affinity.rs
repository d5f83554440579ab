//! The results of an affinity study as a tidy table and as JSON.

use serde::Serialize;

use super::table::{in_csv, safe};
use crate::error::Result;
use crate::export::table::in_json;
use crate::figure::affinity::verdict;
use crate::study::affinity::Insight;
use crate::study::cell::CellPosition;
use crate::study::probe::PROXIES;
use crate::study::suggestion::SuggestedPlan;
use crate::study::table::{HELD_OUT, HeldOutMeasures, MEASURES, Measures};
use crate::study::{StudyDraft, StudyResults};

/// Version of the JSON of an affinity study.
const SCHEMA: &str = "taskscope.affinity/2";

/// The first columns with their descriptions; the measures follow, then the proxies, each under its
/// own name.
const COLUMNS: &[(&str, &str)] = &[
    ("scenario", "preset or file"),
    ("task", "the task that learns"),
    ("partners", "the tasks it is trained with, joined by +"),
];

#[derive(Clone, Serialize)]
struct Row {
    scenario: String,
    task: String,
    partners: String,
    #[serde(flatten)]
    measures: Measures,
    #[serde(flatten)]
    held_out: HeldOutMeasures,
    #[serde(skip)]
    proxies: Vec<Option<f64>>,
}

fn rows(results: &StudyResults, insight: Option<&Insight>) -> Vec<Row> {
    let names = results.tasks();
    let mut rows = Vec::new();
    for (index, cell) in results.study.cells().iter().enumerate() {
        let (CellPosition::Group(group), Some(measured)) =
            (&cell.place, results.records.measurement(index))
        else {
            continue;
        };
        for (place, &task) in group.iter().enumerate() {
            let outcome = &measured.own().groups[place];
            let others: Vec<usize> = group.iter().copied().filter(|other| *other != task).collect();
            let partners: Vec<&str> = others.iter().map(|other| names[*other].as_str()).collect();
            let proxy = |proxy: usize| match others[..] {
                [partner] => {
                    let value = insight?.proxies[proxy][(task, partner)];
                    value.is_finite().then_some(value)
                }
                _ => None,
            };
            rows.push(Row {
                scenario: results.study.name(0).to_owned(),
                task: names[task].clone(),
                partners: partners.join("+"),
                measures: Measures::of(
                    outcome,
                    cell.scenario.draft().seed as u64,
                    measured.own().kind.to_string(),
                ),
                held_out: HeldOutMeasures::of_group(measured.own(), place),
                proxies: (0..PROXIES.len()).map(proxy).collect(),
            });
        }
    }
    rows
}

/// The tidy table: one row for each task of each group; rows of pairs have the proxies.
pub fn csv(results: &StudyResults, insight: Option<&Insight>) -> Result<String> {
    let proxies = PROXIES.iter().map(|proxy| proxy.id);
    let rows = rows(results, insight);
    let tuple = |row: &Row| {
        let Row { scenario, task, partners, measures, held_out, proxies } = row.clone();
        ((safe(&scenario), safe(&task), safe(&partners)), measures, held_out, proxies)
    };
    in_csv(columns().map(|column| column.0).chain(proxies), rows.iter().map(tuple))
}

/// The columns except the proxies.
fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    COLUMNS.iter().chain(MEASURES).chain(HELD_OUT).copied()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    command: String,
    study: &'a StudyDraft,
    trials: usize,
    trials_wanted: usize,
    columns: serde_json::Map<String, serde_json::Value>,
    proxies: Vec<Proxy>,
    suggestion: Option<Suggestion>,
    surrogate: Option<Surrogate>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Proxy {
    id: &'static str,
    name: &'static str,
    source: &'static str,
    tau: Option<f64>,
    tau_low: Option<f64>,
    tau_high: Option<f64>,
    chance: Option<f64>,
    pairs: Option<usize>,
    trials: Option<usize>,
    verdict: Option<&'static str>,
    scores: Vec<Score>,
}

/// Score of a proxy for a pair.
#[derive(Serialize)]
struct Score {
    task: String,
    partner: String,
    score: f64,
}

#[derive(Serialize)]
struct Suggestion {
    groups: Vec<Vec<String>>,
    gain_expected: f64,
    predicted: bool,
    exhaustive: bool,
    confirmed: Option<Confirmed>,
}

/// How well the gains of unseen groups are predicted, and the plan that follows.
#[derive(Serialize)]
struct Surrogate {
    source: &'static str,
    rho: Option<f64>,
    rho_low: Option<f64>,
    rho_high: Option<f64>,
    rho_of_pairs: Option<f64>,
    unseen_groups: usize,
    suggestion: Option<Suggestion>,
}

/// Gains of the suggested plan on further trials, which were not used to choose it.
#[derive(Serialize)]
struct Confirmed {
    trials: usize,
    gain: f64,
    gain_low: f64,
    gain_high: f64,
    together: f64,
    together_low: f64,
    together_high: f64,
}

/// An affinity study as JSON.
pub fn json(results: &StudyResults, insight: Option<&Insight>, command: String) -> Result<String> {
    let names = results.tasks();
    let named = columns().map(|(name, words)| (name.to_owned(), words.into()));
    let suggestion = |plan: &SuggestedPlan| {
        let found = &plan.suggestion;
        let named = |group: &Vec<usize>| group.iter().map(|task| names[*task].clone()).collect();
        Suggestion {
            groups: found.plan.iter().map(named).collect(),
            gain_expected: found.value,
            predicted: found.predicted,
            exhaustive: found.exhaustive,
            confirmed: plan.confirmation.map(|c| Confirmed {
                trials: c.trials,
                gain: c.plan.mean,
                gain_low: c.plan.low,
                gain_high: c.plan.high,
                together: c.together.mean,
                together_low: c.together.low,
                together_high: c.together.high,
            }),
        }
    };
    let surrogate = insight.and_then(|insight| insight.surrogate.as_ref());
    in_json(&Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        command,
        study: results.study.draft(),
        trials: results.records.done(),
        trials_wanted: results.records.wanted(),
        columns: named.collect(),
        proxies: insight.map_or_else(Vec::new, |insight| proxies(&names, insight)),
        suggestion: insight.and_then(|i| i.by_pairs.as_ref()).map(suggestion),
        surrogate: surrogate.map(|found| Surrogate {
            source: "Li, Nguyen & Zhang, TMLR 2023",
            rho: found.agreement.map(|a| a.surrogate.mean),
            rho_low: found.agreement.map(|a| a.surrogate.low),
            rho_high: found.agreement.map(|a| a.surrogate.high),
            rho_of_pairs: found.agreement.and_then(|a| a.pairs),
            unseen_groups: found.unseen.len(),
            suggestion: found.plan.as_ref().map(suggestion),
        }),
        rows: rows(results, insight),
    })
}

fn proxies(names: &[String], insight: &Insight) -> Vec<Proxy> {
    let of_proxy = |(index, proxy): (usize, &'static crate::study::probe::Proxy)| {
        let agreement = insight.agreements.get(index).and_then(Option::as_ref);
        let scores = crate::study::groups::pairs(names.len()).map(|(a, b)| Score {
            task: names[a].clone(),
            partner: names[b].clone(),
            score: insight.proxies[index][(a, b)],
        });
        Proxy {
            id: proxy.id,
            name: proxy.name,
            source: proxy.source,
            tau: agreement.map(|a| a.tau.mean),
            tau_low: agreement.map(|a| a.tau.low),
            tau_high: agreement.map(|a| a.tau.high),
            chance: agreement.map(|a| a.chance),
            pairs: agreement.map(|a| a.pairs),
            trials: agreement.map(|a| a.trials),
            verdict: agreement.map(verdict),
            scores: scores.collect(),
        }
    };
    PROXIES.iter().enumerate().map(of_proxy).collect()
}
