//! Theorem 2 along the rows of the source: the bound, and the error it bounds, ever more rows on.

use rayon::prelude::*;

use super::trials::Reached;
use crate::cancel::Cancel;
use crate::explanation::{Average, BoundSample, TRIALS, outside_theorem_2};
use crate::scenario::check::along_track;
use crate::scenario::{Handle, Scenario};

/// Numbers of rows looked at.
pub const POINTS: usize = 13;
/// Trials behind the first report.
const FEW: usize = 4;

/// The bound and the error over the number of source rows, all else as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundCurve {
    /// The knob: the rows m₁ of the source.
    pub handle: Handle,
    /// What the first trials show at each number of rows, by rising number.
    pub points: Vec<(f64, BoundSample)>,
    /// Whether nothing more will come.
    pub complete: bool,
}

impl BoundCurve {
    /// Trials behind every point.
    pub fn trials(&self) -> usize {
        self.points.first().map_or(0, |(_, reach)| reach.bounds.len())
    }

    /// The bound; it depends on the data of the target alone, which all points share. `None`
    /// where there is none in any trial.
    pub fn bound(&self) -> Option<Average> {
        self.points.first()?.1.bound()
    }

    /// Trials in which the condition `c < 1/3` holds.
    pub fn holding(&self) -> usize {
        self.points.first().map_or(0, |(_, reach)| reach.holding())
    }

    /// The rows that the theorem asks for, in order of magnitude: the geometric mean over the
    /// trials; infinite where one of them is.
    pub fn asked(&self) -> Option<f64> {
        let asked = &self.points.first()?.1.asked;
        let mean = asked.iter().map(|rows| rows.ln()).sum::<f64>() / asked.len() as f64;
        (!asked.is_empty()).then(|| mean.exp())
    }
}

/// The knob of the rows of the source; `None` where Theorem 2 says nothing of a scenario.
pub fn rows_of_source(scenario: &Scenario) -> Option<Handle> {
    if outside_theorem_2(scenario).is_some() {
        return None;
    }
    let source = &scenario.tasks()[scenario.pair()[1]].name;
    Handle::find(scenario.draft(), &format!("{source}.samples")).ok()
}

/// Looks at Theorem 2 along the track of the rows of the source: a few trials of every point
/// first, then all of at most [`TRIALS`]. `None` if cancelled, or where the theorem says nothing.
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
