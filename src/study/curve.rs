//! The gain along a knob: the theory line at once, measured points sharpening upon it.

use rayon::prelude::*;

use super::measure::extend;
use super::plan::levels;
use super::prediction::{average, of_targets, setting, theory, theory_gap};
use super::tally::Tally;
use crate::cancel::Cancel;
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario};
use crate::transfer::theory::Theory;
use crate::transfer::{Outcome, Prediction};

/// Points of the theory line.
pub const THEORY_POINTS: usize = 101;
/// Measured points.
pub const MEASURED_POINTS: usize = 13;
/// Populations behind the theory line and trials behind a measured point after each round.
const ROUNDS: [(usize, usize); 4] = [(2, 6), (8, 20), (16, 60), (32, usize::MAX)];
/// Values of the theory line computed between two looks at it.
const CHUNK: usize = 10;

/// The gain of the target as a function of one knob, all others as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The knob.
    pub handle: Handle,
    /// The theory line where it is known so far, by rising value.
    pub theory: Vec<(f64, Prediction)>,
    /// Values of the knob at which no prediction can be made, by rising value: there the line breaks.
    pub gaps: Vec<f64>,
    /// The measured points known so far, by rising value.
    pub measured: Vec<(f64, Outcome)>,
    /// Whether nothing more will come.
    pub complete: bool,
}

impl Curve {
    /// Measured points along a knob, by rising value, without a theory line.
    pub fn measured(handle: Handle, measured: Vec<(f64, Outcome)>) -> Self {
        Self { handle, theory: Vec::new(), gaps: Vec::new(), measured, complete: true }
    }

    /// Values of the knob at which the predicted gain changes its sign.
    pub fn crossings(&self) -> Vec<f64> {
        self.stretches()
            .flat_map(|stretch| stretch.windows(2))
            .filter(|pair| pair[0].1.gain * pair[1].1.gain < 0.0)
            .map(|pair| {
                let ((x, a), (y, b)) = (pair[0], pair[1]);
                x + (y - x) * a.gain / (a.gain - b.gain)
            })
            .collect()
    }

    /// The stretches of the theory line between its gaps.
    pub fn stretches(&self) -> impl Iterator<Item = &[(f64, Prediction)]> {
        let is_between = |from: f64, to: f64| self.gaps.iter().any(|gap| from < *gap && *gap < to);
        self.theory.chunk_by(move |a, b| !is_between(a.0, b.0))
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
    let mut curve = Curve { complete: false, ..Curve::measured(handle, Vec::new()) };
    let mut line = TheoryLine::new(scenario, handle);
    let values = along_track(scenario, handle, MEASURED_POINTS);
    let mut points: Vec<Point> = values
        .iter()
        .filter_map(|&value| {
            Some(Point {
                value,
                scenario: scenario.with(handle, value).ok()?,
                tally: Tally::default(),
            })
        })
        .collect();
    for (populations, trials) in ROUNDS {
        line.extend(populations, cancel, |line| {
            curve.theory = line;
            publish(&curve);
        })?;
        curve.gaps = line.gaps();
        for index in coarse_to_fine(points.len()) {
            let point = &mut points[index];
            let until = trials.min(point.scenario.trials());
            if point.tally.trials() == until {
                continue;
            }
            point.run(until, cancel)?;
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
    tally: Tally,
}

impl Point {
    fn run(&mut self, until: usize, cancel: &Cancel) -> Option<()> {
        let own = [self.scenario.approach()];
        extend(&mut self.tally, &self.scenario, &own, until, cancel)
    }

    fn outcome(&self) -> Option<Outcome> {
        let own = [self.scenario.approach()];
        let measured = self.tally.measurement(&self.scenario, &own, self.tally.trials())?;
        Some(measured.own().targets)
    }
}

/// The theory line along a knob, averaged over ever more populations.
pub struct TheoryLine<'a> {
    scenario: &'a Scenario,
    /// The values along the track.
    values: Vec<f64>,
    points: Vec<(f64, Scenario)>,
    /// For every point, one prediction for each population, or why there is none.
    predictions: Vec<Vec<Result<Prediction, &'static str>>>,
    populations: usize,
    /// Whether more populations would change nothing.
    settled: bool,
}

impl<'a> TheoryLine<'a> {
    /// A line without any population, where the theory applies along the track of a knob.
    pub fn new(scenario: &'a Scenario, handle: Handle) -> Self {
        let values = along_track(scenario, handle, THEORY_POINTS);
        let points: Vec<(f64, Scenario)> = values
            .iter()
            .filter_map(|&value| Some((value, scenario.with(handle, value).ok()?)))
            .filter(|(_, scenario)| theory_gap(scenario).is_none())
            .collect();
        let predictions = vec![Vec::new(); points.len()];
        Self { scenario, values, points, predictions, populations: 0, settled: false }
    }

    /// Adds populations until there are so many, and hands the line over as it gets better: the
    /// first population coarse to fine, then after each. `None` if cancelled.
    pub fn extend(
        &mut self,
        until: usize,
        cancel: &Cancel,
        mut publish: impl FnMut(Vec<(f64, Prediction)>),
    ) -> Option<()> {
        let order: Vec<usize> = coarse_to_fine(self.points.len()).collect();
        while self.populations < until.min(self.scenario.populations()) && !self.settled {
            let common = theory(&self.scenario.population(self.populations));
            for chunk in order.chunks(CHUNK) {
                if cancel.is_cancelled() {
                    return None;
                }
                let found: Vec<_> = chunk.par_iter().map(|&i| self.predict(&common, i)).collect();
                for (&i, prediction) in chunk.iter().zip(found) {
                    self.predictions[i].push(prediction);
                }
                if self.populations == 0 {
                    publish(self.line());
                }
            }
            self.populations += 1;
            self.settled = self.populations == 2 && self.populations_agree();
            publish(self.line());
        }
        Some(())
    }

    fn predict(&self, common: &Theory, point: usize) -> Result<Prediction, &'static str> {
        let here = &self.points[point].1;
        let setting = setting(here);
        if here.same_populations(self.scenario) {
            return of_targets(common, &setting, here);
        }
        of_targets(&theory(&here.population(self.populations)), &setting, here)
    }

    /// Whether the first two populations predict the same everywhere, as isotropic ones do.
    fn populations_agree(&self) -> bool {
        self.predictions.iter().all(|found| match found[..] {
            [Ok(first), Ok(second)] => (first.gain - second.gain).abs() < 1e-9,
            [Err(_), Err(_)] => true,
            _ => false,
        })
    }

    /// The values along the track at which no prediction can be made, whatever the population.
    pub fn gaps(&self) -> Vec<f64> {
        let line = self.line();
        let is_known = |value: &f64| line.iter().any(|(known, _)| known == value);
        self.values.iter().copied().filter(|value| !is_known(value)).collect()
    }

    fn line(&self) -> Vec<(f64, Prediction)> {
        let averages = self.predictions.iter().map(|found| average(found));
        let points = self.points.iter().zip(averages);
        points.filter_map(|((value, _), average)| Some((*value, average.ok()?))).collect()
    }
}

/// The numbers below `n`, so that the first few of them are spread over all: both ends first,
/// then halves, then quarters.
fn coarse_to_fine(n: usize) -> impl Iterator<Item = usize> {
    let levels = levels(n);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| levels[*i]);
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
