//! The state of the program, from which the screen is drawn.

use std::path::PathBuf;
use std::sync::Arc;

use super::crosshair::Crosshair;
use super::field::InputField;
use super::history::{History, Snapshot};
use super::lab::{Lab, Pane};
use super::lessons::{Lessons, Playing};
use super::overlay::Layer;
use super::pointer::Grip;
use super::preview::PicturePreview;
use super::screen::{KeyContext, Screen};
use super::settings::{SETTINGS, SettingInfo, Settings};
use super::studies::{Studies, StudyRun, SweepForm};
use super::tasks::TasksState;
use super::theory::TheoryState;
use super::tips::Tips;
use crate::app::saved_work::SavedWork;
use crate::figure::{self, Figure};
use crate::job::{JobId, JobSlot};
use crate::provenance::{Provenance, ScreenCapture};
use crate::scenario::changes::{Change, changes};
use crate::scenario::{Handle, Preset, Scenario};
use crate::study::{Curve, Measurement, StudyResults};
use crate::transfer::Outcome;

/// The program without its terminal.
#[derive(Debug, Clone)]
pub struct App {
    /// Name of the preset or file, without folder and extension.
    pub name: String,
    /// The open scenario, which the Lab shows and studies start from.
    pub scenario: Arc<Scenario>,
    /// The screen in view.
    pub screen: Screen,
    /// The Lab.
    pub lab: Lab,
    /// The Theory screen.
    pub theory: TheoryState,
    /// The Tasks screen.
    pub tasks: TasksState,
    /// The studies.
    pub studies: Studies,
    /// The open input field.
    pub field: Option<InputField>,
    /// The open overlay.
    pub over: Option<Layer>,
    /// Settings of the program's looks and behaviour.
    pub settings: Settings,
    /// The settings at the start, or as last saved.
    pub(super) kept: Settings,
    /// The tips.
    pub tips: Tips,
    /// The Lessons screen.
    pub lessons: Lessons,
    /// True if the focused pane fills the screen.
    pub zoom: bool,
    /// True in presenter mode: one chart and the verdict, large.
    pub present: bool,
    /// Description of the item under the pointer.
    pub hover: Option<String>,
    /// The picture being previewed.
    pub preview: Option<PicturePreview>,
    /// The cross-hair in a chart.
    pub crosshair: Option<Crosshair>,
    /// A one-line message.
    pub note: Option<String>,
    /// The unsaved session that can be restored.
    pub left: Option<SavedWork>,
    /// The file that the scenario was last saved to, and the scenario as saved.
    pub(super) file: Option<(PathBuf, Arc<Scenario>)>,
    /// The screen that the Lab was opened from.
    pub back: Option<Screen>,
    pub(super) opened: Arc<Scenario>,
    pub(super) saved: Arc<Scenario>,
    pub(super) history: History,
    /// True if the user has already been asked whether to quit.
    pub(super) leaving: bool,
    /// The item that the pointer is dragging.
    pub(super) grip: Option<Grip>,
    pub(super) jobs: [JobId; JobSlot::ALL.len()],
}

impl App {
    /// Opens a scenario, with nothing computed yet.
    pub fn new(name: impl Into<String>, scenario: Scenario) -> Self {
        let scenario = Arc::new(scenario);
        Self {
            name: name.into(),
            screen: Screen::Lab,
            lab: Lab::new(scenario.focus()),
            theory: TheoryState::default(),
            tasks: TasksState::default(),
            studies: Studies::new(&scenario, scenario.focus()),
            field: None,
            over: None,
            settings: Settings::default(),
            kept: Settings::default(),
            tips: Tips::default(),
            lessons: Lessons::default(),
            zoom: false,
            present: false,
            hover: None,
            preview: None,
            crosshair: None,
            note: None,
            left: None,
            file: None,
            back: None,
            opened: scenario.clone(),
            saved: scenario.clone(),
            history: History::default(),
            leaving: false,
            grip: None,
            jobs: [JobId::default(); JobSlot::ALL.len()],
            scenario,
        }
    }

    /// Opens a study that was saved in a folder.
    pub fn with_study(results: StudyResults) -> Option<Self> {
        let base = results.study.bases().first()?;
        let mut app = Self::new(results.study.name(0), (**base).clone());
        app.screen = if results.study.is_affinity() { Screen::Affinity } else { Screen::Sweep };
        app.studies.in_chart = !results.study.is_affinity();
        if let Some(form) = SweepForm::of(&results.study) {
            app.studies.form = form;
        }
        let number = app.studies.add(results);
        app.studies.show(number);
        Some(app)
    }

