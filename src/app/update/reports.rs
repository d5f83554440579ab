//! Reports from jobs.

use std::sync::Arc;

use super::Effect;
use crate::app::program::App;
use crate::figure::finding;
use crate::job::{JobId, JobSlot, Report, ScenarioFindings};
use crate::runner::Progress;
use crate::study::{StudyResults, TrainingRun};

impl App {
    pub(super) fn report(&mut self, id: JobId, report: Report) -> Vec<Effect> {
        if *self.job(slot(&report)) != id {
            return Vec::new();
        }
        let (screens, scenario) = (&mut self.screens, &self.work.scenario);
        let request = match report {
            Report::Verdict(findings) => return self.verdict_reported(findings),
            Report::Curve(curve) => {
                screens.lab.take_curve(curve);
                None
            }
            Report::Descent(descent) => return self.descent_reported(descent),
            Report::Comparison(comparison) => {
                screens.lab.take_comparison(comparison);
                screens.lab.stop_comparison()
            }
            Report::Methods(found) => {
                screens.lab.methods.receive(found);
                None
            }
            Report::Study { results, progress } => return self.study_reported(*results, progress),
            Report::Insight(insight) => {
                screens.studies.take_insight(insight);
                screens.studies.analyse()
            }
            Report::Explanation(explanation) => {
                screens.theory.receive(scenario, explanation);
                None
            }
            Report::Rows(preview) => {
                screens.tasks.take_preview(preview);
                None
            }
            Report::Bound(curve) => {
                screens.theory.take_bound(curve);
                None
            }
            Report::Lesson { findings, complete } => {
                return self.in_lesson(|lessons, context| {
                    lessons.take_findings(*findings, complete, context)
                });
            }
            Report::Advice { share, advice } => {
                screens.advice.receive(share, advice);
                None
            }
            Report::Flip { share, flip } => {
                self.work.flip.receive(share, flip);
                self.settle_on_change();
                None
            }
            Report::Failed(slot, what) => {
                return self.failed(slot, &what);
            }
        };
        self.carry_out(request)
    }

    /// Stores the descent, and tells the user if it diverges.
    fn descent_reported(&mut self, descent: Box<TrainingRun>) -> Vec<Effect> {
        let diverged = descent.diverged();
        self.screens.lab.descent = Some(descent);
        match diverged {
            Some(how) => self.say(format!("Descent {how}; rate 0 picks a stable one.")),
            None => Vec::new(),
        }
    }

    /// Stores what is found of the verdict.
    fn verdict_reported(&mut self, findings: Box<ScenarioFindings>) -> Vec<Effect> {
        let lab = &mut self.screens.lab;
        (lab.findings, lab.fresh) = (Some(Arc::from(findings)), true);
        if self.screens.playing().is_some() {
            return self.in_lesson(|lessons, context| lessons.commit_if_measured(context));
        }
        let request = self.screens.lab.notice_negative_transfer(&self.work.scenario);
        self.carry_out(request)
    }

    /// Says that a job failed because of a bug, and stops waiting for it.
    fn failed(&mut self, slot: JobSlot, what: &str) -> Vec<Effect> {
        match slot {
            JobSlot::Advice => self.screens.advice.seeking = None,
            JobSlot::Study => self.screens.studies.fail(),
            JobSlot::Flip => self.work.flip.fail(),
            JobSlot::Methods => self.screens.lab.methods.fail(),
            _ => {}
        }
        self.say(format!("a computation failed; this is a bug: {what}"))
    }

    /// Stores a study's results, and tells a user who is elsewhere if it is complete.
    fn study_reported(&mut self, results: StudyResults, progress: Progress) -> Vec<Effect> {
        let done = self.screens.studies.take_results(results, progress);
        let run = done.and_then(|number| self.screens.studies.run(Some(number)));
        if let Some(run) = run {
            let in_view =
                self.screens.run_in_view().is_some_and(|other| other.number == run.number);
            if !in_view && self.playing().is_none() {
                let found = finding::words(&run.results);
                let words = format!("run #{} is done: {found}", run.number);
                self.say(words);
            }
        }
        let analysis = self.screens.studies.analyse();
        self.carry_out(analysis)
    }
}

/// The slot of the job that a report comes from.
fn slot(report: &Report) -> JobSlot {
    match report {
        Report::Verdict(_) => JobSlot::Verdict,
        Report::Curve(_) => JobSlot::Curve,
        Report::Descent(_) => JobSlot::Descent,
        Report::Comparison(_) => JobSlot::Comparison,
        Report::Methods(_) => JobSlot::Methods,
        Report::Study { .. } => JobSlot::Study,
        Report::Insight(_) => JobSlot::Insight,
        Report::Explanation(_) => JobSlot::Explanation,
        Report::Rows(_) => JobSlot::Rows,
        Report::Bound(_) => JobSlot::Bound,
        Report::Lesson { .. } => JobSlot::Lesson,
        Report::Advice { .. } => JobSlot::Advice,
        Report::Flip { .. } => JobSlot::Flip,
        Report::Failed(slot, _) => *slot,
    }
}
