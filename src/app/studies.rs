//! State of the study screens: runs, the sweep form and cursors.

mod analysis;
pub mod cursor;
pub mod form;
pub mod knob_values;
pub mod run;
mod runs;
pub(super) mod symbols;
mod words;

pub use cursor::Cursor;
pub use form::{FormField, FormRow, SweepForm};
pub use knob_values::KnobValues;
pub use run::{RunState, StudyRun};
pub(super) use words::reading;

use super::screen::kind::Screen;
use crate::figure::sweep::SweepSeries;
use crate::figure::{Figure, phase, sweep};
use crate::scenario::Scenario;
use crate::study::groups::MODELS;
use crate::study::probe::PROXIES;
use crate::study::{StudyDraft, StudyResults};

/// The last analysis of an affinity study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Analysis {
    /// Number of the run.
    pub(super) run: u64,
    /// Number of records it had.
    pub(super) done: usize,
    /// Number of models in the plan.
    pub(super) models: usize,
    /// True until the analysis is finished.
    pub(super) busy: bool,
}

/// The part of an affinity study shown in the large pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The gain of every pair.
    Matrix,
    /// Gains against a proxy.
    Scatter,
    /// Proxies and groups in words, if there is no room beside the matrix; otherwise the matrix.
    Words,
}

impl Facet {
    /// The next facet, wrapping round.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Matrix => Self::Scatter,
            Self::Scatter => Self::Words,
            Self::Words => Self::Matrix,
        }
    }
}

/// The state of all studies.
#[derive(Debug, Clone)]
pub struct Studies {
    /// All runs, oldest first.
    pub runs: Vec<StudyRun>,
    /// Number of the run under the cursor of the Runs screen.
    pub selected: Option<u64>,
    /// Scroll position of the differences below the runs.
    pub scroll: usize,
    /// Number of the sweep in view.
    pub sweep: Option<u64>,
    /// Number of the affinity study in view.
    pub affinity: Option<u64>,
    /// The form of the next sweep.
    pub form: SweepForm,
    /// True if the chart of the Sweep screen has the focus.
    pub in_chart: bool,
    /// True if cross-hair lines run through the cursor.
    pub crossed: bool,
    /// The cursor in the chart of the Sweep screen.
    pub cursor: Cursor,
    /// The cursor in the matrix: row and column.
    pub pair: (usize, usize),
    /// The part of an affinity study shown in the large pane.
    pub facet: Facet,
    /// Index of the proxy in view.
    pub proxy: usize,
    /// Number of models allowed for the groups.
    pub budget: usize,
    /// The last analysis of an affinity study, which may be in progress.
    pub(super) analysis: Option<Analysis>,
    /// The run whose job was started last.
    pub(super) computing: Option<u64>,
    last: u64,
}

