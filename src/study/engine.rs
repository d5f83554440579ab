//! Units of a study one by one: what comes out depends on nothing but the unit.

use rayon::prelude::*;

use super::plan::Study;
use super::prediction::predict;
use super::probe::Probes;
use super::record::Record;
use super::trial::Trial;
use super::unit::Unit;
use crate::cancel::Cancel;
use crate::transfer::Prediction;

/// Populations behind the prediction for a cell.
const POPULATIONS: usize = 8;

/// The record of one unit.
pub fn record(study: &Study, unit: Unit) -> Record {
    let cell = &study.cells()[unit.cell];
    let trial = Trial::run(&cell.scenario, unit.trial, &cell.approaches);
    let probes = cell.steps.map(|steps| Probes::of(&cell.scenario, &trial.training, steps));
    let matrices = probes.into_iter().flat_map(|probes| probes.matrices);
    let proxies = matrices.flat_map(|matrix| matrix.transpose().as_slice().to_vec()).collect();
    Record { proxies, ..trial.into() }
}

/// The prediction for every cell, where there is one. `None` if cancelled.
pub fn predictions(study: &Study, cancel: &Cancel) -> Option<Vec<Option<Prediction>>> {
    let cells = study.cells().par_iter().with_max_len(1);
    cells
        .map(|cell| (!cancel.is_cancelled()).then(|| predict(&cell.scenario, POPULATIONS).ok()))
        .collect()
}
