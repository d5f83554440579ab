//! A user at a screen, who does anything.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::{Gesture, Key, Message};
use taskscope::job::JobSlot;
use taskscope::ui::{self, Pointing, Regions};

use super::drive::{self, Drive, changed};
use super::frames;

/// An event.
#[derive(Debug, Clone)]
pub enum Event {
    Press(Key),
    Paste(String),
    Mouse(Gesture, u16, u16),
    Resize(u16, u16),
    Settle(JobSlot),
    Study,
    Time(u64),
}

/// A user at a screen.
pub struct User {
    pub drive: Drive,
    regions: Regions,
    pointing: Pointing,
    size: (u16, u16),
}

impl User {
    /// A user of a preset that is small enough to be computed at once.
    pub fn of(name: &str) -> Self {
        Self {
            drive: small(name),
            regions: Regions::default(),
            pointing: Pointing::default(),
            size: (120, 36),
        }
    }

    pub fn look(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let app = &self.drive.app;
        terminal.draw(|frame| self.regions = ui::draw(app, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        if self.size.0 >= 58 && self.size.1 >= 16 && app.over.is_none() && app.field.is_none() {
            let bare = frames::bare_gains(buffer);
            assert!(bare.is_empty(), "{bare:#?}\n{}", drive::lines(buffer).join("\n"));
        }
    }

    /// Returns true if the scenario is small enough to be computed at once.
    pub fn is_small(&self) -> bool {
        let scenario = &self.drive.app.work.scenario;
        let rows: u64 = scenario.tasks().iter().map(|task| task.samples).sum();
        let is_quick = scenario.is_linear() || rows <= 4000;
        let (tasks, trials) = (scenario.tasks().len(), scenario.trials());
        is_quick && scenario.dimension() <= 12 && tasks <= 12 && trials <= 20
    }

    /// Returns true if the running study has few trials left.
    fn is_soon_done(&self) -> bool {
        let running = self.drive.app.screens.studies.running();
        running.is_some_and(|run| run.results.records.wanted() - run.results.records.done() < 200)
    }

    pub fn meet(&mut self, event: Event) {
        match event {
            Event::Press(key) => drop(self.drive.press(key).to_vec()),
            Event::Paste(text) => drop(self.drive.tell(Message::Paste(text)).to_vec()),
            Event::Mouse(gesture, x, y) => {
                let (x, y) = (x % self.size.0, y % self.size.1);
                let pointer = self.pointing.point(gesture, x, y, &self.regions);
                self.drive.tell(Message::Pointer(pointer));
            }
            Event::Resize(width, height) => self.size = (width, height),
            Event::Settle(slot) if self.is_small() => self.drive.settle_slot(slot),
            Event::Settle(_) => {}
            Event::Study if self.is_small() && self.is_soon_done() => {
                self.drive.settle_slot(JobSlot::Study);
                self.drive.settle_slot(JobSlot::Insight);
            }
            Event::Study => {}
            Event::Time(seconds) => drop(self.drive.tell(Message::Time(seconds)).to_vec()),
        }
    }

    /// Undoes and redoes everything, which must lead to the same work.
    pub fn go_back_and_forth(&mut self, opened: &taskscope::app::Snapshot) {
        self.drive.keys(&[Key::Escape; 4]);
        let last = self.drive.app.work.snapshot();
        let mut steps = 0;
        while self.drive.app.work.undo_depth() > 0 {
            self.drive.press(Key::Char('u'));
            steps += 1;
        }
        assert_eq!(self.drive.app.work.snapshot(), *opened, "{steps} steps back");
        (0..steps).for_each(|_| drop(self.drive.press(Key::Ctrl('r')).to_vec()));
        assert_eq!(self.drive.app.work.snapshot(), last, "{steps} steps forth");
        self.look();
    }
}

/// A scenario small enough to be computed at once.
fn small(name: &str) -> Drive {
    Drive::open(
        name,
        changed(name, |draft| {
            draft.trials = 4.0;
            draft.data.dimension = 6.0;
            for task in &mut draft.tasks {
                task.covariance.size = None;
                task.samples = task.samples.min(200.0);
            }
        }),
    )
}
