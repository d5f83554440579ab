//! The results of an affinity study as a tidy table and as JSON.

use serde::Serialize;

use super::results::{command_of, in_csv, in_json};
use crate::error::Result;
use crate::figure::affinity::verdict;
use crate::study::Results;
use crate::study::affinity::Insight;
use crate::study::plan::Place;
use crate::study::probe::PROXIES;
use crate::transfer::Verdict;

/// Version of the JSON of an affinity study.
const SCHEMA: &str = "taskscope.affinity/1";

/// What the columns hold, in their order; the proxies follow, each under its own name.
pub const COLUMNS: &[(&str, &str)] = &[
    ("scenario", "preset or file"),
    ("task", "the task that learns"),
    ("partners", "the tasks it is trained with, joined by +"),
    ("trials", "number of trials n"),
    ("seed", "seed of every draw"),
    ("optimum", "what may be claimed of the models trained together"),
    ("alone", "mean error of the task trained alone"),
    ("alone_se", "its standard error"),
    ("together", "mean error of the task trained with its partners"),
    ("together_se", "its standard error"),
    ("gain", "1 − together/alone; empty where the error alone is not known to be above zero"),
    ("gain_low", "lower end of its paired 95 % interval"),
    ("gain_high", "upper end of its paired 95 % interval"),
    ("helped", "share of trials in which training together lowered the error"),
    ("verdict", "helps, hurts or no difference, by the interval"),
];

#[derive(Serialize)]
struct Row {
    scenario: String,
    task: String,
    partners: String,
    trials: usize,
    seed: u64,
    optimum: String,
    alone: f64,
    alone_se: f64,
    together: f64,
    together_se: f64,
    gain: Option<f64>,
    gain_low: Option<f64>,
    gain_high: Option<f64>,
    helped: f64,
    verdict: Verdict,
    #[serde(skip)]
    proxies: Vec<Option<f64>>,
}

fn rows(results: &Results, insight: Option<&Insight>) -> Vec<Row> {
    let names = results.tasks();
    let mut rows = Vec::new();
    for (index, cell) in results.study.cells().iter().enumerate() {
        let (Place::Group(group), Some(measured)) =
            (&cell.place, results.ledger.measurement(index))
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
                trials: outcome.trials,
                seed: cell.scenario.draft().seed as u64,
                optimum: measured.own().claim.to_string(),
                alone: outcome.single.mean,
                alone_se: outcome.single.se,
                together: outcome.multi.mean,
                together_se: outcome.multi.se,
                gain: outcome.gain.map(|gain| gain.mean),
                gain_low: outcome.gain.map(|gain| gain.low),
                gain_high: outcome.gain.map(|gain| gain.high),
                helped: outcome.helped,
                verdict: outcome.verdict,
                proxies: (0..PROXIES.len()).map(proxy).collect(),
            });
        }
    }
    rows
}

/// The tidy table: one row for each task of each group, with the proxies for pairs.
pub fn csv(results: &Results, insight: Option<&Insight>) -> Result<String> {
    let heads = COLUMNS.iter().map(|column| column.0).chain(PROXIES.iter().map(|proxy| proxy.id));
    let rows = rows(results, insight);
    let rows = rows.iter().map(|row| (row, &row.proxies));
    in_csv(Some(heads.collect()), rows)
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    command: String,
    trials: usize,
    trials_wanted: usize,
    columns: serde_json::Map<String, serde_json::Value>,
    proxies: Vec<Proxy>,
    suggestion: Option<Suggestion>,
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

/// What a proxy says of a pair.
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
    predicted_from_pairs: bool,
    exhaustive: bool,
    confirmed: Option<Confirmed>,
}

/// What came of the suggestion on trials it was not chosen by.
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
pub fn json(results: &Results, insight: Option<&Insight>) -> Result<String> {
    let names = results.tasks();
    let columns = COLUMNS.iter().map(|(name, words)| ((*name).to_owned(), (*words).into()));
    let suggestion = insight.and_then(|insight| {
        let found = insight.suggestion.as_ref()?;
        let named = |group: &Vec<usize>| group.iter().map(|task| names[*task].clone()).collect();
        Some(Suggestion {
            groups: found.plan.iter().map(named).collect(),
            gain_expected: found.value,
            predicted_from_pairs: found.predicted,
            exhaustive: found.exhaustive,
            confirmed: insight.confirmation.map(|c| Confirmed {
                trials: c.trials,
                gain: c.plan.mean,
                gain_low: c.plan.low,
                gain_high: c.plan.high,
                together: c.together.mean,
                together_low: c.together.low,
                together_high: c.together.high,
            }),
        })
    });
    in_json(&Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        command: command_of(results),
        trials: results.ledger.done(),
        trials_wanted: results.ledger.wanted(),
        columns: columns.collect(),
        proxies: insight.map_or_else(Vec::new, |insight| proxies(&names, insight)),
        suggestion,
        rows: rows(results, insight),
    })
}

fn proxies(names: &[String], insight: &Insight) -> Vec<Proxy> {
    let of_proxy = |(index, proxy): (usize, &'static crate::study::probe::Proxy)| {
        let agreement = insight.agreements.get(index).and_then(Option::as_ref);
        let scores = crate::study::affinity::pairs(names.len()).map(|(a, b)| Score {
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
