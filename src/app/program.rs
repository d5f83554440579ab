//! The state of the program, from which the screen is drawn.

use std::path::PathBuf;

use super::context::Context;
use super::field::InputField;
use super::history::Snapshot;
use super::opening::Opening;
use super::overlay::view::View;
use super::overlay::{self, Layer, OverlayEntry};
use super::picker::ColumnPicker;
use super::saved_work::SavedWork;
use super::screen::lessons::Playing;
use super::screen::{KeyContext, Screen};
use super::screens::Screens;
use super::settings::Settings;
use super::studies::SweepForm;
use super::tips::Tips;
use super::view::ViewState;
use super::work::Work;
use crate::job::{JobId, JobSlot};
use crate::scenario::{Handle, Scenario};
use crate::study::StudyResults;

/// The program without its terminal.
#[derive(Debug, Clone)]
pub struct App {
    /// The open scenario; while a lesson is played, the lesson's.
    pub work: Work,
    /// The states of the screens.
    pub screens: Screens,
    /// The layer above the screen.
    pub view: ViewState,
    /// The open input field.
    pub field: Option<InputField>,
    /// The open overlay.
    pub over: Option<Layer>,
    /// The open column picker.
    pub picker: Option<ColumnPicker>,
    /// Settings of the program's looks and behaviour.
    pub settings: Settings,
    /// The settings at the start, or as last saved.
    pub(super) saved_settings: Settings,
    /// The tips.
    pub tips: Tips,
    /// The unsaved session that can be restored.
    pub left: Option<SavedWork>,
    /// Why a session that waits cannot be restored now, with its name.
    pub(super) waiting: Option<String>,
    /// The number of the newest job in each slot.
    pub(super) jobs: [JobId; JobSlot::ALL.len()],
    /// The scenario file in reading.
    pub opening: Opening,
    /// The user's home folder, which paths may begin with.
    pub home: Option<PathBuf>,
    /// Number of requests about tables.
    pub(super) table_requests: u64,
}

impl App {
    /// Opens a scenario, with nothing computed yet.
    pub fn new(name: impl Into<String>, scenario: Scenario) -> Self {
        let work = Work::new(name, scenario);
        Self {
            screens: Screens::new(&work.scenario),
            work,
            view: ViewState::default(),
            field: None,
            over: None,
            picker: None,
            settings: Settings::default(),
            saved_settings: Settings::default(),
            tips: Tips::default(),
            left: None,
            waiting: None,
            jobs: [JobId::default(); JobSlot::ALL.len()],
            opening: Opening::default(),
            home: None,
            table_requests: 0,
        }
    }

    /// Opens a study that was saved in a folder.
    pub fn with_study(results: StudyResults) -> Option<Self> {
        let base = results.study.bases().first()?;
        let mut app = Self::new(results.study.name(0), (**base).clone());
        let is_affinity = results.study.is_affinity();
        app.screens.current = if is_affinity { Screen::Affinity } else { Screen::Sweep };
        let studies = &mut app.screens.studies;
        studies.in_chart = !is_affinity;
        if let Some(form) = SweepForm::of(&results.study) {
            studies.form = form;
        }
        if is_affinity {
            studies.budget = results.models();
        }
        let number = studies.add(results);
        studies.show(number);
        Some(app)
    }

    /// Sets the settings to start with.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, saved_settings: settings, ..self }
    }

    /// The current context for keys.
    pub fn key_context(&self) -> KeyContext {
        match self.view.crosshair {
            Some(_) if !self.screens.current.info().charts.is_empty() => KeyContext::Crosshair,
            _ => self.screens.key_context(),
        }
    }

    /// The lesson being played.
    pub fn playing(&self) -> Option<&Playing> {
        self.screens.playing()
    }

    /// The user's own work and its focused knob, even while a lesson shows its own scenarios.
    pub fn own_work(&self) -> (Snapshot, Handle) {
        match self.playing() {
            Some(playing) => (playing.kept.opened.clone(), playing.kept.lab.focus),
            None => (self.work.snapshot(), self.screens.lab.focus),
        }
    }

    /// Returns true if the scenario differs from the one last opened or saved.
    pub fn is_changed(&self) -> bool {
        self.own_work().0.is_changed()
    }

    /// All scenarios that are changed and not saved, with their focused knobs: the open one first,
    /// then those that can be reached by undo and redo.
    pub fn unsaved_works(&self) -> Vec<(Snapshot, Handle)> {
        let (work, focus) = self.own_work();
        let left = self.left_unsaved(&work).into_iter();
        let left = left.map(|left| (left.clone(), left.scenario.focus())).collect::<Vec<_>>();
        let open = work.is_changed().then_some((work, focus));
        open.into_iter().chain(left).collect()
    }

    /// The scenarios that were left unsaved when another was opened.
    pub(super) fn left_unsaved(&self, current: &Snapshot) -> Vec<&Snapshot> {
        let history = self.playing().map_or(&self.work.history, |playing| &playing.kept.history);
        history.left_unsaved(current)
    }

    /// Returns true if a field, an overlay, a preview or the column picker gets the keys.
    pub fn is_covered(&self) -> bool {
        let covered = self.field.is_some() || self.over.is_some() || self.picker.is_some();
        covered || self.view.preview.is_some()
    }

    /// The entries of the open overlay that match the search.
    pub fn entries(&self) -> Vec<OverlayEntry> {
        let of = |layer| overlay::entries(layer, &self.overlay_view());
        self.over.as_ref().map_or_else(Vec::new, of)
    }

    /// Names and values of the settings that differ from those at the start.
    pub fn changed_settings(&self) -> Vec<(&'static str, &'static str)> {
        self.overlay_view().changed_settings()
    }

    fn overlay_view(&self) -> View<'_> {
        View {
            work: &self.work,
            screens: &self.screens,
            settings: &self.settings,
            saved_settings: &self.saved_settings,
            keys: self.key_context(),
        }
    }

    /// The screens, and what they may read besides their own states.
    pub(super) fn split(&mut self) -> (&mut Screens, Context<'_>) {
        let lab = &self.screens.lab;
        let context = Context {
            work: &self.work,
            focus: lab.focus,
            findings: lab.findings.clone().filter(|_| lab.fresh),
            panes: self.settings.panes,
            is_traced: lab.fresh && lab.curve.as_ref().is_some_and(|curve| curve.complete),
        };
        (&mut self.screens, context)
    }

    pub(super) fn job(&mut self, slot: JobSlot) -> &mut JobId {
        &mut self.jobs[slot as usize]
    }
}
