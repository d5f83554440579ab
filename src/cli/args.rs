//! The arguments, and how they make a scenario.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};

use super::read::read;
use crate::error::{Error, Invalid, Result};
use crate::method::{Approach, Method, Weighting};
use crate::scenario::preset::PRESETS;
use crate::scenario::{Preset, Scenario, ScenarioDraft, knob};

/// See when learning tasks together helps and when it hurts.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub open: Source,
}

const EXIT_CODES: &str = "Without a subcommand the scenario is opened on the screen; where the output is no \
terminal, its summary is printed.\n\nExit codes: 0 done, 1 failed, 2 bad usage or file, 4 a claim contradicted, 5 cannot write, \
130 interrupted.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Measure a scenario and print the outcome
    Run(Run),
    /// List the presets, or print the file of one
    Presets(Presets),
    /// List the knobs of a scenario with their values and what is allowed
    Knobs(Knobs),
    /// Draw a figure of a scenario into a PNG or SVG file
    Export(Export),
    /// Measure the claims of the paper, each in the setting in which it appears
    Claims(Claims),
}

/// Where a scenario comes from and how it is changed.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A preset (see `taskscope presets`) or a scenario file [default: two-tasks]
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    /// Turn a knob (see `taskscope knobs`); may be given several times
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub set: Vec<String>,
    /// Number of trials behind a verdict
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub trials: Option<String>,
    /// Seed of every draw
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub seed: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub source: Source,
    /// Measure another weighting scheme or method beside the scenario's own; may be given several
    /// times
    #[arg(long = "method", value_name = "NAME")]
    pub methods: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Claims {
    /// The claims to be measured [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Number of trials behind every measurement [default: each claim's own]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Presets {
    /// The preset whose file is printed
    pub name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Knobs {
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    #[command(flatten)]
    pub source: Source,
    /// What is drawn
    #[arg(long, value_enum)]
    pub figure: FigureName,
    /// The knob along which the gain is drawn [default: the one in focus]
    #[arg(long, value_name = "KNOB")]
    pub along: Option<String>,
    /// The file to write, .png or .svg; one that exists is replaced
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// A figure by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FigureName {
    /// The gain along a knob, with the theory line
    Gain,
    /// Training loss along a descent, with the optima
    Loss,
    /// The plane of the two θ
    Plane,
}

impl Source {
    /// The scenario and its name.
    pub(super) fn scenario(&self) -> Result<(String, Scenario)> {
        self.comparing(&[])
    }

    /// The scenario with further approaches to be compared, and its name.
    pub(super) fn comparing(&self, methods: &[String]) -> Result<(String, Scenario)> {
        let asked = self.scenario.as_deref().unwrap_or(PRESETS[0].name);
        let (name, origin, json) = match Preset::find(asked) {
            Some(preset) => (asked.to_owned(), format!("preset {asked}"), preset.json.to_owned()),
            None => (stem(asked), asked.to_owned(), read(asked)?),
        };
        let mut draft = ScenarioDraft::parse(&json, &origin)?;
        Scenario::check(draft.clone()).map_err(|problem| Error::Scenario { origin, problem })?;
        for assignment in &self.set {
            knob::assign(&mut draft, assignment)?;
        }
        for (flag, text) in [("--trials", &self.trials), ("--seed", &self.seed)] {
            let Some(text) = text else { continue };
            let value = number(flag, text)?;
            if flag == "--trials" { draft.trials = value } else { draft.seed = value }
        }
        for name in methods {
            let own = Approach { weighting: Weighting::Uniform, method: Method::Joint };
            if own.named(name).is_none() {
                let found = format!("\"{name}\"");
                return Err(Invalid::new("--method", found, Approach::names().join(", ")).into());
            }
            draft.compare.push(name.clone());
        }
        let scenario = Scenario::check(draft)?;
        for method in methods {
            let approach = scenario.approach().named(method);
            if !approach.is_some_and(|approach| scenario.approaches().contains(&approach)) {
                let allowed = "a scheme or method by which this model can be trained: alignment, \
                               ridge and random weights are for linear units and squared loss";
                return Err(Invalid::new("--method", format!("\"{method}\""), allowed).into());
            }
        }
        Ok((name, scenario))
    }
}

fn number(flag: &str, text: &str) -> Result<f64> {
    let invalid = || crate::error::Invalid::new(flag, format!("\"{text}\""), "a whole number");
    text.parse().map_err(|_| invalid().into())
}

fn stem(file: &str) -> String {
    Path::new(file)
        .file_stem()
        .map_or_else(|| "scenario".into(), |s| s.to_string_lossy().into_owned())
}
