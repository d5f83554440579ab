//! Where the theory holds: predicted beside simulated risks, and the doubt about the prediction.
//!
//! `cargo run --release --example tables -- theory_check`

use taskscope::cancel::Cancel;
use taskscope::error::{Error, Result};
use taskscope::scenario::knob::assign;
use taskscope::scenario::{Preset, Scenario};
use taskscope::study::measure;
use taskscope::study::prediction::{setting, theory};
use taskscope::transfer::theory::Doubt;

/// Knobs of the preset `two-tasks` away from their defaults.
const GRID: &[&str] = &[
    "source.angle=0",
    "source.angle=30",
    "source.angle=90",
    "source.angle=150",
    "source.angle=60 model.weights=by-size",
    "source.angle=90 model.weights=by-size",
    "source.samples=1",
    "source.samples=10",
    "source.samples=100000",
    "source.noise=3",
    "source.noise=10",
    "source.noise=1000000",
    "target.noise=0.1",
    "target.noise=1",
    "target.noise=3",
    "target.noise=30 source.noise=30",
    "source.condition=30 source.rotation=90",
    "source.condition=30 source.rotation=90 target.noise=3 source.noise=3",
    "data.dimension=5 target.samples=10",
    "data.dimension=60 target.samples=90",
];

pub(crate) fn print() -> Result<()> {
    println!("{:<70} {:>10} {:>19} {:>7}", "two-tasks with", "predicted", "simulated", "doubt");
    for &knobs in GRID {
        println!("{}", row(knobs)?);
    }
    Ok(())
}

fn row(knobs: &str) -> Result<String> {
    let preset = Preset::find("two-tasks").ok_or_else(|| Error::Failed("no such preset".into()))?;
    let mut draft = preset.scenario()?.draft().clone();
    for assignment in knobs.split(' ') {
        assign(&mut draft, assignment)?;
    }
    draft.trials = 100.0;
    let scenario = Scenario::check(draft)?;
    let (setting, target) = (setting(&scenario), scenario.targets()[0]);
    let theory = theory(&scenario.population(0));
    let (heads, _) = theory.best_heads(&setting);
    let point = theory.at(&setting, &heads);
    let predicted = point.bias[target] + point.variance[target] + point.head[target];
    let Doubt { share, reason } = theory.doubt(&setting, target);
    let reason = if share < Doubt::LIMIT { "" } else { reason };
    let measured = measure::measure(&scenario, &scenario.beside_baseline(), &Cancel::new(), |_| {});
    let simulated = measured.map_or("interrupted".into(), |measured| {
        let risk = measured.own().targets.multi;
        format!("{:.3e} ± {:.1e}", risk.mean, risk.se)
    });
    Ok(format!("{knobs:<70} {predicted:>10.3e} {simulated:>19} {share:>7.2e} {reason}"))
}
