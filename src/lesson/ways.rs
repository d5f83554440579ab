//! Predictions about ways of training, and the figure of what these did.

use super::Lesson;
use super::found::Found;
use super::quantity::Subject;
use super::step::{Kind, Step};
use crate::figure::{Figure, methods, words};

impl Step {
    /// What a prediction is about: a way of training of its setting, where it asks for one.
    pub fn way(&self) -> Option<&Subject> {
        let Kind::Predict { choices, setting, .. } = &self.kind else { return None };
        let subject = choices.first()?.when.subject()?;
        (subject.setting == *setting && subject.method.is_some()).then_some(subject)
    }

    /// Whether a choice of a prediction depends on a subject.
    fn asks_of(&self, subject: &Subject) -> bool {
        let Kind::Predict { choices, .. } = &self.kind else { return false };
        let mut spoken = choices.iter().flat_map(|choice| choice.when.spoken_of());
        spoken.any(|(own, _)| own == subject)
    }
}

impl Lesson {
    /// The way of training that the prediction at a place is about, or that of which the step
    /// reveals the outcome.
    pub fn way(&self, place: usize) -> Option<&Subject> {
        let step = self.steps.get(place)?;
        match &step.kind {
            Kind::Reveal { answers: Some(asked), setting, .. } => {
                self.steps.get(*asked)?.way().filter(|subject| subject.setting == *setting)
            }
            _ => step.way(),
        }
    }

    /// The figure of the way of training that the step at a place is about, beside the setting's
    /// own way; what a prediction asks that is still open is not drawn. `None` where the step is
    /// about no way of training, or no gain can be named.
    pub fn ways(
        &self,
        place: usize,
        found: &Found,
        is_open: impl Fn(usize) -> bool,
    ) -> Option<Figure> {
        let asked = self.way(place)?;
        let Found::Trials { scenario, measurement, .. } = found else { return None };
        let alone = Subject { beside_own: false, ..asked.clone() };
        let own = Subject { method: None, ..alone.clone() };
        let (name, own_name) = (asked.method.as_deref()?, measurement.names().into_iter().next()?);
        let is_hidden = |subject: &Subject| {
            let mut asks = self.predictions().filter(|(place, _)| is_open(*place));
            asks.any(|(_, step)| step.asks_of(subject))
        };
        let compared = asked.beside_own.then_some((name, Some(own_name.as_str()), asked));
        let all = [(own_name.as_str(), None, &own), (name, None, &alone)];
        let all = all.into_iter().chain(compared);
        let shown = all.filter(|(_, _, subject)| *subject == asked || !is_hidden(subject));
        let ways: Vec<methods::Way<'_>> = shown
            .filter_map(|(name, beside, subject)| {
                let outcome = subject.outcome(found)?;
                Some(methods::Way { name, beside, outcome, asked: subject == asked })
            })
            .collect();
        let whom = asked.task.clone().unwrap_or_else(|| words::targets(scenario));
        methods::figure(scenario, &whom, &ways)
    }
}
