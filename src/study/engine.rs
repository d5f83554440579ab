//! Computes single units of a study; each result depends only on its unit.

use rayon::prelude::*;

use super::plan::Study;
use super::prediction::{predict_by, theories, theory_gap};
use super::probe::Probes;
use super::record::TrialRecord;
use super::trial::Trial;
use super::unit::Unit;
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::study::cell::StudyCell;
use crate::transfer::Prediction;
use crate::transfer::theory::Theory;

/// Number of populations averaged in the prediction for a cell.
const POPULATIONS: usize = 8;

/// Computes the record of one unit.
pub fn record(study: &Study, unit: Unit) -> TrialRecord {
    let cell = &study.cells()[unit.cell];
    let trial = Trial::run(&cell.scenario, unit.trial, &cell.approaches);
    let probes = cell.steps.map(|steps| Probes::of(&cell.scenario, &trial.training, steps));
    let matrices = probes.into_iter().flat_map(|probes| probes.matrices);
    let proxies = matrices.flat_map(|matrix| matrix.transpose().as_slice().to_vec()).collect();
    TrialRecord { proxies, ..trial.into() }
}

/// Computes the prediction for every cell to which the theory applies. Cells that draw the same
/// populations share their theories. `None` if cancelled.
pub fn predictions(study: &Study, cancel: &Cancel) -> Option<Vec<Option<Prediction>>> {
    let cells = study.cells();
    let mut drawn: Vec<&Scenario> = Vec::new();
    let mut like: Vec<Option<usize>> = Vec::with_capacity(cells.len());
    for StudyCell { scenario, .. } in cells {
        let place = || {
            let same = drawn.iter().position(|one| one.same_populations(scenario));
            same.unwrap_or_else(|| {
                drawn.push(scenario);
                drawn.len() - 1
            })
        };
        like.push(theory_gap(scenario).is_none().then(place));
    }
    let theories: Vec<Vec<Theory>> = drawn
        .par_iter()
        .with_max_len(1)
        .map(|scenario| (!cancel.is_cancelled()).then(|| theories(scenario, POPULATIONS)))
        .collect::<Option<_>>()?;
    let predicted = |(cell, place): (&StudyCell, &Option<usize>)| {
        let predict = |place: usize| predict_by(&theories[place], &cell.scenario).ok();
        (!cancel.is_cancelled()).then(|| place.and_then(predict))
    };
    cells.par_iter().zip(&like).map(predicted).collect()
}
