//! The gain along a knob: the theory line at once, measured points sharpening upon it.

use rayon::prelude::*;

use super::measure::{risks, setting, theory, theory_gap};
use crate::cancel::Cancel;
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario};
use crate::transfer::theory::Theory;
use crate::transfer::{Outcome, Prediction, Risks};

/// Points of the theory line.
pub const THEORY_POINTS: usize = 101;
/// Measured points.
pub const MEASURED_POINTS: usize = 13;
/// The theory line averages at most this many populations.
const POPULATIONS: usize = 8;
/// Trials of a measured point after each round.
const ROUNDS: [usize; 4] = [6, 20, 60, usize::MAX];
/// Values of the theory line computed between two looks at it.
const CHUNK: usize = 10;

/// The gain of the target as a function of one knob, all others as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The knob.
    pub handle: Handle,
    /// The theory line where it is known so far, by rising value.
    pub theory: Vec<(f64, Prediction)>,
    /// The measured points known so far, by rising value.
    pub measured: Vec<(f64, Outcome)>,
    /// Whether nothing more will come.
    pub complete: bool,
}

impl Curve {
    /// Values of the knob at which the predicted gain changes its sign.
    pub fn crossings(&self) -> Vec<f64> {
        self.theory
            .windows(2)
            .filter(|pair| pair[0].1.gain * pair[1].1.gain < 0.0)
            .map(|pair| {
                let ((x, a), (y, b)) = (pair[0], pair[1]);
                x + (y - x) * a.gain / (a.gain - b.gain)
            })
            .collect()
    }
}

/// Traces the curve along a knob and hands it over whenever it has become better. `None` if
/// cancelled.
pub fn trace(
    scenario: &Scenario,
    handle: Handle,
    cancel: &Cancel,
    mut publish: impl FnMut(&Curve),
) -> Option<Curve> {
    let mut curve = Curve { handle, theory: Vec::new(), measured: Vec::new(), complete: false };
    theory_line(scenario, handle, cancel, |line| {
        curve.theory = line;
        publish(&curve);
    })?;
    let values = along_track(scenario, handle, MEASURED_POINTS);
    let mut points: Vec<Point> = values
        .iter()
        .filter_map(|&value| {
            Some(Point { value, scenario: scenario.with(handle, value).ok()?, risks: Vec::new() })
        })
        .collect();
    for round in ROUNDS {
        for index in coarse_to_fine(points.len()) {
            let point = &mut points[index];
            let until = round.min(point.scenario.trials());
            if point.risks.len() == until {
                continue;
            }
            point.risks.extend(risks(&point.scenario, point.risks.len()..until, cancel)?);
            curve.measured = points.iter().filter_map(|p| Some((p.value, p.outcome()?))).collect();
            publish(&curve);
        }
    }
    curve.complete = true;
    publish(&curve);
    Some(curve)
}

struct Point {
    value: f64,
    scenario: Scenario,
    risks: Vec<Vec<Risks>>,
}

impl Point {
    fn outcome(&self) -> Option<Outcome> {
        let target = self.scenario.target();
        let risks: Vec<Risks> = self.risks.iter().map(|trial| trial[target]).collect();
        Outcome::of(&risks)
    }
}

/// The theory line along a knob, averaged over populations: the first population coarse to fine,
/// then one more population at a time. `None` if cancelled.
pub fn theory_line(
    scenario: &Scenario,
    handle: Handle,
    cancel: &Cancel,
    mut publish: impl FnMut(Vec<(f64, Prediction)>),
) -> Option<()> {
    let scenarios: Vec<(f64, Scenario)> = along_track(scenario, handle, THEORY_POINTS)
        .into_iter()
        .filter_map(|value| Some((value, scenario.with(handle, value).ok()?)))
        .filter(|(_, scenario)| theory_gap(scenario).is_none())
        .collect();
    let order: Vec<usize> = coarse_to_fine(scenarios.len()).collect();
    let mut sums: Vec<Vec<Prediction>> = vec![Vec::new(); scenarios.len()];
    let line = |sums: &[Vec<Prediction>]| {
        let averages = sums.iter().map(|predictions| Prediction::average(predictions));
        let points = scenarios.iter().zip(averages);
        points.filter_map(|((value, _), average)| Some((*value, average?))).collect::<Vec<_>>()
    };
    for population in 0..scenario.populations().min(POPULATIONS) {
        let common = theory(scenario, &scenario.population(population));
        let predict = |here: &Scenario| {
            let own;
            let theory: &Theory = if here.same_populations(scenario) {
                &common
            } else {
                own = theory(here, &here.population(population));
                &own
            };
            theory.predict(&setting(here))
        };
        let mut moved = false;
        for chunk in order.chunks(CHUNK) {
            if cancel.is_cancelled() {
                return None;
            }
            let predictions: Vec<_> = chunk.par_iter().map(|&i| predict(&scenarios[i].1)).collect();
            for (&i, prediction) in chunk.iter().zip(predictions) {
                let before = sums[i].first().map(|p| p.gain);
                moved |=
                    prediction.is_some_and(|p| before.is_none_or(|g| (g - p.gain).abs() > 1e-9));
                sums[i].extend(prediction);
            }
            if population == 0 {
                publish(line(&sums));
            }
        }
        if !moved {
            break;
        }
        publish(line(&sums));
    }
    Some(())
}

/// The numbers below `n`, so that the first few of them are spread over all: both ends first,
/// then halves, then quarters.
fn coarse_to_fine(n: usize) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = Vec::with_capacity(n);
    let mut seen = vec![false; n];
    let mut stride = n.next_power_of_two().max(1);
    while order.len() < n {
        for i in (0..n).step_by(stride).chain([n.saturating_sub(1)]) {
            if !std::mem::replace(&mut seen[i], true) {
                order.push(i);
            }
        }
        stride = (stride / 2).max(1);
    }
    order.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_to_fine_visits_every_number_once_and_both_ends_first() {
        for n in 0..70 {
            let order: Vec<usize> = coarse_to_fine(n).collect();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..n).collect::<Vec<_>>());
            if n > 1 {
                assert_eq!(order[..2], [0, n - 1]);
            }
        }
    }
}
