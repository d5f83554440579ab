//! A run: a study of this session and its progress.

use crate::lesson::words::differences;
use crate::runner::Progress;
use crate::scenario::Scenario;
use crate::study::StudyResults;
use crate::study::affinity::Insight;
use crate::text::file_name;

/// Most knobs named beside the number of a run.
const NAMED: usize = 2;

/// A study of this session.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyRun {
    /// Number, counted from 1. Numbers of deleted runs are not reused.
    pub number: u64,
    /// The study and its results so far.
    pub results: StudyResults,
    /// Its progress.
    pub progress: Progress,
    /// Its state.
    pub state: RunState,
    /// Findings of an affinity study about proxies and groups.
    pub insight: Option<Box<Insight>>,
    /// True if others are compared with it.
    pub pinned: bool,
    /// Number of its trials that a folder holds.
    pub(in crate::app) kept: usize,
    /// Seconds it took before it was last paused.
    pub(in crate::app) before: f64,
}

/// State of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Computing.
    Running,
    /// Paused; can be resumed.
    Paused,
    /// Finished.
    Done,
    /// Stopped by an internal error.
    Stopped,
}

impl StudyRun {
    pub(super) fn new(number: u64, results: StudyResults) -> Self {
        let progress = Progress {
            done: results.records.done(),
            wanted: results.records.wanted(),
            ..Progress::default()
        };
        Self {
            number,
            progress,
            state: RunState::Paused,
            insight: None,
            pinned: false,
            kept: results.records.done(),
            results,
            before: 0.0,
        }
    }

    /// Name of its scenario.
    pub fn name(&self) -> &str {
        self.results.study.name(0)
    }

    /// Its question in short: `source.angle`, `source.angle × target.noise`, `affinity`.
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

    /// Returns true if both runs are line charts along the same knob.
    pub fn is_along_the_same(&self, other: &Self) -> bool {
        let path = |run: &Self| run.results.study.lines().first().map(|line| line.x.path.clone());
        !other.results.study.is_phase() && path(self) == path(other)
    }

    /// Returns true if it measured other knobs of a scenario than those set now, apart from the
    /// knobs that it varies.
    pub fn is_of_other_knobs(&self, name: &str, scenario: &Scenario) -> bool {
        let study = &self.results.study;
        let [base] = study.bases() else { return false };
        let line = study.lines().first();
        let varied: Vec<&str> = line.map_or_else(Vec::new, |line| {
            [Some(&line.x), line.y.as_ref()]
                .into_iter()
                .flatten()
                .map(|x| x.path.as_str())
                .collect()
        });
        let is_varied =
            |words: &String| varied.iter().any(|path| words.starts_with(&format!("{path} ")));
        self.name() == name && !differences(scenario, base).iter().all(is_varied)
    }

    /// Its number, question and scenario.
    pub fn title(&self) -> String {
        format!("#{} {}, {}", self.number, self.question(), self.name())
    }

    /// Its number and the knobs in which it differs from other runs: `#2 source.noise 0.7`.
    pub fn title_beside(&self, others: &[&Self]) -> String {
        let number = format!("#{}", self.number);
        let Some(base) = self.results.study.bases().first() else { return number };
        let swept = self.results.study.lines().first().map(|line| line.x.path.as_str());
        let mut differing: Vec<String> = Vec::new();
        if others.iter().any(|other| other.name() != self.name()) {
            differing.push(self.name().to_owned());
        }
        for other in others.iter().filter_map(|other| other.results.study.bases().first()) {
            for words in differences(other, base) {
                let is_swept = swept.is_some_and(|path| words.starts_with(&format!("{path} ")));
                if !is_swept && !differing.contains(&words) {
                    differing.push(words);
                }
            }
        }
        let more = if differing.len() > NAMED { " and more" } else { "" };
        differing.truncate(NAMED);
        match differing.is_empty() {
            true => number,
            false => format!("{number} {}{more}", differing.join(", ")),
        }
    }

    /// A folder name for it.
    pub fn folder(&self) -> String {
        match self.results.study.lines().first() {
            None => format!("{}-affinity", file_name(self.name())),
            Some(line) => {
                let knob = line.x.path.replace('.', "-");
                let across = line
                    .y
                    .as_ref()
                    .map_or(String::new(), |y| format!("-{}", y.path.replace('.', "-")));
                format!("{}-sweep-{knob}{across}", file_name(self.name()))
            }
        }
    }

    /// The share done, in whole percent, rounded down; 100 only if all is done.
    pub fn percent(&self) -> usize {
        100 * self.progress.done / self.progress.wanted.max(1)
    }

    /// Seconds taken so far.
    pub fn seconds(&self) -> f64 {
        self.before + self.progress.elapsed.as_secs_f64()
    }

    /// Number of trials requested per cell.
    pub fn trials(&self) -> usize {
        self.results.study.cells().first().map_or(0, |cell| cell.scenario.trials())
    }

    /// Number of its trials that no folder holds.
    pub fn unsaved(&self) -> usize {
        self.results.records.done().saturating_sub(self.kept)
    }

    /// Sets the time taken to zero, so that equal runs look the same.
    pub fn forget_time(&mut self) {
        self.rest(self.state);
        self.before = 0.0;
    }

    /// Hides the time taken, so that pictures of equal runs are the same.
    pub fn leave_time_open(&mut self) {
        self.rest(self.state);
        self.before = f64::NAN;
    }

    /// Stops it in the given state, and keeps the time taken so far.
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
