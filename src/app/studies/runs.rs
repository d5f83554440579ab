//! Starting, pausing, pinning and removing runs.

use super::{RunState, Studies};
use crate::app::action::Action;
use crate::app::history::Step;
use crate::app::request::Request;
use crate::app::screen::kind::Screen;
use crate::error::Invalid;
use crate::job::{Job, JobSlot};
use crate::runner::Progress;
use crate::study::records::{MIB, MOST_MIB, TrialRecords};
use crate::study::{Study, StudyDraft, StudyResults};

impl Studies {
    /// Performs an action on a run that all study screens have; `None` if the action is another.
    pub(in crate::app) fn update(
        &mut self,
        in_view: Option<u64>,
        action: Action,
    ) -> Option<Vec<Request>> {
        match action {
            Action::Pin => Some(self.pin_in_view(in_view)),
            Action::ExportStudy => Some(vec![Request::SaveStudy]),
            _ => None,
        }
    }

    /// Analyses a study that was opened with all its records. A study with records missing waits to
    /// be resumed.
    pub(in crate::app) fn start(&mut self) -> Vec<Request> {
        let Some(run) = self.runs.first() else { return Vec::new() };
        let (number, complete) = (run.number, run.results.records.is_complete());
        if complete { self.begin(number) } else { Request::say("Space resumes this study") }
    }

    /// Resumes the run with exactly this question, or starts a new one.
    pub(in crate::app) fn ask(&mut self, draft: StudyDraft) -> Result<Vec<Request>, Invalid> {
        if let Some((number, state)) = self.asking(&draft).map(|run| (run.number, run.state)) {
            self.show(number);
            return Ok(match state {
                RunState::Done => Request::say(format!(
                    "run #{number} is the same and is done; change a setting for a new run"
                )),
                RunState::Running => self.pause(number),
                RunState::Paused | RunState::Stopped => self.begin(number),
            });
        }
        let study = Study::check(draft)?;
        TrialRecords::check_memory(&study)?;
        let results = StudyResults::new(study);
        self.check_room(&results.records)?;
        if !results.study.is_affinity() {
            self.form.keep();
        }
        let number = self.add(results);
        self.show(number);
        Ok(self.begin(number))
    }

    /// Refuses a run that does not fit into memory beside all other runs.
    fn check_room(&self, records: &TrialRecords) -> Result<(), Invalid> {
        let held: usize = self.runs.iter().map(|run| run.results.records.bytes()).sum();
        let own = records.bytes();
        if held == 0 || held + own <= MOST_MIB * MIB {
            return Ok(());
        }
        let [own, held] = [own, held].map(|bytes| bytes.div_ceil(MIB));
        let found = format!("a run of {own} MiB beside {held} MiB of the other runs");
        let runs = Screen::Runs.digit();
        let allowed =
            format!("{MOST_MIB} MiB of all runs in memory: D on screen {runs} deletes one");
        Err(Invalid::new("study", found, allowed))
    }

    /// Starts or resumes a run; pauses the one being computed.
    pub(in crate::app) fn begin(&mut self, number: u64) -> Vec<Request> {
        let mut requests = Vec::new();
        if let Some(other) = self.running().map(|run| run.number) {
            let runs = Screen::Runs.digit();
            requests.extend(Request::say(format!("run #{other} is paused; {runs} shows all runs")));
            if let Some(other) = self.run_mut(Some(other)) {
                other.rest(RunState::Paused);
            }
        }
        let Some(run) = self.run_mut(Some(number)) else { return requests };
        run.state = RunState::Running;
        let job = Job::Study(Box::new(run.results.clone()));
        self.computing = Some(number);
        requests.push(Request::Begin(job));
        requests
    }

    pub(in crate::app) fn pause(&mut self, number: u64) -> Vec<Request> {
        if let Some(run) = self.run_mut(Some(number)) {
            run.rest(RunState::Paused);
        }
        vec![Request::Cancel(JobSlot::Study)]
    }

    /// Stores a study's results. Batches that were in progress when it was paused still count.
    /// Returns the number of the run if this report completes it.
    pub(in crate::app) fn take_results(
        &mut self,
        results: StudyResults,
        progress: Progress,
    ) -> Option<u64> {
        let run = self.run_mut(self.computing)?;
        run.results = results;
        if run.state == RunState::Running {
            run.progress = progress;
        } else {
            (run.progress.done, run.progress.wanted) = (progress.done, progress.wanted);
        }
        if !run.results.records.is_complete() || run.state == RunState::Done {
            return None;
        }
        run.rest(RunState::Done);
        Some(run.number)
    }

    /// Stops the run being computed, after an internal error.
    pub(in crate::app) fn fail(&mut self) {
        if let Some(run) = self.run_mut(self.computing) {
            run.rest(RunState::Stopped);
        }
    }

    /// Pins the run in view, or unpins it; this can be undone.
    fn pin_in_view(&mut self, number: Option<u64>) -> Vec<Request> {
        match number.and_then(|number| Some((number, self.pin(number)?))) {
            Some((number, words)) => {
                vec![Request::Remember(Step::Pin(number)), Request::Say(words)]
            }
            None => Request::say("there is no run to pin yet"),
        }
    }

    /// Pins a run, or unpins it; returns what was done.
    pub(in crate::app) fn pin(&mut self, number: u64) -> Option<String> {
        let run = self.run_mut(Some(number))?;
        run.pinned = !run.pinned;
        let what = if run.pinned { "pinned: others are compared with it" } else { "unpinned" };
        Some(format!("run #{number} is {what}"))
    }

    /// Removes a run from the list; returns the step that restores it.
    pub(in crate::app) fn remove(&mut self, number: u64) -> Option<(Step, Vec<Request>)> {
        let place = self.runs.iter().position(|run| run.number == number)?;
        let mut run = self.runs.remove(place);
        let mut requests = Vec::new();
        if run.state == RunState::Running {
            requests.push(Request::Cancel(JobSlot::Study));
            run.rest(RunState::Paused);
        }
        let next = self.runs.get(place.min(self.runs.len().saturating_sub(1)));
        self.selected = next.map(|run| run.number);
        Some((Step::Restore(place, Box::new(run)), requests))
    }
}
