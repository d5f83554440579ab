//! The figures of a lesson: its measurements, and the figures that students are asked to save.

use super::condition::{Condition, Truth};
use super::found::{SettingFindings, Swept};
use super::lines::LessonLines;
use super::setting::{LessonSetting, SettingQuestion};
use super::sheet::SheetMeasurements;
use super::step::{LessonStep, SoughtValue, StepKind};
use super::{HERE, Lesson};
use crate::cancel::Cancel;
use crate::catalog::Inputs;
use crate::figure::{self, AxisScale, Figure};
use crate::provenance::Provenance;
use crate::scenario::{Handle, Scenario};
use crate::study::Curve;
use crate::study::prediction::{POPULATIONS, predict};
use crate::transfer::Outcome;

/// A figure of a lesson and the step it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonFigure {
    /// Place of the step, from 0; `None` if no step shows the figure.
    pub step: Option<usize>,
    /// The figure.
    pub figure: Figure,
    /// The points that were measured along its knob, if it shows the gain along one.
    pub points: Option<LessonPoints>,
}

/// The measured points of a figure, in increasing order of the knob.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonPoints {
    /// The knob.
    pub handle: Handle,
    /// Its path in the scenario.
    pub path: String,
    /// The value at which a student begins.
    pub begins: f64,
    /// The points.
    pub points: Vec<LessonPoint>,
}

/// A measured point of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonPoint {
    /// The value of the knob.
    pub value: f64,
    /// What was measured there, for the targets.
    pub outcome: Outcome,
    /// Whether what the step asks for holds there, if it asks for a condition.
    pub truth: Option<Truth>,
}

/// A figure, with the points of its knob.
type Drawn = (Figure, Option<LessonPoints>);

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
        self.illustrate(measured, cancel, |_| {})
    }

    /// The same as [`Self::illustrated`]; `tell` is called with the number of steps that are done.
    pub fn illustrate(
        &self,
        measured: &SheetMeasurements,
        cancel: &Cancel,
        mut tell: impl FnMut(usize),
    ) -> Option<Vec<LessonFigure>> {
        let mut figures = Figures {
            lesson: self,
            measured,
            lines: LessonLines::new(measured, cancel),
            shown: Vec::new(),
            cancel,
        };
        let mut all = Vec::new();
        for (place, step) in self.steps.iter().enumerate() {
            let drawn = figures.of_step(place, step);
            let figure =
                drawn.map(|(figure, points)| LessonFigure { step: Some(place), figure, points });
            all.extend(figure);
            tell(place + 1);
        }
        let is_study = |setting: &&LessonSetting| setting.asked != SettingQuestion::Trials;
        for setting in self.settings.iter().filter(is_study) {
            if !figures.shown.contains(&setting.name) {
                let found = measured.findings.get(&setting.name)?;
                let drawn = figures.of_study(setting, found);
                let figure =
                    drawn.map(|(figure, points)| LessonFigure { step: None, figure, points });
                all.extend(figure);
            }
        }
        (!cancel.is_cancelled()).then_some(all)
    }
}

/// The figures of a lesson while they are drawn.
struct Figures<'a> {
    lesson: &'a Lesson,
    measured: &'a SheetMeasurements,
    lines: LessonLines<'a>,
    /// Names of the settings that a step shows.
    shown: Vec<String>,
    cancel: &'a Cancel,
}

