//! The warning of negative transfer that a user has just caused.

use std::sync::Arc;

use super::state::Lab;
use crate::app::request::Request;
use crate::app::screen::kind::Screen;
use crate::scenario::Scenario;
use crate::scenario::knob::KnobScope;
use crate::transfer::Verdict;

impl Lab {
    /// Tells the user if turning a single knob has just made a helping source hurt.
    pub(in crate::app) fn notice_negative_transfer(
        &mut self,
        scenario: &Arc<Scenario>,
    ) -> Option<Request> {
        let complete = self.measurement().filter(|measurement| measurement.is_complete());
        let verdict = complete.map(|measurement| measurement.own().targets.verdict)?;
        let outdated = verdict != Verdict::Hurts && std::mem::take(&mut self.warned);
        match verdict {
            Verdict::Helps => self.helped = Some(scenario.clone()),
            Verdict::Hurts => {
                let helped = self.helped.take()?;
                let of_task = self.focus.knob.scope == KnobScope::Task;
                if of_task && helped.same_but_for(scenario, self.focus) {
                    self.warned = true;
                    let path = self.focus.path(scenario.draft());
                    return Some(Request::Say(negative_transfer(&path)));
                }
            }
            _ => {}
        }
        outdated.then_some(Request::Silence)
    }
}

/// The message for negative transfer caused by turning a knob.
fn negative_transfer(path: &str) -> String {
    let (why, lessons) = (Screen::Theory.digit(), Screen::Lessons.digit());
    format!("You just caused negative transfer by {path} alone. {why} why, {lessons} lessons")
}
