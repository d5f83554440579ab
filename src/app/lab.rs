//! State of the Lab: the focus, and the results computed for the current scenario.

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
    /// The gain along the focused knob.
    Gain,
    /// The training loss.
    Loss,
    /// The plane that contains both θ.
    Plane,
    /// The theory in numbers.
    Why,
    /// The weighting schemes, side by side.
    Weights,
    /// The singular values behind the weights. No pane shows this figure.
    Singular,
    /// The objective of a single shared unit, as a function of its angle: on the Theory screen.
    Landscape,
    /// Theorem 2 against the source rows, for the Theory screen. No pane shows this figure.
    Bound,
    /// The covariance spectra of all tasks, on the Tasks screen.
    Spectrum,
    /// The rows of the first trial, on the Tasks screen.
    Rows,
}

impl Pane {
    /// All panes of the Lab, in the order of Tab.
    pub const ALL: [Self; 6] =
        [Self::Knobs, Self::Gain, Self::Loss, Self::Plane, Self::Why, Self::Weights];

    /// The pane that shows the figure with this id.
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
    /// The focused knob.
    pub focus: Handle,
    /// The focused pane.
    pub pane: Pane,
    /// The pane shown beside the knobs if there is room for only one.
    pub view: Pane,
    /// The results for the scenario.
    pub findings: Option<Box<ScenarioFindings>>,
    /// True if the findings belong to the current scenario, false if to the previous one.
    pub fresh: bool,
    /// The gain along the focused knob.
    pub curve: Option<Curve>,
    /// The curve along the same knob before the last change, drawn as a ghost.
    pub ghost: Option<Curve>,
    /// True if the ghost stays while knobs are turned.
    pub pinned: bool,
    /// The comparison of the weighting schemes.
    pub comparison: Option<Box<Comparison>>,
    /// The gradient descent.
    pub course: Option<Box<TrainingRun>>,
    /// True while the gradient descent runs.
    pub running: bool,
    /// True once this user has turned a knob.
    pub has_turned: bool,
    /// True until the first report of the curve requested last arrives.
    pub(super) traced_anew: bool,
    pub(super) traced: Option<(Arc<Scenario>, Handle)>,
    /// The scenario whose schemes are being compared.
    pub(super) compared: Option<Arc<Scenario>>,
    /// The scenario that the comparison belongs to.
    pub(super) weighed: Option<Arc<Scenario>>,
    /// The last scenario in which the source helped, kept until it hurts.
    pub(super) helped: Option<Arc<Scenario>>,
    /// True if the note is about negative transfer.
    pub(super) flipped: bool,
}

impl Lab {
    /// A Lab with no results yet.
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

    /// Stores a new curve. The old one becomes the ghost if it was complete and along the same
    /// knob. A pinned ghost stays.
    pub(super) fn take_curve(&mut self, curve: Curve) {
        let replaces = self.traced_anew && !self.pinned;
        let before = self.curve.take().filter(|before| before.complete);
        if let Some(before) = before.filter(|_| replaces) {
            self.ghost = (before.handle == curve.handle).then_some(before);
        }
        self.traced_anew = false;
        self.curve = Some(curve);
    }

    /// Stores a comparison of the schemes for the scenario that it was started for.
    pub(super) fn take_comparison(&mut self, comparison: Box<Comparison>) {
        self.comparison = Some(comparison);
        if let Some(compared) = &self.compared {
            self.weighed = Some(compared.clone());
        }
    }

    /// Discards the results for other tasks.
    pub(super) fn clear(&mut self) {
        self.weighed = None;
        (self.findings, self.curve, self.comparison, self.course) = (None, None, None, None);
        (self.traced, self.helped, self.ghost, self.pinned) = (None, None, None, false);
    }
}
