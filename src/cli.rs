//! The command line: arguments, subcommands, exit codes.

mod affinity;
mod args;
mod claims;
mod completions;
mod config;
#[cfg(feature = "tui")]
mod doctor;
mod drawing;
mod export;
mod figures;
mod guide;
mod interrupt;
mod kept;
mod knobs;
mod lesson;
mod line;
mod man;
mod merge;
mod open;
mod output;
mod pager;
mod presets;
mod read;
mod report;
mod reproduce;
mod run;
#[cfg(feature = "tui")]
mod screen;
mod study;
mod sweep;

use std::process::ExitCode;

use clap::Parser;

use crate::error::Result;
use args::{Args, Command, Open};

/// Runs the program with the arguments it was started with and returns its exit code, one of
/// [`EXIT_CODES`](crate::error::EXIT_CODES).
pub fn main() -> ExitCode {
    interrupt::outlive_large_files();
    match dispatch(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(output::complain(&error)),
    }
}

fn dispatch(args: Args) -> Result<()> {
    match args.command {
        None if args.print_config => config::print(&args.looks),
        None => open::open(&args),
        Some(Command::Open(asked)) => {
            let Open { source, line, looks } = asked;
            open::open(&Args { command: None, open: source, line, looks, print_config: false })
        }
        Some(Command::Run(run)) => run::run(&run),
        Some(Command::Presets(presets)) => presets::presets(&presets),
        Some(Command::Knobs(knobs)) => knobs::knobs(&knobs),
        Some(Command::Export(export)) => export::export(&export),
        Some(Command::Figures(args)) => figures::figures(&args),
        Some(Command::Reproduce(args)) => reproduce::reproduce(&args),
        Some(Command::Claims(claims)) => claims::claims(&claims),
        Some(Command::Sweep(sweep)) => sweep::sweep(&sweep),
        Some(Command::Affinity(affinity)) => affinity::affinity(&affinity),
        Some(Command::Merge(merge)) => merge::merge(&merge),
        Some(Command::Lesson(asked)) => lesson::lesson(asked),
        #[cfg(feature = "tui")]
        Some(Command::Doctor(args)) => doctor::doctor(&args),
        Some(Command::Completions(args)) => completions::completions(&args),
        Some(Command::Guide(args)) => guide::guide(&args),
        Some(Command::Man(args)) => man::man(&args),
    }
}
