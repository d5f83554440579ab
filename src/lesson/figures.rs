//! The figures of a lesson: its measurements, and the figures that students are asked to save.

use super::Lesson;
use super::found::{SettingFindings, Swept};
use super::setting::{LessonSetting, SettingQuestion};
use super::sheet::{SheetMeasurements, example};
use super::step::{LessonStep, SoughtValue, StepKind};
use crate::cancel::Cancel;
use crate::catalog::Inputs;
use crate::figure::{self, AxisScale, Figure};
use crate::provenance::Provenance;
use crate::scenario::{Handle, Scenario};
use crate::study::prediction::{POPULATIONS, predict};
use crate::study::{Curve, curve};

/// A figure of a lesson and the step it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonFigure {
    /// Place of the step, from 0; `None` if no step shows the figure.
    pub step: Option<usize>,
    /// The figure.
    pub figure: Figure,
}

impl Lesson {
    /// Returns true if a step reveals the prediction at `place`.
    pub fn is_revealed(&self, place: usize) -> bool {
        let reveals = |step: &LessonStep| match &step.kind {
            StepKind::Reveal { answers, .. } => *answers == Some(place),
            _ => false,
        };
        self.steps.iter().any(reveals)
    }

    /// The figures of all steps, then of the sweeps and affinity studies that no step shows. `None`
    /// if cancelled.
    pub fn illustrated(
        &self,
        measured: &SheetMeasurements,
        cancel: &Cancel,
    ) -> Option<Vec<LessonFigure>> {
        let student = measured.student;
        let mut shown: Vec<&str> = Vec::new();
        let mut all = Vec::new();
        for (place, step) in self.steps.iter().enumerate() {
            let of = |name: &str| self.shown(place, name, measured, cancel);
            let figure = match &step.kind {
                StepKind::Reveal { setting, .. } => {
                    shown.push(setting);
                    of(setting)
                }
                StepKind::Predict { setting, .. } if !self.is_revealed(place) => {
                    shown.push(setting);
                    of(setting)
                }
                StepKind::Find { sought: SoughtValue::Inside(number), .. } => {
                    shown.push(&number.subject.setting);
                    of(&number.subject.setting)
                }
                StepKind::Find { .. } | StepKind::Free { .. } => {
                    let found = measured.example(place);
                    found.and_then(|found| {
                        let handle = self.turned(example(step)?);
                        self.of_trials(found, handle, cancel)
                    })
                }
                StepKind::Export { figure, .. } => {
                    let scenario = self.for_student(&step.scenario, student);
                    figure
                        .draw(
                            &Inputs::new(&self.name, &scenario, cancel, &|_| {}),
                            &Provenance::default(),
                        )
                        .ok()
                }
                _ => None,
            };
            let figure = figure.map(|figure| LessonFigure { step: Some(place), figure });
            all.extend(figure);
        }
        let is_study = |setting: &&LessonSetting| setting.asked != SettingQuestion::Trials;
        let is_shown = |setting: &&LessonSetting| shown.contains(&setting.name.as_str());
        for setting in self.settings.iter().filter(is_study).filter(|s| !is_shown(s)) {
            let found = measured.findings.get(&setting.name)?;
            let figure = self.of_study(setting, student, found, cancel);
            all.extend(figure.map(|figure| LessonFigure { step: None, figure }));
        }
        (!cancel.is_cancelled()).then_some(all)
    }

    /// The figure that a step shows for a setting: a comparison, the gain along a knob, or a
    /// study's figure. If a later step asks about a place on this line, only the points of earlier
    /// predictions are drawn.
    fn shown(
        &self,
        place: usize,
        name: &str,
        measured: &SheetMeasurements,
        cancel: &Cancel,
    ) -> Option<Figure> {
        let (setting, findings) = (self.setting(name)?, &measured.findings);
        let found = findings.get(name)?;
        let is_open = |open| open > place;
        if self.subject(place).is_some() {
            return self.compared(place, found, is_open);
        }
        let SettingFindings::Trials { scenario, measurement, .. } = found else {
            return self.of_study(setting, measured.student, found, cancel);
        };
        let handle = self.along(setting);
        let later = self.steps.get(place + 1..).unwrap_or_default();
        let is_sought = later
            .iter()
            .filter(|step| step.kind.is_free())
            .any(|step| self.is_on_line(&step.scenario, measured.student, scenario, handle));
        if !is_sought && self.may_trace(scenario, handle, measured.student, is_open) {
            return self.of_trials(found, handle, cancel);
        }
        let seen = self.seen_along(scenario, handle, Some(setting), findings, is_open);
        let curve = Curve::measured(handle, seen);
        Some(figure::gain::figure(scenario, &curve, Some(&measurement.own().targets), None))
    }

    /// The gain along a knob, with the measurement at one scenario.
    fn of_trials(
        &self,
        found: &SettingFindings,
        handle: Handle,
        cancel: &Cancel,
    ) -> Option<Figure> {
        let SettingFindings::Trials { scenario, measurement, .. } = found else { return None };
        let curve = curve::trace(scenario, handle, cancel, |_| {})?;
        Some(figure::gain::figure(scenario, &curve, Some(&measurement.own().targets), None))
    }

    /// The gain along a sweep's knob, or the matrix of all pairs. `None` if cancelled.
    fn of_study(
        &self,
        setting: &LessonSetting,
        student: u64,
        found: &SettingFindings,
        cancel: &Cancel,
    ) -> Option<Figure> {
        match found {
            SettingFindings::Trials { .. } => None,
            SettingFindings::Sweep(found) => {
                swept(&self.for_student(&setting.scenario, student), found, cancel)
            }
            SettingFindings::Affinity { results, .. } => figure::affinity::matrix(results),
        }
    }
}

/// The gain along a sweep's knob, at the values measured.
fn swept(scenario: &Scenario, found: &Swept, cancel: &Cancel) -> Option<Figure> {
    let theory = |(x, _): &(f64, _)| {
        let at = scenario.with(found.handle, *x).ok()?;
        Some((*x, predict(&at, POPULATIONS).ok()?))
    };
    let theory: Vec<_> = found.points.iter().filter_map(theory).collect();
    let is_gap = |x: &f64| theory.iter().all(|(known, _)| known != x);
    let gaps = found.points.iter().map(|(x, _)| *x).filter(is_gap).collect();
    let curve = Curve { theory, gaps, ..Curve::measured(found.handle, found.points.clone()) };
    if cancel.is_cancelled() {
        return None;
    }
    let mut figure = figure::gain::figure(scenario, &curve, None, None);
    if let [(first, _), .., (last, _)] = found.points[..]
        && !found.handle.knob.is_choice()
    {
        (figure.x.from, figure.x.to) = (first, last);
        figure.x.scale = if found.log { AxisScale::Log } else { AxisScale::Linear };
    }
    Some(figure)
}
