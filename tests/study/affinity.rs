//! Affinity of tasks: gains of pairs, cheap proxies, their agreement, and suggested plans.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::common::{preset, set, with_trials};
use nalgebra::DMatrix;
use rand::RngExt;
use rayon::prelude::*;
use taskscope::cancel::Cancel;
use taskscope::figure;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::runner;
use taskscope::scenario::Scenario;
use taskscope::scenario::draft::TaskRole;
use taskscope::scenario::knob::assign;
use taskscope::study::agreement::{ProxyAgreement, agreements};
use taskscope::study::draft::{NamedScenario, StudyDraft};
use taskscope::study::grouping::{best, plans};
use taskscope::study::probe::{self, PROXIES, Probes};
use taskscope::study::unit::Unit;
use taskscope::study::{Shard, Study, StudyResults, Training, Trial, groups};
use taskscope::transfer::similarity::{KEPT_SHARE, PrincipalSpread};
use taskscope::transfer::{Outcome, Risks, Verdict};

fn probes(scenario: &Scenario, trial: usize) -> Probes {
    let training = Training::new(scenario, &scenario.population(trial), trial);
    Probes::of(scenario, &training, probe::STEPS)
}

fn matrix<'a>(probes: &'a Probes, id: &str) -> &'a DMatrix<f64> {
    &probes.matrices[PROXIES.iter().position(|proxy| proxy.id == id).unwrap()]
}

/// The bits of all values, including NaN.
fn bits(probes: &Probes) -> Vec<u64> {
    probes.matrices.iter().flatten().map(|value| value.to_bits()).collect()
}

#[test]
fn every_proxy_speaks_of_every_ordered_pair_and_of_no_task_with_itself() {
    for name in ["six-tasks", "same-data", "capacity", "relu-same", "signs", "alignment"] {
        let scenario = preset(name);
        let tasks = scenario.tasks().len();
        let probes = probes(&scenario, 0);
        assert_eq!(probes.matrices.len(), PROXIES.len());
        for (proxy, matrix) in PROXIES.iter().zip(&probes.matrices) {
            assert_eq!(matrix.shape(), (tasks, tasks));
            for (a, b) in (0..tasks).flat_map(|a| (0..tasks).map(move |b| (a, b))) {
                let value = matrix[(a, b)];
                assert_eq!(value.is_nan(), a == b, "{name} {} {a} {b}: {value}", proxy.id);
                let bounded = proxy.id == "look-ahead" || value.abs() <= 1.0 + 1e-9;
                assert!(a == b || bounded, "{name} {} {value}", proxy.id);
            }
        }
    }
}

#[test]
fn a_proxy_that_is_said_to_be_symmetric_is_and_the_others_are_not() {
    let probes = probes(&preset("six-tasks"), 3);
    for (proxy, matrix) in PROXIES.iter().zip(&probes.matrices) {
        let pairs = (1..6).flat_map(|a| (0..a).map(move |b| (a, b)));
        let gap = pairs.map(|(a, b)| (matrix[(a, b)] - matrix[(b, a)]).abs()).fold(0.0, f64::max);
        assert_eq!(gap < 1e-12, proxy.symmetric, "{}: {gap}", proxy.id);
    }
}

#[test]
fn equal_trials_are_probed_alike_and_others_are_not() {
    let scenario = preset("same-data");
    assert_eq!(bits(&probes(&scenario, 2)), bits(&probes(&scenario, 2)));
    assert_ne!(bits(&probes(&scenario, 2)), bits(&probes(&scenario, 3)));
}

#[test]
fn covariance_similarity_of_real_tasks_is_that_of_their_rows_whatever_their_penalties() {
    let scenario = preset("ratings");
    let training = Training::new(&scenario, &scenario.population(0), 0);
    assert!(training.penalties.iter().all(|penalty| *penalty > 0.0));
    let spread = |i: usize| {
        let x = &scenario.training_rows(0)[i].x;
        PrincipalSpread::of(&(x.transpose() * x), KEPT_SHARE).unwrap()
    };
    let found = probes(&scenario, 0);
    for (a, b) in [(0, 1), (2, 3)] {
        let gap = matrix(&found, "covariance")[(a, b)] - spread(a).similarity(&spread(b)).score;
        assert!(gap.abs() < 1e-9, "{a} {b} {gap}");
    }
}

