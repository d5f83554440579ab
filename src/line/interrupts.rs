//! Stops a running measurement from another thread.

use std::sync::{Arc, Mutex, PoisonError};

use crate::cancel::Cancel;

/// The measurement that can be stopped now, if there is one.
#[derive(Debug, Clone, Default)]
pub struct Interrupts(Arc<Mutex<Option<Cancel>>>);

impl Interrupts {
    /// Asks the running measurement to stop. Returns false if there is none or it was asked before.
    pub fn ask(&self) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = running.as_ref().filter(|cancel| !cancel.is_cancelled());
        fresh.inspect(|cancel| cancel.cancel()).is_some()
    }

    /// Runs `act` with a token; [`Self::ask`] cancels that token.
    pub(super) fn during<T>(&self, act: impl FnOnce(Cancel) -> T) -> T {
        let cancel = Cancel::new();
        let put = |running| *self.0.lock().unwrap_or_else(PoisonError::into_inner) = running;
        put(Some(cancel.clone()));
        let found = act(cancel);
        put(None);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_and_has_not_been_asked_yet_can_be_stopped() {
        let interrupts = Interrupts::default();
        assert!(!interrupts.ask());
        interrupts.during(|cancel| {
            assert!(interrupts.ask() && cancel.is_cancelled());
            assert!(!interrupts.ask(), "the second time the program should end");
        });
        assert!(!interrupts.ask());
    }
}
