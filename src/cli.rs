//! The command line: arguments, subcommands, exit codes.

mod advise;
mod affinity;
mod args;
mod bench;
mod claims;
mod completions;
mod config;
mod data;
mod dataset;
#[cfg(feature = "tui")]
mod doctor;
mod export;
mod figures;
mod flip;
mod guide;
mod import;
mod interrupt;
mod kept;
mod knobs;
mod lesson;
mod line;
mod looks;
mod man;
mod merge;
mod methods;
mod open;
mod output;
mod pager;
#[cfg(feature = "tui")]
mod picker;
mod presets;
mod progress;
mod read;
mod reading;
mod report;
mod reproduce;
mod run;
mod source;
mod study;
mod sweep;
mod tty;

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::args::{Args, Command};
use crate::error::Result;

/// Runs the program with the arguments it was started with and returns its exit code, one of
/// [`EXIT_CODES`](crate::error::EXIT_CODES).
pub fn main() -> ExitCode {
    interrupt::outlive_large_files();
    crate::scenario::real::read_with(crate::store::datasets::read);
    match asked().and_then(|args| args.map_or(Ok(()), dispatch)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(output::complain(&error)),
    }
}

/// The arguments; `None` if they asked for the help or the version, which is then printed. Ends the
/// program if they are wrong.
fn asked() -> Result<Option<Args>> {
    match Args::try_parse() {
        Ok(args) => Ok(Some(args)),
        Err(error) if error.use_stderr() => error.exit(),
        Err(help) => output::checked(help.print().and_then(|()| stdout().flush())).map(|()| None),
    }
}

fn dispatch(args: Args) -> Result<()> {
    match args.command {
        None if args.print_config => config::print(&args.open.looks),
        None => open::open(&args.open),
        Some(Command::Open(args)) => open::open(&args),
        Some(Command::Run(run)) => run::run(&run),
        Some(Command::Flip(args)) => flip::flip(&args),
        Some(Command::Methods(args)) => methods::methods(&args),
        Some(Command::Import(args)) => import::import(&args),
        Some(Command::Advise(args)) => advise::advise(&args),
        Some(Command::Data(args)) => data::data(&args),
        Some(Command::Bench(args)) => bench::bench(&args),
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
        Some(Command::Completions(args)) => completions::completions(&args, Args::command()),
        Some(Command::Guide(args)) => guide::guide(&args),
        Some(Command::Man(args)) => man::man(&args, &Args::command()),
    }
}
