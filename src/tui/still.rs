//! Runs the program without a terminal: its jobs are computed immediately, and its screen is drawn
//! once.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use crate::app::{App, Effect, Key, Message, StudyRun};
use crate::cancel::Cancel;
use crate::job::{DescentPace, Document, Job, JobId, JobSlot, Report};
use crate::study::Trial;
use crate::study::training_run::TrainingSetup;
use crate::{ui, worker};

/// The screen in a terminal of columns × rows, as a document.
pub fn screen(app: &App, size: (u16, u16)) -> Document {
    Document::Screen {
        sheet: Box::new(ui::sheet(app, size)),
        scenario: Arc::clone(&app.work.scenario),
        drawing: Box::new(app.screen_provenance(size)),
    }
}

/// Starts the program and runs all jobs that it requests.
pub fn start(app: &mut App) {
    let effects = app.start();
    settle(app, effects);
}

/// Presses a key and runs all jobs requested as a result.
pub fn press(app: &mut App, key: Key) {
    let effects = app.update(Message::Key(key));
    settle(app, effects);
}

/// Runs jobs, the newest of each slot, until no more are requested. The program receives only the
/// last report of each job.
fn settle(app: &mut App, effects: Vec<Effect>) {
    let mut waiting: VecDeque<(JobId, Job)> = VecDeque::new();
    let take = |waiting: &mut VecDeque<(JobId, Job)>, effects: Vec<Effect>| {
        let mut clear = |slot: JobSlot, next: Option<(JobId, Job)>| {
            waiting.retain(|(_, job)| job.slot() != slot);
            waiting.extend(next);
        };
        for effect in effects {
            match effect {
                Effect::Start(id, job) => clear(job.slot(), Some((id, job))),
                Effect::Cancel(slot) => clear(slot, None),
                _ => {}
            }
        }
    };
    take(&mut waiting, effects);
    while let Some((id, job)) = waiting.pop_front() {
        if let Some(report) = last_report(job) {
            let effects = app.update(Message::Report(id, report));
            take(&mut waiting, effects);
        }
    }
    app.screens.studies.runs.iter_mut().for_each(StudyRun::leave_time_open);
}

/// The last report of a job. Gradient descent runs without the pauses that let a user watch it.
fn last_report(job: Job) -> Option<Report> {
    if let Job::Descent { scenario, from, pace: DescentPace::Run } = job {
        let setup = TrainingSetup::of(&scenario, &Trial::own(&scenario, 0));
        let mut descent = from.unwrap_or_else(|| Box::new(setup.start()));
        while !descent.is_finished() {
            setup.advance(&mut descent);
        }
        return Some(Report::Descent(descent));
    }
    let last = RefCell::new(None);
    worker::run(job, &Cancel::new(), &|report| drop(last.replace(Some(report))));
    last.into_inner()
}
