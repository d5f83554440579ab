//! Explanations: their numbers are those of the library, their maxima those of a search, and all
//! their statements are true.

use std::f64::consts::PI;

use crate::support::arithmetic;
use crate::support::common::{outcome, preset, set, with_trials};
use crate::support::once::Once;
use taskscope::cancel::Cancel;
use taskscope::explanation::landscape::ObjectiveLandscape;
use taskscope::explanation::{Cause, FirstTrial, Formula};
use taskscope::explanation::{Explanation, explain};
use taskscope::method::{Approach, Method, Weighting};
use taskscope::model::OptimumKind;
use taskscope::scenario::Scenario;
use taskscope::scenario::preset::PRESETS;
use taskscope::study::Trial;
use taskscope::study::prediction::{POPULATIONS, predict};
use taskscope::transfer::bound::{Bound, relative_error};
use taskscope::transfer::similarity::{KEPT_SHARE, PrincipalSpread};
use taskscope::transfer::theory::single_task_risk;

/// The whole explanation of a scenario, computed once for all tests.
fn explained(scenario: &Scenario) -> Explanation {
    static KNOWN: Once<Explanation> = Once::new();
    KNOWN.get(&scenario.draft().to_json().unwrap(), || {
        explain(scenario, None, &Cancel::new(), |_| {}).unwrap()
    })
}

fn presets() -> impl Iterator<Item = (&'static str, Scenario)> {
    PRESETS.iter().map(|p| (p.name, with_trials(&p.scenario().unwrap(), 2)))
}

fn formula<'a>(explanation: &'a Explanation, name: &str) -> Option<&'a Formula> {
    explanation.formulas.iter().find(|formula| formula.name.starts_with(name))
}

fn landscape(scenario: &Scenario) -> ObjectiveLandscape {
    FirstTrial::of(scenario).landscape.unwrap()
}