#[test]
fn proxies_have_ids_of_their_own_and_are_found_by_them() {
    let ids: BTreeSet<&str> = PROXIES.iter().map(|proxy| proxy.id).collect();
    assert_eq!(ids.len(), PROXIES.len());
    for proxy in PROXIES {
        assert_eq!(probe::find(proxy.id).unwrap().name, proxy.name);
        assert!(!proxy.help.is_empty() && !proxy.source.is_empty() && !proxy.symbol.is_empty());
    }
    assert!(probe::find("astrology").is_none());
}

/// Two tasks on the same rows without noise, their θs at an angle.
fn twins(angle: f64) -> Scenario {
    let mut draft = preset("two-tasks").draft().clone();
    for knob in ["source.samples=40", "data.rows=shared", "source.noise=0", "target.noise=0"] {
        assign(&mut draft, knob).unwrap();
    }
    assign(&mut draft, &format!("source.angle={angle}")).unwrap();
    Scenario::check(draft).unwrap()
}

#[test]
fn identical_and_opposed_tasks_have_models_data_and_leading_directions_alike() {
    for angle in [0.0, 180.0] {
        let probes = probes(&twins(angle), 1);
        for id in ["cosine", "covariance-normalised", "svd"] {
            assert!((matrix(&probes, id)[(0, 1)] - 1.0).abs() < 1e-9, "{id} at {angle}°");
        }
        assert!(matrix(&probes, "look-ahead")[(0, 1)] > 0.0, "{angle}°");
    }
}

#[test]
fn the_model_cosine_of_tasks_without_noise_is_that_of_their_angle() {
    let probes = probes(&twins(60.0), 0);
    assert!((matrix(&probes, "cosine")[(0, 1)] - 0.5).abs() < 1e-9);
}

#[test]
fn the_loud_task_holds_the_leading_direction_of_a_pair() {
    let probes = probes(&set(&preset("two-tasks"), "source.angle", 80.0), 0);
    let svd = matrix(&probes, "svd");
    assert!(svd[(1, 0)] > 0.95 && svd[(0, 1)] < 0.8, "{svd}");
}

#[test]
fn weights_steer_the_descent_that_is_probed_and_nothing_else() {
    let mut draft = preset("six-tasks").draft().clone();
    assign(&mut draft, "model.weights=manual").unwrap();
    assign(&mut draft, "price.weight=5").unwrap();
    let weighted = probes(&Scenario::check(draft).unwrap(), 0);
    let plain = probes(&preset("six-tasks"), 0);
    for (i, proxy) in PROXIES.iter().enumerate() {
        let same = weighted.matrices[i][(0, 5)] == plain.matrices[i][(0, 5)];
        assert_eq!(same, !["gradient", "look-ahead"].contains(&proxy.id), "{}", proxy.id);
    }
}

/// The risks of every ordered pair of tasks of a scenario, each pair trained separately.
fn pairs(scenario: &Scenario) -> BTreeMap<(usize, usize), Vec<Risks>> {
    let count = scenario.groups().len();
    let mut found = BTreeMap::new();
    for (a, b) in (1..count).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let pair = scenario.training_only(&[a, b]).unwrap();
        let trials: Vec<Trial> =
            (0..scenario.trials()).into_par_iter().map(|trial| Trial::own(&pair, trial)).collect();
        for (place, key) in [(0, (a, b)), (1, (b, a))] {
            let risks = |trial: &Trial| Risks {
                single: trial.alone[place].risk,
                multi: trial.fits[0].errors[place].risk,
            };
            found.insert(key, trials.iter().map(risks).collect());
        }
    }
    found
}

fn verdicts(scenario: &Scenario, kinds: [usize; 6]) -> BTreeMap<(usize, usize), Vec<Risks>> {
    let gains = pairs(scenario);
    for (&(a, b), risks) in &gains {
        let expected = if kinds[a] == kinds[b] { Verdict::Helps } else { Verdict::Hurts };
        let outcome = Outcome::of(risks).unwrap();
        assert_eq!(outcome.verdict, expected, "{a} with {b}: {:?}", outcome.gain);
    }
    gains
}

