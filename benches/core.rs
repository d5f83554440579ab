//! Cost of a slider step, a verdict and a theory line. Compare ratios within one run.

#![allow(clippy::expect_used, missing_docs)]

use divan::Bencher;
use nalgebra::DVector;
use taskscope::cancel::Cancel;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::model::nonlinear::{self, optimum_on_rows, single_on_rows};
use taskscope::model::{LeastSquares, Loss, Objective, OnRows, SharedModel, exact, search};
use taskscope::runner;
use taskscope::scenario::{Handle, Preset, Scenario};
use taskscope::study::agreement::agreements;
use taskscope::study::curve::TheoryLine;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::grouping::best;
use taskscope::study::prediction::{POPULATIONS, predict, theory};
use taskscope::study::probe::{Probes, STEPS};
use taskscope::study::records::TrialRecords;
use taskscope::study::{Shard, Study, StudyDraft, StudyResults, Training, Trial, engine, measure};
use taskscope::task::{Activation, Rows};
use taskscope::transfer::Risks;

fn main() {
    divan::main();
}

fn preset(name: &str) -> Scenario {
    Preset::find(name).expect("a preset").scenario().expect("a scenario")
}

/// Population, data, both exact optima and all risks of one trial.
#[divan::bench(args = ["two-tasks", "turning-data", "fig3-task3", "fig3-task4"])]
fn one_trial(bencher: Bencher, name: &str) {
    let scenario = preset(name);
    bencher.bench_local(|| Trial::own(&scenario, 0));
}

/// All trials of a preset on all cores.
#[divan::bench(args = ["two-tasks", "turning-data", "fig3-task3"], sample_count = 10)]
fn verdict(bencher: Bencher, name: &str) {
    let scenario = preset(name);
    bencher.bench_local(|| {
        measure::measure(&scenario, &scenario.beside_baseline(), &Cancel::new(), |_| {})
    });
}

fn phase_diagram() -> Study {
    let mut scenario = preset("two-tasks").draft().clone();
    scenario.trials = 20.0;
    let x = vec!["source.cosine=-1:1:40".to_owned()];
    let question = Question::Sweep { x, y: Some("source.ratio=0.25:16:20:log".to_owned()) };
    let entry = NamedScenario { name: "two-tasks".to_owned(), scenario };
    Study::check(StudyDraft::new(question, vec![entry])).expect("a study")
}

/// A phase diagram of 40 × 20 cells with 20 trials each, d = 20: complete, and until every eighth
/// column and row is done.
#[divan::bench(args = ["whole", "first picture"], sample_count = 5)]
fn phase(bencher: Bencher, until: &str) {
    let study = phase_diagram();
    let coarse = study.cells().iter().filter(|cell| cell.level <= 3).count() * 20;
    let wanted = if until == "whole" { usize::MAX } else { coarse };
    bencher.bench_local(|| {
        let cancel = Cancel::new();
        runner::run(&study, TrialRecords::new(&study), Shard::WHOLE, &cancel, |batch| {
            if batch.progress.done >= wanted {
                cancel.cancel();
            }
            Ok(())
        })
    });
}

/// Checking, predicting and drawing a study of 800 cells.
#[divan::bench]
fn phase_checked(bencher: Bencher) {
    bencher.bench_local(phase_diagram);
}

#[divan::bench]
fn phase_predicted(bencher: Bencher) {
    let study = phase_diagram();
    bencher.bench_local(|| engine::predictions(&study, &Cancel::new()));
}

