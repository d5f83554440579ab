//! The one table of figures: what each is called, what it shows, what it needs.

use crate::explanation::landscape::no_landscape;
use crate::explanation::outside_theorem_2;
use crate::scenario::Scenario;
use crate::study::similarity::no_alignment;

/// A figure by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureId {
    /// The gain along a knob.
    Gain,
    /// Training loss along a descent.
    Loss,
    /// The plane of the two θ.
    Plane,
    /// The task weights of every scheme.
    Weights,
    /// The singular values behind the weights.
    Singular,
    /// The gain over the width of the module.
    Capacity,
    /// The spectra of the rows.
    Spectrum,
    /// The rows of one task.
    Rows,
    /// What one shared unit climbs.
    Landscape,
    /// Theorem 2 beside the measured error.
    Bound,
    /// Covariance similarity before and after alignment.
    Similarity,
    /// The gain of every task with every other.
    Affinity,
    /// Those gains against a proxy.
    Proxy,
    /// The gain along the knobs of a study.
    Sweep,
    /// The gain across two knobs.
    Phase,
}

/// What must have been computed before a figure can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Trials of the scenario, or the scenario alone.
    Scenario,
    /// All weighting schemes side by side.
    Comparison,
    /// A sweep along one knob.
    Sweep,
    /// A sweep across two knobs.
    Phase,
    /// All tasks in pairs.
    Affinity,
}

/// What a person is told of a figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureInfo {
    /// The figure.
    pub drawing: FigureId,
    /// Its name in files and on the command line: that of [`Figure::id`](super::Figure::id).
    pub id: &'static str,
    /// The screen to which it belongs.
    pub screen: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub shows: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// Whether it is drawn from a study, whose question says more than the scenario.
    pub of_study: bool,
    gap: fn(&Scenario) -> Option<&'static str>,
}

/// All figures, in the order of the screens.
pub static FIGURES: &[FigureInfo] = &[
    FigureInfo {
        drawing: FigureId::Gain,
        id: "gain",
        screen: "Lab",
        title: "Gain along a knob",
        shows: "The gain along a knob: the theory line and measured points with 95 % intervals.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Loss,
        id: "loss",
        screen: "Lab",
        title: "Training loss",
        shows: "Training loss along a descent, together and alone, with the optima as rules.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Plane,
        id: "plane",
        screen: "Lab",
        title: "Plane of the two θ",
        shows: "The plane of the two θ, the spread of both tasks' rows in it, the shared module.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Weights,
        id: "weights",
        screen: "Lab",
        title: "Task weights",
        shows: "The weight of every task under every weighting scheme, in the first trial.",
        needs: Needs::Comparison,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Singular,
        id: "singular",
        screen: "Lab",
        title: "Singular values",
        shows: "The singular values of (Xᵀy) behind SVD weights, as printed and standardised.",
        needs: Needs::Comparison,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Capacity,
        id: "capacity",
        screen: "Lab",
        title: "Gain over the width",
        shows: "The gain over the width of the module from 1 to the number of tasks, with 95 % \
                intervals.",
        needs: Needs::Sweep,
        of_study: false,
        gap: one_task,
    },
    FigureInfo {
        drawing: FigureId::Spectrum,
        id: "spectrum",
        screen: "Tasks",
        title: "Spectra of the rows",
        shows: "How the rows of every task spread, from the loudest direction to the quietest.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Rows,
        id: "rows",
        screen: "Tasks",
        title: "Rows of a task",
        shows: "Rows of the first trial, where those of one task are loudest.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Landscape,
        id: "landscape",
        screen: "Theory",
        title: "Landscape h(φ)",
        shows: "What one shared unit climbs (eq. 4), with all its maxima.",
        needs: Needs::Scenario,
        of_study: false,
        gap: no_landscape,
    },
    FigureInfo {
        drawing: FigureId::Bound,
        id: "bound",
        screen: "Theory",
        title: "Theorem 2",
        shows: "The bound of Theorem 2 and the measured error over the number of source rows.",
        needs: Needs::Scenario,
        of_study: false,
        gap: outside_theorem_2,
    },
    FigureInfo {
        drawing: FigureId::Similarity,
        id: "similarity",
        screen: "Theory",
        title: "Covariance similarity",
        shows: "Covariance similarity of the rows (eq. 5) before and after each alignment.",
        needs: Needs::Scenario,
        of_study: false,
        gap: no_alignment,
    },
    FigureInfo {
        drawing: FigureId::Affinity,
        id: "affinity",
        screen: "Affinity",
        title: "Affinity of all tasks",
        shows: "What every task gains with every other and with all, with 95 % intervals.",
        needs: Needs::Affinity,
        of_study: true,
        gap: one_task,
    },
    FigureInfo {
        drawing: FigureId::Proxy,
        id: "proxy",
        screen: "Affinity",
        title: "A proxy against the gain",
        shows: "The gains of all pairs against what a cheap proxy says of them.",
        needs: Needs::Affinity,
        of_study: true,
        gap: one_task,
    },
    FigureInfo {
        drawing: FigureId::Sweep,
        id: "sweep",
        screen: "Sweep",
        title: "Gain along the knobs of a study",
        shows: "The gain along knobs with 95 % bands, theory, and where it changes its sign.",
        needs: Needs::Sweep,
        of_study: true,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Phase,
        id: "phase",
        screen: "Sweep",
        title: "Phase diagram",
        shows: "The gain across two knobs in cells, with its verdicts and the line of theory.",
        needs: Needs::Phase,
        of_study: true,
        gap: always,
    },
];

impl FigureInfo {
    /// The figure with a name.
    pub fn find(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }

    /// Why a scenario does not have this figure; `None` where it may.
    pub fn gap(&self, scenario: &Scenario) -> Option<&'static str> {
        (self.gap)(scenario)
    }
}

impl Needs {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Comparison => "comparison",
            Self::Sweep => "sweep",
            Self::Phase => "phase",
            Self::Affinity => "affinity",
        }
    }
}

/// The figures that a scenario has without a further question.
pub fn of_scenario(scenario: &Scenario) -> impl Iterator<Item = &'static FigureInfo> + use<'_> {
    FIGURES.iter().filter(|figure| !figure.of_study && figure.gap(scenario).is_none())
}

fn always(_: &Scenario) -> Option<&'static str> {
    None
}

fn one_task(scenario: &Scenario) -> Option<&'static str> {
    (scenario.tasks().len() < 2).then_some("it takes two tasks")
}
