//! The words that threads exchange: jobs go out, reports come back, the latest one counts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nalgebra::Vector2;

use crate::explanation::Explanation;
use crate::explanation::bound::BoundCurve;
use crate::figure::{Figure, Sheet};
use crate::lesson::{self, Lesson};
use crate::provenance::Provenance;
use crate::runner::Progress;
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::Insight;
use crate::study::training_run::OptimalLosses;
use crate::study::training_run::TrainingRun;
use crate::study::{Comparison, Curve, Measurement, RowPreview, StudyResults};
use crate::transfer::{Plane, Prediction};

/// Jobs of one slot replace each other: the newest one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobSlot {
    /// The verdict.
    Verdict,
    /// The gain along the knob that has the focus.
    Curve,
    /// The descent that is watched.
    Descent,
    /// All weighting schemes side by side.
    Comparison,
    /// A study of many cells.
    Study,
    /// What an affinity study says of proxies and groups.
    Insight,
    /// Why the verdict is as it is.
    Theory,
    /// The rows of one task.
    Preview,
    /// Theorem 2 over the rows of the source.
    Reach,
    /// What a lesson speaks of.
    Lesson,
}

impl JobSlot {
    /// All slots.
    pub const ALL: [Self; 10] = [
        Self::Verdict,
        Self::Curve,
        Self::Descent,
        Self::Comparison,
        Self::Study,
        Self::Insight,
        Self::Theory,
        Self::Preview,
        Self::Reach,
        Self::Lesson,
    ];
}

/// Number of a job; reports of a job that is no longer current are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobId(pub u64);

/// Something to compute.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Optimum, prediction and verdict of a scenario.
    Verdict(Arc<Scenario>),
    /// The same, by all ways of training that the scenario compares.
    Compared(Arc<Scenario>),
    /// The gain along a knob.
    Curve(Arc<Scenario>, Handle),
    /// All weighting schemes side by side.
    Comparison(Arc<Scenario>),
    /// Gradient descent, from the start or from where a course stands.
    Descent {
        /// Whose first trial it runs on.
        scenario: Arc<Scenario>,
        /// Where it stands; `None` for the start.
        from: Option<Box<TrainingRun>>,
        /// How far it goes.
        pace: DescentPace,
    },
    /// What a study still lacks.
    Study(Box<StudyResults>),
    /// What an affinity study says of proxies, and of plans of at most so many models.
    Insight(Box<StudyResults>, usize),
    /// Why the verdict of a scenario is as it is.
    Explanation(Arc<Scenario>),
    /// The rows of the first trial, where those of the task with an index among the entries are
    /// loudest.
    Preview(Arc<Scenario>, usize),
    /// Theorem 2 over the rows of the source.
    Reach(Arc<Scenario>),
    /// The settings of a lesson for a student, those first of which steps from a place on speak.
    Lesson(Arc<Lesson>, u64, usize),
}

/// How far a descent goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescentPace {
    /// Nowhere: only its start is shown.
    Stand,
    /// One step.
    Step,
    /// To its end, at a pace the eye can follow.
    Run,
}

impl Job {
    /// The slot a job runs in.
    pub fn slot(&self) -> JobSlot {
        match self {
            Self::Verdict(_) | Self::Compared(_) => JobSlot::Verdict,
            Self::Curve(..) => JobSlot::Curve,
            Self::Descent { .. } => JobSlot::Descent,
            Self::Comparison(_) => JobSlot::Comparison,
            Self::Study(_) => JobSlot::Study,
            Self::Insight(..) => JobSlot::Insight,
            Self::Explanation(_) => JobSlot::Theory,
            Self::Preview(..) => JobSlot::Preview,
            Self::Reach(_) => JobSlot::Reach,
            Self::Lesson(..) => JobSlot::Lesson,
        }
    }
}

