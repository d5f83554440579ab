//! No verdict where rounding decides: scalings that cannot matter change nothing.

use crate::support::common::{preset, random_task};
use rand::{Rng, RngExt};
use taskscope::cancel::Cancel;
use taskscope::math::seed::Seed;
use taskscope::model::{LeastSquares, OptimumKind, SingleTask, deviation, search};
use taskscope::scenario::knob::assign;
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Scenario, ScenarioDraft};
use taskscope::study::measure;
use taskscope::study::prediction::predict;
use taskscope::task::{Activation, Moments, PopulationTask, Predictor, Response};
use taskscope::transfer::{Outcome, Verdict};

fn draft(name: &str, knobs: &[String]) -> ScenarioDraft {
    let mut draft = preset(name).draft().clone();
    knobs.iter().for_each(|knob| assign(&mut draft, knob).unwrap());
    draft
}

fn outcome(draft: ScenarioDraft) -> Outcome {
    let scenario = Scenario::check(draft).unwrap();
    let approaches = [scenario.approach()];
    measure::measure(&scenario, &approaches, &Cancel::new(), |_| {}).unwrap().own().targets
}

/// Ten to the power of a random number between `low` and `high`.
fn power(low: f64, high: f64, rng: &mut impl Rng) -> f64 {
    10f64.powf(low + (high - low) * rng.random::<f64>())
}

/// Two or three tasks, each with at least as many rows as features and κ up to 10⁴.
fn random_setting(rng: &mut impl Rng) -> (&'static str, Vec<String>) {
    let d = rng.random_range(2..8);
    let mut knobs = vec![format!("data.dimension={d}")];
    let many = rng.random::<f64>() < 0.2;
    let (name, tasks): (_, &[&str]) = if many {
        ("three-tasks", &["target", "good", "bad"])
    } else {
        ("two-tasks", &["target", "source"])
    };
    for task in tasks {
        let rows = d + (power(0.0, 2.0, rng) as i32) - 1;
        knobs.push(format!("{task}.samples={rows}"));
        knobs.push(format!("{task}.condition={}", power(0.0, 4.0, rng)));
        knobs.push(format!("{task}.rotation={}", rng.random_range(0..90)));
    }
    (name, knobs)
}

/// The outcomes of a setting at two noise levels.
fn at_noises(setting: &(&str, Vec<String>), tasks: &[&str], noises: [f64; 2]) -> [Outcome; 2] {
    noises.map(|noise| {
        let noisy = tasks.iter().map(|task| format!("{task}.noise={noise:e}"));
        let mut draft =
            draft(setting.0, &setting.1.iter().cloned().chain(noisy).collect::<Vec<_>>());
        draft.trials = 6.0;
        outcome(draft)
    })
}

/// Returns true if rounding errors leave an outcome undecided.
fn undecided(outcome: &Outcome) -> bool {
    outcome.verdict == Verdict::Undecided && !outcome.says_nothing()
}

/// Returns true if two outcomes agree, or one of them is undecided by rounding errors.
fn agree(one: &Outcome, other: &Outcome) -> bool {
    if undecided(one) || undecided(other) {
        return true;
    }
    let ratio = |o: &Outcome| o.multi.mean / o.single.mean;
    one.verdict == other.verdict && (ratio(one) / ratio(other) - 1.0).abs() < 0.02
}

#[test]
fn random_scenarios_keep_their_verdict_when_noise_is_scaled_where_tasks_agree() {
    let mut rounded = 0;
    for i in 0..400 {
        let rng = &mut Seed::new(7).child("setting", i).rng();
        let (name, mut knobs) = random_setting(rng);
        let angle = if rng.random() { 0 } else { 180 };
        let tasks: &[&str] = match name {
            "two-tasks" => {
                knobs.push(format!("source.angle={angle}"));
                &["target", "source"]
            }
            _ => {
                knobs.extend(["good.angle=0".to_owned(), format!("bad.angle={angle}")]);
                &["target", "good", "bad"]
            }
        };
        let setting = (name, knobs);
        let [one, other] = at_noises(&setting, tasks, [1e-6, power(-9.0, -6.0, rng)]);
        rounded += usize::from([one, other].iter().any(undecided));
        assert!(agree(&one, &other), "{i} {setting:?}\n{one:?}\n{other:?}");
    }
    assert!(rounded <= 4, "{rounded} of 400 undecided");
}