    /// The current context for keys.
    pub fn place(&self) -> KeyContext {
        match self.screen {
            Screen::Lab | Screen::Theory | Screen::Tasks if self.crosshair.is_some() => {
                KeyContext::Crosshair
            }
            Screen::Lab => KeyContext::Lab,
            Screen::Tasks => KeyContext::Tasks,
            Screen::Theory => KeyContext::Theory,
            Screen::Affinity => KeyContext::Matrix,
            Screen::Sweep if self.studies.in_chart => KeyContext::Chart,
            Screen::Sweep => KeyContext::Form,
            Screen::Runs => KeyContext::Runs,
            Screen::Lessons => self.playing().map_or(KeyContext::Lessons, Playing::place),
        }
    }

    /// The lesson being played.
    pub fn playing(&self) -> Option<&Playing> {
        self.lessons.playing.as_deref()
    }

    /// The user's own work and its focused knob, even while a lesson shows its own scenarios.
    pub fn work(&self) -> (Snapshot, Handle) {
        match self.playing() {
            Some(playing) => (playing.kept.opened.clone(), playing.kept.lab.focus),
            None => (self.opened(), self.lab.focus),
        }
    }

    /// The run that the current screen shows.
    pub fn run_in_view(&self) -> Option<&StudyRun> {
        match self.screen {
            Screen::Lab | Screen::Tasks | Screen::Theory | Screen::Lessons => None,
            Screen::Affinity => self.studies.shown_affinity(),
            Screen::Sweep => self.studies.shown_sweep(),
            Screen::Runs => self.studies.selected_run(),
        }
    }

