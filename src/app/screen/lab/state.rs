//! State of the Lab: the focus, and the results computed for the current scenario.

use std::sync::Arc;

use super::methods::MethodsPane;
use crate::app::pane::Pane;
use crate::app::settings::Panes;
use crate::figure::{self, Figure};
use crate::job::ScenarioFindings;
use crate::scenario::draft::TaskRole;
use crate::scenario::knob::KnobScope;
use crate::scenario::{Handle, Scenario, ScenarioDraft};
use crate::study::training_run::TrainingRun;
use crate::study::{Comparison, Curve, Measurement};
use crate::transfer::Outcome;

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
    pub findings: Option<Arc<ScenarioFindings>>,
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
    /// Methods side by side.
    pub methods: MethodsPane,
    /// The gradient descent.
    pub descent: Option<Box<TrainingRun>>,
    /// True while the gradient descent runs.
    pub running: bool,
    /// True once this user has turned a knob.
    pub has_turned: bool,
    /// True until the first report of the curve requested last arrives.
    pub(super) awaits_curve: bool,
    /// The scenario and the knob of the curve requested last.
    pub(in crate::app) curve_of: Option<(Arc<Scenario>, Handle)>,
    /// The scenario whose schemes are being compared.
    pub(in crate::app) comparing: Option<Arc<Scenario>>,
    /// The scenario that the comparison belongs to.
    pub(super) comparison_of: Option<Arc<Scenario>>,
    /// The last scenario in which the source helped, kept until it hurts.
    pub(super) helped: Option<Arc<Scenario>>,
    /// True if the note is about negative transfer.
    pub(in crate::app) warned: bool,
}

impl Lab {
    /// A Lab with no results yet.
    pub(in crate::app) fn new(scenario: &Scenario) -> Self {
        Self {
            focus: scenario.focus(),
            pane: Pane::Knobs,
            view: Pane::Gain,
            findings: None,
            fresh: false,
            curve: None,
            ghost: None,
            pinned: false,
            comparison: None,
            methods: MethodsPane::default(),
            descent: None,
            running: true,
            has_turned: false,
            awaits_curve: false,
            curve_of: None,
            comparing: None,
            comparison_of: None,
            helped: None,
            warned: false,
        }
    }

    /// Pins a curve as the ghost, or none; returns the one pinned before.
    pub(in crate::app) fn pin(&mut self, curve: Option<Curve>) -> Option<Curve> {
        let before = std::mem::take(&mut self.pinned).then(|| self.ghost.take()).flatten();
        (self.pinned, self.ghost) = (curve.is_some(), curve);
        before
    }

    /// Stores a new curve. The old one becomes the ghost if it was complete and along the same
    /// knob. A pinned ghost stays.
    pub(in crate::app) fn take_curve(&mut self, curve: Curve) {
        let replaces = self.awaits_curve && !self.pinned;
        let before = self.curve.take().filter(|before| before.complete);
        if let Some(before) = before.filter(|_| replaces) {
            self.ghost = (before.handle == curve.handle).then_some(before);
        }
        self.awaits_curve = false;
        self.curve = Some(curve);
    }

    /// Stores a comparison of the schemes for the scenario that it was started for.
    pub(in crate::app) fn take_comparison(&mut self, comparison: Box<Comparison>) {
        self.comparison = Some(comparison);
        if let Some(scenario) = &self.comparing {
            self.comparison_of = Some(scenario.clone());
        }
    }

    /// Discards the results for other tasks.
    pub(in crate::app) fn clear(&mut self) {
        (self.comparison_of, self.methods) = (None, MethodsPane::default());
        (self.findings, self.curve, self.comparison, self.descent) = (None, None, None, None);
        (self.curve_of, self.helped, self.ghost, self.pinned) = (None, None, None, false);
    }

    /// The trials of the scenario in view, as far as they have been run.
    pub fn measurement(&self) -> Option<&Measurement> {
        self.findings.as_ref().and_then(|findings| findings.measurement.as_ref())
    }

    /// The seconds that a trial of one method takes; `None` while that is unknown for the scenario in
    /// view.
    pub fn seconds_per_trial(&self) -> Option<f64> {
        let findings = self.findings.as_ref().filter(|_| self.fresh)?;
        let measured = findings.measurement.as_ref()?;
        let done = measured.trials * measured.approaches.len();
        (done > 0).then(|| findings.seconds / done as f64)
    }

