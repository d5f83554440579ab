//! The gain along a knob: the theory line at once, then measured points that become more precise.

use rayon::prelude::*;

use super::measure::extend;
use super::measurement::Measurement;
use super::plan::levels;
use super::population_theory::PopulationTheory;
use super::prediction::{NO_VALUE, average, line_steps, theory_gap};
use super::tally::Tally;
use crate::cancel::Cancel;
use crate::model::OptimumKind;
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario};
use crate::transfer::{Outcome, Prediction};

/// Number of measured points.
pub const MEASURED_POINTS: usize = 13;
/// For each round: populations behind the theory line, and trials behind a measured point.
const ROUNDS: [(usize, usize); 4] = [(2, 6), (8, 20), (16, 60), (32, usize::MAX)];
/// Points of the theory line computed between two updates.
const CHUNK: usize = 10;

/// The gain of the target as a function of one knob, with all other knobs fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The knob.
    pub handle: Handle,
    /// The points of the theory line known so far, in ascending order.
    pub theory: Vec<(f64, Prediction)>,
    /// Knob values without a prediction, in ascending order, and why; the line breaks there.
    pub gaps: Vec<(f64, &'static str)>,
    /// The measured points known so far, in ascending order.
    pub measured: Vec<(f64, Outcome)>,
    /// The kinds of optimum behind the measured points, alone and together, each once.
    pub kinds: Vec<OptimumKind>,
    /// True if the curve is final.
    pub complete: bool,
}

/// The kinds of optimum behind some measurements, alone and together, each once.
pub(crate) fn kinds<'a>(known: impl Iterator<Item = &'a Measurement>) -> Vec<OptimumKind> {
    let mut kinds: Vec<_> = known.flat_map(|found| [found.alone, found.own().kind]).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

impl Curve {
    /// Creates a curve from measured points in ascending order, without a theory line.
    pub fn measured(handle: Handle, measured: Vec<(f64, Outcome)>) -> Self {
        let (theory, gaps, kinds) = (Vec::new(), Vec::new(), Vec::new());
        Self { handle, theory, gaps, measured, kinds, complete: true }
    }

    /// Returns the knob values at which the predicted gain changes its sign.
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

    /// Returns true if both are drawn as the same line: that of theory, or that of the measured
    /// points if there is none.
    pub fn covers(&self, other: &Self) -> bool {
        match self.theory.is_empty() {
            true => other.theory.is_empty() && self.measured == other.measured,
            false => self.theory == other.theory,
        }
    }

    /// Returns the pieces of the theory line between its gaps.
    pub fn stretches(&self) -> impl Iterator<Item = &[(f64, Prediction)]> {
        let is_between =
            |from: f64, to: f64| self.gaps.iter().any(|(gap, _)| from < *gap && *gap < to);
        self.theory.chunk_by(move |a, b| !is_between(a.0, b.0))
    }
}

/// Computes the curve along a knob and publishes it after every improvement. `None` if cancelled.
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
            let known = points.iter().filter_map(|p| Some((p.value, p.measurement()?)));
            let known: Vec<(f64, Measurement)> = known.collect();
            curve.measured = known.iter().map(|(x, found)| (*x, found.own().targets)).collect();
            curve.kinds = kinds(known.iter().map(|(_, found)| found));
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

    fn measurement(&self) -> Option<Measurement> {
        let own = [self.scenario.approach()];
        self.tally.measurement(&self.scenario, &own, self.tally.trials())
    }
}

/// The theory line along a knob, averaged over more and more populations.
pub struct TheoryLine<'a> {
    scenario: &'a Scenario,
    /// The knob values along its track without a theory, and why.
    without: Vec<(f64, &'static str)>,
    points: Vec<(f64, Scenario)>,
    /// For every point, one prediction per population, or the reason why there is none.
    predictions: Vec<Vec<Result<Prediction, &'static str>>>,
    populations: usize,
    /// True if more populations would change nothing.
    settled: bool,
}

impl<'a> TheoryLine<'a> {
    /// Creates a line without populations; its points are the knob values with a theory.
    pub fn new(scenario: &'a Scenario, handle: Handle) -> Self {
        Self::with_points(scenario, handle, line_steps(scenario) + 1)
    }

    /// The same with another number of points along the track.
    pub fn with_points(scenario: &'a Scenario, handle: Handle, points: usize) -> Self {
        let (mut known, mut without) = (Vec::new(), Vec::new());
        for value in along_track(scenario, handle, points) {
            match scenario.with(handle, value) {
                Err(_) => without.push((value, NO_VALUE)),
                Ok(there) => match theory_gap(&there) {
                    Some(gap) => without.push((value, gap)),
                    None => known.push((value, there)),
                },
            }
        }
        let predictions = vec![Vec::new(); known.len()];
        Self { scenario, without, points: known, predictions, populations: 0, settled: false }
    }

    /// Adds populations up to `until` and publishes the line as it improves: the first population
    /// coarse to fine, then after each further one. `None` if cancelled.
    pub fn extend(
        &mut self,
        until: usize,
        cancel: &Cancel,
        mut publish: impl FnMut(Vec<(f64, Prediction)>),
    ) -> Option<()> {
        let order: Vec<usize> = coarse_to_fine(self.points.len()).collect();
        while self.populations < until.min(self.scenario.populations()) && !self.settled {
            let common = PopulationTheory::of(&self.scenario.population(self.populations));
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

    fn predict(&self, common: &PopulationTheory, point: usize) -> Result<Prediction, &'static str> {
        let here = &self.points[point].1;
        if here.same_populations(self.scenario) {
            return common.predict(here);
        }
        PopulationTheory::of(&here.population(self.populations)).predict(here)
    }

    /// Returns true if the first two populations give equal predictions everywhere, as isotropic
    /// populations do.
    fn populations_agree(&self) -> bool {
        self.predictions.iter().all(|found| match found[..] {
            [Ok(first), Ok(second)] => (first.gain - second.gain).abs() < 1e-9,
            [Err(_), Err(_)] => true,
            _ => false,
        })
    }

    /// Returns the knob values without a prediction, in ascending order, and why.
    pub fn gaps(&self) -> Vec<(f64, &'static str)> {
        let unsettled = self.averages().filter_map(|(value, found)| Some((value, found.err()?)));
        let mut gaps: Vec<_> = self.without.iter().copied().chain(unsettled).collect();
        gaps.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        gaps
    }

    fn line(&self) -> Vec<(f64, Prediction)> {
        self.averages().filter_map(|(value, found)| Some((value, found.ok()?))).collect()
    }

    /// The prediction at every value with a theory, over all populations so far, or why there is none.
    fn averages(&self) -> impl Iterator<Item = (f64, Result<Prediction, &'static str>)> {
        let points = self.points.iter().zip(&self.predictions);
        points.map(|((value, _), found)| (*value, average(found, self.scenario.populations())))
    }
}

/// The numbers below `n`, ordered so that the first few are spread evenly: both ends, then halves,
/// then quarters.
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
