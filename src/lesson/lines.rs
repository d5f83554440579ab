//! The gain along knobs for the figures of a lesson. Every setting is measured only once, also if
//! several steps draw it.

use super::found::SettingFindings;
use super::setting::trials;
use super::sheet::SheetMeasurements;
use crate::cancel::Cancel;
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario, ScenarioDraft};
use crate::study::Curve;
use crate::study::curve::kinds;
use crate::study::curve::{MEASURED_POINTS, TheoryLine};
use crate::transfer::Prediction;

/// Points of the theory line: every second one of a traced curve, because a figure on a page is small.
const POINTS: usize = 51;
/// Populations behind the theory line, as in a traced curve.
const POPULATIONS: usize = 32;

/// What has been measured and predicted for a lesson so far.
pub(super) struct LessonLines<'a> {
    cancel: &'a Cancel,
    points: Vec<MeasuredPoint>,
    theory: Vec<PredictedLine>,
}

/// The trials of a scenario.
struct MeasuredPoint {
    scenario: Scenario,
    found: SettingFindings,
}

/// The theory line along a knob.
struct PredictedLine {
    scenario: Scenario,
    handle: Handle,
    line: Vec<(f64, Prediction)>,
    gaps: Vec<(f64, &'static str)>,
}

impl<'a> LessonLines<'a> {
    /// Starts with the settings and examples that a lesson has measured.
    pub(super) fn new(measured: &SheetMeasurements, cancel: &'a Cancel) -> Self {
        let examples = measured.examples.iter().map(|(_, found)| found);
        let known = measured.findings.all().chain(examples).filter_map(|found| match found {
            SettingFindings::Trials { scenario, .. } => {
                Some(MeasuredPoint { scenario: (**scenario).clone(), found: found.clone() })
            }
            _ => None,
        });
        Self { cancel, points: known.collect(), theory: Vec::new() }
    }

    /// The trials of a scenario; `None` if cancelled or if there are too few.
    pub(super) fn at(&mut self, scenario: &Scenario) -> Option<&SettingFindings> {
        let place = match self.points.iter().position(|point| point.answers(scenario)) {
            Some(place) => place,
            None => {
                let found = trials(scenario, self.cancel)?;
                self.points.push(MeasuredPoint { scenario: scenario.clone(), found });
                self.points.len() - 1
            }
        };
        self.points.get(place).map(|point| &point.found)
    }

    /// The measured points along a knob, in increasing order. `None` if cancelled.
    pub(super) fn measured(
        &mut self,
        scenario: &Scenario,
        handle: Handle,
    ) -> Option<Vec<(f64, SettingFindings)>> {
        let mut points = Vec::new();
        for value in along_track(scenario, handle, MEASURED_POINTS) {
            let Ok(there) = scenario.with(handle, value) else { continue };
            let found = self.at(&there).cloned();
            if self.cancel.is_cancelled() {
                return None;
            }
            points.extend(found.map(|found| (value, found)));
        }
        Some(points)
    }

    /// The gain along a knob, as [`trace`](crate::study::curve::trace) computes it, with a coarser
    /// theory line. `None` if cancelled.
    pub(super) fn curve(&mut self, scenario: &Scenario, handle: Handle) -> Option<Curve> {
        let points = self.measured(scenario, handle)?;
        let trials = |(value, found): &'_ (f64, SettingFindings)| match found {
            SettingFindings::Trials { measurement, .. } => Some((*value, measurement.clone())),
            _ => None,
        };
        let known: Vec<_> = points.iter().filter_map(trials).collect();
        let measured = known.iter().map(|(value, found)| (*value, found.own().targets)).collect();
        let kinds = kinds(known.iter().map(|(_, found)| &**found));
        let predicted = self.predicted(scenario, handle)?;
        let (theory, gaps) = (predicted.line.clone(), predicted.gaps.clone());
        Some(Curve { theory, gaps, kinds, ..Curve::measured(handle, measured) })
    }

    /// The theory line along a knob. `None` if cancelled.
    fn predicted(&mut self, scenario: &Scenario, handle: Handle) -> Option<&PredictedLine> {
        let track = along_track(scenario, handle, POINTS);
        let is_it = |known: &PredictedLine| {
            known.handle == handle
                && known.scenario.same_but_for(scenario, handle)
                && along_track(&known.scenario, handle, POINTS) == track
        };
        let place = match self.theory.iter().position(is_it) {
            Some(place) => place,
            None => {
                let mut line = Vec::new();
                let mut theory = TheoryLine::with_points(scenario, handle, POINTS);
                theory.extend(POPULATIONS, self.cancel, |better| line = better)?;
                let gaps = theory.gaps();
                let scenario = scenario.clone();
                self.theory.push(PredictedLine { scenario, handle, line, gaps });
                self.theory.len() - 1
            }
        };
        self.theory.get(place)
    }
}

impl MeasuredPoint {
    /// Returns true if these are the trials of a scenario, with every method that it compares.
    fn answers(&self, scenario: &Scenario) -> bool {
        let SettingFindings::Trials { measurement, .. } = &self.found else { return false };
        let known = |approach| measurement.approaches.iter().any(|own| own.approach == approach);
        experiment(&self.scenario) == experiment(scenario)
            && scenario.approaches().into_iter().all(known)
    }
}

/// The part of a scenario that decides its trials.
fn experiment(scenario: &Scenario) -> ScenarioDraft {
    let mut draft = scenario.draft().clone();
    draft.title.clear();
    draft.about.clear();
    draft.compare.clear();
    draft.focus = None;
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::LessonFindings;
    use crate::lesson::catalog::preset;
    use crate::study::curve::trace;

    fn nothing() -> SheetMeasurements {
        let findings = LessonFindings::default();
        SheetMeasurements { student: 0, findings, examples: Vec::new() }
    }

    #[test]
    fn a_curve_of_a_lesson_is_that_of_the_lab_and_is_measured_once_for_all_its_places() {
        let cancel = Cancel::new();
        let known = nothing();
        let mut lines = LessonLines::new(&known, &cancel);
        let mut draft = preset("turning-data").unwrap().draft().clone();
        draft.trials = 6.0;
        let scenario = Scenario::check(draft).unwrap();
        let handle = scenario.focus();
        let mut traced = trace(&scenario, handle, &cancel, |_| {}).unwrap();
        traced.theory = traced.theory.into_iter().step_by(2).collect();
        assert_eq!(lines.curve(&scenario, handle), Some(traced.clone()));
        let (points, theory) = (lines.points.len(), lines.theory.len());
        let elsewhere = scenario.with(handle, 41.0).unwrap();
        assert_eq!(lines.curve(&elsewhere, handle), Some(traced));
        assert_eq!((lines.points.len(), lines.theory.len()), (points, theory));
        assert!(points > 5 && theory == 1);
    }

    #[test]
    fn a_cancelled_lesson_has_no_curve() {
        let cancel = Cancel::new();
        cancel.cancel();
        let scenario = preset("two-tasks").unwrap();
        let known = nothing();
        assert_eq!(LessonLines::new(&known, &cancel).curve(&scenario, scenario.focus()), None);
    }
}
