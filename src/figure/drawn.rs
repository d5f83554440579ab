//! Draws a figure of the catalogue for a scenario, and computes everything it needs.

use super::Figure;
use super::catalog::FigureId;
use crate::cancel::Cancel;
use crate::scenario::draft::TaskRole;
use crate::scenario::{Handle, Scenario};
use crate::study::course::TrainingSetup;
use crate::study::explanation::FirstTrial;
use crate::study::measure::measure;
use crate::study::{Trial, comparison, curve, preview, reach, similarity};
use crate::transfer::Plane;

/// The error for a cancelled figure.
const CANCELLED: &str = "it was cancelled";
/// The error for a figure that needs a study.
const OF_STUDY: &str = "it is drawn from a study";

/// The knob and the task of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// The knob of the gain.
    pub along: Handle,
    /// Index among the entries of the task whose rows are drawn.
    pub task: usize,
}

impl About {
    /// Returns the knob in focus and the first target.
    pub fn first(scenario: &Scenario) -> Self {
        let target = scenario.draft().tasks.iter().position(|task| task.role == TaskRole::Target);
        Self { along: scenario.focus(), task: target.unwrap_or(0) }
    }
}

/// Draws a figure of a scenario that needs no study, or returns the reason why it cannot.
pub fn drawn(
    asked: FigureId,
    scenario: &Scenario,
    about: About,
    cancel: &Cancel,
) -> Result<Figure, &'static str> {
    match asked {
        FigureId::Gain => {
            let curve = curve::trace(scenario, about.along, cancel, |_| {}).ok_or(CANCELLED)?;
            let measured = measure(scenario, &scenario.beside_baseline(), cancel, |_| {});
            let measured = measured.ok_or("it takes two trials")?;
            Ok(super::gain::figure(scenario, &curve, Some(&measured.own().targets), None))
        }
        FigureId::Loss => {
            let trial = Trial::own(scenario, 0);
            let ground = TrainingSetup::of(scenario, &trial);
            let mut course = ground.start();
            while !course.is_finished() {
                if cancel.is_cancelled() {
                    return Err(CANCELLED);
                }
                ground.advance(&mut course);
            }
            Ok(super::loss::figure(scenario, &course, &ground.floor(&trial)))
        }
        FigureId::Plane => {
            let trial = Trial::own(scenario, 0);
            let plane = Plane::of(&trial.population, scenario.pair());
            let optimum = plane.direction(&trial.fits[0].optimum.model.module);
            Ok(super::plane::figure(scenario, &plane, optimum, None))
        }
        FigureId::Weights => Ok(super::weights::figure(scenario, &comparison::first(scenario))),
        FigureId::Singular => Ok(super::singular::figure(scenario, &comparison::first(scenario))),
        FigureId::Spectrum => Ok(super::spectrum::figure(scenario, about.task)),
        FigureId::Rows => {
            let preview = preview::look(scenario, about.task, cancel, |_| {}).ok_or(CANCELLED)?;
            Ok(super::rows::figure(scenario, &preview))
        }
        FigureId::Landscape => {
            Ok(super::landscape::figure(scenario, &FirstTrial::of(scenario).relief?))
        }
        FigureId::Bound => {
            let along = reach::trace(scenario, cancel, |_| {}).ok_or(CANCELLED)?;
            Ok(super::bound::figure(scenario, &along))
        }
        FigureId::Similarity => {
            let found = similarity::compare(scenario, cancel);
            let (trials, found) = found.ok_or("too few trials, or no rows")?;
            Ok(super::similarity::figure(scenario, trials, &found))
        }
        FigureId::Capacity
        | FigureId::Affinity
        | FigureId::Proxy
        | FigureId::Sweep
        | FigureId::Phase => Err(OF_STUDY),
    }
}
