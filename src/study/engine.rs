//! Computes single units of a study; each result depends only on its unit.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::plan::{Study, StudyLine};
use super::population_theory::PopulationTheory;
use super::prediction::{
    self, NO_PREDICTION, NO_VALUE, average, line_steps, predict, predict_by, theories, theory_gap,
};
use super::probe::Probes;
use super::record::TrialRecord;
use super::results::{PredictedGain, StudyTheory};
use super::trial::Trial;
use super::unit::Unit;
use crate::cancel::Cancel;
use crate::scenario::Scenario;
use crate::study::cell::StudyCell;
use crate::transfer::Prediction;

/// Number of populations averaged in the prediction for a cell.
const POPULATIONS: usize = 8;

/// Number of populations averaged in the prediction for cells of a scenario: as many as beside a
/// verdict if two tasks have the same ones in all cells, which takes no longer.
fn populations(scenario: &Scenario, are_shared: bool) -> usize {
    let most = match are_shared && scenario.tasks().len() <= 2 {
        true => prediction::POPULATIONS,
        false => POPULATIONS,
    };
    scenario.populations().min(most)
}

/// Computes the record of one unit.
pub fn record(study: &Study, unit: Unit) -> TrialRecord {
    let cell = &study.cells()[unit.cell];
    let trial = Trial::run(&cell.scenario, unit.trial, &cell.approaches);
    let probes = cell.steps.map(|steps| Probes::of(&cell.scenario, &trial.training, steps));
    let matrices = probes.into_iter().flat_map(|probes| probes.matrices);
    let proxies = matrices.flat_map(|matrix| matrix.transpose().as_slice().to_vec()).collect();
    TrialRecord { proxies, ..trial.into() }
}

/// Computes the theory of a study: the prediction for every cell to which it applies, and the lines
/// along knobs. `None` if cancelled.
pub fn predictions(study: &Study, cancel: &Cancel) -> Option<StudyTheory> {
    let cells = of_cells(study, cancel)?;
    let lines = study.lines().iter().map(|line| along(study, line, cancel));
    Some(StudyTheory { lines: lines.collect::<Option<_>>()?, cells })
}

/// The theory line along the knob of a line, from its values between the ends of the line. `None`
/// if cancelled.
fn along(study: &Study, line: &StudyLine, cancel: &Cancel) -> Option<Vec<PredictedGain>> {
    let base = &study.bases()[line.base];
    let common = OnceLock::new();
    let gain = |x: f64| {
        let here = base.with(line.x.handle, x).map_err(|_| NO_VALUE)?;
        if let Some(gap) = theory_gap(&here) {
            return Err(gap);
        }
        let found = match here.same_populations(base) {
            true => {
                predict_by(common.get_or_init(|| theories(base, populations(base, true))), &here)
            }
            false => predict(&here, populations(&here, false)),
        };
        Some(found?.gain).filter(|gain| gain.is_finite()).ok_or(NO_PREDICTION)
    };
    let found = values(line, line_steps(base)).into_par_iter().with_max_len(1);
    found.map(|x| (!cancel.is_cancelled()).then(|| (x, gain(x)))).collect()
}

/// The values at which the theory line along a knob is computed, with those that are measured, in
/// ascending order; none for a choice between names and over two knobs.
fn values(line: &StudyLine, steps: usize) -> Vec<f64> {
    let knob = line.x.handle.knob;
    if line.y.is_some() || knob.is_choice() || line.x.values.len() < 2 {
        return Vec::new();
    }
    let mut all = line.x.values.clone();
    all.sort_by(f64::total_cmp);
    let place = |x: f64| if line.x.log { x.ln() } else { x };
    let value = |at: f64| if line.x.log { at.exp() } else { at };
    let (from, to) = (place(all[0]), place(all[all.len() - 1]));
    let between = (1..steps).map(|step| value(from + (to - from) * step as f64 / steps as f64));
    all.extend(between.map(|x| if knob.whole { x.round() } else { x }));
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// The prediction for every cell to which the theory applies. Cells that draw the same populations
/// share the theory of each, of which a thread holds one at a time. `None` if cancelled.
fn of_cells(study: &Study, cancel: &Cancel) -> Option<Vec<Result<Prediction, &'static str>>> {
    let cells = study.cells();
    let mut alike: Vec<(&Scenario, Vec<&StudyCell>)> = Vec::new();
    let mut places = Vec::with_capacity(cells.len());
    for cell in cells {
        let mut place = || {
            let same = alike.iter().position(|(one, _)| one.same_populations(&cell.scenario));
            let same = same.unwrap_or_else(|| {
                alike.push((&cell.scenario, Vec::new()));
                alike.len() - 1
            });
            alike[same].1.push(cell);
            (same, alike[same].1.len() - 1)
        };
        places.push(theory_gap(&cell.scenario).map_or_else(|| Ok(place()), Err));
    }
    let draws = |(place, (scenario, _)): (usize, &(&Scenario, _))| {
        (0..populations(scenario, alike.len() == 1)).map(move |draw| (place, draw))
    };
    let units: Vec<(usize, usize)> = alike.iter().enumerate().flat_map(draws).collect();
    let of_unit = |&(place, draw): &(usize, usize)| {
        let (scenario, cells) = &alike[place];
        let theory = PopulationTheory::of(&scenario.population(draw));
        let predict = |cell: &&StudyCell| theory.predict(&cell.scenario);
        (!cancel.is_cancelled()).then(|| cells.par_iter().map(predict).collect::<Vec<_>>())
    };
    let found: Vec<Vec<_>> =
        units.par_iter().with_max_len(1).map(of_unit).collect::<Option<_>>()?;
    let mut by_place: Vec<Vec<Vec<_>>> = vec![Vec::new(); alike.len()];
    units.iter().zip(found).for_each(|((place, _), found)| by_place[*place].push(found));
    let predicted = |place: Result<(usize, usize), &'static str>| {
        let (place, cell) = place?;
        let found: Vec<_> = by_place[place].iter().map(|found| found[cell]).collect();
        average(&found, alike[place].0.populations())
    };
    Some(places.into_iter().map(predicted).collect())
}
