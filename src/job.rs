//! Messages between threads: jobs go out, reports come back, and the latest report counts.

pub mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nalgebra::Vector2;

use crate::advice::Advice;
use crate::explanation::Explanation;
use crate::explanation::bound::BoundCurve;
use crate::figure::{Figure, Sheet};
use crate::flip::Flip;
use crate::lesson::{self, Lesson};
use crate::provenance::Provenance;
use crate::runner::Progress;
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::Insight;
use crate::study::training_run::{OptimalLosses, TrainingRun};
use crate::study::{Comparison, Curve, Measurement, RowPreview, SideBySide, StudyResults};
use crate::transfer::{Plane, Prediction};

/// The slot of a job. Jobs in one slot replace each other: the newest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobSlot {
    /// The verdict.
    Verdict,
    /// The gain along the focused knob.
    Curve,
    /// The descent shown on screen.
    Descent,
    /// All weighting schemes side by side.
    Comparison,
    /// Methods side by side.
    Methods,
    /// A study of many cells.
    Study,
    /// The proxies and groups of an affinity study.
    Insight,
    /// The explanation of the verdict.
    Explanation,
    /// The rows of one task.
    Rows,
    /// Theorem 2 against the number of source rows.
    Bound,
    /// The settings of a lesson.
    Lesson,
    /// Advice on real tasks.
    Advice,
    /// Small changes that turn the verdict.
    Flip,
}

impl JobSlot {
    /// All slots.
    pub const ALL: [Self; 13] = [
        Self::Verdict,
        Self::Curve,
        Self::Descent,
        Self::Comparison,
        Self::Methods,
        Self::Study,
        Self::Insight,
        Self::Explanation,
        Self::Rows,
        Self::Bound,
        Self::Lesson,
        Self::Advice,
        Self::Flip,
    ];
}

/// Number of a job; reports of outdated jobs are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobId(pub u64);

/// Something to compute.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// The optimum, prediction and verdict of a scenario.
    Verdict(Arc<Scenario>),
    /// The same, for every approach that the scenario compares.
    Compared(Arc<Scenario>),
    /// The gain along a knob.
    Curve(Arc<Scenario>, Handle),
    /// All weighting schemes side by side.
    Comparison(Arc<Scenario>),
    /// Joint training, merging, fine-tuning and ridge side by side.
    Methods(Arc<Scenario>),
    /// Gradient descent, from the start or continuing an earlier run.
    Descent {
        /// The scenario; descent runs on its first trial.
        scenario: Arc<Scenario>,
        /// The run to continue; `None` begins a new one.
        from: Option<Box<TrainingRun>>,
        /// The number of steps to make.
        pace: DescentPace,
    },
    /// The missing trials of a study.
    Study(Box<StudyResults>),
    /// The proxies of an affinity study, and its plans with at most this many models.
    Insight(Box<StudyResults>, usize),
    /// The explanation of a scenario's verdict.
    Explanation(Arc<Scenario>),
    /// The rows of the first trial, along the loudest directions of the task with this entry index.
    Rows(Arc<Scenario>, usize),
    /// Theorem 2 against the number of source rows.
    Bound(Arc<Scenario>),
    /// The settings of a lesson for a student; those of the steps from an index on come first.
    Lesson(Arc<Lesson>, u64, usize),
    /// Advice on the real tasks of a scenario.
    Advice(Arc<Scenario>),
    /// Small changes that turn the verdict of a scenario.
    Flip(Arc<Scenario>),
}

/// The number of steps a descent makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescentPace {
    /// None: only the start is shown.
    Stand,
    /// One step.
    Step,
    /// All steps, at a speed the eye can follow.
    Run,
}

