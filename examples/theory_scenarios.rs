//! Compares the theory line with simulation in random scenarios: how often there is a prediction,
//! how often it agrees with the trials, and how often they lie within its ±; and both errors,
//! predicted and measured.
//!
//! ```text
//! cargo run --release --example theory_scenarios -- 0 200
//! cargo run --release --example theory_scenarios -- 0 200 few
//! cargo run --release --example theory_scenarios -- 0 200 wide
//! cargo run --release --example theory_scenarios -- 0 200 relu
//! cargo run --release --example theory_scenarios -- 0 200 ridge
//! cargo run --release --example theory_scenarios -- 0 200 fine-tune
//! ```
//!
//! The first two numbers are the seeds; `few` draws targets with fewer rows than features too, `wide`
//! shared modules of several units for three to six tasks, `relu` one ReLU unit and ReLU labels, `ridge` and `fine-tune` two tasks with
//! 20 to 1000 held-out rows.
#![allow(clippy::print_stdout)]

use rand::{Rng, RngExt};
use serde_json::{Value, json};
use taskscope::cancel::Cancel;
use taskscope::error::Result;
use taskscope::math::seed::Seed;
use taskscope::scenario::{Scenario, ScenarioDraft};
use taskscope::study::{measure, prediction};

/// Trials behind a measured gain; half as many with ReLU, which takes longer.
const TRIALS: usize = 400;
/// A predicted gain agrees if it is within this of the measured one, or within two standard errors.
const NEAR: f64 = 0.03;

fn log_between(rng: &mut impl Rng, low: f64, high: f64) -> f64 {
    (low.ln() + (high / low).ln() * rng.random::<f64>()).exp()
}

fn one_of<const N: usize>(rng: &mut impl Rng, choices: [f64; N]) -> f64 {
    choices[(rng.random::<f64>() * N as f64) as usize]
}

/// The kinds of scenarios.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    Few,
    Wide,
    Relu,
    Ridge,
    FineTune,
}

impl Kind {
    /// The method of training.
    fn method(self) -> &'static str {
        match self {
            Kind::Ridge => "ridge",
            Kind::FineTune => "fine-tune",
            _ => "joint",
        }
    }
}

fn task(rng: &mut impl Rng, i: usize, d: f64, kind: Kind) -> Value {
    let samples = match i {
        _ if kind == Kind::Few => log_between(rng, 10.0, 4.0 * d),
        0 if kind == Kind::Relu => log_between(rng, 4.0 * d, 40.0 * d),
        0 => log_between(rng, d + 3.0, 20.0 * d),
        _ => log_between(rng, 10.0, 3000.0),
    };
    let mut covariance = json!({
        "condition": if rng.random::<f64>() < 0.3 { 1.0 } else { log_between(rng, 1.0, 30.0) },
        "axes": if kind == Kind::Wide || rng.random::<f64>() < 0.5 { "shared" } else { "random" },
        "rotation": if kind == Kind::Wide { 0.0 } else { one_of(rng, [0.0, 0.0, 45.0, 90.0]) },
    });
    if rng.random::<f64>() < 0.6 {
        covariance["size"] = json!((d / 10.0).round());
    } else {
        covariance["spectrum"] = json!("decay");
    }
    let mut task = json!({
        "name": format!("task{i}"), "role": if i == 0 { "target" } else { "source" },
        "samples": samples.round(), "noise": log_between(rng, 0.1, 3.0), "covariance": covariance,
    });
    if i > 0 {
        let angle = 90.0 * rng.random::<f64>().powi(2);
        let opposite = kind != Kind::Relu && rng.random::<f64>() < 0.15;
        let angle = if opposite { 180.0 - angle } else { angle };
        task["theta"] = json!({"from": "task0", "angle": angle, "difference": "generic"});
    }
    task
}

