//! The only module that starts computing threads: one per slot. The newest job wins.

pub mod fault;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::advice::{self, AdviceTrials};
use crate::cancel::Cancel;
use crate::explanation::{bound, explain};
use crate::flip::{self, FlipOptions};
use crate::job::{DescentPace, Job, JobId, JobSlot, Report, ScenarioFindings};
use crate::log;
use crate::method::Approach;
use crate::runner::{self, Progress};
use crate::scenario::Scenario;
use crate::study::caution::cautions;
use crate::study::prediction::{POPULATIONS, predict};
use crate::study::training_run::{TrainingRun, TrainingSetup};
use crate::study::{
    Shard, StudyResults, Trial, comparison, curve, engine, measure, preview, side_by_side,
};
use crate::transfer::Plane;

/// Time between two reports of a running job.
const LOOK: Duration = Duration::from_millis(33);

/// Number of populations behind the first prediction.
const FEW: usize = 4;

/// The computing threads.
pub struct Worker {
    mailboxes: Vec<Arc<Mailbox>>,
    outbox: Arc<Outbox>,
}

impl Worker {
    /// Starts the threads. `wake` is called when a report arrives and none was waiting.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let outbox = Arc::new(Outbox { slots: Mutex::default(), wake: Box::new(wake) });
        let mailboxes = JobSlot::ALL
            .into_iter()
            .map(|slot| {
                let mailbox = Arc::new(Mailbox::default());
                let (theirs, outbox) = (mailbox.clone(), outbox.clone());
                thread::spawn(move || theirs.serve(slot, &outbox));
                mailbox
            })
            .collect();
        Self { mailboxes, outbox }
    }

    /// Starts a job and stops the previous one in its slot.
    pub fn start(&self, id: JobId, job: Job) {
        self.mailboxes[job.slot() as usize].put(Some((id, job, Cancel::new())));
    }

    /// Stops the job in a slot.
    pub fn cancel(&self, slot: JobSlot) {
        self.mailboxes[slot as usize].put(None);
    }

    /// Takes the latest report of every slot that has one.
    pub fn reports(&self) -> Vec<(JobId, Report)> {
        lock(&self.outbox.slots).iter_mut().filter_map(Option::take).collect()
    }
}

/// The latest report of each slot. A slow reader misses reports but never falls behind.
struct Outbox {
    slots: Mutex<[Option<(JobId, Report)>; JobSlot::ALL.len()]>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Outbox {
    fn publish(&self, slot: JobSlot, id: JobId, report: Report) {
        let was_empty = {
            let mut slots = lock(&self.slots);
            let was_empty = slots.iter().all(Option::is_none);
            slots[slot as usize] = Some((id, report));
            was_empty
        };
        if was_empty {
            (self.wake)();
        }
    }
}

type Assignment = (JobId, Job, Cancel);

/// The place from which a slot takes its next job.
#[derive(Default)]
struct Mailbox {
    next: Mutex<Option<Assignment>>,
    current: Mutex<Cancel>,
    ready: Condvar,
}

impl Mailbox {
    fn put(&self, order: Option<Assignment>) {
        let mut next = lock(&self.next);
        lock(&self.current).cancel();
        *next = order;
        self.ready.notify_one();
    }

