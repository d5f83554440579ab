//! Computes and draws a figure by its ID.

use super::study;
use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::export;
use crate::figure::catalog::{FigureId, FigureInfo, of_scenario};
use crate::figure::drawn::{About, drawn};
use crate::figure::sweep::SweepSeries;
use crate::figure::{self, Figure};
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::{GROUPS, Insight, MODELS};
use crate::study::draft::{NamedScenario, Question};
use crate::study::probe::{PROXIES, STEPS};
use crate::study::{StudyDraft, StudyResults};

/// Studies shared by several figures, so that each runs only once.
#[derive(Default)]
pub(super) struct Studied {
    pairs: Option<(StudyResults, Option<Insight>)>,
}

impl Studied {
    /// The affinity study of all pairs of tasks; runs it on the first call.
    fn pairs(
        &mut self,
        name: &str,
        scenario: &Scenario,
    ) -> Result<&(StudyResults, Option<Insight>)> {
        let found = match self.pairs.take() {
            Some(found) => found,
            None => {
                let results = pairs(name, scenario)?;
                let insight = results.insight(results.models());
                (results, insight)
            }
        };
        Ok(self.pairs.insert(found))
    }
}

/// Draws a figure of a scenario.
///
/// # Errors
///
/// If the scenario has no such figure (the error lists those it has), or a flag names an unknown
/// knob or task.
pub(super) fn draw(
    asked: &FigureInfo,
    name: &str,
    scenario: &Scenario,
    args: &export::Provenance,
    studied: &mut Studied,
) -> Result<Figure> {
    let none = |reason: &str| none(asked, scenario, reason);
    if let Some(reason) = asked.gap(scenario) {
        return Err(none(reason));
    }
    match asked.drawing {
        FigureId::Capacity => {
            let question = figure::capacity::question(name, scenario);
            let results = study::whole(question.ok_or_else(|| none("it takes two tasks"))?)?;
            figure::capacity::figure(&results).ok_or_else(|| none("nothing was measured"))
        }
        FigureId::Sweep => {
            let results = swept(name, scenario, &args.along, false)?;
            figure::sweep::figure(&[SweepSeries { title: None, results: &results }])
                .ok_or_else(|| none("nothing was measured"))
        }
        FigureId::Phase => {
            let results = swept(name, scenario, &args.along, true)?;
            figure::phase::figure(&results, 0).ok_or_else(|| none("nothing was measured"))
        }
        FigureId::Affinity => figure::affinity::matrix(&studied.pairs(name, scenario)?.0)
            .ok_or_else(|| none("nothing was measured")),
        FigureId::Proxy => {
            let asked = PROXIES.iter().position(|proxy| args.proxy.as_deref() == Some(proxy.id));
            let (results, insight) = studied.pairs(name, scenario)?;
            let insight = insight.as_ref().ok_or_else(|| none("too few trials for it"))?;
            let figure = figure::affinity::scatter(results, insight, asked.unwrap_or(0));
            figure.ok_or_else(|| none("too few trials for it"))
        }
        of_scenario => {
            let about = about(of_scenario, scenario, args)?;
            drawn(of_scenario, scenario, about, &Cancel::new()).map_err(none)
        }
    }
}

/// The error that a scenario has no such figure; lists those it has.
fn none(asked: &FigureInfo, scenario: &Scenario, reason: &str) -> Error {
    let others = of_scenario(scenario).filter(|other| other.id != asked.id);
    let others: Vec<&str> = others.map(|figure| figure.id).collect();
    let allowed = format!("{} for this scenario: {reason}", others.join(", "));
    Invalid::new("--figure", asked.id, allowed).into()
}

/// The index of the named task among the entries.
fn entry(scenario: &Scenario, name: &str) -> Result<usize> {
    let tasks = &scenario.draft().tasks;
    tasks.iter().position(|task| task.name == name).ok_or_else(|| {
        let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
        Invalid::new("--task", format!("\"{name}\""), names.join(", ")).into()
    })
}

/// The knob and the task that the arguments name for a figure, else the defaults.
fn about(asked: FigureId, scenario: &Scenario, args: &export::Provenance) -> Result<About> {
    let mut about = About::first(scenario);
    if let (FigureId::Gain, Some(path)) = (asked, args.along.first()) {
        about.along = Handle::find(scenario.draft(), path)?;
    }
    if let (FigureId::Spectrum | FigureId::Rows, Some(name)) = (asked, &args.task) {
        about.task = entry(scenario, name)?;
    }
    Ok(about)
}

/// Runs a sweep along the given knobs, or along the focus. A phase diagram takes two knobs.
fn swept(name: &str, scenario: &Scenario, along: &[String], phase: bool) -> Result<StudyResults> {
    let focus = || vec![scenario.focus().path(scenario.draft())];
    let question = match along {
        [x, y] if phase => Question::Sweep { x: vec![x.clone()], y: Some(y.clone()) },
        _ if phase => {
            let found = format!("{} knobs", along.len());
            return Err(Invalid::new("--along", found, "two knobs for a phase diagram").into());
        }
        [] => Question::Sweep { x: focus(), y: None },
        knobs => Question::Sweep { x: knobs.to_vec(), y: None },
    };
    study::whole(StudyDraft::new(question, vec![of(name, scenario)]))
}

fn pairs(name: &str, scenario: &Scenario) -> Result<StudyResults> {
    let question = Question::Affinity { groups: GROUPS, steps: STEPS, models: MODELS };
    study::whole(StudyDraft::new(question, vec![of(name, scenario)]))
}

fn of(name: &str, scenario: &Scenario) -> NamedScenario {
    let mut scenario = scenario.draft().clone();
    scenario.compare.clear();
    NamedScenario { name: name.to_owned(), scenario }
}
