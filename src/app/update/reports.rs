//! Reports of jobs, and the news in them.

use super::changes::same_but_for;
use crate::app::state::App;
use crate::job::{JobId, Lane, Report};
use crate::scenario::Handle;
use crate::scenario::knob::Scope;
use crate::transfer::Verdict;

impl App {
    pub(super) fn report(&mut self, id: JobId, report: Report) {
        let lane = match &report {
            Report::Verdict(_) => Lane::Verdict,
            Report::Curve(_) => Lane::Curve,
            Report::Descent(_) => Lane::Descent,
            Report::Comparison(_) => Lane::Comparison,
            Report::Failed(lane, _) => *lane,
        };
        if *self.job(lane) != id {
            return;
        }
        match report {
            Report::Verdict(findings) => {
                self.findings = Some(findings);
                self.fresh = true;
                self.notice_negative_transfer();
            }
            Report::Curve(curve) => self.curve = Some(curve),
            Report::Descent(course) => {
                if let Some(diverged) = course.diverged() {
                    self.note = Some(format!("Descent {diverged}; 0 finds one."));
                }
                self.course = Some(course);
            }
            Report::Comparison(comparison) => self.comparison = Some(comparison),
            Report::Failed(_, what) => {
                self.note =
                    Some(format!("a computation failed, which is a fault of the program: {what}"));
            }
        }
    }

    /// Says so when the user has just turned a helping source into a hurting one by one knob.
    fn notice_negative_transfer(&mut self) {
        let complete = self.measurement().filter(|m| m.is_complete());
        let Some(verdict) = complete.map(|m| m.own().targets.verdict) else {
            return;
        };
        if verdict != Verdict::Hurts && std::mem::take(&mut self.flipped) {
            self.note = None;
        }
        match verdict {
            Verdict::Helps => self.helped = Some(self.scenario.clone()),
            Verdict::Hurts => {
                let Some(helped) = self.helped.take() else { return };
                let of_task = self.focus.knob.scope == Scope::Task;
                if of_task && same_but_for(&helped, &self.scenario, self.focus) {
                    self.flipped = true;
                    self.note = Some(negative_transfer(
                        &self.focus.path(self.scenario.draft()),
                        self.focus,
                    ));
                }
            }
            Verdict::NoDifference => {}
        }
    }
}

/// What the user has just shown by turning a knob.
fn negative_transfer(path: &str, handle: Handle) -> String {
    match handle.knob.name {
        "angle" | "cosine" => {
            format!(
                "Negative transfer! Same model, same rows: only the tasks drifted apart ({path})."
            )
        }
        _ => format!("Negative transfer! Same model, same tasks: only the data changed ({path})."),
    }
}
