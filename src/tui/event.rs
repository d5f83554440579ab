//! Events for the runtime.

use std::io;
#[cfg(unix)]
use std::sync::mpsc::Sender;

use super::typed::Typed;
use crate::app::{Gesture, Message};

/// An event for the runtime.
pub(super) enum Event {
    /// A message for the program.
    Message(Box<Message>),
    /// Some of what was typed; tells the keyboard when it is handled, so that the rest waits in the
    /// terminal and not in memory.
    #[cfg(unix)]
    Typed(Vec<Typed>, Sender<()>),
    /// A mouse gesture at a column and a row.
    Mouse(Gesture, u16, u16),
    /// Reports are ready.
    Reports,
    /// The terminal was resized.
    Resized,
    /// The system asks the program to end.
    Stop,
    /// The system asks the program to suspend.
    Suspend,
    /// The program continues after it was suspended.
    Continue,
    /// The keyboard is gone.
    Lost(io::Error),
}

impl Event {
    pub(super) fn told(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Typed> for Event {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::Key(key) => Self::told(Message::Key(key)),
            Typed::Mouse(gesture, column, row) => Self::Mouse(gesture, column, row),
            Typed::Paste(text) => Self::told(Message::Paste(text)),
        }
    }
}
