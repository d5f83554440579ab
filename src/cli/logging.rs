//! The log that `--log` asks for: where it may be, and what stands at its beginning and its end.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::args::Args;
use crate::error::{Invalid, Result};
use crate::log;
use crate::store::paths::placed;

/// Begins the log if one is asked for. `outs` is where the command writes.
///
/// # Errors
///
/// Those of [`log::begin`], and [`Error::Value`](crate::error::Error::Value) for a log that would
/// stand where the command writes; nothing is written then.
pub(super) fn begin(args: &Args, outs: &[PathBuf]) -> Result<()> {
    let Some(log) = &args.log else { return Ok(()) };
    if log.as_os_str() == "-" {
        let allowed = "a file; the log is not printed (./- is a file of this name)";
        return Err(Invalid::new("--log", "\"-\"", allowed).into());
    }
    outs.iter().try_for_each(|out| apart(log, out))?;
    log::begin(log, &args.name())
}

/// Enters that the command is done.
pub(super) fn end() {
    log::enter("end", format_args!("done"));
}

/// Where a command writes: the values of its argument `out`.
pub(super) fn outs(mut matches: &ArgMatches) -> Vec<PathBuf> {
    while let Some((_, inner)) = matches.subcommand() {
        matches = inner;
    }
    let found = matches.try_get_many::<PathBuf>("out").ok().flatten();
    found.into_iter().flatten().cloned().collect()
}

/// Refuses a log at the place of an output, inside it, or where its folder would be.
fn apart(log: &Path, out: &Path) -> std::result::Result<(), Invalid> {
    let (own, other) = (placed(log), placed(out));
    let what = match (own.starts_with(&other), other.starts_with(&own)) {
        (true, true) => "is its output",
        (true, false) => "is inside it",
        (false, true) => "would hold it",
        (false, false) => return Ok(()),
    };
    let allowed = format!("a file outside what the command writes; this one {what}");
    Err(Invalid::new("--log", log.display(), allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_stands_apart_from_what_is_written() {
        let at = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        for (log, out, said) in [
            ("log", "out", None),
            ("out.log", "out", None),
            ("src/log", "src/out", None),
            ("out", "out", Some("is its output")),
            ("src/../out", "out", Some("is its output")),
            ("out/records.log", "out", Some("is inside it")),
            ("src/log", "src/.", Some("is inside it")),
            ("log", "log/figure.png", Some("would hold it")),
        ] {
            let found = apart(&at(log), &at(out)).err().map(|error| error.to_string());
            match said {
                None => assert_eq!(found, None, "{log} {out}"),
                Some(said) => {
                    assert!(found.is_some_and(|found| found.contains(said)), "{log} {out}")
                }
            }
        }
    }
}
