//! The command-line arguments, and the scenario they describe.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::cli::advise::Advise;
use crate::cli::affinity::Affinity;
use crate::cli::bench::Bench;
use crate::cli::claims::Claims;
use crate::cli::completions::Completions;
use crate::cli::data::DataOut;
use crate::cli::doctor::Doctor;
use crate::cli::export::options::Export;
use crate::cli::figures::Figures;
use crate::cli::flip::FlipArgs;
use crate::cli::import::Import;
use crate::cli::knobs::Knobs;
use crate::cli::lesson::Lesson;
use crate::cli::man::Man;
use crate::cli::merge::Merge;
use crate::cli::methods::MethodsArgs;
use crate::cli::open::Open;
use crate::cli::presets::Presets;
use crate::cli::reproduce::Reproduce;
use crate::cli::run::Run;
use crate::cli::sweep::Sweep;
use crate::error::EXIT_CODES;

/// See when learning tasks together helps and when it hurts.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = after_help())]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub open: Open,
    /// Print every setting with its value and origin, and the paths of files
    #[arg(long)]
    pub print_config: bool,
    /// Add what the program does to a file, line by line, without data or names, for reports of
    /// faults
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
}

impl Args {
    /// The name of the subcommand, for the log.
    pub(super) fn name(&self) -> String {
        let words = match &self.command {
            None if self.print_config => return "print-config".to_owned(),
            None => return "open".to_owned(),
            Some(command) => format!("{command:?}"),
        };
        words.split('(').next().unwrap_or_default().to_lowercase()
    }
}

/// The text below the help of the program.
pub(in crate::cli) fn after_help() -> String {
    let codes = EXIT_CODES.map(|(code, meaning)| format!("{code} {meaning}"));
    format!(
        "Without a subcommand, the scenario opens on the screen. If the output is not a \
         terminal, the program prints a summary, or runs the line-mode commands on standard \
         input.\n\nExit codes: {}.\n\n`taskscope guide` explains what the program shows.",
        codes.join("; ")
    )
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open a scenario, a figure or a study (the same as without a subcommand)
    Open(Open),
    /// Measure a scenario and print the results
    Run(Run),
    /// Find small changes that turn the verdict: from hurts to helps, and back
    Flip(FlipArgs),
    /// Set joint training, merging, fine-tuning and ridge side by side
    Methods(MethodsArgs),
    /// Read a data set and write a scenario that points at it
    Import(Import),
    /// Say which real tasks to train together, and how sure that is
    Advise(Advise),
    /// Write the rows and the fitted models of a trial as arrays
    Data(DataOut),
    /// List the presets, or print one as a scenario file
    Presets(Presets),
    /// Time what the program computes most often, on fixed shapes
    Bench(Bench),
    /// List the knobs of a scenario with their values and allowed ranges
    Knobs(Knobs),
    /// Draw figures of a scenario or a study, or a whole screen, as files
    Export(Box<Export>),
    /// List the figures, what they show and what they need
    Figures(Figures),
    /// Measure the claims of the paper, each in its own setting
    Claims(Claims),
    /// Draw the figures of the paper on synthetic data, with a page about them
    Reproduce(Reproduce),
    /// Measure the gain along one knob or two
    Sweep(Sweep),
    /// Measure what every task gains with every other, and how well cheap proxies predict it
    Affinity(Affinity),
    /// Merge the parts of a study
    Merge(Merge),
    /// Play, check, print and write lessons
    Lesson(Lesson),
    /// Show a test card of the terminal and what was detected
    Doctor(Doctor),
    /// Print the completion script for a shell
    Completions(Completions),
    /// List the topics of the guide, or show one
    Guide(super::guide::Guide),
    /// Print the manual page, or write one for each command
    Man(Man),
}
