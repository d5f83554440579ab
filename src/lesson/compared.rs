//! Predictions about a way of training or a proxy, and the figures that compare them.

use super::Lesson;
use super::found::Found;
use super::quantity::Subject;
use super::step::{Kind, Step};
use crate::figure::{self, Figure, methods, words};
use crate::study::probe::PROXIES;

impl Step {
    /// What a prediction is about: a way of training or a proxy, where it asks for one.
    fn subject(&self) -> Option<&Subject> {
        let Kind::Predict { choices, setting, .. } = &self.kind else { return None };
        let subject = choices.first()?.when.subject()?;
        (subject.setting == *setting && subject.method.is_some()).then_some(subject)
    }
}

impl Lesson {
    /// The way of training or the proxy that the prediction at a place is about, or of which the
    /// step there reveals what it does.
    pub fn subject(&self, place: usize) -> Option<&Subject> {
        let step = self.steps.get(place)?;
        match &step.kind {
            Kind::Reveal { answers: Some(asked), setting, .. } => {
                self.steps.get(*asked)?.subject().filter(|subject| subject.setting == *setting)
            }
            _ => step.subject(),
        }
    }

    /// The figure of the way of training that the step at a place is about, beside the setting's
    /// own way, or of its proxy beside the gains; what a prediction asks that is still open is not
    /// drawn. `None` where the step is about neither, or no gain can be named.
    pub fn compared(
        &self,
        place: usize,
        found: &Found,
        is_open: impl Fn(usize) -> bool,
    ) -> Option<Figure> {
        let asked = self.subject(place)?;
        let name = asked.method.as_deref()?;
        let (scenario, measurement) = match found {
            Found::Trials { scenario, measurement, .. } => (scenario, measurement),
            Found::Affinity { results, insight, .. } => {
                let proxy = PROXIES.iter().position(|proxy| proxy.id == name)?;
                return figure::affinity::scatter(results, insight, proxy);
            }
            Found::Sweep(_) => return None,
        };
        let alone = Subject { beside_own: false, ..asked.clone() };
        let own = Subject { method: None, ..alone.clone() };
        let own_name = measurement.names().into_iter().next()?;
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
