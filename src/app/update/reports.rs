//! Reports from jobs, and the messages they cause.

use super::Effect;
use crate::app::state::App;
use crate::job::{JobId, JobSlot, Report};
use crate::scenario::Handle;
use crate::scenario::knob::KnobScope;
use crate::transfer::Verdict;

impl App {
    pub(super) fn report(&mut self, id: JobId, report: Report) -> Vec<Effect> {
        let slot = match &report {
            Report::Verdict(_) => JobSlot::Verdict,
            Report::Curve(_) => JobSlot::Curve,
            Report::Descent(_) => JobSlot::Descent,
            Report::Comparison(_) => JobSlot::Comparison,
            Report::Study { .. } => JobSlot::Study,
            Report::Insight(_) => JobSlot::Insight,
            Report::Explanation(_) => JobSlot::Theory,
            Report::Preview(_) => JobSlot::Preview,
            Report::Reach(_) => JobSlot::Reach,
            Report::Lesson { .. } => JobSlot::Lesson,
            Report::Failed(slot, _) => *slot,
        };
        if *self.job(slot) != id {
            return Vec::new();
        }
        match report {
            Report::Verdict(findings) => {
                self.lab.findings = Some(findings);
                self.lab.fresh = true;
                if self.playing().is_some() {
                    return self.commit_if_measured();
                }
                self.notice_negative_transfer();
            }
            Report::Curve(curve) => self.lab.take_curve(curve),
            Report::Descent(course) => {
                if let Some(diverged) = course.diverged() {
                    self.note = Some(format!("Descent {diverged}; rate 0 picks a stable one."));
                }
                self.lab.course = Some(course);
            }
            Report::Comparison(comparison) => {
                self.lab.take_comparison(comparison);
                return self.compared().into_iter().collect();
            }
            Report::Study { results, progress } => {
                self.study_reported(*results, progress);
                return self.think().into_iter().collect();
            }
            Report::Insight(insight) => {
                self.take_insight(insight);
                return self.think().into_iter().collect();
            }
            Report::Explanation(explanation) => self.theory.take(&self.scenario, explanation),
            Report::Preview(preview) => {
                if let Some((scenario, _)) = &self.tasks.looked {
                    self.tasks.preview = Some((scenario.clone(), preview));
                }
            }
            Report::Reach(along) => self.theory.take_reach(along),
            Report::Lesson { findings, complete } => {
                return self.take_lesson_findings(*findings, complete);
            }
            Report::Failed(slot, what) => {
                if slot == JobSlot::Study {
                    self.study_failed();
                }
                self.note = Some(format!("a computation failed; this is a bug: {what}"));
            }
        }
        Vec::new()
    }

    /// Tells the user if turning a single knob has just made a helping source hurt.
    fn notice_negative_transfer(&mut self) {
        let complete = self.measurement().filter(|m| m.is_complete());
        let Some(verdict) = complete.map(|m| m.own().targets.verdict) else {
            return;
        };
        if verdict != Verdict::Hurts && std::mem::take(&mut self.lab.flipped) {
            self.note = None;
        }
        match verdict {
            Verdict::Helps => self.lab.helped = Some(self.scenario.clone()),
            Verdict::Hurts => {
                let Some(helped) = self.lab.helped.take() else { return };
                let of_task = self.lab.focus.knob.scope == KnobScope::Task;
                if of_task && helped.same_but_for(&self.scenario, self.lab.focus) {
                    self.lab.flipped = true;
                    self.note = Some(negative_transfer(
                        &self.lab.focus.path(self.scenario.draft()),
                        self.lab.focus,
                    ));
                }
            }
            Verdict::NoDifference | Verdict::Undecided => {}
        }
    }
}

/// The message for negative transfer caused by turning a knob.
fn negative_transfer(path: &str, handle: Handle) -> String {
    match handle.knob.name {
        "angle" | "cosine" => {
            format!(
                "You just caused negative transfer: only the tasks drifted apart ({path}). 3: why, 7: lessons."
            )
        }
        _ => format!(
            "You just caused negative transfer: only the data changed ({path}). 3: why, 7: lessons."
        ),
    }
}