impl Figures<'_> {
    /// The figure of a step, if it has one.
    fn of_step(&mut self, place: usize, step: &LessonStep) -> Option<Drawn> {
        match &step.kind {
            StepKind::Reveal { setting, .. } => self.shown(place, setting),
            StepKind::Predict { setting, .. } if !self.lesson.is_revealed(place) => {
                self.shown(place, setting)
            }
            StepKind::Find { sought: SoughtValue::Inside(number), .. } => {
                let drawn = self.shown(place, &number.subject.setting);
                let (figure, points) = drawn?;
                let begins = |points: LessonPoints| {
                    let own = points.handle.get(step.scenario.draft());
                    LessonPoints { begins: own.unwrap_or(points.begins), ..points }
                };
                Some((figure, points.map(begins)))
            }
            StepKind::Find { sought: SoughtValue::Where(goal, example), .. }
            | StepKind::Free { goal, example, .. } => self.sought(step, goal, example),
            StepKind::Export { figure, .. } => {
                let scenario = self.lesson.for_student(&step.scenario, self.measured.student);
                let inputs = Inputs::new(&self.lesson.name, &scenario, self.cancel, &|_| {});
                Some((figure.draw(&inputs, &Provenance::default()).ok()?, None))
            }
            _ => None,
        }
    }

    /// The figure that a step shows for a setting: a comparison, the gain along a knob, or a
    /// study's figure. If a later step asks about a place on this line, only the points of earlier
    /// predictions are drawn.
    fn shown(&mut self, place: usize, name: &str) -> Option<Drawn> {
        self.shown.push(name.to_owned());
        let (lesson, measured) = (self.lesson, self.measured);
        let (setting, findings) = (lesson.setting(name)?, &measured.findings);
        let found = findings.get(name)?;
        let is_open = |open| open > place;
        if lesson.subject(place).is_some() {
            return Some((lesson.compared(place, found, is_open)?, None));
        }
        let SettingFindings::Trials { scenario, measurement, .. } = found else {
            return self.of_study(setting, found);
        };
        let handle = lesson.along(setting);
        let later = lesson.steps.get(place + 1..).unwrap_or_default();
        let is_sought = later
            .iter()
            .filter(|step| step.kind.is_free())
            .any(|step| lesson.is_on_line(&step.scenario, measured.student, scenario, handle));
        let here = Some(&measurement.own().targets);
        if !is_sought && lesson.may_trace(scenario, handle, measured.student, is_open) {
            let curve = self.lines.curve(scenario, handle)?;
            let points = plain(scenario, handle, &curve.measured);
            return Some((figure::gain::figure(scenario, &curve, here, None), Some(points)));
        }
        let seen = lesson.seen_along(scenario, handle, Some(setting), findings, is_open);
        let curve = Curve::measured(handle, seen);
        Some((figure::gain::figure(scenario, &curve, here, None), None))
    }

    /// The gain along the knob that a step asks to turn, and where on it the goal holds.
    fn sought(&mut self, step: &LessonStep, goal: &Condition, example: &Scenario) -> Option<Drawn> {
        let student = self.measured.student;
        let handle = self.lesson.turned(example);
        let scenario = self.lesson.for_student(example, student);
        let curve = self.lines.curve(&scenario, handle)?;
        let mut findings = self.measured.findings.clone();
        let mut judge = |(value, found): (f64, SettingFindings)| {
            let SettingFindings::Trials { measurement, .. } = &found else { return None };
            let outcome = measurement.own().targets;
            findings.put(HERE, found);
            Some(LessonPoint { value, outcome, truth: Some(goal.truth(&findings)) })
        };
        let measured = self.lines.measured(&scenario, handle)?;
        let points = measured.into_iter().filter_map(&mut judge).collect();
        let path = handle.path(scenario.draft());
        let begins = handle.get(step.scenario.draft()).unwrap_or_default();
        let points = LessonPoints { handle, path, begins, points };
        Some((figure::gain::figure(&scenario, &curve, None, None), Some(points)))
    }

    /// The gain along a sweep's knob, or the matrix of all pairs. `None` if cancelled.
    fn of_study(&self, setting: &LessonSetting, found: &SettingFindings) -> Option<Drawn> {
        match found {
            SettingFindings::Trials { .. } => None,
            SettingFindings::Sweep(found) => {
                let scenario = self.lesson.for_student(&setting.scenario, self.measured.student);
                let points = plain(&scenario, found.handle, &found.points);
                Some((swept(&scenario, found, self.cancel)?, Some(points)))
            }
            SettingFindings::Affinity { results, .. } => {
                Some((figure::affinity::matrix(results)?, None))
            }
        }
    }
}

/// The measured points of a curve, beginning at the scenario's own value.
fn plain(scenario: &Scenario, handle: Handle, measured: &[(f64, Outcome)]) -> LessonPoints {
    let point = |(value, outcome): &(f64, Outcome)| LessonPoint {
        value: *value,
        outcome: *outcome,
        truth: None,
    };
    LessonPoints {
        handle,
        path: handle.path(scenario.draft()),
        begins: handle.get(scenario.draft()).unwrap_or_default(),
        points: measured.iter().map(point).collect(),
    }
}

/// The gain along a sweep's knob, at the values measured.
fn swept(scenario: &Scenario, found: &Swept, cancel: &Cancel) -> Option<Figure> {
    let (mut theory, mut gaps) = (Vec::new(), Vec::new());
    for (x, _) in &found.points {
        let Ok(at) = scenario.with(found.handle, *x) else { continue };
        match predict(&at, POPULATIONS) {
            Ok(predicted) => theory.push((*x, predicted)),
            Err(gap) => gaps.push((*x, gap)),
        }
    }
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
