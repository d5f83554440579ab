//! Trials of scenarios: populations, data, exact optima alone and together, errors.

use crate::cli::bench::clock;
use crate::cli::bench::report::{Bench, Case, Report};
use crate::error::{Invalid, Result};
use crate::scenario::knob::assign;
use crate::scenario::{Preset, Scenario};
use crate::study::Trial;

/// The kinds of sources.
const KINDS: [&str; 3] = ["fig3-task2", "fig3-task3", "fig3-task4"];
/// Numbers of rows of the source.
const SIZES: [u64; 10] = [100, 215, 464, 1000, 2154, 4642, 10_000, 21_544, 46_416, 100_000];

fn preset(name: &str, assignments: &[String]) -> Result<Scenario> {
    let preset =
        Preset::find(name).ok_or_else(|| Invalid::new("bench", name, "the name of a preset"))?;
    let mut draft = preset.scenario()?.draft().clone();
    for assignment in assignments {
        assign(&mut draft, assignment)?;
    }
    Ok(Scenario::check(draft)?)
}

pub(super) fn sweep(args: &Bench) -> Result<Report> {
    let draw = if args.rows { "rows" } else { "moments" };
    let of_cell = |(name, rows): (&str, u64)| {
        let assignments = [
            format!("data.draw={draw}"),
            "target.samples=1000".into(),
            format!("source.samples={rows}"),
        ];
        preset(name, &assignments)
    };
    let cells = KINDS.iter().flat_map(|name| SIZES.map(|rows| (*name, rows)));
    let cells: Vec<Scenario> = cells.map(of_cell).collect::<Result<_>>()?;
    let risks = |seed: usize| -> f64 {
        let trials = cells.iter().map(|cell| Trial::own(cell, seed));
        trials.map(|trial| trial.fits[0].errors[0].risk / trial.alone[0].risk).sum()
    };
    let check = risks(0);
    let mut seed = 0;
    let timed = clock::time(args.steps, || {
        seed += 1;
        risks(seed);
    });
    let shape = format!(
        "{} kinds of sources × {} numbers of rows, d = 100, r = 1, {draw} drawn: {} exact optima a seed",
        KINDS.len(),
        SIZES.len(),
        cells.len()
    );
    Ok(Report::new(args, Case::Sweep, shape, timed, check))
}

pub(super) fn trial(args: &Bench) -> Result<Report> {
    let scenario = preset("two-tasks", &[])?;
    let risk = |number: usize| Trial::own(&scenario, number).fits[0].errors[0].risk;
    let mut number = 0;
    let timed = clock::time(args.steps, || {
        number += 1;
        risk(number);
    });
    let shape = "one trial of the preset two-tasks: d = 20, both optima, all risks".to_owned();
    Ok(Report::new(args, Case::Trial, shape, timed, risk(0)))
}
