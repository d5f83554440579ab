//! What a slider, a verdict and a theory line cost. Compare ratios within one run.

#![allow(clippy::expect_used, missing_docs)]

use divan::Bencher;
use taskscope::cancel::Cancel;
use taskscope::scenario::{Handle, Preset, Scenario};
use taskscope::study::curve::TheoryLine;
use taskscope::study::prediction::{POPULATIONS, predict, theory};
use taskscope::study::{Trial, measure};

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

/// The prediction, averaged over as many populations as it averages at most.
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
