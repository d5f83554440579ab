//! `taskscope methods`: joint training, merging, fine-tuning and ridge side by side.

use serde::Serialize;

use crate::cancel::Cancel;
use crate::cli::source::Source;
use crate::cli::{interrupt, output, progress, study};
use crate::error::{Error, Invalid, Result};
use crate::export::table::in_json;
use crate::figure::words::methods as words;
use crate::math::stats::Interval;
use crate::scenario::Scenario;
use crate::study::SideBySide;
use crate::study::caution::of_rows;
use crate::study::side_by_side::{compare, no_methods};

/// Version of the JSON.
const SCHEMA: &str = "taskscope.methods/1";

#[derive(Debug, clap::Args)]
pub(super) struct MethodsArgs {
    #[command(flatten)]
    pub source: Source,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of sentences
    #[arg(long)]
    pub json: bool,
}

pub(super) fn methods(args: &MethodsArgs) -> Result<()> {
    study::threads(args.threads)?;
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.scenario()?;
    if let Some(reason) = no_methods(&scenario) {
        return Err(Invalid::new("methods", name, reason).into());
    }
    let bar = progress::counting(scenario.trials(), "{pos}/{len} trials");
    let found = compare(&scenario, &Cancel::new(), |so_far| {
        bar.set_position(so_far.measurement.as_ref().map_or(0, |m| m.trials) as u64);
    });
    bar.finish_and_clear();
    let found = found.ok_or(Error::Interrupted)?;
    output::print(&match args.json {
        true => json(&name, &found)?,
        false => text(&scenario, &found),
    })
}

fn text(scenario: &Scenario, found: &SideBySide) -> String {
    let mut text = format!("{}\n", words::alone(scenario, found));
    for said in words::methods(found) {
        text += &format!("{said}\n");
    }
    text + &of_rows(scenario).iter().map(|c| format!("Beware: {c}\n")).collect::<String>()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    name: &'a str,
    trials: usize,
    error_alone: Option<f64>,
    methods: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    method: &'static str,
    gain: Option<Interval>,
    error: Option<f64>,
    predicted_gain: Option<f64>,
    /// How far the predicted gain may be off.
    predicted_margin: Option<f64>,
    /// Why there is no prediction.
    theory_gap: Option<&'static str>,
}

fn json(name: &str, found: &SideBySide) -> Result<String> {
    let measured = || found.methods().filter_map(|(_, _, measured)| measured);
    let listed = found.methods().map(|(method, predicted, measured)| Listed {
        method: method.name(),
        gain: measured.and_then(|outcome| outcome.gain),
        error: measured.map(|outcome| outcome.multi.mean),
        predicted_gain: predicted.as_ref().ok().map(|found| found.gain),
        predicted_margin: predicted.as_ref().ok().map(|found| found.margin),
        theory_gap: predicted.as_ref().err().copied(),
    });
    let document = Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name,
        trials: found.measurement.as_ref().map_or(0, |measurement| measurement.trials),
        error_alone: measured().next().map(|outcome| outcome.single.mean),
        methods: listed.collect(),
    };
    in_json(&document)
}
