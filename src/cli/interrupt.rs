//! Handling of signals while something is computed or written.

use std::path::Path;

use crate::error::Result;
use crate::line::Interrupts;

/// Makes the signals that ask for an end give the program the exit code of an interruption, once
/// the file being written is finished. If records are kept in a folder, the user is told how to
/// resume.
#[cfg(unix)]
pub(super) fn end_on_signals(kept: Option<&Path>) -> Result<()> {
    use crate::error::Error;
    let mut signals = ending()?;
    let advice = kept
        .map(|folder| format!("finished trials are in {}: --resume continues", folder.display()));
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _settled = crate::store::atomic::settled();
            super::reading::clear();
            advice.iter().for_each(|advice| super::output::note(advice));
            let code = super::output::complain(&Error::Interrupted);
            std::process::exit(code.into());
        }
    });
    Ok(())
}

/// Makes the same signals end the program. SIGINT stops a running measurement; if there is none,
/// or if it has been asked to stop already, SIGINT ends the program too.
#[cfg(unix)]
pub(super) fn end_on_second(interrupts: Option<Interrupts>) -> Result<()> {
    use crate::error::Error;
    use signal_hook::consts::SIGINT;
    let mut signals = ending()?;
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

/// Does some short work, such as a question to the terminal, during which the signals that ask for an
/// end wait. Then they end the program.
#[cfg(unix)]
pub(super) fn held<T>(work: impl FnOnce() -> T) -> T {
    use crate::error::Error;
    let _settled = crate::store::atomic::settled();
    let signals = ending();
    let done = work();
    if signals.is_ok_and(|mut signals| signals.pending().next().is_some()) {
        std::process::exit(super::output::complain(&Error::Interrupted).into());
    }
    done
}

#[cfg(not(unix))]
pub(super) fn held<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// The signals that ask the program to end. SIGHUP is not one of them if it is ignored, so that
/// `nohup` works.
#[cfg(unix)]
fn ending() -> Result<signal_hook::iterator::Signals> {
    use crate::error::Error;
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    };
    let asked = [SIGTERM, SIGINT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU];
    let hangup = (!is_ignored(SIGHUP)).then_some(SIGHUP);
    signal_hook::iterator::Signals::new(asked.into_iter().chain(hangup))
        .map_err(|error| Error::Failed(format!("cannot listen to signals: {error}")))
}

/// True if the program was started with a signal ignored, where the system says so in a file.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return false };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Makes a file that exceeds the system's size limit a write error instead of a fatal signal.
#[cfg(unix)]
pub(super) fn outlive_large_files() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Default::default());
}

/// Ignores SIGINT, which a terminal sends to all its programs, so that the pager can handle it.
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
