//! The runtime: connects the app, the screen, the computing threads and the files.

mod autosave;
mod event;
mod keyboard;
pub mod lesson_files;
pub mod picture;
mod scenarios;
mod signal;
pub mod still;
mod tables;
mod terminal;
mod typed;
#[cfg(unix)]
mod typing;

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::app::preview::PreviewMode;
use crate::app::settings::SETTINGS;
use crate::app::{App, Effect, Gesture, Message, SavedWork};
use crate::error::{Error, Result};
use crate::figure::Figure;
use crate::job::{FigureFormat, SaveRequest, SaveResult};
use crate::log;
use crate::provenance::Provenance;
use crate::scenario::Scenario;
use crate::text::shown;
use crate::tui::lesson_files::{LessonFiles, reason};
use crate::ui::{self, Pointing, Regions};
use crate::worker::Worker;
use crate::worker::fault::{caught, fail_if_asked};
use crate::{export, store};
use autosave::Autosave;
use event::Event;
pub use lesson_files::OpenedAnswers;
use picture::Protocol;
use scenarios::ScenarioReader;
use tables::TableReader;
use terminal::Terminal;

/// Columns and rows of the terminal, if it reports them.
pub fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

/// Shortest time between two frames: at most 60 per second.
const FRAME: Duration = Duration::from_micros(16_667);

/// Time after which a followed class is read again even if nothing has happened.
const CLASS: Duration = Duration::from_secs(5);

/// Time without a key after which an answer that is being typed is written; while somebody types, it
/// is written at twice this time.
const PAUSE: Duration = Duration::from_secs(1);

/// Runs the program in the terminal until the user quits. The terminal is restored on return,
/// error, panic and signal.
///
/// The user's work is saved in the folder of sessions, if there is one, until the user quits; a
/// panic goes on once it is saved.
pub fn run(mut app: App, places: Places) -> Result<()> {
    let Places { sessions, config, lessons, lesson, answers, teacher, opened_answers } = places;
    let (sender, events) = channel();
    signal::listen(&sender).map_err(lost("cannot listen for signals"))?;
    app.home = std::env::home_dir();
    let mouse = app.settings.mouse;
    let mut terminal = Terminal::enter(mouse).map_err(lost("cannot prepare the terminal"))?;
    keyboard::listen(&sender);
    signal::watch_terminal(&sender);
    let wake = sender.clone();
    let worker = Worker::new(move || {
        let _ = wake.send(Event::Reports);
    });
    let told = sender.clone();
    let say = move |words| drop(told.send(Event::told(Message::Told(words))));
    let offering = sender.clone();
    let offer = move |found: std::result::Result<SavedWork, String>| {
        let message = found.map_or_else(Message::Waits, |left| Message::Left(Box::new(left)));
        drop(offering.send(Event::told(message)));
    };
    let autosave = sessions.map(|folder| Autosave::begin(folder, &mut app, say, offer));
    let mut runtime = Runtime {
        config,
        lesson_files: LessonFiles::new((lessons, lesson), answers, teacher, opened_answers),
        keeping: false,
        app,
        autosave,
        worker,
        scenarios: ScenarioReader::new(sender.clone()),
        tables: TableReader::new(sender.clone()),
        sender,
        regions: Regions::default(),
        pointing: Pointing::default(),
        started: Instant::now(),
        told: 0,
        changed: true,
        kept_words: (String::new(), Instant::now()),
        logged: "",
        warned: false,
        writers: Vec::new(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.turn(&mut terminal, &events)));
    drop(terminal);
    runtime.close(&outcome);
    outcome.unwrap_or_else(|fault| resume_unwind(fault))
}

/// Folders and files that the program uses.
#[derive(Debug, Default)]
pub struct Places {
    /// The folder of sessions.
    pub sessions: Option<PathBuf>,
    /// The user's file of settings.
    pub config: Option<PathBuf>,
    /// The folder of the user's own lessons.
    pub lessons: Option<PathBuf>,
    /// The file of a lesson that was opened by its path.
    pub lesson: Option<PathBuf>,
    /// The folder for answers to lessons.
    pub answers: Option<PathBuf>,
    /// The folder with the answers of a class.
    pub teacher: Option<PathBuf>,
    /// The file of answers that is already open.
    pub opened_answers: Option<OpenedAnswers>,
}