/// The agreement of every proxy with measured gains, by its id.
fn agreement(
    scenario: &Scenario,
    gains: &BTreeMap<(usize, usize), Vec<Risks>>,
) -> BTreeMap<&'static str, ProxyAgreement> {
    let probes: Vec<Probes> =
        (0..scenario.trials()).into_par_iter().map(|trial| probes(scenario, trial)).collect();
    let of_pair = |proxy: usize, pair: &(usize, usize)| -> Vec<f64> {
        probes.iter().map(|probes| probes.matrices[proxy][*pair]).collect()
    };
    let proxies: Vec<Vec<Vec<f64>>> = (0..PROXIES.len())
        .map(|proxy| gains.keys().map(|pair| of_pair(proxy, pair)).collect())
        .collect();
    let gains: Vec<Vec<Risks>> = gains.values().cloned().collect();
    let found = agreements(6, &gains, &proxies);
    PROXIES.iter().zip(found).map(|(proxy, found)| (proxy.id, found.unwrap())).collect()
}

#[test]
fn six_tasks_help_within_a_kind_hurt_across_and_are_best_trained_by_kind() {
    let scenario = preset("six-tasks");
    let gains = verdicts(&scenario, [0, 0, 0, 1, 1, 2]);
    let agreement = agreement(&scenario, &gains);
    for id in ["cosine", "gradient", "look-ahead"] {
        assert!(agreement[id].agrees(), "{id}: {:?}", agreement[id]);
    }
    assert!(!agreement["covariance"].agrees() && !agreement["covariance"].misleads());
    let gain = |a: usize, b: usize| Outcome::of(&gains[&(a, b)]).unwrap().gain.unwrap().mean;
    let pair = |group: &[usize]| match *group {
        [a, b] => Some(vec![gain(a, b), gain(b, a)]),
        _ => None,
    };
    let suggestion = best(6, 3, pair, None).unwrap();
    assert_eq!(suggestion.plan, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    assert!(suggestion.predicted && suggestion.exhaustive && suggestion.value > 0.3);
    assert_eq!(suggestion.gains[5], 0.0);
}

#[test]
fn tasks_on_the_same_data_hurt_and_likeness_of_the_data_misleads() {
    let scenario = preset("same-data");
    let agreement = agreement(&scenario, &verdicts(&scenario, [0, 1, 0, 1, 0, 1]));
    for id in ["covariance", "covariance-normalised"] {
        assert!(agreement[id].misleads(), "{id}: {:?}", agreement[id]);
    }
    assert!(agreement["cosine"].agrees(), "{:?}", agreement["cosine"]);
}

/// Risks of `count` pairs in `trials` trials; the gain of pair p is about p/10, with noise.
fn risks(count: usize, trials: usize, noise: f64) -> Vec<Vec<Risks>> {
    let pair = |p: usize| -> Vec<Risks> {
        let mut rng = Seed::new(1).child("pair", p as u64).rng();
        let draws = linalg::normal_vector(trials, &mut rng);
        let multi = |z: &f64| 1.0 - 0.1 * p as f64 + noise * z;
        draws.iter().map(|z| Risks { single: 1.0, multi: multi(z) }).collect()
    };
    (0..count).map(pair).collect()
}

/// A proxy with the same score for a pair in every trial.
fn steady(trials: usize, says: impl Fn(usize) -> f64, count: usize) -> Vec<Vec<f64>> {
    (0..count).map(|pair| vec![says(pair); trials]).collect()
}

#[test]
fn a_proxy_in_the_order_of_the_gains_agrees_and_one_against_it_misleads() {
    let gains = risks(20, 40, 0.05);
    let proxies = [steady(40, |p| p as f64, 20), steady(40, |p| -(p as f64 / 9.0).exp(), 20)];
    let found = agreements(5, &gains, &proxies);
    let [with, against] = [found[0].unwrap(), found[1].unwrap()];
    assert_eq!((with.tau.mean, with.pairs, with.trials), (1.0, 20, 40));
    assert!(with.agrees() && !with.misleads());
    assert_eq!(with.chance, 2.0 / 120.0, "this order and the reverse");
    assert_eq!(against.tau.mean, -1.0);
    assert!(against.misleads() && !against.agrees());
    assert_eq!((against.tau.low, against.tau.high), (-with.tau.high, -with.tau.low));
}

#[test]
fn scores_that_differ_by_rounding_alone_have_no_order() {
    let gains = risks(20, 40, 0.05);
    let near = |size: f64| steady(40, move |p| 1.0 - size * p as f64, 20);
    let found = agreements(5, &gains, &[near(1e-8), near(1e-3)]);
    assert!(found[0].is_none() && found[1].is_some());
}

#[test]
fn so_few_tasks_that_chance_orders_their_pairs_are_no_evidence() {
    for (k, chance) in [(2, 1.0), (3, 2.0 / 6.0)] {
        let pairs = k * (k - 1);
        let proxy = [steady(40, |p| p as f64, pairs)];
        let found = agreements(k, &risks(pairs, 40, 0.001), &proxy)[0].unwrap();
        assert!(found.tau.mean == 1.0 && found.tau.is_positive());
        assert!((found.chance - chance).abs() < 1e-12, "{k}: {}", found.chance);
        assert!(!found.agrees() && !found.misleads());
    }
}

#[test]
fn random_proxies_agree_or_mislead_as_rarely_as_the_level_says() {
    let gains = risks(30, 20, 0.0);
    let proxy = |index: u64| -> Vec<Vec<f64>> {
        let mut rng = Seed::new(7).child("proxy", index).rng();
        (0..30).map(|_| vec![rng.random(); 20]).collect()
    };
    let proxies: Vec<Vec<Vec<f64>>> = (0..60).map(proxy).collect();
    let found = agreements(6, &gains, &proxies);
    let claims = found.iter().flatten().filter(|a| a.agrees() || a.misleads()).count();
    assert!(claims <= 8, "{claims} of 60");
}

#[test]
fn more_trials_narrow_the_interval_around_the_same_agreement() {
    let width = |trials: usize| {
        let proxy = [steady(trials, |p| p as f64, 12)];
        agreements(4, &risks(12, trials, 1.0), &proxy)[0].unwrap().tau.half_width()
    };
    assert!(width(400) < 0.6 * width(25), "{} {}", width(400), width(25));
}

#[test]
fn other_proxies_change_no_agreement() {
    let (gains, proxy) = (risks(12, 30, 0.5), steady(30, |p| (p * 5 % 12) as f64, 12));
    let here = agreements(4, &gains, std::slice::from_ref(&proxy))[0].unwrap();
    let beside = [steady(30, |p| -(p as f64), 12), proxy];
    assert_eq!(here, agreements(4, &gains, &beside)[1].unwrap());
}

#[test]
fn the_names_of_the_tasks_change_neither_agreement_nor_chance() {
    let gains = |a: usize, b: usize| (a as f64 * 1.3 - b as f64).sin();
    let says = |a: usize, b: usize| (a as f64 - 0.7 * b as f64).cos();
    let pairs = |order: [usize; 4], of: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
        let all = (0..4).flat_map(|a| (0..4).filter(move |b| *b != a).map(move |b| (a, b)));
        all.map(|(a, b)| of(order[a], order[b])).collect()
    };
    let found = |order: [usize; 4]| {
        let risks = |gain: &f64| vec![Risks { single: 1.0, multi: 1.0 - gain }; 5];
        let gains: Vec<Vec<Risks>> = pairs(order, &gains).iter().map(risks).collect();
        let proxy = pairs(order, &says).iter().map(|value| vec![*value; 5]).collect();
        agreements(4, &gains, &[proxy])[0].unwrap()
    };
    assert_eq!(found([0, 1, 2, 3]), found([2, 0, 3, 1]));
}

