//! Predictions about a method or a proxy, and the figures that compare them.

use super::Lesson;
use super::found::SettingFindings;
use super::quantity::Subject;
use super::step::{LessonStep, StepKind};
use crate::figure::{self, Figure, methods, words};
use crate::study::probe::PROXIES;

impl LessonStep {
    /// The method or proxy that this prediction asks about, if any.
    fn subject(&self) -> Option<&Subject> {
        let StepKind::Predict { choices, setting, .. } = &self.kind else { return None };
        let subject = choices.first()?.when.subject()?;
        (subject.setting == *setting && subject.method.is_some()).then_some(subject)
    }
}

impl Lesson {
    /// The method or proxy that the prediction at `place` asks about, or that the step at `place`
    /// reveals.
    pub fn subject(&self, place: usize) -> Option<&Subject> {
        let step = self.steps.get(place)?;
        match &step.kind {
            StepKind::Reveal { answers: Some(asked), setting, .. } => {
                self.steps.get(*asked)?.subject().filter(|subject| subject.setting == *setting)
            }
            _ => step.subject(),
        }
    }

    /// The figure for the step at `place`: a method beside the setting's own, or a proxy beside the
    /// gains. A result that an open prediction asks about is left out. `None` if the step is about
    /// neither, or the gain is undefined.
    pub fn compared(
        &self,
        place: usize,
        found: &SettingFindings,
        is_open: impl Fn(usize) -> bool,
    ) -> Option<Figure> {
        let asked = self.subject(place)?;
        let name = asked.method.as_deref()?;
        let (scenario, measurement) = match found {
            SettingFindings::Trials { scenario, measurement, .. } => (scenario, measurement),
            SettingFindings::Affinity { results, insight, .. } => {
                let proxy = PROXIES.iter().position(|proxy| proxy.id == name)?;
                return figure::affinity::scatter(results, insight, proxy);
            }
            SettingFindings::Sweep(_) => return None,
        };
        let own = Subject { method: None, beside_own: false, ..asked.clone() };
        let own_name = measurement.names().into_iter().next()?;
        let is_asked = |(place, step): (usize, &LessonStep)| is_open(place) && step.asks_of(&own);
        let of_own = own.outcome(found).filter(|_| !self.predictions().any(is_asked));
        let (baseline, beside, gain) = match asked.beside_own {
            true => {
                (own_name.as_str(), "alone", of_own.and_then(|own| methods::reversed(own.gain?)))
            }
            false => ("alone", own_name.as_str(), of_own.and_then(|own| own.gain)),
        };
        let outcome = asked.outcome(found)?;
        let mut ways = vec![methods::MethodGain { name, gain: outcome.gain?, predicted: None }];
        ways.extend(gain.map(|gain| methods::MethodGain { name: beside, gain, predicted: None }));
        let whom = asked.task.clone().unwrap_or_else(|| words::targets(scenario));
        methods::figure(scenario, &whom, baseline, &ways, outcome.trials)
    }
}