struct Runtime {
    config: Option<PathBuf>,
    /// Answers to lessons.
    lesson_files: LessonFiles,
    /// True if the session is kept when the program ends.
    keeping: bool,
    app: App,
    autosave: Option<Autosave>,
    worker: Worker,
    scenarios: ScenarioReader,
    tables: TableReader,
    sender: Sender<Event>,
    /// Clickable regions of the last frame.
    regions: Regions,
    pointing: Pointing,
    started: Instant,
    /// Seconds since then, as last reported to the program.
    told: u64,
    changed: bool,
    /// The words of an answer that were written last while they were typed, and when.
    kept_words: (String, Instant),
    /// The screen that was entered in the log last.
    logged: &'static str,
    /// True if the user has been warned, on quitting, that answers cannot be saved.
    warned: bool,
    /// Threads that write files; the program waits for them before it ends.
    writers: Vec<JoinHandle<()>>,
}

/// Decision after an event: go on or leave.
enum Next {
    Go,
    Leave,
}

impl Runtime {
    /// Saves the work, or removes it if the user has quit, and waits for files that are written.
    fn close(mut self, outcome: &thread::Result<Result<()>>) {
        let say = |words: &str| drop(writeln!(io::stderr(), "taskscope: {words}"));
        let is_quit = matches!(outcome, Ok(Ok(())));
        if !is_quit {
            let _ = self.app.answers_to_keep().map(|answers| self.lesson_files.write(answers));
            if let Err(problem) = self.lesson_files.settle() {
                say(&format!("the answers could not be saved: {}", shown(&problem.to_string())));
            }
        }
        if outcome.is_err() {
            say("this is a bug; the next start offers the work that is not saved");
        }
        if (!is_quit || self.keeping)
            && let Some(trials) = self.app.screens.studies.unsaved()
        {
            say(&format!("lost: {trials}, because no folder holds them; e saves a study"));
        }
        let ended = self.autosave.and_then(|autosave| autosave.end(is_quit && !self.keeping));
        if let Some(error) = ended {
            say(&format!("the session could not be saved: {}", shown(&error.to_string())));
        }
        if self.writers.iter().any(|writer| !writer.is_finished()) {
            say("finishing writing files");
        }
        self.writers.into_iter().for_each(|writer| drop(writer.join()));
    }

    /// Waits for events, handles all that are waiting, and draws once. Without events, nothing
    /// happens.
    fn turn(&mut self, terminal: &mut Terminal, events: &Receiver<Event>) -> Result<()> {
        let draw = lost("cannot draw to the terminal");
        self.draw(terminal).map_err(&draw)?;
        let mut drawn = Instant::now();
        let effects = self.app.start();
        self.perform(effects, terminal)?;
        loop {
            let event = if self.changed {
                events.recv_timeout(FRAME.saturating_sub(drawn.elapsed())).ok()
            } else if self.has_unkept_words() {
                let event = events.recv_timeout(PAUSE).ok();
                if event.is_none() || self.kept_words.1.elapsed() > 2 * PAUSE {
                    self.keep_words(terminal)?;
                }
                event
            } else if self.app.screens.lessons.follows_class() {
                let event = events.recv_timeout(CLASS).ok();
                if event.is_none() {
                    self.tick(terminal)?;
                }
                event
            } else {
                Some(events.recv().map_err(|_| Error::Failed("no more events".into()))?)
            };
            for event in event.into_iter().chain(events.try_iter().collect::<Vec<_>>()) {
                if let Next::Leave = self.take(event, terminal)? {
                    return Ok(());
                }
            }
            if let Some(autosave) = &mut self.autosave {
                autosave.look(&mut self.app);
            }
            if self.changed && drawn.elapsed() >= FRAME {
                self.draw(terminal).map_err(&draw)?;
                drawn = Instant::now();
            }
        }
    }

    /// Returns true if an answer is being typed that is not in the file of answers.
    fn has_unkept_words(&self) -> bool {
        self.app.typed_words().is_some_and(|words| words != self.kept_words.0)
    }

    /// Writes the answers with the words that are being typed.
    fn keep_words(&mut self, terminal: &mut Terminal) -> Result<()> {
        let words = self.app.typed_words().unwrap_or_default().to_owned();
        self.kept_words = (words, Instant::now());
        let answers = self.app.answers_to_keep().map(|answers| Effect::Answers(Box::new(answers)));
        self.perform(answers.into_iter().collect(), terminal).map(drop)
    }

    fn draw(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        self.changed = false;
        if terminal.is_away() {
            return Ok(());
        }
        if self.app.is_changed() {
            fail_if_asked("screen");
        }
        if self.app.view.preview.is_none() {
            terminal.forget()?;
        }
        self.log_screen();
        let mut regions = Regions::default();
        let drawn = terminal.draw(|frame| regions = ui::draw(&self.app, frame));
        self.regions = regions;
        drawn?;
        let drawn = self.app.view.preview.as_ref().and_then(|preview| preview.drawn.as_ref());
        let pixels = drawn.filter(|(_, way)| matches!(way, PreviewMode::Pixels(_)));
        terminal.show(pixels.map(|(image, _)| image))
    }