#[test]
fn without_noise_a_task_that_agrees_makes_no_difference_and_another_hurts_by_a_stated_error() {
    let at = |angle: &str| {
        let knobs = ["target.noise=0", "source.noise=0", angle].map(String::from);
        let mut draft = draft("two-tasks", &knobs);
        draft.trials = 20.0;
        outcome(draft)
    };
    for agreed in [at("source.angle=0"), at("source.angle=180")] {
        assert_eq!((agreed.verdict, agreed.single.mean), (Verdict::NoDifference, 0.0));
    }
    let harmed = at("source.angle=30");
    assert_eq!((harmed.verdict, harmed.single.mean, harmed.gain), (Verdict::Hurts, 0.0, None));
    assert!((harmed.multi.mean - 0.222).abs() < 0.02);
}

#[test]
fn where_rounding_errors_reach_the_effect_no_verdict_is_claimed() {
    let knobs = ["target.noise=1e-9", "source.noise=1e-9", "source.angle=0"].map(String::from);
    let mut draft = draft("relu-same", &knobs);
    draft.trials = 4.0;
    let scenario = Scenario::check(draft).unwrap();
    let found =
        measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| {}).unwrap();
    assert_eq!(found.own().targets.verdict, Verdict::Undecided);
    assert_eq!(found.own().kind, OptimumKind::Rounding);
}

#[test]
fn the_risk_of_a_relu_unit_falls_with_the_square_of_its_distance_to_the_last_digits() {
    let task = PopulationTask { response: Response::Relu, ..random_task(4, 9.0, Seed::new(3)) };
    let across = random_task(4, 1.0, Seed::new(4)).theta;
    for direction in [&task.theta, &across] {
        let wanted = (&*task.factor * direction).norm_squared() / 2.0;
        for share in [1e-4, 1e-6, 1e-8] {
            let near = Predictor::linear(&(&task.theta + direction * share));
            let near = Predictor { activation: Activation::Relu, ..near };
            let found = task.excess_risk(&near) / (share * share);
            assert!(
                (found / wanted - 1.0).abs() < 10.0 * share + 1e-7,
                "{share}: {found} {wanted}"
            );
        }
    }
}

/// Both errors of the first task, alone and together, computed from the deviations from θ.
fn errors(
    tasks: &[PopulationTask],
    samples: &[u64],
    noise: &[f64],
    width: usize,
    scale: f64,
) -> [f64; 2] {
    let seed = Seed::new(5);
    let data: Vec<Moments> = tasks
        .iter()
        .enumerate()
        .map(|(i, task)| {
            let task = PopulationTask { theta: &task.theta * scale, ..task.clone() };
            Moments::draw(&task, samples[i], noise[i] * scale, seed.child("data", i as u64))
        })
        .collect();
    let weights = vec![1.0; data.len()];
    let objective = LeastSquares { data, weights };
    let alone = taskscope::model::exact::single_task(&objective);
    let optimum = search::optimum(&objective, width, &alone, seed);
    let joint = deviation::joint(&objective, &optimum.model).map(|found| found[0].vector.clone());
    let joint = joint.unwrap_or_else(|| optimum.model.estimate(0) - &tasks[0].theta * scale);
    let own = SingleTask::of(&objective.data[0]).deviation.clone();
    let own = own.map_or_else(|| &alone[0] - &tasks[0].theta * scale, |found| found.vector);
    [own, joint].map(|deviation| (&*tasks[0].factor * deviation).norm_squared() / (scale * scale))
}

/// The predicted gain of a preset with some knobs set and equal noise in all tasks.
fn predicted(name: &str, knobs: &[&str], tasks: &[&str], noise: f64) -> Result<f64, &'static str> {
    let noisy = tasks.iter().map(|task| format!("{task}.noise={noise:e}"));
    let knobs: Vec<String> = knobs.iter().map(|&knob| knob.into()).chain(noisy).collect();
    predict(&Scenario::check(draft(name, &knobs)).unwrap(), 3).map(|found| found.gain)
}