#[test]
fn a_surrogate_orders_groups_it_has_not_seen_better_than_their_pairs() {
    let scenario = with_trials(&preset("six-tasks"), 20).draft().clone();
    let entry = NamedScenario { name: "six-tasks".to_owned(), scenario };
    let draft = StudyDraft::new(taskscope::study::groups::question(24), vec![entry]);
    let results = runner::whole(draft, &Cancel::new(), |_| ()).unwrap();
    let mut insight = results.insight(3).unwrap();
    results.confirm_plans(&mut insight, &Cancel::new());
    let found = insight.surrogate.unwrap();
    let agreement = found.agreement.unwrap();
    assert!(agreement.surrogate.low > 0.9, "{agreement:?}");
    assert!(agreement.pairs.unwrap() < agreement.surrogate.mean, "{agreement:?}");
    assert_eq!(agreement.groups, 25);
    let plan = found.plan.unwrap();
    assert_eq!(plan.suggestion.plan, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    assert_eq!(plan.confirmation, insight.by_pairs.unwrap().confirmation);
    assert!(plan.confirmation.unwrap().plan.is_positive());
}

#[test]
fn pairs_that_move_together_over_trials_are_resampled_together() {
    let mut gains = risks(2, 30, 0.0);
    let mut rng = Seed::new(9).rng();
    for trial in 0..30 {
        let luck: f64 = rng.random();
        gains.iter_mut().for_each(|pair| pair[trial].multi += 3.0 * luck);
    }
    let found = agreements(2, &gains, &[steady(30, |p| p as f64, 2)])[0].unwrap();
    assert_eq!((found.tau.low, found.tau.high), (1.0, 1.0));
}

#[test]
fn no_agreement_is_claimed_where_nothing_is_told_apart_or_lists_do_not_fit() {
    let gains = risks(12, 10, 0.1);
    let mut broken = steady(10, |p| p as f64, 12);
    broken[2][5] = f64::NAN;
    let good = steady(10, |p| p as f64, 12);
    let proxies = [steady(10, |_| 0.5, 12), broken, steady(9, |p| p as f64, 12), good.clone()];
    let found = agreements(4, &gains, &proxies);
    assert_eq!(found[..3], [None, None, None]);
    assert!(found[3].is_some());
    assert_eq!(agreements(3, &gains, std::slice::from_ref(&good)), [None]);
    assert_eq!(agreements(1, &[], std::slice::from_ref(&good)), [None]);
    assert_eq!(agreements(0, &[], &[good]), [None]);
    assert_eq!(agreements(4, &risks(12, 1, 0.1), &[steady(1, |p| p as f64, 12)]), [None]);
}

#[test]
fn there_are_as_many_plans_as_bell_and_stirling_count() {
    for (k, bell) in [(1, 1), (2, 2), (3, 5), (4, 15), (5, 52), (6, 203), (7, 877), (8, 4140)] {
        assert_eq!(plans(k, k).len(), bell);
        assert_eq!(plans(k, k + 3).len(), bell);
        assert_eq!(plans(k, 1).len(), 1);
    }
    assert_eq!((plans(4, 2).len(), plans(6, 3).len()), (1 + 7, 1 + 31 + 90));
    assert_eq!((plans(5, 0).len(), plans(0, 3).len(), plans(9, 9).len()), (0, 0, 0));
}

#[test]
fn every_plan_is_a_partition_and_no_plan_comes_twice() {
    let all = plans(6, 4);
    for plan in &all {
        let mut tasks = plan.concat();
        assert!(plan.iter().all(|group| group.is_sorted()) && plan.len() <= 4);
        tasks.sort_unstable();
        assert_eq!(tasks, [0, 1, 2, 3, 4, 5]);
    }
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

/// Gains of pairs: 0.5 within a kind, −1 across kinds; no larger groups.
fn by_kind(kinds: &[usize]) -> impl Fn(&[usize]) -> Option<Vec<f64>> {
    move |group: &[usize]| match *group {
        [a, b] => Some(vec![if kinds[a] == kinds[b] { 0.5 } else { -1.0 }; 2]),
        _ => None,
    }
}

#[test]
fn kinds_that_help_within_and_hurt_across_are_found_for_few_and_for_many_tasks() {
    for kinds in [vec![0, 1, 0, 2, 1, 0], vec![2, 0, 1, 0, 1, 0, 1, 2, 0, 1, 2, 3]] {
        let k = kinds.len();
        let suggestion = best(k, k, by_kind(&kinds), None).unwrap();
        assert_eq!(suggestion.exhaustive, k <= 8);
        assert!(suggestion.predicted);
        let found = |task: usize| suggestion.plan.iter().position(|g| g.contains(&task)).unwrap();
        for (a, b) in (0..k).flat_map(|a| (0..k).map(move |b| (a, b))) {
            assert_eq!(found(a) == found(b), kinds[a] == kinds[b], "{:?}", suggestion.plan);
        }
        let mean = suggestion.gains.iter().sum::<f64>() / k as f64;
        assert!((suggestion.value - mean).abs() < 1e-15);
    }
}

#[test]
fn where_all_hurt_each_other_all_stay_alone_unless_the_budget_forbids() {
    for k in [4, 10] {
        let kinds: Vec<usize> = (0..k).collect();
        let alone = best(k, k, by_kind(&kinds), None).unwrap();
        assert_eq!((alone.plan.len(), alone.value, alone.predicted), (k, 0.0, false));
        let forced = best(k, k - 1, by_kind(&kinds), None).unwrap();
        assert_eq!(forced.plan.len(), k - 1);
        assert!((forced.value + 2.0 / k as f64).abs() < 1e-15);
    }
}

#[test]
fn an_untrained_group_is_predicted_by_the_mean_of_its_pairs() {
    let gain = |a: usize, b: usize| 0.1 * (a + 1) as f64 + 0.01 * b as f64;
    let trained = |group: &[usize]| match *group {
        [a, b] => Some(vec![gain(a, b), gain(b, a)]),
        _ => None,
    };
    let found = best(3, 1, trained, None).unwrap();
    let expected =
        [(0, 1, 2), (1, 0, 2), (2, 0, 1)].map(|(a, b, c)| (gain(a, b) + gain(a, c)) / 2.0);
    assert!(found.gains.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-15));
    assert!(found.predicted);
}

#[test]
fn a_trained_group_counts_by_what_was_measured() {
    let trained =
        |group: &[usize]| Some(vec![if group.len() == 3 { -0.5 } else { 0.2 }; group.len()]);
    let found = best(4, 4, trained, None).unwrap();
    assert!(!found.predicted);
    assert!(found.gains.iter().all(|gain| *gain == 0.2));
}

#[test]
fn plans_with_a_pair_that_was_not_trained_are_left_out() {
    let trained = |group: &[usize]| (group == [0, 1]).then(|| vec![-0.3, -0.3]);
    assert_eq!(best(3, 2, trained, None).unwrap().plan, [vec![0, 1], vec![2]]);
    assert_eq!(best(3, 1, trained, None), None);
    assert_eq!(best(10, 1, trained, None), None);
    assert_eq!(best(3, 0, trained, None), None);
    let undefined = |group: &[usize]| Some(vec![f64::NAN; group.len()]);
    assert_eq!(best(3, 3, undefined, None).unwrap().plan.len(), 3);
}

#[test]
fn the_only_pair_of_a_scenario_is_the_scenario() {
    let scenario = preset("two-tasks");
    assert_eq!(scenario.with_partner(0, 1).unwrap(), scenario);
}

#[test]
fn an_affinity_study_leaves_out_tasks_aside() {
    let mut draft = with_trials(&preset("six-tasks"), 4).draft().clone();
    for entry in [1, 4] {
        draft.tasks[entry].role = TaskRole::Aside;
    }
    let scenario = Scenario::check(draft.clone()).unwrap();
    let measured = Trial::own(&scenario, 0);
    let scenarios = vec![NamedScenario { name: "aside".into(), scenario: draft.clone() }];
    let study = Study::check(StudyDraft::new(groups::question(0), scenarios)).unwrap();
    assert_eq!(study.cells().len(), 1 + 6);
    let ran = StudyResults::new(study);
    let records =
        runner::run(&ran.study, ran.records.clone(), Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    let results = StudyResults { records: records.unwrap().unwrap(), ..ran };
    let names: Vec<&str> = draft.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(results.tasks(), [0, 2, 3, 5].map(|entry| names[entry]));
    let first = results.records.record(Unit { cell: 0, trial: 0 }).unwrap();
    assert_eq!(first.fits[0].errors, measured.fits[0].errors);
    let pair = Trial::own(&scenario.with_partner(2, 5).unwrap(), 0);
    let cell = results.group(&[1, 3]).unwrap();
    let record = results.records.record(Unit { cell, trial: 0 }).unwrap();
    assert_eq!(record.fits[0].errors, pair.fits[0].errors);
    let mut insight = results.insight(2).unwrap();
    results.confirm_plans(&mut insight, &Cancel::new());
    let plan = insight.by_pairs.unwrap();
    assert_eq!(plan.suggestion.plan.concat().len(), 4);
    assert!(plan.confirmation.is_some());
    let matrix = figure::affinity::matrix(&results).unwrap();
    assert_eq!(matrix.cells().unwrap().size(), (5, 4));
    let all = scenario.with_all(2).unwrap();
    assert_eq!(all.partners(), [0, 2, 3, 5]);
}
