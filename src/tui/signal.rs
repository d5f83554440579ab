//! What the system says: signals, and the end of the terminal.

use std::io;
use std::sync::mpsc::Sender;
#[cfg(unix)]
use std::thread;
#[cfg(unix)]
use std::time::{Duration, Instant};

#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, poll};
#[cfg(unix)]
use rustix::process::{Signal, getpgid, getpgrp, getsid, kill_current_process_group};
#[cfg(unix)]
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
    SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU,
};

use super::event::Event;
#[cfg(unix)]
use super::terminal;

/// The signals that end the program.
#[cfg(unix)]
const ENDING: [i32; 14] = [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF,
    SIGXCPU, SIGIO, SIGSYS, SIGTRAP,
];

/// Signals that end the program and that not every system has. Those of a fault of the processor, SEGV,
/// BUS, ILL and FPE, are left to end it at once.
#[cfg(target_os = "linux")]
fn further() -> impl Iterator<Item = i32> {
    /// The signals that have no meaning of their own.
    const REAL_TIME: std::ops::RangeInclusive<i32> = 34..=64;
    [Signal::POWER, Signal::STKFLT].map(Signal::as_raw).into_iter().chain(REAL_TIME)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn further() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

/// A signal that comes this long after the first one ends the program without waiting for anything.
#[cfg(unix)]
const GRACE: Duration = Duration::from_secs(1);

/// Signals that come this soon after the one that continues the program were sent with it. A shell
/// that ends a suspended program sends two.
#[cfg(unix)]
const TOGETHER: Duration = Duration::from_millis(30);

/// Turns the signals that end, suspend and continue the program, and that of a new size of the
/// terminal, into events.
#[cfg(unix)]
pub(super) fn listen(sender: &Sender<Event>) -> io::Result<()> {
    let all = ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]);
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    // A system may keep some of these for itself.
    further().for_each(|signal| drop(signals.handle().add_signal(signal)));
    let sender = sender.clone();
    thread::spawn(move || {
        let mut first = None;
        loop {
            for event in next(&mut signals) {
                if matches!(event, Event::Stop)
                    && first.get_or_insert_with(Instant::now).elapsed() >= GRACE
                {
                    terminal::abandon();
                }
                let _ = sender.send(event);
            }
        }
    });
    Ok(())
}

/// Waits for signals and returns them as events; those that end the program come first, so that it
/// does not take the terminal of its shell over before.
#[cfg(unix)]
fn next(signals: &mut signal_hook::iterator::Signals) -> impl Iterator<Item = Event> {
    let mut sent: Vec<i32> = signals.wait().collect();
    if sent.contains(&SIGCONT) {
        thread::sleep(TOGETHER);
        sent.extend(signals.pending());
    }
    sent.sort_by_key(|signal| [SIGTSTP, SIGCONT, SIGWINCH].contains(signal));
    sent.into_iter().map(|signal| match signal {
        SIGTSTP => Event::Suspend,
        SIGCONT => Event::Continue,
        SIGWINCH => Event::Resized,
        _ => Event::Stop,
    })
}

#[cfg(not(unix))]
pub(super) fn listen(_: &Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// True if a shell with job control has started the program, as a group of processes of its own: such
/// a shell can bring it back from a suspension.
#[cfg(unix)]
pub(super) fn has_shell() -> bool {
    let leaders = getsid(None).and_then(|leader| getpgid(Some(leader)));
    leaders.is_ok_and(|leaders| leaders != getpgrp())
}

#[cfg(not(unix))]
pub(super) fn has_shell() -> bool {
    false
}

/// Stops the program and the others of its group, such as a script that has started it. The shell
/// waits for the whole group.
#[cfg(unix)]
pub(super) fn suspend() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

#[cfg(not(unix))]
pub(super) fn suspend() -> io::Result<()> {
    Ok(())
}

/// Waits on a thread of its own for the end of the terminal, which comes without a signal to a
/// program that the terminal does not control.
#[cfg(unix)]
pub(super) fn watch_terminal(sender: &Sender<Event>) {
    let sender = sender.clone();
    thread::spawn(move || {
        let keyboard = io::stdin();
        let mut watched = [PollFd::new(&keyboard, PollFlags::empty())];
        loop {
            match poll(&mut watched, None) {
                Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => break,
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
        let _ = sender.send(Event::Stop);
    });
}

#[cfg(not(unix))]
pub(super) fn watch_terminal(_: &Sender<Event>) {}

/// True if an error says that the terminal is gone.
pub(super) fn is_gone(error: &io::Error) -> bool {
    /// The number of the error of a device that is gone, on every Unix.
    const EIO: i32 = 5;
    let gone = [io::ErrorKind::BrokenPipe, io::ErrorKind::UnexpectedEof];
    gone.contains(&error.kind()) || error.raw_os_error() == Some(EIO)
}
