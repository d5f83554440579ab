//! Signals while something is computed or written.

use std::path::Path;

use crate::error::Result;
use crate::line::Interrupts;

/// From here on SIGINT, SIGTERM and SIGHUP end the program at once with the exit code of an
/// interruption, but let a file be finished that is being written. Where records are kept in a
/// folder, the user is told how to go on.
#[cfg(unix)]
pub(super) fn end_on_signals(kept: Option<&Path>) -> Result<()> {
    use crate::error::Error;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|error| Error::Failed(format!("the signals cannot be listened to: {error}")))?;
    let advice = kept
        .map(|folder| format!("what was done is kept in {}: --resume goes on", folder.display()));
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _settled = crate::store::atomic::settled();
            advice.iter().for_each(|advice| super::output::note(advice));
            let code = super::output::complain(&Error::Interrupted);
            std::process::exit(code.into());
        }
    });
    Ok(())
}

/// From here on SIGTERM and SIGHUP end the program at once, and so does SIGINT, unless it finds
/// something that can be ended instead.
#[cfg(unix)]
pub(super) fn end_on_second(interrupts: Option<Interrupts>) -> Result<()> {
    use crate::error::Error;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|error| Error::Failed(format!("the signals cannot be listened to: {error}")))?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let ended =
                interrupts.as_ref().filter(|_| signal == SIGINT).is_some_and(Interrupts::ask);
            if !ended {
                let _settled = crate::store::atomic::settled();
                std::process::exit(super::output::complain(&Error::Interrupted).into());
            }
        }
    });
    Ok(())
}

/// From here on a file beyond the largest size the system allows is one that cannot be written,
/// and no longer the end of the program.
#[cfg(unix)]
pub(super) fn outlive_large_files() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Default::default());
}

/// From here on SIGINT, which a terminal sends to all programs in it, is for the program that was
/// started from this one.
#[cfg(unix)]
pub(super) fn leave_to_children() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Default::default());
}

#[cfg(not(unix))]
pub(super) fn leave_to_children() {}

#[cfg(not(unix))]
pub(super) fn end_on_signals(_kept: Option<&Path>) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn end_on_second(_interrupts: Option<Interrupts>) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn outlive_large_files() {}
