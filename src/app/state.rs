//! What the program knows at a moment: all that the screen is drawn from.

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
    /// Name of the preset or file, without folder and ending.
    pub name: String,
    /// The scenario that is open; the Lab shows it, and studies begin with it.
    pub scenario: Arc<Scenario>,
    /// The screen that is shown.
    pub screen: Screen,
    /// The Lab.
    pub lab: Lab,
    /// The Theory screen.
    pub theory: TheoryState,
    /// The Tasks screen.
    pub tasks: TasksState,
    /// The studies.
    pub studies: Studies,
    /// The field that is open.
    pub field: Option<InputField>,
    /// The overlay that is open.
    pub over: Option<Layer>,
    /// How the program looks and behaves.
    pub settings: Settings,
    /// How it looked and behaved at its start, or when its settings were kept last.
    pub(super) kept: Settings,
    /// The tip that is given.
    pub tips: Tips,
    /// The Lessons screen.
    pub lessons: Lessons,
    /// Whether the pane in focus has the whole screen.
    pub zoom: bool,
    /// Whether one chart and the verdict are shown large.
    pub present: bool,
    /// What lies under the pointer, in words.
    pub hover: Option<String>,
    /// The picture that is looked at.
    pub preview: Option<PicturePreview>,
    /// The cross-hair in a chart.
    pub crosshair: Option<Crosshair>,
    /// A line of news.
    pub note: Option<String>,
    /// The session that can be brought back.
    pub left: Option<SavedWork>,
    /// The file the scenario was saved to last, and what was saved.
    pub(super) file: Option<(PathBuf, Arc<Scenario>)>,
    /// The screen from which the Lab was opened.
    pub back: Option<Screen>,
    pub(super) opened: Arc<Scenario>,
    pub(super) saved: Arc<Scenario>,
    pub(super) history: History,
    /// Whether the user has been asked whether to leave.
    pub(super) leaving: bool,
    /// What the pointer has taken hold of.
    pub(super) grip: Option<Grip>,
    pub(super) jobs: [JobId; JobSlot::ALL.len()],
}

impl App {
    /// The program with a scenario open, before anything has been computed.
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

    /// The program with a study open that was kept in a folder.
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

    /// Where keys act now.
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

    /// The lesson that is played.
    pub fn playing(&self) -> Option<&Playing> {
        self.lessons.playing.as_deref()
    }

    /// What the user works on, and the knob that has the focus there; a lesson lays its scenarios
    /// over it.
    pub fn work(&self) -> (Snapshot, Handle) {
        match self.playing() {
            Some(playing) => (playing.kept.opened.clone(), playing.kept.lab.focus),
            None => (self.opened(), self.lab.focus),
        }
    }

    /// The run that the present screen is about.
    pub fn run_in_view(&self) -> Option<&StudyRun> {
        match self.screen {
            Screen::Lab | Screen::Tasks | Screen::Theory | Screen::Lessons => None,
            Screen::Affinity => self.studies.shown_affinity(),
            Screen::Sweep => self.studies.shown_sweep(),
            Screen::Runs => self.studies.selected_run(),
        }
    }

    /// Gives the program the settings with which it starts.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, kept: settings, ..self }
    }

    /// Names and values of the settings that are no longer those at the start.
    pub fn changed_settings(&self) -> Vec<(&'static str, &'static str)> {
        let value =
            |settings: &Settings| SETTINGS.iter().map(|s| s.get(settings)).collect::<Vec<_>>();
        let (before, now) = (value(&self.kept), value(&self.settings));
        let named = SETTINGS.iter().map(|setting| setting.name).zip(now).zip(before);
        named.filter(|((_, now), before)| now != before).map(|(named, _)| named).collect()
    }

    /// Whether a field or an overlay has the keys.
    pub fn is_covered(&self) -> bool {
        self.field.is_some() || self.over.is_some() || self.preview.is_some()
    }

    /// What is open, as it can be returned to.
    pub fn opened(&self) -> Snapshot {
        Snapshot {
            name: self.name.clone(),
            scenario: self.scenario.clone(),
            opened: self.opened.clone(),
            saved: self.saved.clone(),
        }
    }

    /// The knobs that have sliders.
    pub fn sliders(&self) -> Vec<Handle> {
        let mut sliders = Handle::all(self.scenario.draft());
        let focus = self.lab.focus;
        sliders.retain(|handle| handle.is_slider(self.scenario.draft()) || *handle == focus);
        sliders
    }

    /// The trials of the scenario on screen, as far as they have been run.
    pub fn measurement(&self) -> Option<&Measurement> {
        self.lab.findings.as_ref().and_then(|findings| findings.measurement.as_ref())
    }

    /// What joint training does to the target.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.measurement().map(|m| &m.own().targets)
    }

    /// Whether the scenario differs from the one opened or saved last.
    pub fn is_changed(&self) -> bool {
        let (work, _) = self.work();
        work.scenario.draft() != work.saved.draft()
    }

    /// Whether the scenario is still the one that its description tells of: no knob of a preset
    /// differs from its file, or nothing has changed since a file was opened.
    pub fn is_as_told(&self) -> bool {
        match Preset::find(&self.name) {
            Some(_) => changes(&self.name, self.scenario.draft()).is_some_and(|changes| {
                changes.iter().all(|c| matches!(c, Change::Trials(_) | Change::Seed(_)))
            }),
            None => self.scenario.draft() == self.opened.draft(),
        }
    }

    /// How many changes can be undone.
    pub fn undo_depth(&self) -> usize {
        self.history.depth()
    }

    /// The value the focused knob had when the scenario was opened.
    pub fn default_value(&self) -> Option<f64> {
        let path = self.lab.focus.path(self.scenario.draft());
        Handle::find(self.opened.draft(), &path).ok()?.get(self.opened.draft())
    }

    /// The figure in a pane, as far as it can be drawn.
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

    /// The gain along the knob that has the focus, with another curve behind it.
    fn gain(&self, ghost: Option<&Curve>) -> Option<Figure> {
        let curve = self.lab.curve.as_ref()?;
        let here = self.outcome().filter(|_| self.lab.fresh);
        let ghost = ghost.filter(|ghost| ghost.handle == curve.handle);
        let name = if self.lab.pinned { "pinned" } else { "before" };
        let ghost = ghost.map(|curve| figure::gain::ReferenceCurve { curve, name });
        Some(figure::gain::figure(&self.scenario, curve, here, ghost))
    }

    /// The figure in a pane as it is written to a file, and what of the scenario it draws. The
    /// curve before the last change, which only the eye follows, is left out.
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

    /// What of the scenario is drawn where the whole screen is, in a terminal of a size.
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
