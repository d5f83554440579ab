//! Events for the runtime.

use std::io;

use crate::app::{Gesture, Message};

/// An event for the runtime.
pub(super) enum Event {
    /// A message for the program.
    Message(Box<Message>),
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
