//! Descent rules on two tasks that share one unit: the loss above the optimum, relative to it,
//! after a number of steps; with the learning rate found by the rule and with given rates.
//!
//! `cargo run --release --example tables -- descent`

use std::error::Error;

use nalgebra::DVector;
use taskscope::math::seed::Seed;
use taskscope::model::{Descent, Rule, SharedModel, curvature};
use taskscope::scenario::Preset;
use taskscope::study::Trial;

const STEPS: [u64; 4] = [10, 100, 1000, 5000];

pub(crate) fn print() -> Result<(), Box<dyn Error>> {
    let scenario = Preset::find("turning-data").ok_or("no such preset")?.scenario()?;
    let trial = Trial::own(&scenario, 0);
    let objective = trial.training.objective(trial.fits[0].weights.clone());
    let (objective, joint) = (objective.as_ref(), &trial.fits[0].optimum.model);
    let least = objective.loss(joint);
    let start = SharedModel::random(scenario.dimension(), 1, 2, Seed::new(1));
    let units = DVector::repeat(start.parameters().count(), 1.0);
    let curvature = curvature::largest(objective, joint, &units);
    println!("{:<10}{:>10}{:>10}{:>10}{:>10}{:>10}", "rule", "rate", 10, 100, 1000, 5000);
    for rule in [Rule::Gradient, Rule::Momentum, Rule::Adam] {
        let allowed = if rule == Rule::Adam { 0.05 } else { rule.stable_rate(curvature) };
        for rate in [None, Some(0.5 * allowed), Some(2.0 * allowed)] {
            let mut descent = Descent::by(rule, rate, objective, start.clone());
            let name = rate.map_or("found".to_owned(), |rate| format!("{rate:.1e}"));
            print!("{:<10}{name:>10}", rule.name());
            for steps in STEPS {
                while descent.step < steps && !descent.finished {
                    descent.advance(objective);
                }
                print!("{:>10.1e}", (descent.loss / least - 1.0).max(0.0));
            }
            println!("  {}", descent.diverged.map_or(String::new(), |d| d.to_string()));
        }
    }
    Ok(())
}
