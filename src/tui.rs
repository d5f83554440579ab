//! The runtime: the only place where app, screen, computing threads and files meet.

mod event;
mod terminal;

use std::io::{self, ErrorKind, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::app::{App, Effect, Message};
use crate::error::{Error, Result};
use crate::export;
use crate::job::{Filed, Filing};
use crate::ui::{self, Theme};
use crate::worker::Worker;
use event::Event;
use terminal::Terminal;

/// Least time between two frames: at most 60 a second.
const FRAME: Duration = Duration::from_micros(16_667);

/// Runs the program in the terminal until its user leaves it. The terminal is left as it was
/// found on return, error, panic and signal.
pub fn run(app: App) -> Result<()> {
    let failed =
        |what: &'static str| move |error: io::Error| Error::Failed(format!("{what}: {error}"));
    let (sender, events) = channel();
    event::listen_to_signals(&sender).map_err(failed("the signals cannot be listened to"))?;
    let mut terminal = Terminal::enter().map_err(failed("the terminal cannot be prepared"))?;
    event::listen_to_keys(&sender);
    let wake = sender.clone();
    let worker = Worker::new(move || {
        let _ = wake.send(Event::Reports);
    });
    let theme = terminal::theme();
    let mut runtime = Runtime { app, worker, sender, theme, changed: true, writers: Vec::new() };
    let outcome = runtime.turn(&mut terminal, &events);
    drop(terminal);
    if runtime.writers.iter().any(|writer| !writer.is_finished()) {
        let _ = writeln!(io::stderr(), "taskscope: finishing what is being written");
    }
    runtime.writers.into_iter().for_each(|writer| drop(writer.join()));
    outcome
}

struct Runtime {
    app: App,
    worker: Worker,
    sender: Sender<Event>,
    theme: Theme,
    changed: bool,
    /// Threads that write files; the program ends after they have.
    writers: Vec<JoinHandle<()>>,
}

/// Whether the program goes on.
enum Next {
    Go,
    Leave,
}

impl Runtime {
    /// Waits for events, takes all there are, draws once. Without events nothing happens.
    fn turn(&mut self, terminal: &mut Terminal, events: &Receiver<Event>) -> Result<()> {
        let draw =
            |error: io::Error| Error::Failed(format!("the terminal cannot be drawn to: {error}"));
        self.draw(terminal).map_err(draw)?;
        let mut drawn = Instant::now();
        let effects = self.app.start();
        self.perform(effects, terminal)?;
        loop {
            let event = if self.changed {
                events.recv_timeout(FRAME.saturating_sub(drawn.elapsed())).ok()
            } else {
                Some(events.recv().map_err(|_| Error::Failed("no more events".into()))?)
            };
            for event in event.into_iter().chain(events.try_iter().collect::<Vec<_>>()) {
                if let Next::Leave = self.take(event, terminal)? {
                    return Ok(());
                }
            }
            if self.changed && drawn.elapsed() >= FRAME {
                self.draw(terminal).map_err(draw)?;
                drawn = Instant::now();
            }
        }
    }

    fn draw(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        self.changed = false;
        terminal.draw(|frame| ui::draw(&self.app, &self.theme, frame))
    }

    fn take(&mut self, event: Event, terminal: &mut Terminal) -> Result<Next> {
        self.changed = true;
        match event {
            Event::Message(message) => self.tell(*message, terminal),
            Event::Reports => {
                for (id, report) in self.worker.reports() {
                    self.tell(Message::Report(id, report), terminal)?;
                }
                Ok(Next::Go)
            }
            Event::Resized => Ok(Next::Go),
            Event::Stop => Err(Error::Interrupted),
            Event::Lost(error) => {
                Err(Error::Failed(format!("the keyboard cannot be read: {error}")))
            }
        }
    }

    fn tell(&mut self, message: Message, terminal: &mut Terminal) -> Result<Next> {
        let effects = self.app.update(message);
        self.perform(effects, terminal)
    }

    fn perform(&mut self, effects: Vec<Effect>, terminal: &mut Terminal) -> Result<Next> {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.worker.start(id, job),
                Effect::Cancel(lane) => self.worker.cancel(lane),
                Effect::Offer(offered) => {
                    let free = export::free(&offered);
                    self.tell(Message::Free { offered, free }, terminal)?;
                }
                Effect::File(filing) => self.file(filing),
                Effect::Suspend => {
                    let suspended = terminal.suspend();
                    suspended
                        .map_err(|error| Error::Failed(format!("cannot be suspended: {error}")))?;
                }
                Effect::Quit => return Ok(Next::Leave),
            }
        }
        Ok(Next::Go)
    }

    /// Writes a document in a thread of its own: drawing a picture takes longer than a frame.
    fn file(&mut self, filing: Filing) {
        let sender = self.sender.clone();
        self.writers.retain(|writer| !writer.is_finished());
        self.writers.push(thread::spawn(move || {
            let filed = match export::file(&filing) {
                Ok(()) => Filed::Written,
                Err(Error::Write { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
                    Filed::Exists
                }
                Err(error) => Filed::Failed(error.to_string()),
            };
            let _ = sender.send(Event::told(Message::Filed(filing, filed)));
        }));
    }
}
