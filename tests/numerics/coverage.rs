//! How often the interval of a gain holds the true gain, where that is known.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use taskscope::math::seed::Seed;
use taskscope::math::stats::gain_of_lists;

const REPETITIONS: u64 = 4000;

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// A pair of standard normal numbers with this correlation.
fn pair(rng: &mut impl Rng, correlation: f64) -> (f64, f64) {
    let (own, other) = (normal(rng), normal(rng));
    (own, correlation * own + (1.0 - correlation * correlation).sqrt() * other)
}

/// Errors alone and together, spread like the mean of d squares; the gain is 40 %.
fn of_squares(rng: &mut impl Rng) -> (f64, f64) {
    let d = 20;
    let pairs: Vec<(f64, f64)> = (0..d).map(|_| pair(rng, 0.7)).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| {
        pairs.iter().map(|pair| of(pair).powi(2)).sum::<f64>() / f64::from(d)
    };
    (mean(|pair| pair.0), 0.6 * mean(|pair| pair.1))
}

/// Log-normal errors alone and together; the gain is 20 %.
fn log_normal(rng: &mut impl Rng, sigma: f64) -> (f64, f64) {
    let (alone, together) = pair(rng, 0.5);
    let error = |z: f64| (sigma * z - 0.5 * sigma * sigma).exp();
    (error(alone), 0.8 * error(together))
}

/// The share of intervals over n trials that hold the gain, among those that exist.
fn coverage(n: usize, gain: f64, draw: impl Fn(&mut ChaCha8Rng) -> (f64, f64)) -> f64 {
    let (mut all, mut hits) = (0.0, 0.0);
    for repetition in 0..REPETITIONS {
        let rng = &mut Seed::new(3).child("repetition", repetition).rng();
        let (alone, together): (Vec<f64>, Vec<f64>) = (0..n).map(|_| draw(rng)).unzip();
        let Some(interval) = gain_of_lists(&together, &alone) else { continue };
        all += 1.0;
        hits += f64::from(u8::from(interval.low <= gain && gain <= interval.high));
    }
    assert!(all > 0.9 * REPETITIONS as f64);
    hits / all
}

/// The standard error of every share is 0.3 %. All takes a second.
#[test]
fn intervals_hold_the_true_gain_in_95_percent_of_studies_also_with_few_trials_and_heavy_tails() {
    for (what, found) in [
        ("5 trials", coverage(5, 0.4, of_squares)),
        ("60 trials", coverage(60, 0.4, of_squares)),
        ("20 trials, skewed", coverage(20, 0.2, |rng| log_normal(rng, 0.5))),
        ("200 trials, heavy tails", coverage(200, 0.2, |rng| log_normal(rng, 1.0))),
    ] {
        assert!((found - 0.95).abs() <= 0.02, "{what}: {found}");
    }
}

#[test]
fn with_heavy_tails_and_few_trials_intervals_are_too_short_but_not_by_much() {
    let found = coverage(20, 0.2, |rng| log_normal(rng, 1.0));
    assert!((0.88..0.93).contains(&found), "{found}");
}
