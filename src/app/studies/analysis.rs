//! Analysing an affinity study while it runs.

use super::{Analysis, Studies};
use crate::app::request::Request;
use crate::job::Job;
use crate::study::affinity::Insight;

impl Studies {
    /// Analyses the affinity study in view again if many records have arrived since the last time.
    pub(in crate::app) fn analyse(&mut self) -> Option<Request> {
        let models = self.budget;
        let run = self.shown_affinity()?;
        let (number, done) = (run.number, run.results.records.done());
        let complete = run.results.records.is_complete();
        let news = match self.analysis {
            Some(last) if last.run == number && last.models == models => {
                let much = 4 * done >= 5 * last.done || complete;
                !last.busy && much && done > last.done
            }
            _ => true,
        };
        if !news || done == 0 {
            return None;
        }
        let job = Job::Insight(Box::new(run.results.clone()), models);
        self.analysis = Some(Analysis { run: number, done, models, busy: true });
        Some(Request::Begin(job))
    }

    /// Stores the findings of an analysis.
    pub(in crate::app) fn take_insight(&mut self, insight: Option<Box<Insight>>) {
        let Some(analysis) = &mut self.analysis else { return };
        analysis.busy = false;
        let number = analysis.run;
        if let Some(run) = self.run_mut(Some(number)) {
            run.insight = insight;
        }
    }
}
