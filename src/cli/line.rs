//! Line mode: connects its commands, answers and interrupts to the terminal or to pipes.

use std::io::{BufRead, BufReader, Cursor, Read, stdin, stdout};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::cli::{interrupt, progress, source};
use crate::error::{Error, Result};
use crate::line;
use crate::line::{Conversation, Interrupts};
use crate::scenario::Scenario;

/// Time to wait for piped commands that may never come.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs the commands on a scenario. Unless `attended`, refused commands are an error at the end.
pub(super) fn converse(
    name: String,
    scenario: Scenario,
    attended: bool,
    input: Box<dyn BufRead>,
) -> Result<()> {
    hold(attended, input, |conversation| {
        line::run(name, scenario, &source::unchanged, conversation)
    })
}

/// Holds a conversation. Unless `attended`, refused commands are an error at the end.
pub(super) fn hold(
    attended: bool,
    mut input: Box<dyn BufRead>,
    converse: impl FnOnce(&mut Conversation<'_>) -> Result<usize>,
) -> Result<()> {
    let interrupts = Interrupts::default();
    interrupt::end_on_second(attended.then(|| interrupts.clone()))?;
    let mut output = stdout().lock();
    let mut conversation = Conversation {
        input: &mut *input,
        output: &mut output,
        attended,
        interrupts,
        progress: progress::lines,
    };
    match converse(&mut conversation)? {
        0 => Ok(()),
        _ if attended => Ok(()),
        refused => Err(Error::Refused(refused)),
    }
}

/// Standard input if there is something to read. A thread reads the first byte, because a pipe may
/// stay open without sending anything.
pub(super) fn waiting() -> Option<Box<dyn BufRead>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut first = [0];
        let read = stdin().lock().read(&mut first).unwrap_or(0);
        let _ = sender.send(first[..read].to_vec());
    });
    let first = receiver.recv_timeout(PATIENCE).ok().filter(|first| !first.is_empty())?;
    Some(Box::new(BufReader::new(Cursor::new(first).chain(stdin().lock()))))
}
