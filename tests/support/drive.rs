//! A test driver: the program without a terminal; jobs are run on request.

use std::cell::RefCell;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use taskscope::app::settings::Panes;
use taskscope::app::{App, Effect, Key, Message};
use taskscope::cancel::Cancel;
use taskscope::job::{DescentPace, Job, JobId, JobSlot, Report};
use taskscope::scenario::{Preset, Scenario, ScenarioDraft};
use taskscope::study::Trial;
use taskscope::study::training_run::TrainingSetup;
use taskscope::transfer::Verdict;
use taskscope::ui::{self, ColourDepth};
use taskscope::worker;

/// The program and its pending jobs: as in the worker, at most one in each slot, the newest.
#[derive(Clone)]
pub struct Drive {
    pub app: App,
    pub effects: Vec<Effect>,
    pending: [Option<(JobId, Job)>; JobSlot::ALL.len()],
}

impl Drive {
    /// Opens a scenario; nothing is computed before [`Drive::settle`].
    pub fn open(name: &str, scenario: Scenario) -> Self {
        Self::of(App::new(name, scenario))
    }

    /// Starts a program.
    pub fn of(mut app: App) -> Self {
        app.settings.colours = ColourDepth::None;
        app.settings.panes = Panes::All;
        let mut drive =
            Self { app, effects: Vec::new(), pending: [const { None }; JobSlot::ALL.len()] };
        let effects = drive.app.start();
        drive.take(effects);
        drive
    }

    /// Opens a preset with the given number of trials, so that a test is fast.
    pub fn preset(name: &str, trials: usize) -> Self {
        Self::open(name, preset(name, trials))
    }

    /// Presses a key and returns the effects.
    pub fn press(&mut self, key: Key) -> &[Effect] {
        self.tell(Message::Key(key))
    }

    /// Presses several keys.
    pub fn keys(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| {
            self.press(*key);
        });
    }

    /// Types characters.
    pub fn write(&mut self, text: &str) {
        text.chars().for_each(|c| {
            self.press(Key::Char(c));
        });
    }

    /// Opens the field of the focused knob, types a value and accepts it.
    pub fn set(&mut self, text: &str) {
        self.press(Key::Enter);
        self.write(text);
        self.press(Key::Enter);
    }

    /// Opens the export list and chooses the first entry.
    pub fn export(&mut self) -> &[Effect] {
        self.press(Key::Char('e'));
        self.press(Key::Enter)
    }

    /// Sends a message to the program.
    pub fn tell(&mut self, message: Message) -> &[Effect] {
        let effects = self.app.update(message);
        self.take(effects);
        &self.effects
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            match effect {
                Effect::Start(id, job) => {
                    self.pending[job.slot() as usize] = Some((*id, job.clone()));
                }
                Effect::Cancel(slot) => self.pending[*slot as usize] = None,
                _ => {}
            }
        }
        self.effects = effects;
    }

    /// The pending job in a slot.
    pub fn waiting(&self, slot: JobSlot) -> Option<&(JobId, Job)> {
        self.pending[slot as usize].as_ref()
    }

    /// Runs all pending jobs.
    pub fn settle(&mut self) {
        JobSlot::ALL.into_iter().for_each(|slot| self.settle_slot(slot));
    }

    /// Runs the pending job in a slot and delivers all its reports.
    pub fn settle_slot(&mut self, slot: JobSlot) {
        if let Some((id, job)) = self.pending[slot as usize].take() {
            for report in carry_out(job) {
                let effects = self.app.update(Message::Report(id, report));
                self.take(effects);
            }
        }
    }

    /// Runs the trials of the scenario on screen and returns the verdict.
    pub fn verdict(&mut self) -> Verdict {
        self.settle_slot(JobSlot::Verdict);
        let measurement = self.app.screens.lab.measurement().expect("trials have been run");
        assert!(measurement.is_complete() && self.app.screens.lab.fresh);
        self.app.screens.lab.outcome().expect("trials have been run").verdict
    }

    /// The value of the knob in focus.
    pub fn value(&self) -> f64 {
        self.app.screens.lab.focus.get(self.app.work.scenario.draft()).expect("a knob has a value")
    }

    /// The screen at the given size.
    pub fn frame(&self, width: u16, height: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| drop(ui::draw(&self.app, frame))).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The lines of the screen at the given size.
    pub fn lines(&self, width: u16, height: u16) -> Vec<String> {
        lines(&self.frame(width, height))
    }

    /// The screen at the given size as one text.
    pub fn screen(&self, width: u16, height: u16) -> String {
        self.lines(width, height).join("\n")
    }
}

/// A preset with the given number of trials.
pub fn preset(name: &str, trials: usize) -> Scenario {
    changed(name, |draft| draft.trials = trials as f64)
}

/// A preset, changed before it is checked.
pub fn changed(name: &str, change: impl FnOnce(&mut ScenarioDraft)) -> Scenario {
    let mut draft = Preset::find(name).unwrap().scenario().unwrap().draft().clone();
    change(&mut draft);
    Scenario::check(draft).unwrap()
}

/// The lines of a buffer, without trailing blanks.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (0..area.height)
        .map(|y| {
            let line: String = (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        })
        .collect()
}

/// All reports of a job. A running descent goes to its end without pauses.
fn carry_out(job: Job) -> Vec<Report> {
    if let Job::Descent { scenario, from, pace: DescentPace::Run } = job {
        let ground = TrainingSetup::of(&scenario, &Trial::own(&scenario, 0));
        let mut descent = from.map_or_else(|| ground.start(), |descent| *descent);
        while !descent.is_finished() {
            ground.advance(&mut descent);
        }
        return vec![Report::Descent(Box::new(descent))];
    }
    let reports = RefCell::new(Vec::new());
    worker::run(job, &Cancel::new(), &|report| reports.borrow_mut().push(report));
    reports.into_inner()
}
