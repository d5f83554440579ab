//! A log of what the program does, one line for each event, for reports of faults. It is written
//! only if asked for, holds no data, labels, names of tasks or files, and never changes what the
//! program does: a line that cannot be written is left out.
//!
//! ```text
//! 2026-01-31T12:00:00.123Z begin: taskscope 0.1.0, linux x86_64, 8 threads; run
//! 2026-01-31T12:00:01.456Z job: verdict 3 of scenario 1a2b3c4d finished after 0.210 s
//! ```

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::panic::{self, PanicHookInfo};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::error::{Error, Invalid, Result};
use crate::scenario::{ScenarioDraft, share};

/// The first line of every log.
const HEADER: &str = "taskscope log 1\n";
/// Largest size of a log, in bytes.
const LARGEST: u64 = 16 << 20;

/// The log of this program, if there is one, with its size.
static LOG: OnceLock<Mutex<(File, u64)>> = OnceLock::new();

/// Begins the log: a new file, or the end of an earlier log. From here on, panics are entered too.
///
/// # Errors
///
/// [`Error::Value`] for a file that is no log; [`Error::Write`] if it cannot be written.
pub fn begin(path: &Path, command: &str) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let (file, size) = opened(path).map_err(failed)?.ok_or_else(|| {
        let allowed = "a new file, or an earlier log of taskscope";
        Invalid::new("--log", format!("{}, which is no log", path.display()), allowed)
    })?;
    let _ = LOG.set(Mutex::new((file, size)));
    if size == 0 {
        put(HEADER).map_err(failed)?;
    }
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        panicked(info);
        before(info);
    }));
    let (version, os, arch) =
        (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let threads = rayon::current_num_threads();
    enter("begin", format_args!("taskscope {version}, {os} {arch}, {threads} threads; {command}"));
    Ok(())
}

/// Opens a log for appending; `None` if the file is something else.
fn opened(path: &Path) -> io::Result<Option<(File, u64)>> {
    let size = match fs::metadata(path) {
        Ok(found) if !found.is_file() => return Ok(None),
        Ok(found) => found.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    if size > 0 {
        let mut first = Vec::new();
        File::open(path)?.take(HEADER.len() as u64).read_to_end(&mut first)?;
        if first != HEADER.as_bytes() {
            return Ok(None);
        }
    }
    Ok(Some((OpenOptions::new().append(true).create(true).open(path)?, size)))
}

/// Enters an event, if there is a log.
pub fn enter(kind: &str, words: fmt::Arguments<'_>) {
    if LOG.get().is_some() {
        let _ = put(&format!("{} {kind}: {words}\n", time(SystemTime::now())));
    }
}

/// Enters the place of a panic.
pub fn panicked(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    enter("panic", format_args!("at {place}"));
}

/// Enters how long a job took and how it ended. `scenario` is the one it is about.
pub fn job(name: fmt::Arguments<'_>, scenario: Option<&ScenarioDraft>, begun: Instant, end: &str) {
    if LOG.get().is_some() {
        let of = scenario.map_or_else(String::new, |draft| format!(" of {}", checksum(draft)));
        let seconds = begun.elapsed().as_secs_f64();
        enter("job", format_args!("{name}{of} {end} after {seconds:.3} s"));
    }
}

/// Measures how long something takes, for the log.
#[derive(Debug)]
pub struct Timer(Instant);

impl Timer {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Enters how it ended, and how long it took.
    pub fn enter(&self, kind: &str, end: &str) {
        enter(kind, format_args!("{end} after {:.3} s", self.0.elapsed().as_secs_f64()));
    }
}

/// Enters that a scenario was opened: its checksum and its size.
pub fn scenario(draft: &ScenarioDraft) {
    if LOG.get().is_some() {
        let (tasks, trials) = (draft.tasks.len(), draft.trials);
        enter("open", format_args!("{}, {tasks} tasks, {trials} trials", checksum(draft)));
    }
}

/// Enters an error: its kind, without what was found.
pub fn error(error: &Error) {
    let kind = format!("{error:?}");
    let kind = kind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    enter("error", format_args!("{kind}, exit code {}", error.exit_code()));
}

/// The checksum of a scenario: that of its shared string.
fn checksum(draft: &ScenarioDraft) -> String {
    share::checksum(draft).map_or_else(|_| "a scenario".into(), |sum| format!("scenario {sum:08x}"))
}

/// Writes a line, unless the log is full; the last line says so.
fn put(line: &str) -> io::Result<()> {
    let Some(log) = LOG.get() else { return Ok(()) };
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    let (file, size) = &mut *log;
    let before = std::mem::replace(size, *size + line.len() as u64);
    match (before > LARGEST, *size > LARGEST) {
        (true, _) => Ok(()),
        (false, true) => file.write_all(b"The log is full.\n"),
        (false, false) => file.write_all(line.as_bytes()),
    }
}

/// A time as in RFC 3339, in UTC.
fn time(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (mut day, second) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 0;
    for length in [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        month += 1;
        match day.checked_sub(length) {
            Some(rest) => day = rest,
            None => break,
        }
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let thousandths = since.subsec_millis();
    let day = day + 1;
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{thousandths:03}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, words) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399, "2000-02-28T23:59:59.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199, "2024-02-29T23:59:59.000Z"),
            (1_735_689_599, "2024-12-31T23:59:59.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(time(UNIX_EPOCH + Duration::from_secs(seconds)), words);
        }
    }
}