/// What a job has found so far.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// Of a verdict job.
    Verdict(Box<ScenarioFindings>),
    /// Of a curve job.
    Curve(Curve),
    /// Of a descent job.
    Descent(Box<TrainingRun>),
    /// Of a comparison job.
    Comparison(Box<Comparison>),
    /// Of a study.
    Study {
        /// All that is known of it.
        results: Box<StudyResults>,
        /// How far it is.
        progress: Progress,
    },
    /// Of an insight job; `None` where there are too few trials.
    Insight(Option<Box<Insight>>),
    /// Of an explanation job.
    Explanation(Box<Explanation>),
    /// Of a preview job.
    Preview(Box<RowPreview>),
    /// Of a job about Theorem 2.
    Reach(Box<BoundCurve>),
    /// Of a lesson.
    Lesson {
        /// All that is known of its settings.
        findings: Box<lesson::LessonFindings>,
        /// Whether nothing more will come.
        complete: bool,
    },
    /// A job ended in a fault of the program.
    Failed(JobSlot, String),
}

/// What is known about a scenario so far.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioFindings {
    /// The plane of the first trial.
    pub plane: Plane,
    /// The direction of B at the exact optimum of the first trial, for width 1.
    pub optimum: Option<Vector2<f64>>,
    /// Losses at the optima of the first trial.
    pub floor: OptimalLosses,
    /// The prediction, or why there is none.
    pub theory: Result<Prediction, &'static str>,
    /// The trials; `None` before the first two.
    pub measurement: Option<Measurement>,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// A figure as one of the kinds of files for figures.
    Picture {
        /// The figure.
        figure: Box<Figure>,
        /// What it shows.
        scenario: Arc<Scenario>,
        /// What of it is drawn.
        drawing: Box<Provenance>,
    },
    /// A whole screen as one of the kinds of files for screens.
    Screen {
        /// Its cells.
        sheet: Box<Sheet>,
        /// The scenario it shows.
        scenario: Arc<Scenario>,
        /// What of it is seen.
        drawing: Box<Provenance>,
    },
    /// A scenario as JSON.
    Scenario(Arc<Scenario>),
    /// A study and all that is known of it, as a folder.
    Study {
        /// The study and its records.
        results: Box<StudyResults>,
        /// What they say of proxies and groups.
        insight: Option<Box<Insight>>,
    },
}

/// The kinds of files for figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFormat {
    /// Pixels.
    Png,
    /// Lines and words.
    Svg,
    /// Lines and words on a page.
    Pdf,
    /// The numbers behind the marks.
    Csv,
    /// The same with axes, caption, scenario and command, as JSON.
    Json,
    /// A document of pgfplots that draws the numbers of the table beside it.
    Tex,
}

impl FigureFormat {
    /// All kinds, with the endings of their files.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Png, "png"),
        (Self::Svg, "svg"),
        (Self::Pdf, "pdf"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Tex, "tex"),
    ];

    /// What the name of such a file looks like.
    pub const ALLOWED: &str = "a name that ends in .png, .svg, .pdf, .csv, .json or .tex";

    /// The kind that the ending of a path promises, PNG without one; `None` where it promises
    /// another kind of file.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension() {
            None => Some(Self::Png),
            Some(ending) => Self::named(ending.to_str()?),
        }
    }

    /// The kind whose files end in `ending`, given without its dot, in letters of any case.
    pub fn named(ending: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(ending));
        found.map(|(kind, _)| *kind)
    }

    /// The ending of its files, without a dot.
    pub fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, ending)| ending)
    }
}

/// The kinds of files for screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenFormat {
    /// Forms and words.
    Svg,
    /// Pixels.
    Png,
    /// Text with the commands by which a terminal colours it.
    Ansi,
    /// Plain text.
    Text,
}

impl ScreenFormat {
    /// All kinds, with the endings of their files.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Svg, "svg"), (Self::Png, "png"), (Self::Ansi, "ans"), (Self::Text, "txt")];

    /// What the name of such a file looks like.
    pub const ALLOWED: &str = "a name that ends in .svg, .png, .ans or .txt";

    /// The kind that the ending of a path promises, in letters of any case; `None` where it
    /// promises another kind of file, or none.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let found = Self::ALL.iter().find(|(_, own)| own.eq_ignore_ascii_case(ending));
        found.map(|(kind, _)| *kind)
    }
}

/// What came of writing a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveResult {
    /// It is there.
    Written,
    /// There is a file of that name already, and it was not to be replaced.
    Exists,
    /// It could not be written, and why.
    Failed(String),
}

/// A document and where it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveRequest {
    /// What is written.
    pub document: Document,
    /// Where.
    pub path: PathBuf,
    /// Whether a file that is there already is replaced.
    pub replace: bool,
}
