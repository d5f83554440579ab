//! The thread that reads tables while the user chooses what their columns are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::event::Event;
use crate::app::Message;
use crate::cancel::Cancel;
use crate::job::table::{TableAnswer, TableRequest};
use crate::store::tables;

type Order = (u64, TableRequest, Cancel);

/// Reads tables on a thread of its own. The newest request stops the one before.
pub(super) struct TableReader {
    orders: Sender<Order>,
    current: Cancel,
}

impl TableReader {
    /// Starts the thread; answers go to `events`.
    pub(super) fn new(events: Sender<Event>) -> Self {
        let (orders, waiting) = channel();
        thread::spawn(move || serve(&waiting, &events));
        Self { orders, current: Cancel::new() }
    }

    /// Asks for something, in place of what was asked before.
    pub(super) fn ask(&mut self, number: u64, request: TableRequest) {
        self.current.cancel();
        self.current = Cancel::new();
        let _ = self.orders.send((number, request, self.current.clone()));
    }
}

fn serve(waiting: &Receiver<Order>, events: &Sender<Event>) {
    for (number, request, cancel) in waiting {
        if cancel.is_cancelled() {
            continue;
        }
        let answered = catch_unwind(AssertUnwindSafe(|| tables::answer(&request, &cancel)));
        let answer = answered.unwrap_or_else(|_| failed(&request));
        let Some(answer) = answer.filter(|_| !cancel.is_cancelled()) else { continue };
        if events.send(Event::told(Message::Table(number, answer))).is_err() {
            return;
        }
    }
}

/// The answer if reading failed because of a bug in the program.
fn failed(request: &TableRequest) -> Option<TableAnswer> {
    let bug = || "reading failed; this is a bug".to_owned();
    match request {
        TableRequest::Columns(_) => Some(TableAnswer::Columns(Err(bug()))),
        TableRequest::Read(_) => Some(TableAnswer::Read(Err(bug()))),
        TableRequest::Open(_) => Some(TableAnswer::Opened(Err(bug()))),
        TableRequest::Stop => None,
    }
}
