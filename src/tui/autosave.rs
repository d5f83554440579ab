//! Saving the session: changes are written within two seconds, on a separate thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::app;
use crate::app::{App, Snapshot};
use crate::error::Error;
use crate::scenario::{Handle, Scenario};
use crate::store::session::{AbandonedSession, FORMAT, Keeper, Session};

/// Shortest time between two writes.
const BETWEEN: Duration = Duration::from_secs(2);

enum Order {
    Keep(Vec<Session>),
    /// Removes a recovered session, after the current one has been saved.
    Take(Box<AbandonedSession>),
}

/// The thread that writes, and the state last sent to it.
pub(super) struct Autosave {
    orders: Sender<Order>,
    writer: JoinHandle<Option<Error>>,
    /// The unsaved scenarios last seen.
    seen: Vec<Arc<Scenario>>,
    /// Sessions that crashed programs left, the newest last.
    left: Vec<AbandonedSession>,
    /// True once the newest was offered.
    has_offered: bool,
    /// Offers a session to the program, or says why it cannot be restored now.
    offer: Arc<dyn Fn(Result<app::SavedWork, String>) + Send + Sync>,
}

impl Autosave {
    /// Offers to restore the sessions in the folder, and starts saving this one.
    pub(super) fn begin(
        folder: PathBuf,
        app: &mut App,
        say: impl Fn(String) + Send + 'static,
        offer: impl Fn(Result<app::SavedWork, String>) + Send + Sync + 'static,
    ) -> Self {
        let found = AbandonedSession::find(&folder);
        if let Some(problem) = found.skipped.first() {
            app.wait(problem.clone());
        }
        let left = found.left.into_iter().rev().collect();
        let (orders, received) = channel();
        let writer = thread::spawn(move || write(Keeper::new(folder), &received, &say));
        let (seen, offer) = (Vec::new(), Arc::new(offer));
        let mut autosave = Self { orders, writer, seen, left, has_offered: false, offer };
        autosave.offer_newest(app);
        autosave
    }

    /// Offers the newest session that was left, if there is one.
    fn offer_newest(&mut self, app: &mut App) {
        self.has_offered = false;
        let Some(session) = self.left.last().map(|left| left.session().clone()) else { return };
        if session.scenario.dataset.is_some() {
            // A data set takes time to read.
            let offer = self.offer.clone();
            thread::spawn(move || offer(saved_work(session)));
            return;
        }
        match saved_work(session) {
            Ok(left) => {
                app.offer(left);
                self.has_offered = true;
            }
            Err(problem) => app.wait(problem),
        }
    }

    /// Records changes of the program's state.
    pub(super) fn look(&mut self, app: &mut App) {
        let works = app.unsaved_works();
        let same = |(work, _): &(Snapshot, Handle), seen| Arc::ptr_eq(&work.scenario, seen);
        if works.len() != self.seen.len() || !works.iter().zip(&self.seen).all(|(w, s)| same(w, s))
        {
            let screen = app.screens.current.name();
            let sessions = works.iter().map(|(work, focus)| session(work, *focus, screen));
            let _ = self.orders.send(Order::Keep(sessions.collect()));
            self.seen = works.into_iter().map(|(work, _)| work.scenario).collect();
        }
        self.has_offered |= app.left.is_some();
        if self.has_offered
            && app.left.is_none()
            && let Some(left) = self.left.pop()
        {
            let _ = self.orders.send(Order::Take(Box::new(left)));
            self.offer_newest(app);
        }
    }

    /// Stops. The saved session is removed if the user quit normally, and kept if the program was
    /// stopped. Returns the reason if sessions could not be saved.
    pub(super) fn end(self, clean: bool) -> Option<Error> {
        if clean {
            let _ = self.orders.send(Order::Keep(Vec::new()));
        }
        drop(self.orders);
        self.writer.join().ok().flatten()
    }
}

/// The work of a session, or its name and why its scenario cannot be opened now.
fn saved_work(session: Session) -> Result<app::SavedWork, String> {
    let scenario = Scenario::check(session.scenario)
        .map_err(|problem| format!("{}: {problem}", session.name))?;
    Ok(app::SavedWork {
        name: session.name,
        scenario: Arc::new(scenario),
        focus: session.focus,
        screen: session.screen,
        age: age(now().saturating_sub(session.time)),
    })
}

fn session(work: &Snapshot, focus: Handle, screen: &str) -> Session {
    let draft = work.scenario.draft();
    Session {
        session: FORMAT.version,
        time: now(),
        name: work.name.clone(),
        screen: screen.to_owned(),
        focus: focus.path(draft),
        scenario: draft.clone(),
    }
}

/// Executes orders until there are no more. Reports and returns the first failure.
fn write(mut keeper: Keeper, orders: &Receiver<Order>, say: &dyn Fn(String)) -> Option<Error> {
    let mut failure = None;
    let mut pending: Option<Vec<Session>> = None;
    let mut written: Option<Instant> = None;
    loop {
        let due = written.map_or(Duration::ZERO, |at| BETWEEN.saturating_sub(at.elapsed()));
        let order = match pending {
            Some(_) => orders.recv_timeout(due),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let done = match order {
            Ok(Order::Keep(sessions)) if sessions.is_empty() => {
                pending = None;
                keeper.keep(&sessions)
            }
            Ok(Order::Keep(sessions)) => {
                pending = Some(sessions);
                Ok(())
            }
            Ok(Order::Take(left)) => {
                let kept = pending.take().map_or(Ok(()), |sessions| keeper.keep(&sessions));
                kept.and_then(|()| left.remove()).map(drop)
            }
            Err(_) => {
                written = Some(Instant::now());
                let kept = pending.take().map_or(Ok(()), |sessions| keeper.keep(&sessions));
                if order.is_err_and(|error| error == RecvTimeoutError::Disconnected) {
                    return failure.or(kept.err());
                }
                kept
            }
        };
        if let (None, Err(error)) = (&failure, done) {
            say(format!("changes cannot be saved in case of a crash: {error}"));
            failure = Some(error);
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A time in words: `3 minutes`.
fn age(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..=99 => (seconds, "second"),
        100..=5_999 => (seconds / 60, "minute"),
        6_000..=172_799 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_the_largest_unit_that_tells_them_apart() {
        let ages = [1, 99, 100, 7_200, 200_000].map(age);
        assert_eq!(ages, ["1 second", "99 seconds", "1 minute", "2 hours", "2 days"]);
    }
}
