//! Small changes that turn a verdict: they turn it, and a smaller turn of a knob does not.

use std::sync::Mutex;

use crate::support::common::{preset, set, with_trials};
use rand::RngExt;
use taskscope::cancel::Cancel;
use taskscope::flip::{Flip, FlipOptions, Instead, Ladder, VerdictChange, flip};
use taskscope::math::seed::Seed;
use taskscope::method::Method;
use taskscope::scenario::Scenario;
use taskscope::study::measure::measure;
use taskscope::study::prediction::{POPULATIONS, predict};
use taskscope::transfer::Verdict;

fn found(scenario: &Scenario, goal: Option<Verdict>) -> Flip {
    let options = FlipOptions { goal, changes_only: true };
    flip(scenario, options, &Cancel::new(), &|_| ()).unwrap().unwrap()
}

/// A pair of tasks with knobs at random.
fn at_random(number: u64) -> Scenario {
    let mut rng = Seed::new(number).rng();
    let mut between = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
    let knobs = [
        ("source.angle", between(0.0, 180.0).round()),
        ("source.samples", 10f64.powf(between(1.5, 3.0)).round()),
        ("target.samples", 10f64.powf(between(1.6, 3.0)).round()),
        ("target.noise", 10f64.powf(between(-1.0, 0.5))),
        ("source.condition", 10f64.powf(between(0.0, 1.5))),
    ];
    let start = with_trials(&preset("two-tasks"), 100);
    knobs.iter().fold(start, |scenario, (knob, value)| set(&scenario, knob, *value))
}

/// The verdict on trials of another seed.
fn verdict(scenario: &Scenario) -> Verdict {
    let mut draft = scenario.draft().clone();
    draft.seed = 4242.0;
    let anew = Scenario::check(draft).unwrap();
    let measured = measure(&anew, &[anew.approach()], &Cancel::new(), |_| ()).unwrap();
    measured.own().targets.verdict
}

#[test]
fn at_least_nine_in_ten_changes_of_random_scenarios_turn_the_verdict_of_other_trials() {
    let (mut named, mut turned) = (0, 0);
    for number in 0..3 {
        let scenario = at_random(number);
        let found = found(&scenario, None);
        let order = |change: &VerdictChange| (change.makes_harder(), change.distance());
        let order: Vec<(bool, f64)> = found.changes.iter().map(order).collect();
        assert!(order.is_sorted(), "{order:?}");
        for change in &found.changes {
            named += 1;
            assert_eq!(change.measured.own().targets.verdict, found.goal);
            assert_eq!(change.predicted, predict(&change.scenario, POPULATIONS).ok());
            let agrees = change
                .predicted
                .filter(|_| found.predicted.is_ok())
                .is_none_or(|predicted| (predicted.gain > 0.0) == (found.goal == Verdict::Helps));
            assert!(agrees, "{number}");
            turned += usize::from(verdict(&change.scenario) == found.goal);
        }
    }
    assert!(named >= 10, "{named}");
    assert!(10 * turned >= 9 * named, "{turned} of {named} turned");
}

#[test]
fn two_notches_less_on_the_slider_do_not_turn_the_verdict_by_the_margin() {
    let scenario = preset("two-tasks");
    let found = found(&scenario, None);
    assert_eq!(found.goal, Verdict::Hurts);
    let mut seen = 0;
    for change in found.changes.iter().filter(|change| change.turns.len() == 1) {
        let turn = change.turns[0];
        let ladder = Ladder::of(turn.handle, scenario.draft()).unwrap();
        assert_eq!(ladder.turn(turn.notches), Some(turn));
        let Some(less) = ladder.turn(turn.notches - 2 * turn.notches.signum()) else { continue };
        let nearer = scenario.with(turn.handle, less.to).unwrap();
        let measured = measure(&nearer, &[nearer.approach()], &Cancel::new(), |_| ()).unwrap();
        let gain = measured.own().targets.gain.unwrap();
        assert!(gain.mean > -1.65 * gain.half_width(), "{}: {gain:?}", turn.handle.knob.name);
        seen += 1;
    }
    assert!(seen >= 3);
}

#[test]
fn changes_that_only_make_the_target_harder_come_last() {
    let scenario = with_trials(&set(&preset("two-tasks"), "source.angle", 45.0), 40);
    let found = found(&scenario, Some(Verdict::Helps));
    let change = |knob: &str| {
        let path = |change: &&VerdictChange| change.turns[0].handle.path(scenario.draft()) == knob;
        found.changes.iter().filter(|change| change.turns.len() == 1).find(path).unwrap()
    };
    let (turned, noisier) = (change("source.angle"), change("target.noise"));
    assert!((turned.alone - 1.0).abs() < 1e-9 && !turned.makes_harder());
    let times = (noisier.turns[0].to / noisier.turns[0].from).powi(2);
    assert!((noisier.alone / times - 1.0).abs() < 1e-6 && noisier.makes_harder());
    let harder = found.changes.iter().map(VerdictChange::makes_harder);
    assert!(harder.is_sorted());
}

#[test]
fn a_verdict_that_is_as_wanted_needs_no_change() {
    let scenario = with_trials(&preset("two-tasks"), 40);
    assert!(found(&scenario, Some(Verdict::Helps)).changes.is_empty());
    assert!(!found(&scenario, Some(Verdict::Hurts)).changes.is_empty());
    let stopped = Cancel::new();
    stopped.cancel();
    assert!(flip(&scenario, FlipOptions::default(), &stopped, &|_| ()).unwrap().is_none());
}