#[test]
fn the_theory_line_does_not_depend_on_noise_where_tasks_agree_or_is_withheld() {
    let two = ("two-tasks", &["source.angle=180"][..], &["target", "source"][..]);
    let turned = ("fig3-task3", &["source.angle=180"][..], &["target", "source"][..]);
    let three =
        ("three-tasks", &["good.angle=0", "bad.angle=180"][..], &["target", "good", "bad"][..]);
    for (name, knobs, tasks) in [two, turned, three] {
        let expected = predicted(name, knobs, tasks, 0.3).unwrap();
        let mut given = 0;
        for noise in (1..=16).map(|i| 0.3 * 10f64.powi(-i)) {
            if let Ok(gain) = predicted(name, knobs, tasks, noise) {
                assert!((gain - expected).abs() < 1e-3, "{name} {noise:e}: {gain} {expected}");
                given += 1;
            }
        }
        assert!(given >= 3, "{name}: {given}");
        assert!(predicted(name, knobs, tasks, 0.0).is_err());
    }
}

#[test]
fn a_target_that_learns_nothing_has_a_predicted_gain_of_nothing() {
    let knobs = ["target.noise=30", "target.samples=60"].map(String::from);
    let found = predict(&Scenario::check(draft("two-tasks", &knobs)).unwrap(), 20).unwrap();
    assert!(found.gain.abs() < 2e-3, "{}", found.gain);
}

#[test]
fn the_unit_of_the_labels_does_not_matter() {
    for i in 0..60 {
        let rng = &mut Seed::new(11).child("tasks", i).rng();
        let (d, k) = (rng.random_range(2..9), rng.random_range(2..5));
        let condition = power(0.0, 3.0, rng);
        let tasks: Vec<_> = (0..k)
            .map(|j| random_task(d, condition, Seed::new(i).child("task", j as u64)))
            .collect();
        let samples: Vec<u64> = (0..k).map(|_| rng.random_range(d as u64..60)).collect();
        let noise: Vec<f64> = (0..k).map(|_| power(-2.0, 1.0, rng)).collect();
        let width = rng.random_range(1..=k);
        let one = errors(&tasks, &samples, &noise, width, 1.0);
        for scale in [1e-12, 1e-5, 1e3, 1e12] {
            let other = errors(&tasks, &samples, &noise, width, scale);
            for (a, b) in one.iter().zip(&other) {
                assert!((a / b - 1.0).abs() < 1e-4, "{i} {scale:e}: {one:?} {other:?}");
            }
        }
    }
}

#[test]
fn the_error_alone_does_not_depend_on_how_the_rows_are_spread() {
    for condition in (1..=12).map(|power| 10f64.powi(power)) {
        for seed in 0..20 {
            let task = random_task(6, condition, Seed::new(seed));
            let white = random_task(6, 1.0, Seed::new(seed));
            let risk = |task: &PopulationTask| {
                let data = Moments::draw(task, 8, 0.3, Seed::new(seed));
                let found = SingleTask::of(&data).deviation.clone()?;
                Some(((&*task.factor * found.vector).norm_squared(), found.error))
            };
            let (even, _) = risk(&white).unwrap();
            let Some((spread, error)) = risk(&task) else {
                assert!(condition >= 1e6, "{condition:e}");
                continue;
            };
            let apart = (spread / even - 1.0).abs();
            assert!(apart < 1e-8 + 4.0 * error, "{condition:e}: {spread} {even} {error}");
        }
    }
}

#[test]
fn every_linear_preset_gives_the_same_errors_in_any_unit_of_the_labels() {
    for preset in PRESETS {
        let scenario = preset.scenario().unwrap();
        let linear = scenario.is_linear() && !scenario.shares_rows() && scenario.real().is_none();
        if !linear || scenario.tasks().iter().any(|task| task.labels.random > 0.0) {
            continue;
        }
        let tasks = scenario.population(0).tasks;
        let samples: Vec<u64> = scenario.tasks().iter().map(|task| task.samples).collect();
        let noise: Vec<f64> = scenario.tasks().iter().map(|task| task.labels.noise).collect();
        let one = errors(&tasks, &samples, &noise, scenario.width(), 1.0);
        for scale in [1e-12, 1e12] {
            let other = errors(&tasks, &samples, &noise, scenario.width(), scale);
            for (a, b) in one.iter().zip(&other) {
                assert!((a / b - 1.0).abs() < 1e-4, "{} {scale:e}: {a} {b}", preset.name);
            }
        }
    }
}