#[test]
fn the_numbers_in_every_formula_of_every_preset_give_its_result() {
    let mut checked = 0;
    for (name, scenario) in presets() {
        for formula in explained(&scenario).formulas {
            let Some(value) = formula.value else { continue };
            let found = arithmetic::value(&formula.numbers);
            let room = 2e-3 * value.abs() + 2e-4 * arithmetic::largest(&formula.numbers).min(1.0);
            assert!((found - value).abs() <= room, "{name}: {formula:?} gives {found}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_gain_and_its_parts_are_those_that_the_library_predicts() {
    for (name, scenario) in presets() {
        let explanation = explained(&scenario);
        let gain = formula(&explanation, "predicted gain").and_then(|formula| formula.value);
        match predict(&scenario, POPULATIONS) {
            Err(gap) => {
                assert_eq!((gain, explanation.evidence.predicted), (None, Err(gap)), "{name}");
                assert!(explanation.limits[0].contains(gap), "{name}: {:?}", explanation.limits);
            }
            Ok(_) if scenario.real().is_some() => {
                assert!(gain.is_none() && explanation.limits[0].contains("the fit to all rows"));
            }
            Ok(prediction) => {
                assert_eq!(gain, Some(prediction.gain), "{name}");
                let value = |name| formula(&explanation, name).unwrap().value.unwrap();
                assert_eq!(value("from variance"), prediction.variance_saved());
                assert_eq!(value("from bias"), -prediction.bias_added());
                assert_eq!(value("error together"), prediction.multi);
            }
        }
    }
}

#[test]
fn the_error_alone_is_that_of_least_squares_on_gaussian_rows() {
    for (name, scenario) in presets().filter(|(_, s)| s.is_linear() && !s.classifies()) {
        let Some(found) = formula(&explained(&scenario), "error alone").cloned() else { continue };
        let task = &scenario.tasks()[scenario.targets()[0]];
        let risk =
            single_task_risk(scenario.dimension(), task.samples as f64, task.labels.noise).unwrap();
        assert_eq!(found.value, Some(risk), "{name}");
    }
    let few = set(&preset("two-tasks"), "target.samples", 20.0);
    let alone = formula(&explained(&with_trials(&few, 4)), "error alone").unwrap().clone();
    assert!(alone.value.is_none() && alone.result.contains("none"));
}

#[test]
fn theorem_2_and_the_error_it_bounds_are_those_of_the_first_trials() {
    let near = set(&set(&preset("two-tasks"), "target.samples", 400.0), "source.angle", 2.0);
    for scenario in [with_trials(&preset("two-tasks"), 4), with_trials(&near, 4)] {
        let explanation = explained(&scenario);
        let reach = explanation.bound.as_ref().unwrap().as_ref().unwrap().clone();
        assert_eq!(reach.bounds.len(), 4);
        let [target, source] = scenario.pair();
        for (number, (bound, error)) in reach.bounds.iter().zip(&reach.errors).enumerate() {
            let trial = Trial::own(&scenario, number);
            let tasks = &trial.population.tasks;
            let data = &trial.training.data[target].moments;
            assert_eq!(*bound, Bound::of(data, &tasks[source].theta, &tasks[target].theta));
            let estimate = trial.fits[0].optimum.model.estimate(target);
            assert_eq!(*error, relative_error(&estimate, &tasks[target].theta));
        }
        let holds = reach.holding() > 0;
        assert_eq!(holds, explanation.lines().iter().any(|line| line.starts_with("bound 6c")));
        assert_eq!(!holds, explanation.limits.iter().any(|l| l.contains("it needs c < 1/3")));
    }
    assert!(explained(&with_trials(&near, 4)).bound.unwrap().unwrap().holding() > 0);
}

#[test]
fn likeness_is_that_of_the_populations_and_of_the_rows() {
    for name in ["fig3-task4", "two-tasks"] {
        let scenario = with_trials(&preset(name), 4);
        let likeness = explained(&scenario).likeness.unwrap();
        let pair = scenario.pair();
        let mut scores = [Vec::new(), Vec::new()];
        for number in 0..4 {
            let population = scenario.population(number);
            let data = scenario.data(&population, number);
            let spread = |h: &nalgebra::DMatrix<f64>| PrincipalSpread::of(h, KEPT_SHARE).unwrap();
            let [a, b] = pair.map(|i| spread(&population.tasks[i].covariance()));
            scores[0].push(a.similarity(&b).normalised);
            let [a, b] = pair.map(|i| spread(&data[i].moments.h));
            scores[1].push(a.similarity(&b).score);
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        assert!((likeness.population[1].mean - mean(&scores[0])).abs() < 1e-12);
        assert!((likeness.rows[0].mean - mean(&scores[1])).abs() < 1e-12);
    }
}

#[test]
fn the_maxima_are_those_of_a_search_over_a_fine_grid() {
    const LOOKS: usize = 20_000;
    let turned = set(&preset("fig3-task3"), "source.samples", 20.0);
    let scenarios = presets().filter_map(|(_, scenario)| {
        FirstTrial::of(&scenario).landscape.is_ok().then_some(scenario)
    });
    for scenario in scenarios.chain([turned]) {
        let landscape = landscape(&scenario);
        let heights: Vec<f64> =
            (0..LOOKS).map(|i| landscape.data.at(PI * i as f64 / LOOKS as f64)).collect();
        let at = |i: usize| heights[i % LOOKS];
        let mut tops: Vec<(f64, f64)> = (0..LOOKS)
            .filter(|&i| at(i) >= at(i + LOOKS - 1) && at(i) > at(i + 1))
            .map(|i| (PI * i as f64 / LOOKS as f64, at(i)))
            .collect();
        tops.sort_by(|a, b| b.1.total_cmp(&a.1));
        assert_eq!(landscape.summits.len(), tops.len(), "{}", scenario.draft().title);
        for (summit, (angle, height)) in landscape.summits.iter().zip(tops) {
            let apart = (summit.angle - angle).abs();
            assert!(apart.min(PI - apart) < 2.0 * PI / LOOKS as f64);
            assert!(summit.height >= height && summit.height < height * (1.0 + 1e-4));
        }
    }
}

#[test]
fn the_claim_names_capacity_where_there_are_as_many_units_as_tasks() {
    let mut wide = 0;
    for (name, scenario) in presets().filter(|(_, s)| s.is_linear() && !s.classifies()) {
        if scenario.approach().method != Method::Joint {
            continue;
        }
        let k = scenario.tasks().len() as f64;
        for width in [k, k + 1.0] {
            let explanation = explained(&set(&scenario, "model.width", width));
            assert_eq!(explanation.reason.cause, Cause::Capacity, "{name}");
            let capacity = formula(&explanation, "capacity").unwrap();
            assert!(capacity.result.starts_with("holds"), "{capacity:?}");
            wide += 1;
        }
        let narrow = explained(&set(&scenario, "model.width", 1.0));
        assert!(formula(&narrow, "capacity").unwrap().result.starts_with("fails"), "{name}");
    }
    assert!(wide > 10);
}

#[test]
fn no_explanation_claims_an_optimum_where_none_is_exact() {
    let ways = [
        Approach { weighting: Weighting::Random, method: Method::Joint },
        Approach { weighting: Weighting::Uniform, method: Method::Align },
        Approach { weighting: Weighting::Uniform, method: Method::Ridge },
    ];
    let others =
        ways.map(|way| ("way", with_trials(&preset("two-tasks").trained_by(way).unwrap(), 4)));
    for (name, scenario) in presets().chain(others) {
        let kind = Trial::own(&scenario, 0).fits[0].optimum.kind;
        let explanation = explained(&scenario);
        let text = explanation.lines().join("\n");
        let unit = explanation.landscape.and_then(Result::ok).and_then(|landscape| landscape.unit);
        assert!(unit.is_none_or(|unit| unit.kind == kind), "{name}");
        match kind {
            OptimumKind::Exact => assert!(!text.contains("is the best of"), "{name}"),
            OptimumKind::Multistart(_) => assert!(text.contains("is the best of"), "{name}"),
            OptimumKind::BestFound => assert!(text.contains("a better one may exist"), "{name}"),
            OptimumKind::PlugIn => assert!(text.contains("weights of the merged"), "{name}"),
            OptimumKind::Tuned => assert!(text.contains("not meant to be an optimum"), "{name}"),
            OptimumKind::Rounding => assert!(text.contains("as large as the effect"), "{name}"),
        }
        if kind != OptimumKind::Exact {
            assert!(!text.contains("B (exact)"), "{name}");
        }
        if matches!(kind, OptimumKind::BestFound | OptimumKind::PlugIn | OptimumKind::Tuned) {
            assert!(unit.is_none(), "{name}");
        }
    }
}

#[test]
fn turning_the_angle_moves_the_landscape_and_its_maximum() {
    let scenario = with_trials(&preset("two-tasks"), 4);
    let [near, far] = [10.0, 70.0].map(|angle| landscape(&set(&scenario, "source.angle", angle)));
    let change = (0..180)
        .map(|i| f64::from(i).to_radians())
        .map(|angle| (near.share(angle) - far.share(angle)).abs())
        .fold(0.0, f64::max);
    assert!(change > 0.2, "{change}");
    assert!((near.summits[0].angle - far.summits[0].angle).abs() > 0.5);
    assert!((far.thetas[1].to_degrees() - 70.0).abs() < 1e-6);
}

#[test]
fn the_cause_follows_the_knob_that_turns_help_into_hurt() {
    let cause = |scenario: &Scenario| explained(&with_trials(scenario, 4)).reason.cause;
    let two = preset("two-tasks");
    assert_eq!(cause(&set(&two, "source.angle", 5.0)), Cause::Labels);
    assert_eq!(cause(&set(&two, "source.angle", 60.0)), Cause::Labels);
    assert_eq!(cause(&set(&two, "source.angle", 175.0)), Cause::Signs);
    let noisy = set(&set(&two, "source.angle", 0.0), "source.noise", 5.0);
    let noisy = set(&set(&noisy, "target.samples", 4000.0), "source.samples", 20.0);
    assert!(matches!(cause(&noisy), Cause::Data | Cause::Open));
    assert_eq!(cause(&set(&two, "target.samples", 20.0)), Cause::Data);
    assert_eq!(cause(&set(&preset("turning-data"), "source.rotation", 90.0)), Cause::Covariance);
    assert_eq!(cause(&set(&preset("fig3-task3"), "source.samples", 20.0)), Cause::Covariance);
    assert_eq!(cause(&preset("random-pair")), Cause::Labels);
    assert_eq!(cause(&preset("random-pair-turned")), Cause::Covariance);
    assert_eq!(cause(&preset("svd-weights")), Cause::Labels);
    assert_eq!(cause(&preset("alignment")), Cause::Method);
    assert_eq!(cause(&preset("relu-turned")), Cause::Open);
}

#[test]
fn the_error_with_endless_source_rows_is_that_of_simulations() {
    let scenario = set(&preset("two-tasks"), "source.samples", 1e9);
    for angle in [5.0, 40.0, 120.0] {
        let scenario = with_trials(&set(&scenario, "source.angle", angle), 300);
        let limit = formula(&explained(&with_trials(&scenario, 2)), "error as source").cloned();
        let simulated = outcome(&scenario).multi;
        let apart = (limit.unwrap().value.unwrap() - simulated.mean).abs();
        assert!(apart < 3.5 * simulated.se, "{angle}°: {apart} and {simulated:?}");
    }
}

#[test]
fn something_is_said_at_once_and_all_of_it_in_the_end() {
    let scenario = with_trials(&preset("two-tasks"), 8);
    let mut seen = Vec::new();
    explain(&scenario, Some(scenario.focus()), &Cancel::new(), |e| seen.push(e.clone())).unwrap();
    assert!(seen.len() >= 4);
    assert!(seen[0].landscape.is_none() && !seen[0].formulas.is_empty() && !seen[0].complete);
    let last = seen.last().unwrap();
    assert!(last.complete && last.bound.is_some() && last.likeness.is_some());
    assert!(last.crossing.as_ref().unwrap().contains("source.angle"));
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(explain(&scenario, None, &cancel, |_| {}), None);
}

#[test]
fn the_plain_lines_hold_every_part_and_no_boxes() {
    for (name, scenario) in presets() {
        let explanation = explained(&scenario);
        let lines = explanation.lines();
        assert_eq!(lines[0], explanation.reason.title, "{name}");
        for formula in &explanation.formulas {
            assert!(lines.iter().any(|line| line.contains(&formula.numbers)), "{name}");
        }
        for limit in &explanation.limits {
            assert!(lines.iter().any(|line| line.contains(limit.as_str())), "{name}");
        }
        let boxes = |c: char| ('\u{2500}'..='\u{28ff}').contains(&c) || c == '\n';
        assert!(lines.iter().all(|line| !line.contains(boxes)), "{name}");
        assert!(lines.iter().all(|line| !line.contains("NaN") && !line.contains("inf ")), "{name}");
    }
}

#[test]
fn the_error_of_every_task_is_in_the_symbols_of_that_task() {
    let explanation = explained(&with_trials(&preset("six-tasks"), 2));
    let symbols = |name: &str| formula(&explanation, name).unwrap().symbols.clone();
    assert_eq!(symbols("error alone of depth"), "σ₁² d/(m₁ − d − 1)");
    assert_eq!(symbols("error alone of edges"), "σ₂² d/(m₂ − d − 1)");
    assert_eq!(symbols("error alone of price"), "σ² d/(m − d − 1)");
}

#[test]
fn the_best_width_is_that_of_the_largest_predicted_gain() {
    let explanation = explained(&with_trials(&preset("three-tasks"), 4));
    let best = formula(&explanation, "best width").unwrap();
    let gain = |width: f64| {
        let there = set(&set(&preset("three-tasks"), "data.redraw", 1.0), "model.width", width);
        predict(&there, 1).unwrap().gain
    };
    assert!(gain(2.0) > gain(1.0) + 0.3 && best.result == "r = 2", "{best:?}");
    assert!(best.numbers.ends_with("r = 3: 0 %, nothing is shared"), "{best:?}");
    assert!(formula(&explained(&with_trials(&preset("two-tasks"), 4)), "best width").is_none());
}

#[test]
fn merging_and_fine_tuning_are_explained_by_formulas_and_limits_of_their_own() {
    let ridge = (Method::Ridge, "error ridge alone");
    for (method, error) in
        [(Method::Merge, "error merged"), (Method::FineTune, "error fine-tuned"), ridge]
    {
        let start = set(&with_trials(&preset("two-tasks"), 4), "target.samples", 120.0);
        let approach = Approach { method, ..start.approach() };
        let explanation = explained(&start.trained_by(approach).unwrap());
        assert!(formula(&explanation, error).is_some());
        let is_shrunk = method != Method::Merge;
        assert_eq!(formula(&explanation, "best λ").is_some(), is_shrunk, "{method:?}");
        for name in ["error together", "error as source rows", "fluctuation of the heads"] {
            assert!(formula(&explanation, name).is_none(), "{method:?}: {name}");
        }
        assert!(explanation.formulas.iter().all(|f| !f.symbols.contains("head")));
        assert!(explanation.limits[0].contains("prediction"), "{:?}", explanation.limits);
        assert!(!explanation.limits[0].contains("heads"));
        let spoken = explanation.spoken();
        assert!(
            explanation.formulas.iter().all(|f| !spoken.iter().any(|s| s.contains(&f.symbols)))
        );
    }
}
