//! Line mode: where its commands come from, where its answers go, what ends it.

use std::io::{BufRead, BufReader, Cursor, Read, stdin, stdout};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::{args, interrupt};
use crate::error::{Error, Result};
use crate::line::{self, Conversation, Interrupts};
use crate::scenario::Scenario;

/// How long commands are waited for where nobody has said that there will be any.
const PATIENCE: Duration = Duration::from_millis(500);

/// Carries out commands; where nobody attends, one that was refused ends in an error at the end.
pub(super) fn converse(
    name: String,
    scenario: Scenario,
    attended: bool,
    input: Box<dyn BufRead>,
) -> Result<()> {
    hold(attended, input, |conversation| line::run(name, scenario, &args::unchanged, conversation))
}

/// Holds a conversation; where nobody attends, refusals end in an error at the end.
pub(super) fn hold(
    attended: bool,
    mut input: Box<dyn BufRead>,
    converse: impl FnOnce(&mut Conversation<'_>) -> Result<usize>,
) -> Result<()> {
    let interrupts = Interrupts::default();
    interrupt::end_on_second(attended.then(|| interrupts.clone()))?;
    let mut output = stdout().lock();
    let mut conversation =
        Conversation { input: &mut *input, output: &mut output, attended, interrupts };
    match converse(&mut conversation)? {
        0 => Ok(()),
        _ if attended => Ok(()),
        refused => Err(Error::Refused(refused)),
    }
}

/// Standard input, where something stands there to be read; it is read in a thread of its own, for
/// a pipe may stay open without a word.
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
