//! The table of figures: id, title, description and requirements of each.

use crate::scenario::Scenario;
use crate::study::explanation::{no_landscape, outside_theorem_2};
use crate::study::similarity::no_alignment;

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureId {
    /// The gain along a knob.
    Gain,
    /// The training loss during descent.
    Loss,
    /// The plane of the two θs.
    Plane,
    /// The task weights of every scheme.
    Weights,
    /// The singular values behind the weights.
    Singular,
    /// The gain against the width of the module.
    Capacity,
    /// The spectra of the rows.
    Spectrum,
    /// The rows of one task.
    Rows,
    /// The objective of one shared unit.
    Landscape,
    /// Theorem 2's bound and the measured error.
    Bound,
    /// Covariance similarity before and after alignment.
    Similarity,
    /// The gain of every task with every other.
    Affinity,
    /// The gains of the pairs against a proxy.
    Proxy,
    /// The gain along the knobs of a study.
    Sweep,
    /// The gain over two knobs.
    Phase,
}

/// The computation that a figure needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Trials of the scenario, or the scenario alone.
    Scenario,
    /// A comparison of all weighting schemes.
    Comparison,
    /// A sweep along one knob.
    Sweep,
    /// A sweep over two knobs.
    Phase,
    /// An affinity study.
    Affinity,
}

/// The description of a figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureInfo {
    /// The figure.
    pub drawing: FigureId,
    /// Its name in files and on the command line; equals [`Figure::id`](super::Figure::id).
    pub id: &'static str,
    /// The screen that shows it.
    pub screen: &'static str,
    /// A short title.
    pub title: &'static str,
    /// One sentence on what it shows.
    pub shows: &'static str,
    /// The computation it needs.
    pub needs: Needs,
    /// True if it is drawn from a study, not only from a scenario.
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
        shows: "Training loss during descent, together and alone; straight lines mark the optima.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Plane,
        id: "plane",
        screen: "Lab",
        title: "Plane of the two θs",
        shows: "The plane of the two θs, with the spread of both tasks' rows and the module.",
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
        shows: "The singular values of all Xᵀy behind SVD weights, as printed and standardised.",
        needs: Needs::Comparison,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Capacity,
        id: "capacity",
        screen: "Lab",
        title: "Gain against the width",
        shows: "The gain against the width of the module, from 1 to the number of tasks, with 95 % \
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
        shows: "The variance of every task's rows, from the loudest direction to the quietest.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Rows,
        id: "rows",
        screen: "Tasks",
        title: "Rows of a task",
        shows: "Rows of the first trial, in the plane in which those of one task are loudest.",
        needs: Needs::Scenario,
        of_study: false,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Landscape,
        id: "landscape",
        screen: "Theory",
        title: "Landscape h(φ)",
        shows: "The objective of one shared unit (eq. 4), with all its maxima.",
        needs: Needs::Scenario,
        of_study: false,
        gap: no_landscape,
    },
    FigureInfo {
        drawing: FigureId::Bound,
        id: "bound",
        screen: "Theory",
        title: "Theorem 2",
        shows: "The bound of Theorem 2 and the measured error, against the number of source rows.",
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
        shows: "The gain of every task with every other and with all, with 95 % intervals.",
        needs: Needs::Affinity,
        of_study: true,
        gap: one_task,
    },
    FigureInfo {
        drawing: FigureId::Proxy,
        id: "proxy",
        screen: "Affinity",
        title: "A proxy against the gain",
        shows: "The gains of all pairs against their scores by a cheap proxy.",
        needs: Needs::Affinity,
        of_study: true,
        gap: one_task,
    },
    FigureInfo {
        drawing: FigureId::Sweep,
        id: "sweep",
        screen: "Sweep",
        title: "Gain along the knobs of a study",
        shows: "The gain along knobs, with 95 % bands, theory and the points where it is zero.",
        needs: Needs::Sweep,
        of_study: true,
        gap: always,
    },
    FigureInfo {
        drawing: FigureId::Phase,
        id: "phase",
        screen: "Sweep",
        title: "Phase diagram",
        shows: "The gain over two knobs, as cells with verdicts, and the theory line.",
        needs: Needs::Phase,
        of_study: true,
        gap: always,
    },
];

impl FigureInfo {
    /// Finds a figure by its id.
    pub fn find(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }

    /// Returns the reason why a scenario does not have this figure; `None` if it may have it.
    pub fn gap(&self, scenario: &Scenario) -> Option<&'static str> {
        (self.gap)(scenario)
    }
}

impl Needs {
    /// Returns its name.
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

/// Returns the figures that a scenario has without a study.
pub fn of_scenario(scenario: &Scenario) -> impl Iterator<Item = &'static FigureInfo> + use<'_> {
    FIGURES.iter().filter(|figure| !figure.of_study && figure.gap(scenario).is_none())
}

fn always(_: &Scenario) -> Option<&'static str> {
    None
}

fn one_task(scenario: &Scenario) -> Option<&'static str> {
    (scenario.tasks().len() < 2).then_some("it takes two tasks")
}
