//! Work and memory are proportional to the trials of a study, counted in allocated bytes.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

use crate::support::common::{preset, with_trials};
use mimalloc::MiMalloc;
use taskscope::cancel::Cancel;
use taskscope::runner;
use taskscope::scenario::Scenario;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::measure::measure;
use taskscope::study::records::TrialRecords;
use taskscope::study::{Shard, Study, StudyDraft, Unit, engine, unit};

/// Counts the allocations of this thread.
struct Counting;

thread_local! {
    pub(super) static ASKED: Cell<usize> = const { Cell::new(0) };
    static LIVE: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: usize, sign: isize) {
    let _ = LIVE.try_with(|live| live.set(live.get() + sign * bytes as isize));
    if sign > 0 {
        let _ = ASKED.try_with(|asked| asked.set(asked.get() + bytes));
    }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(layout.size(), -1);
        unsafe { MiMalloc.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn study(trials: usize) -> Study {
    let mut scenario = preset("two-tasks").draft().clone();
    (scenario.trials, scenario.data.dimension) = (trials as f64, 3.0);
    // What other trials drew is kept; these are drawn anew.
    scenario.seed = trials as f64;
    let question = Question::Sweep { x: vec!["source.angle=45".into()], y: None };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    Study::check(StudyDraft::new(question, entries)).unwrap()
}

/// Bytes allocated on this thread while `work` runs.
fn asked(work: impl FnOnce() + Send) -> usize {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
    let before = ASKED.get();
    pool.install(work);
    ASKED.get() - before
}

#[test]
fn four_times_the_trials_ask_for_four_times_the_bytes() {
    let bytes = [200, 800, 3200].map(|trials| {
        let study = study(trials);
        let work = || {
            let records = TrialRecords::lean(&study).unwrap();
            let take = |_: runner::Batch<'_>| Ok(());
            runner::run(&study, records, Shard::WHOLE, &Cancel::new(), take).unwrap().unwrap();
        };
        // A pool that uses this thread can be created only once.
        std::thread::scope(|scope| scope.spawn(|| asked(work)).join().unwrap())
    });
    for pair in bytes.windows(2) {
        let factor = pair[1] as f64 / pair[0] as f64;
        assert!((3.5..4.3).contains(&factor), "{bytes:?}");
    }
}

#[test]
fn a_measurement_asks_for_four_times_the_bytes_too() {
    let bytes = [200, 800, 3200].map(|trials| {
        let mut draft = with_trials(&preset("two-tasks"), trials).draft().clone();
        // What other trials drew is kept; these are drawn anew.
        draft.seed = trials as f64;
        let scenario = Scenario::check(draft).unwrap();
        let work = || drop(measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| {}));
        std::thread::scope(|scope| scope.spawn(|| asked(work)).join().unwrap())
    });
    for pair in bytes.windows(2) {
        let factor = pair[1] as f64 / pair[0] as f64;
        assert!((3.5..4.3).contains(&factor), "{bytes:?}");
    }
}

#[test]
fn sums_take_a_bit_for_every_trial_and_no_more() {
    let live = [1_000, 100_000].map(|trials| {
        let study = study(trials);
        let three = [0, 1, 2].map(|trial| engine::record(&study, Unit { cell: 0, trial }));
        let before = LIVE.get();
        let mut records = TrialRecords::lean(&study).unwrap();
        for unit in unit::in_order(&study, Shard::WHOLE) {
            records.put(unit, &three[unit.trial % 3]);
        }
        assert_eq!(records.done(), trials);
        LIVE.get() - before
    });
    let more = live[1] - live[0];
    assert!(more < 99_000 / 8 + 4_096, "{live:?}");
}
