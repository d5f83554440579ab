//! What the Lab knows: the focus, and what has been computed for the scenario on screen.

use std::sync::Arc;

use crate::job::ScenarioFindings;
use crate::scenario::{Handle, Scenario};
use crate::study::training_run::TrainingRun;
use crate::study::{Comparison, Curve};

/// A pane of the Lab, or a figure of another screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The sliders.
    Knobs,
    /// The gain along the knob that has the focus.
    Gain,
    /// Training loss.
    Loss,
    /// The plane of the two θ.
    Plane,
    /// Why: the theory in numbers.
    Why,
    /// The weighting schemes side by side.
    Weights,
    /// The singular values behind the weights: a figure that no pane shows.
    Singular,
    /// What one shared unit climbs: a figure of the Theory screen.
    Landscape,
    /// Theorem 2 over the rows of the source: a figure of the Theory screen that no pane shows.
    Bound,
    /// On the Tasks screen: how the rows of every task spread.
    Spectrum,
    /// On the Tasks screen: rows of the first trial.
    Rows,
}

impl Pane {
    /// All panes of the Lab, in the order of Tab.
    pub const ALL: [Self; 6] =
        [Self::Knobs, Self::Gain, Self::Loss, Self::Plane, Self::Why, Self::Weights];

    /// The pane of a figure, by the name of the figure.
    pub fn of_figure(id: &str) -> Option<Self> {
        let panes = [
            ("gain", Self::Gain),
            ("loss", Self::Loss),
            ("plane", Self::Plane),
            ("weights", Self::Weights),
            ("singular", Self::Singular),
            ("spectrum", Self::Spectrum),
            ("rows", Self::Rows),
            ("landscape", Self::Landscape),
            ("bound", Self::Bound),
        ];
        panes.into_iter().find(|(name, _)| *name == id).map(|(_, pane)| pane)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Knobs => "Knobs",
            Self::Gain => "Gain",
            Self::Loss => "Loss",
            Self::Plane => "Plane",
            Self::Why => "Why",
            Self::Weights => "Weights",
            Self::Singular => "Singular",
            Self::Landscape => "Landscape",
            Self::Bound => "Bound",
            Self::Spectrum => "Spectrum",
            Self::Rows => "Rows",
        }
    }
}

/// The state of the Lab.
#[derive(Debug, Clone)]
pub struct Lab {
    /// The knob that has the focus.
    pub focus: Handle,
    /// The pane that has the focus.
    pub pane: Pane,
    /// The pane shown beside the knobs where there is room for one only.
    pub view: Pane,
    /// What is known about the scenario.
    pub findings: Option<Box<ScenarioFindings>>,
    /// Whether the findings are those of the scenario on screen, not of the one before.
    pub fresh: bool,
    /// The gain along the knob that has the focus.
    pub curve: Option<Curve>,
    /// The curve before the last change, along the same knob.
    pub ghost: Option<Curve>,
    /// Whether the ghost stays while knobs turn.
    pub pinned: bool,
    /// The weighting schemes side by side.
    pub comparison: Option<Box<Comparison>>,
    /// The descent.
    pub course: Option<Box<TrainingRun>>,
    /// Whether the descent runs.
    pub running: bool,
    /// Whether this user has turned a knob yet.
    pub has_turned: bool,
    /// Whether no report of the curve asked for last has come yet.
    pub(super) traced_anew: bool,
    pub(super) traced: Option<(Arc<Scenario>, Handle)>,
    /// The scenario whose schemes are compared.
    pub(super) compared: Option<Arc<Scenario>>,
    /// The scenario whose comparison is known.
    pub(super) weighed: Option<Arc<Scenario>>,
    /// The last scenario in which the source helped, until it hurts.
    pub(super) helped: Option<Arc<Scenario>>,
    /// Whether the note speaks of negative transfer.
    pub(super) flipped: bool,
}

impl Lab {
    /// A Lab in which nothing has been computed yet.
    pub(super) fn new(focus: Handle) -> Self {
        Self {
            focus,
            pane: Pane::Knobs,
            view: Pane::Gain,
            findings: None,
            fresh: false,
            curve: None,
            ghost: None,
            pinned: false,
            comparison: None,
            course: None,
            running: true,
            has_turned: false,
            traced_anew: false,
            traced: None,
            compared: None,
            weighed: None,
            helped: None,
            flipped: false,
        }
    }

    /// Takes a curve. The one before, where it was whole and goes along the same knob, stays as a
    /// ghost; a pinned ghost stays as it is.
    pub(super) fn take_curve(&mut self, curve: Curve) {
        let replaces = self.traced_anew && !self.pinned;
        let before = self.curve.take().filter(|before| before.complete);
        if let Some(before) = before.filter(|_| replaces) {
            self.ghost = (before.handle == curve.handle).then_some(before);
        }
        self.traced_anew = false;
        self.curve = Some(curve);
    }

    /// Takes a comparison of the schemes on the scenario for which it was begun.
    pub(super) fn take_comparison(&mut self, comparison: Box<Comparison>) {
        self.comparison = Some(comparison);
        if let Some(compared) = &self.compared {
            self.weighed = Some(compared.clone());
        }
    }

    /// Forgets what was computed for other tasks.
    pub(super) fn clear(&mut self) {
        self.weighed = None;
        (self.findings, self.curve, self.comparison, self.course) = (None, None, None, None);
        (self.traced, self.helped, self.ghost, self.pinned) = (None, None, None, false);
    }
}
