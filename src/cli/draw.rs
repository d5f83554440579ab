//! From the name of a figure to the figure: what it needs is computed on the way.

use super::study;
use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::figure::catalog::{FigureId, FigureInfo, of_scenario};
use crate::figure::drawn::{About, drawn};
use crate::figure::sweep::SweepSeries;
use crate::figure::{self, Figure};
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::{GROUPS, Insight, MODELS};
use crate::study::draft::{NamedScenario, Question};
use crate::study::probe::{PROXIES, STEPS};
use crate::study::{StudyDraft, StudyResults};

/// What several figures are drawn from, run once.
#[derive(Default)]
pub(super) struct Studied {
    pairs: Option<(StudyResults, Option<Insight>)>,
}

impl Studied {
    /// All pairs of tasks, and what follows from them.
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

/// Draws a figure of a scenario by name.
///
/// # Errors
///
/// Where the scenario has no such figure, with those it has; where a flag names no knob or task.
pub(super) fn draw(
    asked: &FigureInfo,
    name: &str,
    scenario: &Scenario,
    args: &crate::provenance::Provenance,
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

/// That a scenario has no such figure, and which it has.
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

/// The knob and the task that flags name for a figure, else the first.
fn about(
    asked: FigureId,
    scenario: &Scenario,
    args: &crate::provenance::Provenance,
) -> Result<About> {
    let mut about = About::first(scenario);
    if let (FigureId::Gain, Some(path)) = (asked, args.along.first()) {
        about.along = Handle::find(scenario.draft(), path)?;
    }
    if let (FigureId::Spectrum | FigureId::Rows, Some(name)) = (asked, &args.task) {
        about.task = entry(scenario, name)?;
    }
    Ok(about)
}

/// A sweep along the knobs given, or the one in focus; across the second in a phase diagram.
fn swept(name: &str, scenario: &Scenario, along: &[String], phase: bool) -> Result<StudyResults> {
    let focus = || vec![scenario.focus().path(scenario.draft())];
    let question = match along {
        [x, y] if phase => Question::Sweep { x: vec![x.clone()], y: Some(y.clone()) },
        _ if phase => {
            let found = format!("{} of them", along.len());
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
