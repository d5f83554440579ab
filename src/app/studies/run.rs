//! A run: a study of this session, and how far it is.

use crate::runner::Progress;
use crate::study::StudyResults;
use crate::study::affinity::Insight;

/// A study of this session.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyRun {
    /// Counted from 1; deleted runs leave their numbers.
    pub number: u64,
    /// The study and what is known of it.
    pub results: StudyResults,
    /// How far it is.
    pub progress: Progress,
    /// Whether it computes.
    pub state: RunState,
    /// What an affinity study says of proxies and groups.
    pub insight: Option<Box<Insight>>,
    /// Whether others are compared with it.
    pub pinned: bool,
    /// Seconds it took before it was paused last.
    pub(in crate::app) before: f64,
}

/// Whether a run computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// It does.
    Running,
    /// It does not, and can go on.
    Paused,
    /// There is nothing left to compute.
    Done,
    /// A fault of the program has ended it.
    Stopped,
}

impl StudyRun {
    pub(super) fn new(number: u64, results: StudyResults) -> Self {
        let progress = Progress {
            done: results.ledger.done(),
            wanted: results.ledger.wanted(),
            ..Progress::default()
        };
        Self {
            number,
            results,
            progress,
            state: RunState::Paused,
            insight: None,
            pinned: false,
            before: 0.0,
        }
    }

    /// The scenario it is asked of, by name.
    pub fn name(&self) -> &str {
        self.results.study.name(0)
    }

    /// What is asked, in short: `source.angle`, `source.angle × target.noise`, `affinity`.
    pub fn question(&self) -> String {
        let study = &self.results.study;
        match study.lines().first() {
            None => "affinity".to_owned(),
            Some(line) => match &line.y {
                Some(y) => format!("{} × {}", line.x.path, y.path),
                None => line.x.path.clone(),
            },
        }
    }

    /// Whether it and another are lines along the same knob.
    pub fn is_along_the_same(&self, other: &Self) -> bool {
        let path = |run: &Self| run.results.study.lines().first().map(|line| line.x.path.clone());
        !other.results.study.is_phase() && path(self) == path(other)
    }

    /// The number, the question and the scenario.
    pub fn title(&self) -> String {
        format!("#{} {}, {}", self.number, self.question(), self.name())
    }

    /// Name of a folder for it.
    pub fn folder(&self) -> String {
        match self.results.study.lines().first() {
            None => format!("{}-affinity", self.name()),
            Some(line) => {
                let knob = line.x.path.replace('.', "-");
                let across = line
                    .y
                    .as_ref()
                    .map_or(String::new(), |y| format!("-{}", y.path.replace('.', "-")));
                format!("{}-sweep-{knob}{across}", self.name())
            }
        }
    }

    /// The share that is done, in whole percent; 100 only for all of it.
    pub fn percent(&self) -> usize {
        100 * self.progress.done / self.progress.wanted.max(1)
    }

    /// Seconds it has taken so far.
    pub fn seconds(&self) -> f64 {
        self.before + self.progress.elapsed.as_secs_f64()
    }

    /// Trials of a cell, as they are asked for.
    pub fn trials(&self) -> usize {
        self.results.study.cells().first().map_or(0, |cell| cell.scenario.trials())
    }

    /// Forgets how long it took, so that equal runs look alike.
    pub fn forget_time(&mut self) {
        self.rest(self.state);
        self.before = 0.0;
    }

    /// Leaves open how long it took: a picture of it is the same however long that was.
    pub fn leave_time_open(&mut self) {
        self.rest(self.state);
        self.before = f64::NAN;
    }

    /// Stops it where it stands.
    pub(in crate::app) fn rest(&mut self, state: RunState) {
        self.state = state;
        self.before = self.seconds();
        self.progress = Progress {
            done: self.progress.done,
            wanted: self.progress.wanted,
            ..Progress::default()
        };
    }
}
