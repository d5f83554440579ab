//! The thread that reads what is typed, pointed at and pasted.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;

/// Reads keys on a separate thread.
pub(super) fn listen(sender: &Sender<Event>) {
    let sender = sender.clone();
    thread::spawn(move || {
        let read = catch_unwind(AssertUnwindSafe(|| pass_on(&sender)));
        let read = read.unwrap_or_else(|_| Err(io::Error::other("this is a bug")));
        if let Err(error) = read {
            let _ = sender.send(Event::Lost(error));
        }
    });
}

/// Bytes that are read at once: a frame is drawn, and signals are heeded, after as many keys at most.
#[cfg(unix)]
const AT_ONCE: usize = 256;

/// Passes on what the terminal sends, until nobody takes it.
#[cfg(unix)]
fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
    use std::sync::mpsc::channel;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    use super::typing::Typing;

    let terminal = io::stdin();
    let (mut typing, mut block) = (Typing::default(), [0; AT_ONCE]);
    let (handled, waiting) = channel();
    loop {
        let patience = typing.patience().map(|rest| Timespec {
            tv_sec: rest.as_secs() as i64,
            tv_nsec: rest.subsec_nanos().into(),
        });
        let found = match poll(&mut [PollFd::new(&terminal, PollFlags::IN)], patience.as_ref()) {
            Ok(0) => typing.end().into_iter().collect(),
            Ok(_) => match rustix::io::read(&terminal, &mut block) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => typing.take(&block[..count]),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        if found.is_empty() {
            continue;
        }
        let sent = sender.send(Event::Typed(found, handled.clone()));
        if sent.is_err() || waiting.recv().is_err() {
            return Ok(());
        }
    }
}

/// Passes on what is typed and pointed at, until nobody takes it.
#[cfg(not(unix))]
fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
    use super::typed::Typed;

    loop {
        let event = match crossterm::event::read()? {
            crossterm::event::Event::Resize(..) => Some(Event::Resized),
            other => {
                let other = terminput_crossterm::to_terminput(other).ok();
                other.and_then(Typed::new).map(Event::from)
            }
        };
        if event.is_some_and(|event| sender.send(event).is_err()) {
            return Ok(());
        }
    }
}
