//! Differences of the gains of two studies: paired if the draws are the same, else wider.

use rand_distr::{Distribution, StandardNormal};
use taskscope::cancel::Cancel;
use taskscope::math::seed::Seed;
use taskscope::math::stats;
use taskscope::runner;
use taskscope::scenario::Preset;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::{Shard, Study, StudyDraft, StudyResults, difference};

/// A completed sweep of three angles.
fn sweep(noise: f64, seed: f64, trials: f64, range: &str) -> StudyResults {
    let mut scenario = Preset::find("two-tasks").unwrap().scenario().unwrap().draft().clone();
    (scenario.seed, scenario.trials, scenario.data.dimension) = (seed, trials, 6.0);
    scenario.tasks[0].noise = noise;
    let entry = NamedScenario { name: "two-tasks".into(), scenario };
    let question = Question::Sweep { x: vec![range.into()], y: None };
    let study = Study::check(StudyDraft::new(question, vec![entry])).unwrap();
    let mut results = StudyResults::new(study);
    let records = results.records.clone();
    let ran = runner::run(&results.study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    results.records = ran.unwrap().unwrap();
    results
}

const RANGE: &str = "source.angle=0:60:3";

#[test]
fn a_study_does_not_differ_from_itself() {
    let one = sweep(0.5, 1.0, 20.0, RANGE);
    let found = difference::between(&one, &one.clone());
    assert_eq!(found.len(), 3);
    for point in found {
        let zero = point.difference;
        assert!(point.paired && (zero.mean, zero.low, zero.high) == (0.0, 0.0, 0.0));
        assert_eq!((point.gains[0], point.trials), (point.gains[1], [20, 20]));
    }
}

#[test]
fn the_difference_is_that_of_the_gains_which_the_studies_show() {
    let (one, other) = (sweep(0.5, 1.0, 20.0, RANGE), sweep(0.7, 1.0, 20.0, RANGE));
    for point in difference::between(&one, &other) {
        let shown = |results: &StudyResults, side: usize| {
            results.outcome(point.cells[side], 0).unwrap().gain.unwrap()
        };
        let (a, b) = (shown(&one, 0), shown(&other, 1));
        assert_eq!((point.gains[0], point.gains[1]), (a, b));
        assert_eq!(point.difference.mean, a.mean - b.mean);
    }
}

#[test]
fn trials_with_the_same_draws_are_paired_and_others_are_not() {
    let one = sweep(0.5, 1.0, 40.0, RANGE);
    let same = difference::between(&one, &sweep(0.6, 1.0, 40.0, RANGE));
    let apart = difference::between(&one, &sweep(0.6, 2.0, 40.0, RANGE));
    for (same, apart) in same.iter().zip(&apart) {
        assert!(same.paired && !apart.paired);
        assert!(same.difference.half_width() < apart.difference.half_width());
        let [a, b] = apart.gains.map(|gain| gain.half_width());
        let sum = a.hypot(b);
        assert!((apart.difference.half_width() / sum - 1.0).abs() < 0.05);
    }
}

#[test]
fn a_study_with_fewer_trials_is_paired_as_far_as_they_go() {
    let one = sweep(0.5, 1.0, 40.0, RANGE);
    let half = difference::between(&one, &sweep(0.6, 1.0, 20.0, RANGE));
    let apart = difference::between(&one, &sweep(0.6, 2.0, 20.0, RANGE));
    for (half, apart) in half.iter().zip(&apart) {
        assert!(half.paired && half.trials == [40, 20]);
        assert!(half.difference.half_width() < apart.difference.half_width());
    }
}

#[test]
fn only_values_of_the_same_knob_that_both_have_are_compared() {
    let one = sweep(0.5, 1.0, 4.0, RANGE);
    let count = |range| difference::between(&one, &sweep(0.5, 1.0, 4.0, range)).len();
    assert_eq!(count("source.angle=30,45,60"), 2);
    assert_eq!(count("source.angle=10,20"), 0);
    assert_eq!(count("target.noise=0.5,0.7"), 0);
}

/// About 95 % of many intervals for the difference of two gains contain the known truth, with all,
/// some or none of the trials in common.
#[test]
fn intervals_of_differences_hold_the_truth_as_often_as_they_say() {
    let normal = |rng: &mut _| -> f64 { StandardNormal.sample(rng) };
    for common in [0, 15, 30] {
        let rounds = 1500;
        let held = (0..rounds)
            .filter(|&round| {
                let mut rng = Seed::new(7).child("round", round).child("common", common).rng();
                let shared: Vec<f64> = (0..30).map(|_| normal(&mut rng)).collect();
                let mut sample = |own: f64, mean: f64, from: usize| {
                    let pairs = (0..30).map(|i| {
                        let level = if i < from { shared[i] } else { normal(&mut rng) };
                        let alone = 1.0 + 0.2 * level;
                        (mean * (1.0 + 0.3 * level + own * normal(&mut rng)), alone)
                    });
                    let (together, alone): (Vec<f64>, Vec<f64>) = pairs.unzip();
                    stats::ratio(&together, &alone).unwrap()
                };
                let (one, other) = (sample(0.2, 0.8, 30), sample(0.2, 0.5, common as usize));
                let trials: Vec<usize> = (0..30).collect();
                let others: Vec<usize> =
                    (0..30).map(|i| if i < common as usize { i } else { 100 + i }).collect();
                let found = stats::difference((&one, &trials), (&other, &others));
                (found.low..=found.high).contains(&(0.5 - 0.8))
            })
            .count();
        let share = held as f64 / rounds as f64;
        assert!((0.93..0.97).contains(&share), "{common} common trials: {share}");
    }
}