    /// Sets the settings to start with.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, kept: settings, ..self }
    }

    /// Names and values of the settings that differ from those at the start.
    pub fn changed_settings(&self) -> Vec<(&'static str, &'static str)> {
        let value =
            |settings: &Settings| SETTINGS.iter().map(|s| s.get(settings)).collect::<Vec<_>>();
        let (before, now) = (value(&self.kept), value(&self.settings));
        let named = SETTINGS.iter().map(|setting| setting.name).zip(now).zip(before);
        named.filter(|((_, now), before)| now != before).map(|(named, _)| named).collect()
    }

    /// Returns true if a field, an overlay or a preview gets the keys.
    pub fn is_covered(&self) -> bool {
        self.field.is_some() || self.over.is_some() || self.preview.is_some()
    }

    /// A snapshot of what is open, for undo.
    pub fn opened(&self) -> Snapshot {
        Snapshot {
            name: self.name.clone(),
            scenario: self.scenario.clone(),
            opened: self.opened.clone(),
            saved: self.saved.clone(),
        }
    }

    /// The knobs with sliders.
    pub fn sliders(&self) -> Vec<Handle> {
        let mut sliders = Handle::all(self.scenario.draft());
        let focus = self.lab.focus;
        sliders.retain(|handle| handle.is_slider(self.scenario.draft()) || *handle == focus);
        sliders
    }

    /// The trials of the current scenario, as far as they have been run.
    pub fn measurement(&self) -> Option<&Measurement> {
        self.lab.findings.as_ref().and_then(|findings| findings.measurement.as_ref())
    }

    /// The effect of joint training on the targets.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.measurement().map(|m| &m.own().targets)
    }

    /// Returns true if the scenario differs from the one last opened or saved.
    pub fn is_changed(&self) -> bool {
        let (work, _) = self.work();
        work.scenario.draft() != work.saved.draft()
    }

    /// Returns true if the scenario still matches its description: for a preset, if no knob differs
    /// from its file; otherwise, if nothing has changed since it was opened.
    pub fn is_as_told(&self) -> bool {
        match Preset::find(&self.name) {
            Some(_) => changes(&self.name, self.scenario.draft()).is_some_and(|changes| {
                changes.iter().all(|c| matches!(c, Change::Trials(_) | Change::Seed(_)))
            }),
            None => self.scenario.draft() == self.opened.draft(),
        }
    }

    /// Number of changes that can be undone.
    pub fn undo_depth(&self) -> usize {
        self.history.depth()
    }

    /// The focused knob's value when the scenario was opened.
    pub fn default_value(&self) -> Option<f64> {
        let path = self.lab.focus.path(self.scenario.draft());
        Handle::find(self.opened.draft(), &path).ok()?.get(self.opened.draft())
    }

    /// The figure of a pane, if it can be drawn.
    pub fn figure(&self, pane: Pane) -> Option<Figure> {
        match pane {
            Pane::Loss => {
                let floor = self.lab.findings.as_ref()?.floor;
                Some(figure::loss::figure(&self.scenario, self.lab.course.as_ref()?, &floor))
            }
            Pane::Plane => {
                let findings = self.lab.findings.as_ref()?;
                let module = self.lab.course.as_ref().map(|course| &course.joint.model.module);
                let same_size = module.filter(|_| self.lab.fresh);
                let descent = same_size.and_then(|module| findings.plane.direction(module));
                Some(figure::plane::figure(
                    &self.scenario,
                    &findings.plane,
                    findings.optimum,
                    descent,
                ))
            }
            Pane::Weights | Pane::Singular => {
                self.lab.weighed.as_ref().filter(|of| **of == self.scenario)?;
                let comparison = self.lab.comparison.as_ref()?;
                Some(match pane {
                    Pane::Weights => figure::weights::figure(&self.scenario, comparison),
                    _ => figure::singular::figure(&self.scenario, comparison),
                })
            }
            Pane::Landscape => self.theory.own_landscape(),
            Pane::Bound => self.theory.own_bound(&self.scenario),
            Pane::Spectrum => {
                let task = self.tasks.row(&self.scenario);
                Some(figure::spectrum::figure(&self.scenario, task))
            }
            Pane::Rows => {
                let (scenario, preview) = self.tasks.preview.as_ref()?;
                Some(figure::rows::figure(scenario, preview))
            }
            Pane::Knobs | Pane::Gain | Pane::Why => self.gain(self.lab.ghost.as_ref()),
        }
    }

    /// The gain along the focused knob, with another curve behind it.
    fn gain(&self, ghost: Option<&Curve>) -> Option<Figure> {
        let curve = self.lab.curve.as_ref()?;
        let here = self.outcome().filter(|_| self.lab.fresh);
        let ghost = ghost.filter(|ghost| ghost.handle == curve.handle);
        let name = if self.lab.pinned { "pinned" } else { "before" };
        let ghost = ghost.map(|curve| figure::gain::ReferenceCurve { curve, name });
        Some(figure::gain::figure(&self.scenario, curve, here, ghost))
    }

    /// The figure of a pane as saved to a file, with its provenance. The curve before the last
    /// change is left out unless it is pinned.
    pub fn written(&self, pane: Pane) -> Option<(Figure, Provenance)> {
        let figure = match pane {
            Pane::Knobs | Pane::Gain | Pane::Why => {
                self.gain(self.lab.ghost.as_ref().filter(|_| self.lab.pinned))?
            }
            pane => self.figure(pane)?,
        };
        let draft = self.scenario.draft();
        let along = match figure.id {
            "gain" => {
                vec![self.lab.curve.as_ref().map_or(self.lab.focus, |c| c.handle).path(draft)]
            }
            _ => Vec::new(),
        };
        let task = match pane {
            Pane::Spectrum | Pane::Rows => draft.tasks.get(self.tasks.row(&self.scenario)),
            _ => None,
        };
        let drawing = Provenance {
            figure: figure.id.to_owned(),
            name: Some(self.name.clone()),
            along,
            task: task.map(|task| task.name.clone()),
            ..Provenance::default()
        };
        Some((figure, drawing))
    }

    /// Provenance of the whole screen, for a terminal of this size.
    pub fn seen(&self, size: (u16, u16)) -> Provenance {
        let theme = SettingInfo::find("theme").map_or("", |theme| theme.get(&self.settings));
        Provenance {
            figure: Provenance::SCREEN.to_owned(),
            name: Some(self.name.clone()),
            along: vec![self.lab.focus.path(self.scenario.draft())],
            screen: Some(ScreenCapture {
                name: self.screen.id().to_owned(),
                size,
                theme: theme.to_owned(),
            }),
            ..Provenance::default()
        }
    }

    pub(super) fn job(&mut self, slot: JobSlot) -> &mut JobId {
        &mut self.jobs[slot as usize]
    }
}