#[divan::bench]
fn phase_drawn(bencher: Bencher) {
    let mut results = StudyResults::new(phase_diagram());
    let (study, records) = (results.study.clone(), results.records.clone());
    let ran = runner::run(&study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    results.records = ran.expect("no failure").expect("no cancellation");
    bencher.bench_local(|| taskscope::figure::phase::figure(&results, 0));
}

/// All affinity proxies in one trained trial.
#[divan::bench(args = ["six-tasks", "same-data", "capacity"])]
fn probes_of_one_trial(bencher: Bencher, name: &str) {
    let scenario = preset(name);
    let training = Training::new(&scenario, &scenario.population(0), 0);
    bencher.bench_local(|| Probes::of(&scenario, &training, STEPS));
}

/// The agreement of seven proxies with the gains of all ordered pairs of eight tasks.
#[divan::bench]
fn agreement_of_seven_proxies(bencher: Bencher) {
    let (pairs, trials) = (56, 200);
    let numbers = |index: u64| -> Vec<f64> {
        let seed = Seed::new(3).child("numbers", index);
        linalg::normal_vector(trials, &mut seed.rng()).iter().copied().collect()
    };
    let risks = |multi: f64| Risks { single: 1.0, multi };
    let gains: Vec<Vec<Risks>> =
        (0..pairs).map(|pair| numbers(pair).into_iter().map(risks).collect()).collect();
    let proxy = |i: u64| (0..pairs).map(|pair| numbers(100 * i + pair)).collect();
    let proxies: Vec<Vec<Vec<f64>>> = (1..8).map(proxy).collect();
    bencher.bench_local(|| agreements(8, &gains, &proxies));
}

/// The best plan for eight tasks, from the gains of their pairs.
#[divan::bench]
fn plan_of_eight_tasks(bencher: Bencher) {
    let gain = |a: usize, b: usize| (a as f64 - 1.7 * b as f64).sin();
    bencher.bench_local(|| {
        best(
            8,
            4,
            |group| match *group {
                [a, b] => Some(vec![gain(a, b), gain(b, a)]),
                _ => None,
            },
            None,
        )
    });
}

/// The prediction, averaged over the largest number of populations.
#[divan::bench(args = ["two-tasks", "fig3-task3"])]
fn prediction(bencher: Bencher, name: &str) {
    let scenario = preset(name);
    bencher.bench_local(|| predict(&scenario, POPULATIONS));
}

/// The diagonalisation behind the theory of one population.
#[divan::bench(args = ["two-tasks", "fig3-task3", "fig3-task4"])]
fn theory_of_one_population(bencher: Bencher, name: &str) {
    let scenario = preset(name);
    let population = scenario.population(0);
    bencher.bench_local(|| theory(&population));
}

/// 101 points of the theory line along a knob, for one population.
#[divan::bench(args = [
    "two-tasks source.angle", "two-tasks source.samples", "fig3-task3 source.samples",
    "fig3-task4 source.noise", "fig3-task3 source.rotation",
], sample_count = 10)]
fn theory_line(bencher: Bencher, knob: &str) {
    let (name, path) = knob.split_once(' ').expect("a preset and a knob");
    let mut draft = preset(name).draft().clone();
    draft.data.redraw = taskscope::scenario::Redraw::Data;
    let scenario = Scenario::check(draft).expect("a scenario");
    let handle = Handle::find(scenario.draft(), path).expect("a knob");
    bencher.bench_local(|| TheoryLine::new(&scenario, handle).extend(1, &Cancel::new(), |_| {}));
}

/// Tasks with a common part of θ, `samples` rows each, for a model of one kind.
fn tasks(
    (d, k, samples): (usize, usize, usize),
    activation: Activation,
    loss: Loss,
    seed: u64,
) -> OnRows {
    let common = linalg::unit_vector(d, &mut Seed::new(seed).rng());
    let draw = |i: usize| {
        let rng = &mut Seed::new(seed).child("task", i as u64).rng();
        let stretch = DVector::from_fn(d, |j, _| 10_f64.powf(((j + i) % d) as f64 / d as f64));
        let mut x = linalg::normal_matrix(samples, d, rng);
        x.column_iter_mut().zip(&stretch).for_each(|(mut column, s)| column *= *s);
        let theta = (&common + linalg::unit_vector(d, rng)).component_div(&stretch);
        let projections = &x * theta;
        let y = projections.map(|t| activation.at(t)) + 0.5 * linalg::normal_vector(samples, rng);
        Rows { y: if loss == Loss::Logistic { y.map(f64::signum) } else { y }, x }
    };
    OnRows {
        data: (0..k).map(draw).collect(),
        weights: vec![1.0; k],
        activation,
        loss,
        penalties: Vec::new(),
        intercepts: false,
    }
}

/// The search for the optimum of linear tasks: d, tasks and units.
#[divan::bench(args = [(20, 5, 1), (20, 5, 2), (20, 5, 4), (20, 10, 3), (100, 3, 1)])]
fn multistart(bencher: Bencher, (d, k, width): (usize, usize, usize)) {
    let rows = tasks((d, k, 4 * d), Activation::Linear, Loss::Squared, 1);
    let data = rows.data.iter().map(Rows::moments).collect();
    let objective = LeastSquares { data, weights: rows.weights };
    let alone = exact::single_task(&objective);
    bencher.bench_local(|| search::optimum(&objective, width, &alone, Seed::new(1)));
}

/// The loss and gradient of ReLU units, for 3 tasks with 10,000 rows of 100 features.
#[divan::bench(args = [1, 3, 16])]
fn gradient_on_rows(bencher: Bencher, width: usize) {
    let objective = tasks((100, 3, 10_000), Activation::Relu, Loss::Squared, 1);
    let model = SharedModel::random(100, width, 3, Seed::new(2));
    objective.gradient(&model);
    bencher.bench_local(|| objective.gradient(&model));
}

/// Two tasks with 400 rows of 50 features, one unit: each alone, then together.
#[divan::bench(args = ["relu", "logistic"])]
fn optimum_on_400_rows(bencher: Bencher, model: &str) {
    let (activation, loss) = match model {
        "relu" => (Activation::Relu, Loss::Squared),
        _ => (Activation::Linear, Loss::Logistic),
    };
    let objective = tasks((50, 2, 400), activation, loss, 1);
    let single = |rows: &Rows| {
        let objective = nonlinear::single(rows.clone(), 0.0, activation, loss);
        single_on_rows(&objective, Seed::new(1))
    };
    bencher.bench_local(|| {
        let alone: Vec<_> = objective.data.iter().map(single).collect();
        let moments: Vec<_> = objective.data.iter().map(Rows::moments).collect();
        optimum_on_rows(&objective, 1, &alone, &moments, Seed::new(1))
    });
}