    fn take(&self) -> Assignment {
        let mut next = lock(&self.next);
        loop {
            if let Some(order) = next.take() {
                *lock(&self.current) = order.2.clone();
                return order;
            }
            next = self.ready.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn serve(&self, slot: JobSlot, outbox: &Outbox) {
        loop {
            let (id, job, cancel) = self.take();
            let publish = |report| outbox.publish(slot, id, report);
            let (scenario, begun) = (job.scenario().cloned(), Instant::now());
            log::enter("job", format_args!("{slot:?} {} started", id.0));
            let ran = catch_unwind(AssertUnwindSafe(|| run(job, &cancel, &publish)));
            let end = match (&ran, cancel.is_cancelled()) {
                (Err(_), _) => "failed",
                (Ok(()), true) => "was cancelled",
                (Ok(()), false) => "finished",
            };
            let draft = scenario.as_ref().map(|scenario| scenario.draft());
            log::job(format_args!("{slot:?} {}", id.0), draft, begun, end);
            if let Err(fault) = ran {
                publish(Report::Failed(slot, fault::words(fault.as_ref())));
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a job on the calling thread and passes every report to `publish`.
pub fn run(job: Job, cancel: &Cancel, publish: &dyn Fn(Report)) {
    fault::fail_if_asked("worker");
    match job {
        Job::Verdict(scenario) => {
            report_verdict(&scenario, &scenario.beside_baseline(), cancel, publish)
        }
        Job::Compared(scenario) => {
            report_verdict(&scenario, &scenario.approaches(), cancel, publish)
        }
        Job::Lesson(lesson, student, from) => {
            lesson.measure(student, from, cancel, |findings, complete| {
                publish(Report::Lesson { findings: Box::new(findings.clone()), complete });
            });
        }
        Job::Curve(scenario, handle) => {
            curve::trace(&scenario, handle, cancel, |curve| publish(Report::Curve(curve.clone())));
        }
        Job::Comparison(scenario) => {
            comparison::compare(&scenario, cancel, |comparison| {
                publish(Report::Comparison(Box::new(comparison.clone())));
            });
        }
        Job::Methods(scenario) => {
            side_by_side::compare(&scenario, cancel, |found| {
                publish(Report::Methods(Box::new(found.clone())));
            });
        }
        Job::Descent { scenario, from, pace } => descend(&scenario, from, pace, cancel, publish),
        Job::Study(results) => study(*results, cancel, publish),
        Job::Insight(results, models) => report_insight(&results, models, cancel, publish),
        Job::Explanation(scenario) => {
            explain(&scenario, None, cancel, |explanation| {
                publish(Report::Explanation(Box::new(explanation.clone())));
            });
        }
        Job::Bound(scenario) => {
            bound::trace(&scenario, cancel, |along| {
                publish(Report::Bound(Box::new(along.clone())));
            });
        }
        Job::Advice(scenario) => advise(&scenario, cancel, publish),
        Job::Flip(scenario) => report_flip(&scenario, cancel, publish),
        Job::Rows(scenario, entry) => {
            preview::look(&scenario, entry, cancel, |seen| {
                publish(Report::Rows(Box::new(seen.clone())));
            });
        }
    }
}

/// Reports the theory's predictions for the cells and the trials, batch by batch. A phase diagram
/// has many cells and begins with the trials. If cancelled, the last batches are still reported.
fn study(mut results: StudyResults, cancel: &Cancel, publish: &dyn Fn(Report)) {
    let mut progress = Progress {
        done: results.records.done(),
        wanted: results.records.wanted(),
        ..Progress::default()
    };
    let report = |results: &StudyResults, progress| {
        results.records.sum_up();
        publish(Report::Study { results: Box::new(results.clone()), progress });
    };
    let predict = |results: &mut StudyResults| {
        if results.theory.is_empty()
            && let Some(theory) = engine::predictions(&results.study, cancel)
        {
            results.theory = Arc::new(theory);
        }
    };
    let trials_first = results.study.is_phase();
    if !trials_first {
        predict(&mut results);
    }
    report(&results, progress);
    let (study, records) = (results.study.clone(), results.records.clone());
    let mut reported = Instant::now();
    let mut whole = true;
    let _ = runner::run(&study, records, Shard::WHOLE, cancel, |batch| {
        (results.records, progress) = (batch.all.clone(), batch.progress);
        whole = reported.elapsed() >= LOOK;
        if whole {
            report(&results, progress);
            reported = Instant::now();
        }
        Ok(())
    });
    if trials_first {
        predict(&mut results);
    }
    if trials_first || !whole {
        report(&results, progress);
    }
}

/// Reports the share that is done, and at the end the advice. Nothing more if cancelled.
fn advise(scenario: &Scenario, cancel: &Cancel, publish: &dyn Fn(Report)) {
    let found = watched(
        |report| advice::advise(scenario, AdviceTrials::default(), cancel, report),
        |share| publish(Report::Advice { share, advice: None }),
    );
    let found = match found {
        Ok(Some(advice)) => Ok(Box::new(advice)),
        Err(problem) => Err(problem.to_string()),
        Ok(None) => return,
    };
    publish(Report::Advice { share: 1.0, advice: Some(found) });
}

/// Reports the share that is done, and at the end the changes. Nothing more if cancelled.
fn report_flip(scenario: &Scenario, cancel: &Cancel, publish: &dyn Fn(Report)) {
    let found = watched(
        |report| flip::flip(scenario, FlipOptions::default(), cancel, report),
        |share| publish(Report::Flip { share, flip: None }),
    );
    if let Some(found) = found.transpose() {
        publish(Report::Flip { share: 1.0, flip: Some(found.map(Arc::new)) });
    }
}

/// Runs a search on a thread of its own and looks now and then at the share that it reports.
fn watched<T: Send>(
    search: impl FnOnce(&(dyn Fn(f64) + Sync)) -> T + Send,
    look: impl Fn(f64),
) -> T {
    let done = AtomicU64::new(0);
    thread::scope(|scope| {
        let search =
            scope.spawn(|| search(&|share: f64| done.store(share.to_bits(), Ordering::Relaxed)));
        while !search.is_finished() {
            thread::sleep(LOOK);
            look(f64::from_bits(done.load(Ordering::Relaxed)));
        }
        search.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
    })
}

/// Reports the insight from the trials so far. Once all trials are done, the suggested plan is
/// tried on new ones.
fn report_insight(
    results: &StudyResults,
    models: usize,
    cancel: &Cancel,
    publish: &dyn Fn(Report),
) {
    let mut insight = results.insight(models).map(Box::new);
    publish(Report::Insight(insight.clone()));
    if let Some(insight) = insight.as_mut()
        && results.records.is_complete()
    {
        results.confirm_plans(insight, cancel);
        publish(Report::Insight(Some(insight.clone())));
    }
}

/// Reports the optimum of the first trial with a prediction from a few populations, then the
/// trials, then the prediction from all populations.
fn report_verdict(
    scenario: &Scenario,
    approaches: &[Approach],
    cancel: &Cancel,
    publish: &dyn Fn(Report),
) {
    let trial = Trial::own(scenario, 0);
    let plane = Plane::of(&trial.population, scenario.pair());
    let mut findings = ScenarioFindings {
        optimum: plane.direction(&trial.fits[0].optimum.model.module),
        plane,
        floor: TrainingSetup::of(scenario, &trial).floor(&trial),
        theory: predict(scenario, FEW),
        measurement: None,
        cautions: Vec::new(),
        seconds: 0.0,
    };
    publish(Report::Verdict(Box::new(findings.clone())));
    let began = Instant::now();
    measure::measure(scenario, approaches, cancel, |measurement| {
        if measurement.is_complete() {
            findings.cautions = cautions(scenario, measurement);
        }
        findings.measurement = Some(measurement.clone());
        findings.seconds = began.elapsed().as_secs_f64();
        publish(Report::Verdict(Box::new(findings.clone())));
    });
    if !cancel.is_cancelled() {
        findings.theory = predict(scenario, POPULATIONS);
        publish(Report::Verdict(Box::new(findings)));
    }
}

/// Runs a descent. Each report covers more steps than the last, so that a whole descent takes a
/// few seconds to watch.
fn descend(
    scenario: &Scenario,
    from: Option<Box<TrainingRun>>,
    pace: DescentPace,
    cancel: &Cancel,
    publish: &dyn Fn(Report),
) {
    let setup = TrainingSetup::of(scenario, &Trial::own(scenario, 0));
    let mut descent = from.unwrap_or_else(|| Box::new(setup.start()));
    if pace == DescentPace::Step {
        setup.advance(&mut descent);
    }
    publish(Report::Descent(descent.clone()));
    while pace == DescentPace::Run && !descent.is_finished() {
        thread::sleep(LOOK);
        for _ in 0..1 + descent.steps() / 12 {
            if cancel.is_cancelled() {
                return;
            }
            if !descent.is_finished() {
                setup.advance(&mut descent);
            }
        }
        publish(Report::Descent(descent.clone()));
    }
}