#[test]
fn where_theory_has_no_prediction_trials_search_and_other_trials_agree() {
    let width_one = with_trials(&set(&preset("capacity"), "model.width", 1.0), 20);
    let mut tuned = with_trials(&preset("two-tasks"), 60).draft().clone();
    tuned.model.method = Method::FineTune;
    let tuned = Scenario::check(tuned).unwrap();
    for (scenario, knob) in [(width_one, "model.width"), (tuned, "target.samples")] {
        let found = found(&scenario, None);
        assert!(found.predicted.is_err(), "{knob}");
        let paths =
            found.changes.iter().map(|change| change.turns[0].handle.path(scenario.draft()));
        assert!(paths.collect::<Vec<_>>().contains(&knob.to_owned()), "{knob}");
        let turned = found.changes.iter().filter(|c| verdict(&c.scenario) == found.goal).count();
        assert!(10 * turned >= 8 * found.changes.len(), "{knob}: {turned}");
    }
    let wide = found(&with_trials(&preset("capacity"), 20), None);
    assert!(wide.predicted.is_ok());
    let narrow = wide.changes.iter().find(|change| change.turns[0].handle.knob.name == "width");
    assert!(narrow.is_some_and(|change| change.predicted.is_none() && change.turns[0].to == 1.0));
}

#[test]
fn one_task_alone_has_nothing_to_turn() {
    let mut draft = preset("two-tasks").draft().clone();
    draft.tasks.truncate(1);
    draft.focus = None;
    let alone = Scenario::check(draft).unwrap();
    let asked = flip(&alone, FlipOptions::default(), &Cancel::new(), &|_| ());
    assert_eq!(asked, Err("a scenario with two tasks or more"));
}

#[test]
fn knobs_stay_on_their_tracks_and_paths_end() {
    let scenario = preset("two-tasks");
    for handle in taskscope::scenario::Handle::all(scenario.draft()) {
        let (low, high) = handle.knob.track;
        let ladder = taskscope::flip::Ladder::of(handle, scenario.draft()).unwrap();
        assert_eq!(ladder.turn(0), None);
        for by in [1, -1] {
            let turns: Vec<_> = (1..2000).map_while(|n| ladder.turn(by * n)).collect();
            assert!(turns.len() < 1999, "{}", handle.path(scenario.draft()));
            for turn in turns {
                assert!((low.min(turn.from)..=high.max(turn.from)).contains(&turn.to));
                assert_eq!(turn.to > turn.from, by > 0);
            }
        }
    }
}

#[test]
fn where_training_together_hurts_the_alternatives_leave_the_data_as_they_are() {
    let hurts = with_trials(&set(&preset("three-tasks"), "target.noise", 0.25), 20);
    let all = |goal| {
        let options = FlipOptions { goal, ..FlipOptions::default() };
        flip(&hurts, options, &Cancel::new(), &|_| ()).unwrap().unwrap()
    };
    let found = all(None);
    assert_eq!(found.goal, Verdict::Helps);
    let what: Vec<&Instead> = found.alternatives.iter().map(|one| &one.instead).collect();
    for expected in [
        Instead::Alone,
        Instead::Without("good".into()),
        Instead::Without("bad".into()),
        Instead::Model { knob: "weights", value: "svd".into() },
        Instead::Model { knob: "method", value: "merge".into() },
        Instead::Model { knob: "width", value: "2".into() },
    ] {
        assert!(what.contains(&&expected), "{what:?}");
    }
    let gains: Vec<f64> = found.alternatives.iter().map(|one| one.gain().unwrap()).collect();
    assert!(gains.is_sorted_by(|one, other| one >= other), "{gains:?}");
    for one in &found.alternatives {
        let mut draft = one.scenario.draft().clone();
        draft.seed -= 1.0;
        let anew = Scenario::check(draft).unwrap();
        let own = measure(&anew, &[anew.approach()], &Cancel::new(), |_| ()).unwrap();
        let own = own.own().targets;
        assert_eq!(one.outcome.single, own.single, "{:?}", one.instead);
        if one.instead != Instead::Alone {
            assert_eq!(one.outcome, own, "{:?}", one.instead);
        }
        assert_eq!(one.scenario.draft().data, hurts.draft().data);
    }
    assert!(all(Some(Verdict::Hurts)).alternatives.is_empty());
}

#[test]
fn the_share_that_is_done_counts_what_takes_changes_back() {
    let told = Mutex::new(Vec::new());
    let scenario = with_trials(&preset("two-tasks"), 40);
    let report = |share: f64| told.lock().unwrap().push(share);
    flip(&scenario, FlipOptions::default(), &Cancel::new(), &report).unwrap().unwrap();
    let told = told.into_inner().unwrap();
    let late = told.iter().filter(|share| **share > 0.98).count();
    assert!(10 * late < told.len(), "{late} of {}", told.len());
    let alone: Vec<f64> = told.into_iter().filter(|share| *share < 0.7).collect();
    let stuck = alone.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert!(10 * stuck < 3 * alone.len(), "{stuck} of {}", alone.len());
}