    /// The effect of joint training on the targets.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.measurement().map(|measurement| &measurement.own().targets)
    }

    /// The knobs of a scenario that have sliders, and the focused one; with few panes, the main ones.
    pub fn sliders(&self, scenario: &Scenario, panes: Panes) -> Vec<Handle> {
        sliders(scenario, self.focus, panes)
    }

    /// The figure of a pane, if it can be drawn.
    pub(in crate::app) fn figure(&self, pane: Pane, scenario: &Arc<Scenario>) -> Option<Figure> {
        match pane {
            Pane::Loss => {
                let floor = self.findings.as_ref()?.floor;
                Some(figure::loss::figure(scenario, self.descent.as_ref()?, &floor))
            }
            Pane::Plane => {
                let findings = self.findings.as_ref()?;
                let module = self.descent.as_ref().map(|descent| &descent.joint.model.module);
                let same_size = module.filter(|_| self.fresh);
                let descent = same_size.and_then(|module| findings.plane.direction(module));
                let (plane, optimum) = (&findings.plane, findings.optimum);
                Some(figure::plane::figure(scenario, plane, optimum, descent))
            }
            Pane::Weights | Pane::Singular => {
                self.comparison_of.as_ref().filter(|of| *of == scenario)?;
                let comparison = self.comparison.as_ref()?;
                Some(match pane {
                    Pane::Weights => figure::weights::figure(scenario, comparison),
                    _ => figure::singular::figure(scenario, comparison),
                })
            }
            Pane::Methods => self.methods.figure(scenario),
            _ => self.gain(scenario, self.ghost.as_ref()),
        }
    }

    /// The gain along the focused knob, with another curve behind it.
    pub(in crate::app) fn gain(
        &self,
        scenario: &Scenario,
        ghost: Option<&Curve>,
    ) -> Option<Figure> {
        let curve = self.curve.as_ref()?;
        let here = self.outcome().filter(|_| self.fresh);
        let ghost = ghost.filter(|ghost| ghost.handle == curve.handle && !ghost.covers(curve));
        let name = if self.pinned { "pinned" } else { "before" };
        let ghost = ghost.map(|curve| figure::gain::ReferenceCurve { curve, name });
        Some(figure::gain::figure(scenario, curve, here, ghost))
    }
}

/// Number of knobs with few panes.
const FEW: usize = 3;
/// The knobs that are shown first, by name.
const MAIN: [&str; 5] = ["angle", "samples", "noise", "width", "weights"];

/// Returns true if the text of a scenario tells the user to turn a knob: `Turn the weight of …`.
/// Of the tasks, the sources are meant.
fn is_named(draft: &ScenarioDraft, handle: Handle) -> bool {
    let about = draft.about.to_lowercase();
    let mut told = about.split("turn the ").skip(1);
    let is_told = told
        .any(|text| text.split(|c: char| !c.is_alphanumeric()).next() == Some(handle.knob.name));
    let of_task = handle.knob.scope == KnobScope::Task;
    is_told && (!of_task || draft.tasks[handle.task].role == TaskRole::Source)
}

/// The knobs of a scenario that have sliders, and the focused one. With few panes, only the focused
/// one, those that the text of the scenario tells the user to turn, and the main ones of the same
/// task, as far as they change anything.
pub(in crate::app) fn sliders(scenario: &Scenario, focus: Handle, panes: Panes) -> Vec<Handle> {
    let draft = scenario.draft();
    let mut sliders = Handle::all(draft);
    sliders.retain(|handle| handle.is_slider(draft) || *handle == focus);
    if panes == Panes::All {
        return sliders;
    }
    let main = |handle: &Handle| MAIN.iter().position(|name| *name == handle.knob.name);
    let mut ranked: Vec<Handle> = sliders.clone();
    ranked.sort_by_key(|handle| {
        let other_task = handle.knob.scope == KnobScope::Task && handle.task != focus.task;
        let rank = main(handle).unwrap_or(MAIN.len());
        let sleeps = handle.asleep(draft).is_some();
        (*handle != focus, sleeps, !is_named(draft, *handle), other_task, rank)
    });
    ranked.truncate(FEW);
    sliders.retain(|handle| ranked.contains(handle));
    sliders
}