/// Two to six tasks with 20 to 60 features, one population for all trials.
fn scenario(seed: u64, kind: Kind) -> Result<Scenario> {
    let rng = &mut Seed::new(seed).child("scenario", 0).rng();
    let d = log_between(rng, 20.0, 60.0).round();
    let (k, width) = match kind {
        Kind::Wide => {
            let k = one_of(rng, [3.0, 4.0, 5.0, 6.0]);
            (k as usize, 2 + ((k - 2.0) * rng.random::<f64>()) as usize)
        }
        Kind::Ridge | Kind::FineTune => (2, 1),
        _ => (one_of(rng, [2.0, 2.0, 3.0, 4.0]) as usize, 1),
    };
    let weights = if rng.random::<f64>() < 0.7 { "uniform" } else { "by-size" };
    let trials = if kind == Kind::Relu { TRIALS / 2 } else { TRIALS };
    let activation = if kind == Kind::Relu { "relu" } else { "linear" };
    let tasks: Vec<Value> = (0..k).map(|i| task(rng, i, d, kind)).collect();
    let mut draft = json!({
        "taskscope": 1, "seed": seed, "trials": trials, "tasks": tasks,
        "data": {"dimension": d, "draw": "moments", "redraw": "data"},
        "model": {"width": width, "weights": weights, "activation": activation},
    });
    if kind.method() != "joint" {
        draft["model"]["method"] = json!(kind.method());
        draft["data"]["validation"] = json!(log_between(rng, 20.0, 1000.0).round());
    }
    let draft: ScenarioDraft = serde_json::from_value(draft)
        .map_err(|error| taskscope::error::Error::Failed(error.to_string()))?;
    Ok(Scenario::check(draft)?)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |i: usize, default| arguments.get(i).and_then(|n| n.parse().ok()).unwrap_or(default);
    let kind = match arguments.last().map(String::as_str) {
        Some("few") => Kind::Few,
        Some("wide") => Kind::Wide,
        Some("relu") => Kind::Relu,
        Some("ridge") => Kind::Ridge,
        Some("fine-tune") => Kind::FineTune,
        _ => Kind::Plain,
    };
    let (mut all, mut offered, mut agree, mut inside) = (0, 0, 0, 0);
    for seed in number(0, 0)..number(1, 200) {
        let scenario = scenario(seed, kind)?;
        all += 1;
        let start = std::time::Instant::now();
        let predicted = prediction::predict(&scenario, 1);
        let time = start.elapsed().as_secs_f64() * 1e3;
        let found = match predicted {
            Ok(found) => found,
            Err(reason) => {
                println!("{seed}: none: {reason}; {time:.1} ms");
                continue;
            }
        };
        let approaches = scenario.beside_baseline();
        let Some(measured) = measure::measure(&scenario, &approaches, &Cancel::new(), |_| {})
        else {
            continue;
        };
        let outcome = &measured.own().targets;
        let multi = outcome.multi;
        // The risk of a linear task alone is known, that of a ReLU task is measured.
        let (gain, se) = match (kind, outcome.gain) {
            (Kind::Relu, Some(gain)) => (gain.mean, 0.5 * gain.half_width()),
            _ => (1.0 - multi.mean / found.single, multi.se / found.single),
        };
        let gap = (found.gain - gain).abs();
        offered += 1;
        let agrees = gap <= NEAR.max(2.0 * se);
        agree += usize::from(agrees);
        inside += usize::from(gap <= found.margin.hypot(2.0 * se));
        println!(
            "{seed}: r = {}, k = {}, theory {:.3} ± {:.3}, trials {gain:.3} ± {:.3}{}; {time:.1} ms; \
             alone {:.4} of {:.4} ± {:.4}, together {:.4} of {:.4} ± {:.4}",
            scenario.width(),
            scenario.tasks().len(),
            found.gain,
            found.margin,
            2.0 * se,
            if agrees { "" } else { ", apart" },
            found.single,
            outcome.single.mean,
            2.0 * outcome.single.se,
            found.multi,
            multi.mean,
            2.0 * multi.se,
        );
    }
    println!("{offered} of {all} have a prediction; {agree} agree, {inside} within their ±");
    Ok(())
}
