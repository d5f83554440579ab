//! Runs a study on all cores in small batches and estimates the time left.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, StudyResults, TrialRecord, Unit, engine, unit};

/// Approximate duration of a batch of units.
const BATCH: Duration = Duration::from_millis(40);
/// No estimate of the time left is given before this has passed.
const FIRST_GUESS: Duration = Duration::from_millis(500);

/// Progress of a study.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Units done in the shard that is run.
    pub done: usize,
    /// Units in that shard.
    pub wanted: usize,
    /// Time spent so far.
    pub elapsed: Duration,
    /// Time left, estimated from the units of the same cells; `None` while unknown.
    pub left: Option<Duration>,
}

impl Progress {
    /// The time left in words: `about 12 s left`.
    pub fn time_left(&self) -> Option<String> {
        Some(format!("{} left", about(self.left?.as_secs_f64())))
    }
}

/// An estimated time in seconds in words, with at most two digits: `about 12 s`.
pub fn about(seconds: f64) -> String {
    match seconds as u64 {
        0 => "less than 1 s".to_owned(),
        s @ 1..=99 => format!("about {s} s"),
        s @ 100..=5999 => format!("about {} min", (s + 30) / 60),
        s => format!("about {} h", (s + 1800) / 3600),
    }
}

/// A batch that has just been run.
pub struct Batch<'a> {
    /// The units.
    pub units: &'a [Unit],
    /// Their records.
    pub records: &'a [TrialRecord],
    /// All records so far, including these.
    pub all: &'a TrialRecords,
    /// The progress of the study.
    pub progress: Progress,
}

/// Runs the missing units of a shard and passes every batch to `take`. `None` if cancelled;
/// batches passed on before are complete.
///
/// # Errors
///
/// The first error that `take` returns; it ends the run.
pub fn run(
    study: &Study,
    mut all: TrialRecords,
    shard: Shard,
    cancel: &Cancel,
    mut take: impl FnMut(Batch<'_>) -> Result<()>,
) -> Result<Option<TrialRecords>> {
    let mut clock = Clock::new(study, all.todo(study, shard));
    let wanted = unit::of_shard(study, shard).count();
    let mut done = wanted - clock.to_come();
    let mut units = unit::in_order(study, shard);
    let mut size = rayon::current_num_threads();
    loop {
        let lacking = units.by_ref().filter(|unit| !all.holds(*unit));
        let batch: Vec<Unit> = lacking.take(size).collect();
        if batch.is_empty() {
            return Ok(Some(all));
        }
        let began = Instant::now();
        let Some(timed) = evaluate(study, &batch, cancel) else { return Ok(None) };
        clock.note(&batch, &timed);
        let records: Vec<TrialRecord> = timed.into_iter().map(|(record, _)| record).collect();
        for (unit, record) in batch.iter().zip(&records) {
            all.put(*unit, record);
        }
        done += batch.len();
        let progress =
            Progress { done, wanted, elapsed: clock.began.elapsed(), left: clock.left() };
        take(Batch { units: &batch, records: &records, all: &all, progress })?;
        size = sized(batch.len(), began.elapsed());
    }
}

/// Runs a whole study, with what theory predicts of it.
///
/// # Errors
///
/// [`Error::Interrupted`] if cancelled; as [`Study::check`].
pub fn whole(
    draft: StudyDraft,
    cancel: &Cancel,
    watch: impl Fn(&Progress),
) -> Result<StudyResults> {
    let mut results = StudyResults::lean(Study::check(draft)?)?;
    let records = results.records.clone();
    let ran = run(&results.study, records, Shard::WHOLE, cancel, |batch| {
        watch(&batch.progress);
        Ok(())
    });
    results.records = ran?.ok_or(Error::Interrupted)?;
    results.theory = engine::predictions(&results.study, cancel).unwrap_or_default().into();
    Ok(results)
}

fn evaluate(
    study: &Study,
    units: &[Unit],
    cancel: &Cancel,
) -> Option<Vec<(TrialRecord, Duration)>> {
    units
        .par_iter()
        .with_max_len(1)
        .map(|unit| {
            let began = Instant::now();
            (!cancel.is_cancelled()).then(|| (engine::record(study, *unit), began.elapsed()))
        })
        .collect()
}

/// The size of the next batch: at most four times the last, and at least one unit per core.
fn sized(last: usize, took: Duration) -> usize {
    let factor = (BATCH.as_secs_f64() / took.as_secs_f64().max(1e-6)).min(4.0);
    ((last as f64 * factor) as usize).max(rayon::current_num_threads())
}

/// Durations of the units of every cell.
struct Clock {
    began: Instant,
    /// For every cell: time spent, units done, units left.
    cells: Vec<(Duration, u32, u32)>,
}

impl Clock {
    fn new(study: &Study, units: impl Iterator<Item = Unit>) -> Self {
        let mut cells = vec![(Duration::ZERO, 0, 0); study.cells().len()];
        units.for_each(|unit| cells[unit.cell].2 += 1);
        Self { began: Instant::now(), cells }
    }

    /// The number of units left.
    fn to_come(&self) -> usize {
        self.cells.iter().map(|(.., to_come)| *to_come as usize).sum()
    }

    fn note(&mut self, units: &[Unit], timed: &[(TrialRecord, Duration)]) {
        for (unit, (_, took)) in units.iter().zip(timed) {
            let (spent, done, to_come) = &mut self.cells[unit.cell];
            *spent += *took;
            *done += 1;
            *to_come -= 1;
        }
    }

    /// Estimates the time left. Every unit is assumed to take as long as those of its cell, or of
    /// the nearest earlier cell that has been run, with the same parallel speed-up as so far.
    fn left(&self) -> Option<Duration> {
        let elapsed = self.began.elapsed();
        let busy: f64 = self.cells.iter().map(|(spent, ..)| spent.as_secs_f64()).sum();
        if elapsed < FIRST_GUESS || busy <= 0.0 {
            return None;
        }
        let tried: u32 = self.cells.iter().map(|(_, done, _)| done).sum();
        let mut mean = busy / f64::from(tried);
        let mut work = 0.0;
        for (spent, done, to_come) in &self.cells {
            if *done > 0 {
                mean = spent.as_secs_f64() / f64::from(*done);
            }
            work += f64::from(*to_come) * mean;
        }
        Duration::try_from_secs_f64(work * elapsed.as_secs_f64() / busy).ok()
    }
}
