//! `taskscope run`: measures a scenario and prints a table or JSON.

use crate::cancel::Cancel;
use crate::cli::report::results::Results;
use crate::cli::source::Source;
use crate::cli::{interrupt, output, progress, report, study};
use crate::error::{Error, Result};
use crate::math::stats::Mean;
use crate::model::Loss;
use crate::scenario::Scenario;
use crate::study::prediction::POPULATIONS;
use crate::study::{measure, prediction};
use crate::task::Activation;

pub(super) fn run(args: &Run) -> Result<()> {
    study::threads(args.threads)?;
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.comparing(&args.methods)?;
    let results = measured(&scenario)?;
    let text = if args.json {
        report::json(&name, &scenario, &results)?
    } else {
        report::text(&name, &scenario, &results)
    };
    output::print(&text)
}

/// Runs all trials and computes the prediction.
pub(super) fn measured(scenario: &Scenario) -> Result<Results> {
    let bar = progress::counting(scenario.trials(), "{pos}/{len} trials");
    let approaches = scenario.approaches();
    let measurement = measure::measure(scenario, &approaches, &Cancel::new(), |so_far| {
        bar.set_position(so_far.trials as u64);
    })
    .ok_or(Error::Interrupted)?;
    bar.finish_and_clear();
    let theory = prediction::predict(scenario, POPULATIONS);
    Ok(Results { measurement, theory, ridge: ridge(scenario) })
}

/// The errors of tuned ridge regression, beside real tasks whose model is not linear.
fn ridge(scenario: &Scenario) -> Option<Vec<(Mean, usize)>> {
    scenario.real().filter(|_| !scenario.is_linear())?;
    let mut draft = scenario.draft().clone();
    (draft.model.activation, draft.model.loss) = (Activation::Linear, Loss::Squared);
    let linear = Scenario::check(draft).ok()?;
    let own = [linear.approach()];
    let measured = measure::measure(&linear, &own, &Cancel::new(), |_| ())?;
    Some(measured.own().groups.iter().map(|group| (group.single, group.trials)).collect())
}

#[derive(Debug, clap::Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub source: Source,
    /// Measure another weighting scheme or method beside the scenario's own; may be given several
    /// times
    #[arg(long = "method", value_name = "NAME")]
    pub methods: Vec<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