    /// Enters in the log which screen is shown, unless it was shown before.
    fn log_screen(&mut self) {
        let name = self.app.screens.current.name();
        if std::mem::replace(&mut self.logged, name) != name {
            let (width, height) = size().unwrap_or_default();
            log::enter("screen", format_args!("{name}, {width} × {height}"));
        }
    }

    fn take(&mut self, event: Event, terminal: &mut Terminal) -> Result<Next> {
        let before = std::mem::replace(&mut self.changed, true);
        match event {
            Event::Message(message) => self.tell(*message, terminal),
            Event::Reports => {
                for (id, report) in self.worker.reports() {
                    self.tell(Message::Report(id, report), terminal)?;
                }
                Ok(Next::Go)
            }
            #[cfg(unix)]
            Event::Typed(all, handled) => {
                self.changed = before;
                for typed in all {
                    if let Next::Leave = self.take(typed.into(), terminal)? {
                        return Ok(Next::Leave);
                    }
                }
                let _ = handled.send(());
                Ok(Next::Go)
            }
            Event::Mouse(gesture, column, row) => {
                let pointer = self.pointing.point(gesture, column, row, &self.regions);
                let under = self.app.view.hover.clone();
                let next = self.tell(Message::Pointer(pointer), terminal);
                if gesture == Gesture::Move {
                    self.changed = before || under != self.app.view.hover;
                }
                next
            }
            Event::Resized => Ok(Next::Go),
            Event::Stop => Err(Error::Interrupted),
            Event::Suspend => self.perform(vec![Effect::Suspend], terminal),
            Event::Continue => {
                terminal.retake().map_err(lost("cannot prepare the terminal"))?;
                Ok(Next::Go)
            }
            Event::Lost(error) => Err(lost("cannot read the keyboard")(error)),
        }
    }

    /// Reports the time to the program if it has changed.
    fn tick(&mut self, terminal: &mut Terminal) -> Result<()> {
        let seconds = self.started.elapsed().as_secs();
        if seconds != self.told {
            self.told = seconds;
            let effects = self.app.update(Message::Time(seconds));
            self.perform(effects, terminal)?;
        }
        Ok(())
    }

    fn tell(&mut self, message: Message, terminal: &mut Terminal) -> Result<Next> {
        self.tick(terminal)?;
        let effects = self.app.update(message);
        self.perform(effects, terminal)
    }

