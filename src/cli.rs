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
mod logging;
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

use std::ffi::OsString;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::cli::args::{Args, Command};
use crate::error::{Invalid, Result};
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
    match asked().and_then(|asked| asked.map_or(Ok(()), carry_out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(output::complain(&error)),
    }
}

/// The arguments, and where they write.
type Asked = (Args, Vec<PathBuf>);

/// The arguments; `None` if they asked for the help or the version, which is then printed. Ends the
/// program if they are wrong. What clap says of them quotes them without hidden characters.
fn asked() -> Result<Option<Asked>> {
    let error = match parsed(std::env::args_os()) {
        Ok(asked) => return Ok(Some(asked)),
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
    let seen = std::env::args_os().map(|word| shown(&word.to_string_lossy()).into());
    parsed(seen).map_or_else(|seen| seen.exit(), |_| error.exit())
}

/// Reads the arguments of a command line.
fn parsed(words: impl Iterator<Item = OsString>) -> std::result::Result<Asked, clap::Error> {
    let mut command = Args::command();
    let matches = command.try_get_matches_from_mut(words)?;
    let args = Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok((args, logging::outs(&matches)))
}

/// Carries out a command, with a log if it is asked for.
fn carry_out((args, outs): Asked) -> Result<()> {
    logging::begin(&args, &outs)?;
    dispatch(args)?;
    logging::end();
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
