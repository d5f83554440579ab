//! Signals while something is computed or written.

use crate::cancel::Cancel;
use crate::error::Result;

/// From here on SIGINT, SIGTERM and SIGHUP end the program at once with the exit code of an
/// interruption, but let a file be finished that is being written.
#[cfg(unix)]
pub(super) fn end_on_signals() -> Result<()> {
    listen(|_| end())
}

/// From here on the first SIGINT, SIGTERM or SIGHUP asks the holders of the token to stop; the
/// second ends the program.
#[cfg(unix)]
pub(super) fn cancel_on_signals() -> Result<Cancel> {
    let cancel = Cancel::new();
    let asked = cancel.clone();
    listen(move |before| if before == 0 { asked.cancel() } else { end() })?;
    Ok(cancel)
}

/// Calls `answer` with the number of signals before, whenever one comes.
#[cfg(unix)]
fn listen(answer: impl Fn(usize) + Send + 'static) -> Result<()> {
    use crate::error::Error;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|error| Error::Failed(format!("the signals cannot be listened to: {error}")))?;
    std::thread::spawn(move || {
        for (before, _) in signals.forever().enumerate() {
            answer(before);
        }
    });
    Ok(())
}

#[cfg(unix)]
fn end() {
    let _settled = crate::export::settled();
    let code = super::output::complain(&crate::error::Error::Interrupted);
    std::process::exit(code.into());
}

/// From here on a file beyond the largest size the system allows is one that cannot be written,
/// and no longer the end of the program.
#[cfg(unix)]
pub(super) fn outlive_large_files() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Default::default());
}

#[cfg(not(unix))]
pub(super) fn end_on_signals() -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn outlive_large_files() {}

#[cfg(not(unix))]
pub(super) fn cancel_on_signals() -> Result<Cancel> {
    Ok(Cancel::new())
}