    fn perform(&mut self, effects: Vec<Effect>, terminal: &mut Terminal) -> Result<Next> {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.worker.start(id, job),
                Effect::Cancel(slot) => self.worker.cancel(slot),
                Effect::Offer(offered) => {
                    let free = store::free(&offered);
                    self.tell(Message::Free { offered, free }, terminal)?;
                }
                Effect::File(filing) => self.file(filing),
                Effect::Preview { figure, scenario, drawing } => {
                    self.preview(*figure, scenario, *drawing);
                }
                Effect::Screen { path, replace } => {
                    let size = size().unwrap_or((80, 24));
                    let document = still::screen(&self.app, size);
                    self.file(SaveRequest { document, path, replace });
                }
                Effect::Read(number, path) => self.scenarios.read(number, path),
                Effect::StopReading => self.scenarios.stop(),
                Effect::Table(number, request) => self.tables.ask(number, request),
                Effect::Keep(settings) => {
                    let kept = self.keep_settings(&settings);
                    self.tell(Message::SettingsSaved(kept), terminal)?;
                }
                effect @ (Effect::OpenAnswers(_)
                | Effect::Answers(_)
                | Effect::Release
                | Effect::Progress
                | Effect::Class(_)) => {
                    for message in self.use_lesson_files(effect) {
                        self.tell(message, terminal)?;
                    }
                }
                Effect::Copy(text) => {
                    let _ = terminal.copy(&text);
                }
                Effect::Mouse(on) => {
                    let _ = terminal.listen_to_mouse(on);
                }
                Effect::Suspend => self.suspend(terminal)?,
                Effect::Quit { keeping } => {
                    if let Some(message) = self.unsaved_answers()? {
                        self.tell(message, terminal)?;
                        continue;
                    }
                    self.keeping = keeping;
                    return Ok(Next::Leave);
                }
            }
        }
        Ok(Next::Go)
    }

    /// Suspends the program, if a shell can bring it back.
    fn suspend(&mut self, terminal: &mut Terminal) -> Result<()> {
        if !signal::has_shell() {
            let words = "There is no shell that could bring the program back.";
            return self.tell(Message::Told(words.to_owned()), terminal).map(drop);
        }
        terminal
            .leave()
            .and_then(|()| signal::suspend())
            .map_err(lost("cannot suspend the program"))
    }

    fn keep_settings(
        &self,
        settings: &[(&'static str, &'static str)],
    ) -> std::result::Result<PathBuf, String> {
        let path = self.config.as_ref().ok_or("this machine has no folder for settings")?;
        keep(path, settings).map_err(|error| error.to_string())
    }

    /// Saves the answers before the program ends. If that fails, the first time a message, the
    /// second time the error.
    fn unsaved_answers(&mut self) -> Result<Option<Message>> {
        let Err(problem) = self.lesson_files.settle() else { return Ok(None) };
        if std::mem::replace(&mut self.warned, true) {
            return Err(problem);
        }
        let problem = format!("answers not saved: {}; q again quits", reason(&problem));
        Ok(Some(Message::Told(problem)))
    }

    /// Reads or writes the files of lessons and returns what the program must be told.
    fn use_lesson_files(&mut self, effect: Effect) -> Vec<Message> {
        if effect == Effect::Progress {
            let own = Message::OwnLessons(self.lesson_files.own());
            let (begun, refused) = self.lesson_files.progress();
            return vec![own, Message::Progress(begun, refused)];
        }
        self.use_answers(effect).into_iter().collect()
    }

    /// Reads or writes files of answers and returns what the program must be told.
    fn use_answers(&mut self, effect: Effect) -> Option<Message> {
        let unsaved = |problem: Error, what: &str| {
            Message::Told(format!("answers not saved: {}{what}", reason(&problem)))
        };
        match effect {
            Effect::OpenAnswers(lesson) => {
                Some(Message::AnswersOpened(self.lesson_files.open(&lesson)))
            }
            Effect::Answers(session) => match self.lesson_files.write(*session) {
                Ok(told) => told.map(Message::Told),
                Err(problem) => Some(unsaved(problem, "")),
            },
            Effect::Release => {
                let released = self.lesson_files.release();
                released.err().map(|problem| unsaved(problem, "; kept until you quit"))
            }
            Effect::Class(lesson) => Some(Message::Class(self.lesson_files.class(&lesson))),
            _ => None,
        }
    }

    /// Draws a picture for preview in the terminal, on its own thread.
    fn preview(&mut self, figure: Figure, scenario: Arc<Scenario>, drawing: Provenance) {
        let sender = self.sender.clone();
        let way = match Protocol::of(|name| std::env::var(name).ok()) {
            Ok(protocol) => PreviewMode::Pixels(protocol.name()),
            Err(why) => PreviewMode::Characters(why),
        };
        thread::spawn(move || {
            let kind = FigureFormat::Png;
            let drawn = caught(|| {
                let picture = export::picture(kind, &figure, scenario.draft(), &drawing)?;
                Ok((Arc::new(export::image(picture)?), way))
            });
            let drawn = drawn.map_err(|error| error.to_string());
            let _ = sender.send(Event::told(Message::Previewed(drawn)));
        });
    }

    /// Saves a document on its own thread, because drawing a picture takes longer than a frame.
    fn file(&mut self, filing: SaveRequest) {
        let sender = self.sender.clone();
        self.writers.retain(|writer| !writer.is_finished());
        self.writers.push(thread::spawn(move || {
            let filed = match caught(|| store::file(&filing)) {
                Ok(()) => {
                    log::enter("file", format_args!("written"));
                    SaveResult::Written
                }
                Err(Error::Exists(_)) => SaveResult::Exists,
                Err(error) => {
                    log::error(&error);
                    SaveResult::Failed(error.to_string())
                }
            };
            let _ = sender.send(Event::told(Message::Filed(filing, filed)));
        }));
    }
}

/// The error for a terminal that fails: what failed, or that the program is interrupted if the
/// terminal is gone.
fn lost(what: &'static str) -> impl Fn(io::Error) -> Error {
    move |error| match signal::is_gone(&error) {
        true => Error::Interrupted,
        false => Error::Failed(format!("{what}: {error}")),
    }
}

/// Saves settings in the user's file and returns its path.
fn keep(path: &Path, settings: &[(&str, &str)]) -> Result<PathBuf> {
    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    store::settings::keep(path, settings, &known).map(|()| path.to_owned())
}
