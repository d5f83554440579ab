//! Studies: setting up, starting, pausing, viewing, comparing and deleting.

use std::sync::Arc;

use super::Effect;
use crate::app::action::Action;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::history::Step;
use crate::app::screen::{KeyContext, Screen};
use crate::app::state::App;
use crate::app::studies::RunState;
use crate::app::studies::form;
use crate::figure::finding;
use crate::job::{Job, JobSlot};
use crate::runner::Progress;
use crate::study::records::TrialRecords;
use crate::study::{Study, StudyDraft, StudyResults, difference};

impl App {
    pub(super) fn perform_on_studies(&mut self, deed: Action) -> Vec<Effect> {
        match deed {
            Action::Move(right, up) if self.screen == Screen::Affinity => {
                self.move_in_matrix(right, up)
            }
            Action::Move(right, up) => self.move_in_chart(right, up),
            Action::Row(by) if self.screen == Screen::Lessons => self.choose_lesson(by),
            Action::OpenLesson => return self.open_lesson(),
            Action::Row(by) if self.screen == Screen::Runs => self.select(by),
            Action::Scroll(by) => self.scroll(by),
            Action::Row(by) => self.studies.form.step(by),
            Action::Change(by) => self.studies.form.change(by, &self.scenario),
            Action::TypeRow => return self.type_row(),
            Action::Part => self.other_part(),
            Action::Scatter => self.studies.facet = self.studies.facet.next(),
            Action::RunStudy => return self.run_study(),
            Action::Method => self.other_method(),
            Action::OpenCell => return self.open_cell(),
            Action::ShowRun => return self.show_run(),
            Action::Pin => self.pin(),
            Action::Delete => return self.delete(),
            Action::Proxy(by) => self.studies.next_proxy(by),
            Action::Budget(by) => return self.other_budget(by),
            Action::ExportStudy => return self.offer_folder(),
            _ => {}
        }
        Vec::new()
    }

    /// Handles a click on a cell of a table.
    pub(super) fn touch_cell(&mut self, row: usize, column: usize) -> Vec<Effect> {
        match self.screen {
            Screen::Tasks => return self.touch_property(row, column),
            Screen::Lessons => return self.touch_lesson(row),
            _ => {}
        }
        Vec::new()
    }

    /// Analyses a study that was opened with all its records. A study with records missing waits to
    /// be resumed.
    pub(super) fn take_up(&mut self) -> Vec<Effect> {
        let Some(run) = self.studies.runs.first() else { return Vec::new() };
        let (number, complete) = (run.number, run.results.ledger.is_complete());
        if complete { self.begin_run(number) } else { self.say("Space resumes this study") }
    }

    fn type_row(&mut self) -> Vec<Effect> {
        match self.studies.form.text(&self.scenario) {
            Some(text) => self.open(InputField::new(FieldPurpose::Row, text)),
            None => {
                self.studies.form.change(1, &self.scenario);
                Vec::new()
            }
        }
    }

    fn other_part(&mut self) {
        self.studies.in_chart = !self.studies.in_chart && self.studies.sweep.is_some();
        if !self.studies.in_chart && self.studies.sweep.is_none() {
            self.note = Some("there is no chart yet; Space starts the sweep".into());
        }
    }

    fn move_in_chart(&mut self, right: i32, up: i32) {
        if let Some(run) = self.studies.shown_sweep() {
            self.studies.cursor = self.studies.cursor.moved(right, up, &run.results.study);
        }
    }

    fn other_method(&mut self) {
        if let Some(run) = self.studies.shown_sweep() {
            self.studies.cursor = self.studies.cursor.other_method(&run.results.study);
        }
    }

    /// Starts, pauses or resumes the study in view.
    fn run_study(&mut self) -> Vec<Effect> {
        let in_view = self.run_in_view().map(|run| (run.number, run.state));
        match (self.place(), in_view) {
            (_, Some((number, RunState::Running))) => self.pause(number),
            (KeyContext::Chart | KeyContext::Matrix, Some((number, RunState::Paused))) => {
                self.begin_run(number)
            }
            (KeyContext::Form | KeyContext::Chart, _) => self.start_sweep(),
            (KeyContext::Matrix, _) => self.start_affinity(),
            (_, Some((number, RunState::Paused | RunState::Stopped))) => self.begin_run(number),
            (_, Some((_, RunState::Done))) => self.say("this run is done"),
            (_, None) => self.say("there are no runs; 5 sets up a sweep, 4 an affinity study"),
        }
    }

    pub(super) fn say(&mut self, what: &str) -> Vec<Effect> {
        self.note = Some(what.to_owned());
        Vec::new()
    }

    fn start_sweep(&mut self) -> Vec<Effect> {
        let draft = self.studies.form.draft(&self.name, &self.scenario);
        self.ask(draft)
    }

    /// Resumes the run with exactly this question, or starts a new one.
    pub(super) fn ask(&mut self, draft: StudyDraft) -> Vec<Effect> {
        if let Some((number, state)) = self.studies.asking(&draft).map(|r| (r.number, r.state)) {
            self.studies.show(number);
            return match state {
                RunState::Done => self.say(&format!(
                    "run #{number} is the same and is done; change a setting for a new run"
                )),
                RunState::Running => self.pause(number),
                RunState::Paused | RunState::Stopped => self.begin_run(number),
            };
        }
        let checked = Study::check(draft);
        match checked.and_then(|study| TrialRecords::check_memory(&study).map(|()| study)) {
            Ok(study) => {
                self.studies.form.keep();
                let number = self.studies.add(StudyResults::new(study));
                self.studies.show(number);
                self.begin_run(number)
            }
            Err(error) => {
                if self.screen == Screen::Sweep {
                    self.studies.in_chart = false;
                    self.studies.form.refuse(&error);
                }
                self.say(&form::words(&error))
            }
        }
    }