impl Job {
    /// The scenario that a job is about, if it is one.
    pub fn scenario(&self) -> Option<&Arc<Scenario>> {
        match self {
            Self::Verdict(scenario)
            | Self::Compared(scenario)
            | Self::Curve(scenario, _)
            | Self::Comparison(scenario)
            | Self::Methods(scenario)
            | Self::Descent { scenario, .. }
            | Self::Explanation(scenario)
            | Self::Rows(scenario, _)
            | Self::Bound(scenario)
            | Self::Advice(scenario)
            | Self::Flip(scenario) => Some(scenario),
            Self::Study(_) | Self::Insight(..) | Self::Lesson(..) => None,
        }
    }

    /// The slot a job runs in.
    pub fn slot(&self) -> JobSlot {
        match self {
            Self::Verdict(_) | Self::Compared(_) => JobSlot::Verdict,
            Self::Curve(..) => JobSlot::Curve,
            Self::Descent { .. } => JobSlot::Descent,
            Self::Comparison(_) => JobSlot::Comparison,
            Self::Methods(_) => JobSlot::Methods,
            Self::Study(_) => JobSlot::Study,
            Self::Insight(..) => JobSlot::Insight,
            Self::Explanation(_) => JobSlot::Explanation,
            Self::Rows(..) => JobSlot::Rows,
            Self::Bound(_) => JobSlot::Bound,
            Self::Lesson(..) => JobSlot::Lesson,
            Self::Advice(_) => JobSlot::Advice,
            Self::Flip(_) => JobSlot::Flip,
        }
    }
}

/// The findings of a job so far.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// From a verdict job.
    Verdict(Box<ScenarioFindings>),
    /// From a curve job.
    Curve(Curve),
    /// From a descent job.
    Descent(Box<TrainingRun>),
    /// From a comparison job.
    Comparison(Box<Comparison>),
    /// From a job with methods side by side.
    Methods(Box<SideBySide>),
    /// From a study job.
    Study {
        /// The results so far.
        results: Box<StudyResults>,
        /// The progress of the study.
        progress: Progress,
    },
    /// From an insight job; `None` if there are too few trials.
    Insight(Option<Box<Insight>>),
    /// From an explanation job.
    Explanation(Box<Explanation>),
    /// From a rows job.
    Rows(Box<RowPreview>),
    /// From a job about Theorem 2.
    Bound(Box<BoundCurve>),
    /// From a lesson job.
    Lesson {
        /// The findings for its settings so far.
        findings: Box<lesson::LessonFindings>,
        /// True for the last report.
        complete: bool,
    },
    /// From an advice job.
    Advice {
        /// The share that is done.
        share: f64,
        /// At the end the advice, or why there is none.
        advice: Option<Result<Box<Advice>, String>>,
    },
    /// From a job that looks for changes.
    Flip {
        /// The share that is done.
        share: f64,
        /// At the end the changes, or what the scenario must have.
        flip: Option<Result<Arc<Flip>, &'static str>>,
    },
    /// A job failed because of a bug in the program.
    Failed(JobSlot, String),
}

/// The findings for a scenario so far.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioFindings {
    /// The plane of the first trial.
    pub plane: Plane,
    /// The direction of B at the optimum of the first trial; only for width 1.
    pub optimum: Option<Vector2<f64>>,
    /// Losses at the optima of the first trial.
    pub floor: OptimalLosses,
    /// The prediction, or why there is none.
    pub theory: Result<Prediction, &'static str>,
    /// The trials; `None` before the first two.
    pub measurement: Option<Measurement>,
    /// What to beware of, in sentences, once all trials are there.
    pub cautions: Vec<String>,
    /// The time that the trials took, in seconds.
    pub seconds: f64,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// A figure.
    Picture {
        /// The figure.
        figure: Box<Figure>,
        /// The scenario it shows.
        scenario: Arc<Scenario>,
        /// The part of the scenario that is drawn.
        drawing: Box<Provenance>,
    },
    /// A whole screen.
    Screen {
        /// The cells.
        sheet: Box<Sheet>,
        /// The scenario it shows.
        scenario: Arc<Scenario>,
        /// The part of the scenario that is seen.
        drawing: Box<Provenance>,
    },
    /// A scenario as JSON.
    Scenario(Arc<Scenario>),
    /// A page of advice.
    Advice {
        /// The advice.
        advice: Box<Advice>,
        /// The scenario it is about.
        scenario: Arc<Scenario>,
        /// The name of the scenario.
        name: String,
    },
    /// A study with its results, as a folder.
    Study {
        /// The study and its records.
        results: Box<StudyResults>,
        /// Their proxies and groups.
        insight: Option<Box<Insight>>,
    },
}

