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

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::cli::args::{Args, Command};
use crate::error::{Invalid, Result};
use crate::log;
use crate::math::kernel::vectors;
use crate::text::shown;

/// Runs the program with the arguments it was started with and returns its exit code, one of
/// [`EXIT_CODES`](crate::error::EXIT_CODES).
pub fn main() -> ExitCode {
    interrupt::outlive_large_files();
    if std::env::var("TASKSCOPE_VECTORS").is_ok_and(|asked| asked == "none") {
        vectors::use_none();
    }
    crate::scenario::real::read_with(crate::store::datasets::read);
    match asked().and_then(|args| args.map_or(Ok(()), logged)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(output::complain(&error)),
    }
}

/// The arguments; `None` if they asked for the help or the version, which is then printed. Ends the
/// program if they are wrong. What clap says of them quotes them without hidden characters.
fn asked() -> Result<Option<Args>> {
    let error = match Args::try_parse() {
        Ok(args) => return Ok(Some(args)),
        Err(error) if error.use_stderr() => error,
        Err(help) => {
            let printed = help.print().and_then(|()| stdout().flush());
            return output::checked(printed).map(|()| None);
        }
    };
    let mut words = std::env::args_os();
    if let (ErrorKind::InvalidUtf8, Some(word)) =
        (error.kind(), words.find(|word| word.to_str().is_none()))
    {
        let found = format!("\"{}\", which is not UTF-8", word.display());
        return Err(Invalid::new("argument", found, "text in UTF-8: rename such a file").into());
    }
    let seen = std::env::args_os().map(|word| shown(&word.to_string_lossy()));
    Args::try_parse_from(seen).map_or_else(|seen| seen.exit(), |_| error.exit())
}

/// Carries out a command, with a log if it is asked for.
fn logged(args: Args) -> Result<()> {
    if let Some(path) = &args.log {
        log::begin(path, &args.name())?;
    }
    dispatch(args)?;
    log::enter("end", format_args!("done"));
    Ok(())
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