    /// Starts or resumes a run; pauses the one being computed.
    fn begin_run(&mut self, number: u64) -> Vec<Effect> {
        if let Some(other) = self.studies.running().map(|run| run.number) {
            self.note = Some(format!("run #{other} is paused; 6 shows all runs"));
            if let Some(other) = self.studies.run_mut(Some(other)) {
                other.rest(RunState::Paused);
            }
        }
        let Some(run) = self.studies.run_mut(Some(number)) else { return Vec::new() };
        run.state = RunState::Running;
        let job = Job::Study(Box::new(run.results.clone()));
        self.studies.at_work = Some(number);
        vec![self.begin(job)]
    }

    fn pause(&mut self, number: u64) -> Vec<Effect> {
        if let Some(run) = self.studies.run_mut(Some(number)) {
            run.rest(RunState::Paused);
        }
        vec![Effect::Cancel(JobSlot::Study)]
    }

    /// Stores a study's results. Batches that were in progress when it was paused still count.
    pub(super) fn study_reported(&mut self, results: StudyResults, progress: Progress) {
        let at_work = self.studies.at_work;
        let Some(run) = self.studies.run_mut(at_work) else { return };
        run.results = results;
        if run.state == RunState::Running {
            run.progress = progress;
        } else {
            (run.progress.done, run.progress.wanted) = (progress.done, progress.wanted);
        }
        if !run.results.ledger.is_complete() || run.state == RunState::Done {
            return;
        }
        run.rest(RunState::Done);
        let (number, found) = (run.number, finding::words(&run.results));
        let elsewhere = self.run_in_view().is_none_or(|run| run.number != number);
        if elsewhere && self.playing().is_none() {
            self.note = Some(format!("run #{number} is done: {found}"));
        }
    }

    pub(super) fn study_failed(&mut self) {
        let at_work = self.studies.at_work;
        if let Some(run) = self.studies.run_mut(at_work) {
            run.rest(RunState::Stopped);
        }
    }

    fn open_cell(&mut self) -> Vec<Effect> {
        let cell = match self.screen {
            Screen::Affinity => self.pair_cell(),
            _ => self.studies.shown_sweep().and_then(|run| {
                let study = &run.results.study;
                let cursor = self.studies.cursor.inside(study);
                let (cell, line) = (&study.cells()[cursor.cell(study)?], cursor.line(study)?);
                let approach = *cell.approaches.get(cursor.method)?;
                let opened = cell.scenario.trained_by(approach).ok()?;
                Some((study.name(line.base).to_owned(), Arc::new(opened)))
            }),
        };
        match cell {
            Some((name, scenario)) => self.visit(&name, &scenario),
            None => self.say("there is nothing under the cursor"),
        }
    }

    /// Scrolls the differences, up to their end.
    fn scroll(&mut self, by: i32) {
        let Some(run) = self.studies.selected_run() else { return };
        let other = self.studies.pinned_beside(run).next();
        let rows = other
            .map_or(0, |other| difference::common(&run.results.study, &other.results.study).len());
        let scroll = self.studies.scroll.saturating_add_signed(by as isize);
        self.studies.scroll = scroll.min(rows.saturating_sub(1));
    }

    fn select(&mut self, by: i32) {
        self.studies.scroll = 0;
        let runs = &self.studies.runs;
        let here = runs.iter().position(|run| Some(run.number) == self.studies.selected);
        let next = here.map_or(0, |here| here.saturating_add_signed(by as isize));
        self.studies.selected = runs.get(next.min(runs.len().saturating_sub(1))).map(|r| r.number);
    }

    fn show_run(&mut self) -> Vec<Effect> {
        let Some(run) = self.studies.selected_run() else {
            return self.say("there are no runs; 5 sets up a sweep, 4 an affinity study");
        };
        let affinity = run.results.study.is_affinity();
        let number = run.number;
        self.studies.show(number);
        self.studies.in_chart = !affinity;
        let effects = self.show(if affinity { Screen::Affinity } else { Screen::Sweep });
        effects.into_iter().chain(self.think()).collect()
    }

    fn pin(&mut self) {
        let number = self.run_in_view().map(|run| run.number);
        let Some(run) = self.studies.run_mut(number) else {
            self.note = Some("there is no run to pin yet".into());
            return;
        };
        run.pinned = !run.pinned;
        let what = if run.pinned { "pinned: others are compared with it" } else { "unpinned" };
        self.note = Some(format!("run #{} is {what}", run.number));
    }

    fn delete(&mut self) -> Vec<Effect> {
        let selected = self.studies.selected;
        let Some((inverse, effects)) = selected.and_then(|number| self.remove_run(number)) else {
            return self.say("there is no run to delete");
        };
        self.history.note(inverse);
        let number = selected.unwrap_or_default();
        self.note = Some(format!("run #{number} deleted; u restores it"));
        effects
    }

    /// Removes a run from the list; returns the step that restores it.
    pub(super) fn remove_run(&mut self, number: u64) -> Option<(Step, Vec<Effect>)> {
        let place = self.studies.runs.iter().position(|run| run.number == number)?;
        let mut run = self.studies.runs.remove(place);
        let mut effects = Vec::new();
        if run.state == RunState::Running {
            effects.push(Effect::Cancel(JobSlot::Study));
            run.rest(RunState::Paused);
        }
        let left = &self.studies.runs;
        let next = left.get(place.min(left.len().saturating_sub(1)));
        self.studies.selected = next.map(|run| run.number);
        Some((Step::Restore(place, Box::new(run)), effects))
    }
}