impl Document {
    /// The scenario that it shows or is; `None` for a study.
    pub fn scenario(&self) -> Option<&Scenario> {
        match self {
            Self::Picture { scenario, .. }
            | Self::Screen { scenario, .. }
            | Self::Scenario(scenario)
            | Self::Advice { scenario, .. } => Some(scenario),
            Self::Study { .. } => None,
        }
    }
}

/// File formats for figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFormat {
    /// Pixels.
    Png,
    /// Vector graphics.
    Svg,
    /// Vector graphics on a page.
    Pdf,
    /// The numbers behind the marks.
    Csv,
    /// The same numbers with axes, caption, scenario and command, as JSON.
    Json,
    /// A LaTeX document with a TikZ picture.
    Tex,
}

impl FigureFormat {
    /// All formats with their file extensions.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Png, "png"),
        (Self::Svg, "svg"),
        (Self::Pdf, "pdf"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Tex, "tex"),
    ];

    /// The allowed file names, in words.
    pub const ALLOWED: &str = "a name that ends in .png, .svg, .pdf, .csv, .json or .tex";

    /// The format given by the extension of a path; PNG without an extension. `None` for an unknown
    /// extension.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension() {
            None => Some(Self::Png),
            Some(ending) => Self::named(ending.to_str()?),
        }
    }

    /// The format with the extension `ending`, given without a dot, in upper or lower case.
    pub fn named(ending: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(ending));
        found.map(|(kind, _)| *kind)
    }

    /// The file extension, without a dot.
    pub fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, ending)| ending)
    }
}

/// File formats for screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenFormat {
    /// Vector graphics.
    Svg,
    /// Pixels.
    Png,
    /// Text with ANSI colour codes.
    Ansi,
    /// Plain text.
    Text,
}

impl ScreenFormat {
    /// All formats with their file extensions.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Svg, "svg"), (Self::Png, "png"), (Self::Ansi, "ans"), (Self::Text, "txt")];

    /// The allowed file names, in words.
    pub const ALLOWED: &str = "a name that ends in .svg, .png, .ans or .txt";

    /// The format given by the extension of a path, in upper or lower case. `None` for an unknown
    /// or missing extension.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let found = Self::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(ending));
        found.map(|(kind, _)| *kind)
    }
}

/// File formats for pages of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdviceFormat {
    /// A page that needs no other file.
    Html,
    /// A text with two figures beside it.
    Markdown,
    /// The numbers.
    Json,
}

impl AdviceFormat {
    /// All formats with their file extensions.
    pub const ALL: [(Self, &str); 3] =
        [(Self::Html, "html"), (Self::Markdown, "md"), (Self::Json, "json")];

    /// The allowed file names, in words.
    pub const ALLOWED: &str = "a name that ends in .html, .md or .json";

    /// The format given by the extension of a path, in upper or lower case. `None` for an unknown
    /// or missing extension.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let found = Self::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(ending));
        found.map(|(kind, _)| *kind)
    }
}

/// The outcome of writing a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveResult {
    /// The file was written.
    Written,
    /// A file of that name already exists and was not to be replaced.
    Exists,
    /// The file could not be written, with the reason.
    Failed(String),
}

/// A document and its destination.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveRequest {
    /// The document.
    pub document: Document,
    /// The path.
    pub path: PathBuf,
    /// True to replace an existing file.
    pub replace: bool,
}
