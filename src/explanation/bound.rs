//! Theorem 2's bound and the measured error, against the number of source rows.

use rayon::prelude::*;

use super::trials::Reached;
use crate::cancel::Cancel;
use crate::explanation::{Average, BoundSample, TRIALS, outside_theorem_2};
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario};

/// Number of points along the knob.
pub const POINTS: usize = 13;
/// Trials for the first report.
const FEW: usize = 4;

/// The bound and the error against the number of source rows, with all other knobs fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundCurve {
    /// The knob: the number of rows m₂ of the source.
    pub handle: Handle,
    /// Results of the first trials at each number of rows, in ascending order.
    pub points: Vec<(f64, BoundSample)>,
    /// True if the curve is final.
    pub complete: bool,
}

impl BoundCurve {
    /// Returns the number of trials behind every point.
    pub fn trials(&self) -> usize {
        self.points.first().map_or(0, |(_, reach)| reach.bounds.len())
    }

    /// Returns the bound. It depends only on the data of the target, which all points share. `None`
    /// if no trial has a bound.
    pub fn bound(&self) -> Option<Average> {
        self.points.first()?.1.bound()
    }

    /// Returns the number of trials in which the condition `c < 1/3` holds.
    pub fn holding(&self) -> usize {
        self.points.first().map_or(0, |(_, reach)| reach.holding())
    }

    /// Returns the order of magnitude of the rows that the theorem requires: the geometric mean
    /// over trials; infinite if it is infinite in one of them.
    pub fn asked(&self) -> Option<f64> {
        let asked = &self.points.first()?.1.asked;
        let mean = asked.iter().map(|rows| rows.ln()).sum::<f64>() / asked.len() as f64;
        (!asked.is_empty()).then(|| mean.exp())
    }
}

/// Returns the knob of the source rows; `None` if Theorem 2 does not apply to a scenario.
pub fn rows_of_source(scenario: &Scenario) -> Option<Handle> {
    if outside_theorem_2(scenario).is_some() {
        return None;
    }
    let source = &scenario.tasks()[scenario.pair()[1]].name;
    Handle::find(scenario.draft(), &format!("{source}.samples")).ok()
}

/// Computes Theorem 2 along the source rows: first a few trials at every point, then up to
/// [`TRIALS`]. `None` if cancelled, or if the theorem does not apply.
pub fn trace(
    scenario: &Scenario,
    cancel: &Cancel,
    mut publish: impl FnMut(&BoundCurve),
) -> Option<BoundCurve> {
    let handle = rows_of_source(scenario)?;
    let settings: Vec<(f64, Scenario)> = along_track(scenario, handle, POINTS)
        .into_iter()
        .filter_map(|rows| Some((rows, scenario.with(handle, rows).ok()?)))
        .collect();
    let mut along = BoundCurve { handle, points: Vec::new(), complete: false };
    let most = scenario.trials().min(TRIALS);
    let mut found: Vec<Vec<Reached>> = vec![Vec::new(); settings.len()];
    for until in [FEW.min(most), most] {
        for (known, (_, setting)) in found.iter_mut().zip(&settings) {
            let next: Option<Vec<Reached>> = (known.len()..until)
                .into_par_iter()
                .with_max_len(1)
                .map(|trial| (!cancel.is_cancelled()).then(|| Reached::at(setting, trial)))
                .collect();
            known.extend(next?);
        }
        let reach = settings.iter().zip(&found);
        along.points = reach.map(|((rows, _), found)| (*rows, BoundSample::of(found))).collect();
        along.complete = until == most;
        publish(&along);
    }
    Some(along)
}
