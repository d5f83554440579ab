//! Accuracy of the theory line: predicted and measured risks over random settings.
//!
//! `cargo run --release --example tables -- theory_check 200 1000` draws 200 settings and runs 1,000
//! trials of each. It lists a setting if the predicted risk is off by more than a tenth, or the
//! predicted gain by more than .03, and in both cases by more than three standard errors.

use rand::{Rng, RngExt};
use taskscope::cancel::Cancel;
use taskscope::error::{Error, Result};
use taskscope::math::seed::Seed;
use taskscope::scenario::knob::assign;
use taskscope::scenario::{Preset, Scenario};
use taskscope::study::measure;
use taskscope::study::prediction::{POPULATIONS, predict};

pub(crate) fn print() -> Result<()> {
    let mut sizes = std::env::args().skip(2).map(|word| word.parse::<usize>());
    let settings = sizes.next().and_then(std::result::Result::ok).unwrap_or(60);
    let trials = sizes.next().and_then(std::result::Result::ok).unwrap_or(300);
    let (mut given, mut off) = (0, 0);
    for i in 0..settings {
        let rng = &mut Seed::new(i as u64).child("setting", 0).rng();
        let (name, knobs) = setting(rng);
        match row(name, &knobs, trials) {
            Err(Error::Failed(_)) => continue,
            row => {
                let Some(line) = row? else { continue };
                given += 1;
                if let Some(line) = line {
                    off += 1;
                    println!("{name} {knobs}: {line}");
                }
            }
        }
    }
    println!("{settings} settings, {given} with a prediction, {off} of them off");
    Ok(())
}

/// A preset and random values of its knobs.
fn setting(rng: &mut impl Rng) -> (&'static str, String) {
    let mut between = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
    let mut log = |low: f64, high: f64| between(low.ln(), high.ln()).exp();
    let d = log(4.0, 100.0).round();
    let rows = (d * log(1.1, 10.0)).round() + 2.0;
    let (source, noise, louder) = (log(1.0, 1e5).round(), log(0.01, 30.0), log(0.03, 30.0));
    let condition = log(1.0, 100.0);
    let angle = between(0.0, 180.0).round();
    let rotation = between(-90.0, 180.0).clamp(0.0, 90.0).round();
    let many = between(0.0, 1.0) < 0.2;
    let weights = if between(0.0, 1.0) < 0.2 { "by-size" } else { "uniform" };
    let louder = noise * louder;
    let common = format!(
        "data.dimension={d} model.weights={weights} target.samples={rows} target.noise={noise:.3}"
    );
    if many {
        return ("three-tasks", common);
    }
    let own = format!(
        "source.samples={source} source.noise={louder:.3} source.angle={angle} \
         source.condition={condition:.1} source.rotation={rotation}"
    );
    ("two-tasks", format!("{common} {own}"))
}

/// Checks one setting: `None` if there is no prediction, `Some(None)` if it agrees, else the
/// deviation.
fn row(name: &str, knobs: &str, trials: usize) -> Result<Option<Option<String>>> {
    let preset = Preset::find(name).ok_or_else(|| Error::Failed("no such preset".into()))?;
    let mut draft = preset.scenario()?.draft().clone();
    for assignment in knobs.split(' ') {
        assign(&mut draft, assignment)?;
    }
    draft.trials = trials as f64;
    let scenario = Scenario::check(draft)?;
    let Ok(predicted) = predict(&scenario, POPULATIONS) else { return Ok(None) };
    let approaches = scenario.beside_baseline();
    let Some(found) = measure::measure(&scenario, &approaches, &Cancel::new(), |_| {}) else {
        return Ok(None);
    };
    let found = &found.own().targets;
    let apart = (predicted.multi - found.multi.mean).abs();
    let is_far = apart > (0.1 * predicted.multi).max(3.0 * found.multi.se);
    let gain = found.gain.filter(|gain| gain.mean > -1.0);
    let is_other = gain.is_some_and(|gain| {
        (predicted.gain - gain.mean).abs() > (1.5 * gain.half_width()).max(0.03)
    });
    Ok(Some((is_far || is_other).then(|| {
        let gain =
            gain.map_or("below −1".into(), |g| format!("{:+.3} ± {:.3}", g.mean, g.half_width()));
        format!(
            "risk {:.3e} | {:.3e} ± {:.0e}, gain {:+.3} | {gain}",
            predicted.multi, found.multi.mean, found.multi.se, predicted.gain
        )
    })))
}
