//! Equal scenarios give equal bits, for any number of cores, order and number of trials.

use crate::support::common::{preset, set, with_trials};
use taskscope::cancel::Cancel;
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Handle, Scenario};
use taskscope::study::TrialRecord;
use taskscope::study::curve::{self, Curve};
use taskscope::study::measure::{measure, records};
use taskscope::study::measurement::Measurement;
use taskscope::study::prediction::predict;
use taskscope::study::trial::Trial;

const THREADS: [usize; 2] = [1, 3];

/// The result of `work` for each number of threads.
fn with_threads<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    THREADS.map(|threads| pool(threads).install(&work)).into()
}

fn small(name: &str) -> Scenario {
    with_trials(&preset(name), 21)
}

fn measured(scenario: &Scenario) -> Measurement {
    measure(scenario, &scenario.beside_baseline(), &Cancel::new(), |_| {}).unwrap()
}

#[test]
fn the_number_of_threads_changes_no_bit_of_a_measurement() {
    for name in ["two-tasks", "turning-data", "fig3-task4"] {
        let scenario = small(name);
        let all = with_threads(|| measured(&scenario));
        assert!(all.iter().all(|measurement| *measurement == all[0]), "{name}");
    }
}

#[test]
fn the_number_of_threads_changes_no_bit_of_any_approach_to_any_preset() {
    for preset in PRESETS {
        let scenario = with_trials(&preset.scenario().unwrap(), 2);
        let approaches = scenario.approaches();
        let all = with_threads(|| records(&scenario, &approaches, 0..2, &Cancel::new()).unwrap());
        assert!(all.iter().all(|records| *records == all[0]), "{}", preset.name);
    }
}

#[test]
fn the_number_of_threads_changes_no_bit_of_any_trial() {
    for draw in [0.0, 1.0] {
        let scenario = set(&small("turning-data"), "data.draw", draw);
        let all = with_threads(|| {
            records(&scenario, &scenario.beside_baseline(), 0..21, &Cancel::new()).unwrap()
        });
        assert!(all.iter().all(|risks| *risks == all[0]));
    }
}

#[test]
fn the_number_of_threads_changes_no_bit_of_a_prediction_or_a_curve() {
    let scenario = with_trials(&preset("two-tasks"), 6);
    let all = with_threads(|| predict(&scenario, 20).unwrap());
    assert!(all.iter().all(|prediction| *prediction == all[0]));
    let handle = Handle::find(scenario.draft(), "source.angle").unwrap();
    let trace = || curve::trace(&scenario, handle, &Cancel::new(), |_| {}).unwrap();
    let all: Vec<Curve> = with_threads(trace);
    assert!(all[0].complete && !all[0].theory.is_empty() && !all[0].measured.is_empty());
    assert!(all.iter().all(|curve| *curve == all[0]));
}

#[test]
fn a_trial_does_not_depend_on_the_others() {
    for name in ["two-tasks", "fig3-task3"] {
        let scenario = small(name);
        let together =
            records(&scenario, &scenario.beside_baseline(), 0..12, &Cancel::new()).unwrap();
        for trial in [11, 0, 5] {
            assert_eq!(TrialRecord::from(Trial::own(&scenario, trial)), together[trial]);
        }
        assert_eq!(
            records(&scenario, &scenario.beside_baseline(), 7..9, &Cancel::new()).unwrap(),
            together[7..9]
        );
    }
}

#[test]
fn more_trials_repeat_the_first_ones() {
    let scenario = preset("two-tasks");
    let [few, many] = [10, 30].map(|trials| with_trials(&scenario, trials));
    let first = records(&few, &few.beside_baseline(), 0..10, &Cancel::new()).unwrap();
    assert_eq!(
        records(&many, &many.beside_baseline(), 0..30, &Cancel::new()).unwrap()[..10],
        first
    );
}

#[test]
fn trials_differ_from_one_another_and_from_seed_to_seed() {
    let scenario = small("two-tasks");
    let mut draft = scenario.draft().clone();
    draft.seed += 1.0;
    let reseeded = Scenario::check(draft).unwrap();
    let run = |scenario: &Scenario, trial| TrialRecord::from(Trial::own(scenario, trial));
    assert_ne!(run(&scenario, 0), run(&scenario, 1));
    assert_ne!(run(&scenario, 0), run(&reseeded, 0));
}

#[test]
fn redrawing_only_data_keeps_the_population_and_changes_the_data() {
    let scenario = set(&small("turning-data"), "data.redraw", 1.0);
    assert_eq!(scenario.populations(), 1);
    let [first, second] = [0, 1].map(|trial| Trial::own(&scenario, trial));
    for i in 0..2 {
        let [a, b] = [&first, &second].map(|trial| &trial.population.tasks[i]);
        assert_eq!((&a.theta, &a.factor), (&b.theta, &b.factor));
        assert_ne!(first.training.data[i], second.training.data[i]);
    }
}

#[test]
fn the_tasks_of_a_trial_have_data_of_their_own() {
    let scenario = set(&set(&preset("two-tasks"), "source.angle", 0.0), "source.samples", 40.0);
    let trial = Trial::own(&scenario, 0);
    assert_ne!(trial.training.data[0].moments.h, trial.training.data[1].moments.h);
}

#[test]
fn what_is_published_grows_to_what_is_returned() {
    let scenario = small("two-tasks");
    let mut published = Vec::new();
    let last = measure(&scenario, &scenario.beside_baseline(), &Cancel::new(), |so_far| {
        published.push(so_far.clone())
    })
    .unwrap();
    assert!(last.is_complete());
    assert_eq!(published.last(), Some(&last));
    assert!(published.windows(2).all(|pair| pair[0].trials < pair[1].trials));
    assert!(published.iter().all(|so_far| so_far.wanted == 21));
    assert!(!published[0].is_complete());
}

#[test]
fn a_cancelled_measurement_returns_none_and_publishes_nothing() {
    let cancel = Cancel::new();
    cancel.cancel();
    let publish = |_: &Measurement| panic!("published after being cancelled");
    assert_eq!(
        measure(&small("two-tasks"), &small("two-tasks").beside_baseline(), &cancel, publish),
        None
    );
}

#[test]
fn a_measurement_cancelled_on_the_way_returns_none() {
    let cancel = Cancel::new();
    let mut published = 0;
    let measured = measure(
        &small("two-tasks"),
        &small("two-tasks").beside_baseline(),
        &cancel.clone(),
        |_| {
            published += 1;
            cancel.cancel();
        },
    );
    assert_eq!((measured, published), (None, 1));
}

#[test]
fn a_cancelled_curve_returns_none() {
    let scenario = small("two-tasks");
    let cancel = Cancel::new();
    let stop = |_: &Curve| cancel.cancel();
    assert_eq!(curve::trace(&scenario, scenario.focus(), &cancel.clone(), stop), None);
}