impl Studies {
    /// No studies, and a suggested form for the first sweep.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let focus = scenario.focus();
        Self {
            runs: Vec::new(),
            selected: None,
            scroll: 0,
            sweep: None,
            affinity: None,
            form: SweepForm::suggest(scenario, focus),
            in_chart: false,
            crossed: false,
            cursor: Cursor::default(),
            pair: (0, 1),
            facet: Facet::Matrix,
            proxy: 0,
            budget: MODELS,
            analysis: None,
            computing: None,
            last: 0,
        }
    }

    /// A run by its number.
    pub fn run(&self, number: Option<u64>) -> Option<&StudyRun> {
        let number = number?;
        self.runs.iter().find(|run| run.number == number)
    }

    pub(super) fn run_mut(&mut self, number: Option<u64>) -> Option<&mut StudyRun> {
        let number = number?;
        self.runs.iter_mut().find(|run| run.number == number)
    }

    /// The run being computed.
    pub fn running(&self) -> Option<&StudyRun> {
        self.runs.iter().find(|run| run.state == RunState::Running)
    }

    /// The sweep in view.
    pub fn shown_sweep(&self) -> Option<&StudyRun> {
        self.run(self.sweep)
    }

    /// The affinity study in view.
    pub fn shown_affinity(&self) -> Option<&StudyRun> {
        self.run(self.affinity)
    }

    /// The run under the cursor of the Runs screen.
    pub fn selected_run(&self) -> Option<&StudyRun> {
        self.run(self.selected)
    }

    /// The run that a screen shows.
    pub(super) fn in_view(&self, screen: Screen) -> Option<&StudyRun> {
        match screen {
            Screen::Affinity => self.shown_affinity(),
            Screen::Sweep => self.shown_sweep(),
            Screen::Runs => self.selected_run(),
            _ => None,
        }
    }

    /// Pinned runs of the same kind as `run`, except `run` itself.
    pub fn pinned_beside<'a>(&'a self, run: &'a StudyRun) -> impl Iterator<Item = &'a StudyRun> {
        self.runs.iter().filter(move |other| {
            other.pinned
                && other.number != run.number
                && other.results.study.is_affinity() == run.results.study.is_affinity()
        })
    }

    /// The figure of a sweep: a phase diagram, or lines together with those of pinned runs.
    pub fn chart(&self, run: &StudyRun) -> Option<Figure> {
        let study = &run.results.study;
        if study.is_phase() {
            return phase::figure(&run.results, self.cursor.inside(study).method);
        }
        let beside: Vec<&StudyRun> =
            self.pinned_beside(run).filter(|other| run.is_along_the_same(other)).collect();
        let all: Vec<&StudyRun> = std::iter::once(run).chain(beside.iter().copied()).collect();
        let own = run.title_beside(&all);
        let names: Vec<String> = beside.iter().map(|other| other.title_beside(&all)).collect();
        let title = (!beside.is_empty()).then_some(own.as_str());
        let mut shown = vec![SweepSeries { title, results: &run.results }];
        shown.extend(
            beside
                .iter()
                .zip(&names)
                .map(|(other, name)| SweepSeries { title: Some(name), results: &other.results }),
        );
        sweep::figure(&shown)
    }

    /// The run with exactly this question.
    pub(super) fn asking(&self, draft: &StudyDraft) -> Option<&StudyRun> {
        self.runs.iter().find(|run| run.results.study.draft() == draft)
    }

    /// Notes that a folder holds the trials of a study.
    pub(super) fn saved(&mut self, results: &StudyResults) {
        let same = |run: &&mut StudyRun| run.results.study.draft() == results.study.draft();
        if let Some(run) = self.runs.iter_mut().find(same) {
            run.kept = results.records.done();
        }
    }

    /// What would be lost with this session: the runs with trials that no folder holds, and the
    /// number of these trials; `None` if there are none.
    pub fn unsaved(&self) -> Option<String> {
        let unsaved: Vec<&StudyRun> = self.runs.iter().filter(|run| run.unsaved() > 0).collect();
        let trials: usize = unsaved.iter().map(|run| run.unsaved()).sum();
        let trials = if trials == 1 { "1 trial".to_owned() } else { format!("{trials} trials") };
        match unsaved[..] {
            [] => None,
            [run] => Some(format!("{trials} of run #{}", run.number)),
            _ => Some(format!("{trials} of {} runs", unsaved.len())),
        }
    }

    /// Adds a new run at the end of the list and returns its number.
    pub(super) fn add(&mut self, results: StudyResults) -> u64 {
        self.last += 1;
        self.runs.push(StudyRun::new(self.last, results));
        self.last
    }

    /// Puts a deleted run back in its place.
    pub(super) fn put_back(&mut self, place: usize, run: StudyRun) {
        self.selected = Some(run.number);
        self.runs.insert(place.min(self.runs.len()), run);
    }

    /// Shows a run on the screen for its kind.
    pub(super) fn show(&mut self, number: u64) {
        let Some(run) = self.run(Some(number)).cloned() else { return };
        if run.results.study.is_affinity() {
            if self.affinity != Some(number) {
                self.pair = (0, 1);
            }
            self.affinity = Some(number);
        } else {
            if self.sweep != Some(number) {
                self.cursor = Cursor::default();
            }
            self.sweep = Some(number);
        }
        self.selected = Some(number);
    }

    pub(super) fn next_proxy(&mut self, by: i32) {
        let count = PROXIES.len().max(1) as i32;
        self.proxy = (self.proxy as i32 + by).rem_euclid(count) as usize;
    }
}
