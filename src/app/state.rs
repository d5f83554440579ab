//! What the program knows at a moment: all that the screen is drawn from.

use std::sync::Arc;

use super::field::Field;
use crate::figure::{self, Figure};
use crate::job::{Findings, JobId, Lane};
use crate::scenario::{Handle, Scenario};
use crate::study::{Comparison, Course, Curve, Measurement};
use crate::transfer::Outcome;

/// A pane of the Lab.
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
}

impl Pane {
    /// All panes, in the order of Tab.
    pub const ALL: [Self; 6] =
        [Self::Knobs, Self::Gain, Self::Loss, Self::Plane, Self::Why, Self::Weights];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Knobs => "Knobs",
            Self::Gain => "Gain",
            Self::Loss => "Loss",
            Self::Plane => "Plane",
            Self::Why => "Why",
            Self::Weights => "Weights",
        }
    }
}

/// The program without its terminal.
#[derive(Debug, Clone)]
pub struct App {
    /// Name of the preset or file, without folder and ending.
    pub name: String,
    /// The scenario on screen.
    pub scenario: Arc<Scenario>,
    /// The knob that has the focus.
    pub focus: Handle,
    /// The pane that has the focus.
    pub pane: Pane,
    /// The pane shown beside the knobs where there is room for one only.
    pub view: Pane,
    /// What is known about the scenario.
    pub findings: Option<Box<Findings>>,
    /// Whether the findings are those of the scenario on screen, not of the one before.
    pub fresh: bool,
    /// The gain along the knob that has the focus.
    pub curve: Option<Curve>,
    /// The weighting schemes side by side.
    pub comparison: Option<Box<Comparison>>,
    /// The descent.
    pub course: Option<Box<Course>>,
    /// Whether the descent runs.
    pub running: bool,
    /// The field that is open.
    pub field: Option<Field>,
    /// How far the help is scrolled, where it is open.
    pub help: Option<usize>,
    /// A line of news.
    pub note: Option<String>,
    /// Whether this user has turned a knob yet.
    pub has_turned: bool,
    pub(super) opened: Arc<Scenario>,
    pub(super) saved: Arc<Scenario>,
    pub(super) undo: Vec<Arc<Scenario>>,
    pub(super) redo: Vec<Arc<Scenario>>,
    pub(super) turning: Option<Handle>,
    pub(super) traced: Option<(Arc<Scenario>, Handle)>,
    pub(super) jobs: [JobId; Lane::ALL.len()],
    /// The scenario whose schemes are compared.
    pub(super) compared: Option<Arc<Scenario>>,
    /// The last scenario in which the source helped, until it hurts.
    pub(super) helped: Option<Arc<Scenario>>,
    /// Whether the note speaks of negative transfer.
    pub(super) flipped: bool,
}

impl App {
    /// The program with a scenario open, before anything has been computed.
    pub fn new(name: impl Into<String>, scenario: Scenario) -> Self {
        let scenario = Arc::new(scenario);
        Self {
            name: name.into(),
            focus: scenario.focus(),
            pane: Pane::Knobs,
            view: Pane::Gain,
            findings: None,
            fresh: false,
            curve: None,
            comparison: None,
            course: None,
            running: true,
            field: None,
            help: None,
            note: None,
            has_turned: false,
            opened: scenario.clone(),
            saved: scenario.clone(),
            undo: Vec::new(),
            redo: Vec::new(),
            turning: None,
            traced: None,
            jobs: [JobId::default(); Lane::ALL.len()],
            compared: None,
            helped: None,
            flipped: false,
            scenario,
        }
    }

    /// The knobs that have sliders.
    pub fn sliders(&self) -> Vec<Handle> {
        let mut sliders = Handle::all(self.scenario.draft());
        sliders.retain(|handle| handle.is_slider(self.scenario.draft()) || *handle == self.focus);
        sliders
    }

    /// The trials of the scenario on screen, as far as they have been run.
    pub fn measurement(&self) -> Option<&Measurement> {
        self.findings.as_ref().and_then(|findings| findings.measurement.as_ref())
    }

    /// What joint training does to the target.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.measurement().map(|m| &m.own().targets)
    }

    /// Whether the scenario differs from the one opened or saved last.
    pub fn is_changed(&self) -> bool {
        self.scenario.draft() != self.saved.draft()
    }

    /// How many changes can be undone.
    pub fn undo_depth(&self) -> usize {
        self.undo.len()
    }

    /// The value the focused knob had when the scenario was opened.
    pub fn default_value(&self) -> Option<f64> {
        self.focus.get(self.opened.draft())
    }

    /// The figure in a pane, as far as it can be drawn.
    pub fn figure(&self, pane: Pane) -> Option<Figure> {
        match pane {
            Pane::Loss => {
                let floor = self.findings.as_ref()?.floor;
                Some(figure::loss::figure(&self.scenario, self.course.as_ref()?, &floor))
            }
            Pane::Plane => {
                let findings = self.findings.as_ref()?;
                let module = self.course.as_ref().map(|course| &course.joint.model.module);
                let same_size = module.filter(|_| self.fresh);
                let descent = same_size.and_then(|module| findings.plane.direction(module));
                Some(figure::plane::figure(
                    &self.scenario,
                    &findings.plane,
                    findings.optimum,
                    descent,
                ))
            }
            Pane::Knobs | Pane::Gain | Pane::Why | Pane::Weights => {
                let curve = self.curve.as_ref()?;
                let here = self.outcome().filter(|_| self.fresh);
                Some(figure::gain::figure(&self.scenario, curve, here))
            }
        }
    }

    pub(super) fn job(&mut self, lane: Lane) -> &mut JobId {
        &mut self.jobs[lane as usize]
    }
}
