//! `taskscope run`: the trials of a scenario, as a table or as JSON.

use super::args::Run;
use super::report::Results;
use super::{interrupt, output, report};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::scenario::Scenario;
use crate::study::measure;
use crate::study::prediction::{self, POPULATIONS};

pub(super) fn run(args: &Run) -> Result<()> {
    interrupt::end_on_signals()?;
    let (name, scenario) = args.source.comparing(&args.methods)?;
    let results = measured(&scenario)?;
    let text = if args.json {
        report::json(&name, &scenario, &results)?
    } else {
        report::text(&name, &scenario, &results)
    };
    output::print(&text)
}

/// Runs all trials and the prediction.
pub(super) fn measured(scenario: &Scenario) -> Result<Results> {
    let measurement = measure::measure(scenario, &scenario.approaches(), &Cancel::new(), |_| {})
        .ok_or(Error::Interrupted)?;
    Ok(Results { measurement, theory: prediction::predict(scenario, POPULATIONS) })
}
