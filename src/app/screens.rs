//! The states of all screens, and which of them is in view.

use super::action::Action;
use super::context::Context;
use super::overlay::OverlayEntry;
use super::pane::Pane;
use super::request::Request;
use super::screen::lab::Lab;
use super::screen::lessons::{Lessons, Playing};
use super::screen::tasks::TasksState;
use super::screen::theory::TheoryState;
use super::screen::{KeyContext, Screen, affinity, lab, lessons, runs, sweep, tasks, theory};
use super::studies::{Studies, StudyRun};
use super::work::Work;
use crate::figure::Figure;
use crate::scenario::Scenario;

/// The states of the screens.
#[derive(Debug, Clone)]
pub struct Screens {
    /// The screen in view.
    pub current: Screen,
    /// The screen that the Lab was opened from.
    pub back: Option<Screen>,
    /// The Lab.
    pub lab: Lab,
    /// The Tasks screen.
    pub tasks: TasksState,
    /// The Theory screen.
    pub theory: TheoryState,
    /// The Affinity, Sweep and Runs screens.
    pub studies: Studies,
    /// The Lessons screen.
    pub lessons: Lessons,
}

impl Screens {
    /// The screens of a scenario, with nothing computed yet.
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            current: Screen::Lab,
            back: None,
            lab: Lab::new(scenario.focus()),
            tasks: TasksState::default(),
            theory: TheoryState::default(),
            studies: Studies::new(scenario, scenario.focus()),
            lessons: Lessons::default(),
        }
    }

    /// Lets the screen in view act; `None` if the action is not its own.
    pub(super) fn update(&mut self, context: &Context<'_>, action: Action) -> Option<Vec<Request>> {
        match self.current {
            Screen::Lab => lab::update(&mut self.lab, context, action),
            Screen::Tasks => tasks::update(&mut self.tasks, context, action),
            Screen::Theory => theory::update(&mut self.theory, context, action),
            Screen::Affinity => affinity::update(&mut self.studies, context, action),
            Screen::Sweep => sweep::update(&mut self.studies, context, action),
            Screen::Runs => runs::update(&mut self.studies, context, action),
            Screen::Lessons => lessons::update(&mut self.lessons, context, action),
        }
    }

    /// The explanation of the focused item of the screen in view.
    pub(super) fn explain_focus(&self, work: &Work) -> Vec<OverlayEntry> {
        match self.current {
            Screen::Lab => lab::explain_focus(&self.lab, work),
            Screen::Tasks => tasks::explain_focus(&self.tasks, work),
            Screen::Theory => theory::explain_focus(),
            Screen::Affinity => affinity::explain_focus(&self.studies),
            Screen::Sweep => sweep::explain_focus(&self.studies, work),
            Screen::Runs => runs::explain_focus(),
            Screen::Lessons => lessons::explain_focus(),
        }
    }

    /// The context for keys, unless a chart has the cross-hair.
    pub(super) fn key_context(&self) -> KeyContext {
        match self.current {
            Screen::Sweep if self.studies.in_chart => KeyContext::Chart,
            Screen::Lessons => self.playing().map_or(KeyContext::Lessons, Playing::key_context),
            screen => screen.info().contexts[0],
        }
    }

    /// The lesson being played.
    pub fn playing(&self) -> Option<&Playing> {
        self.lessons.playing.as_deref()
    }

    /// The run that the screen in view shows.
    pub fn run_in_view(&self) -> Option<&StudyRun> {
        self.studies.in_view(self.current)
    }

    /// The figure of a pane, if it can be drawn.
    pub(super) fn figure(&self, pane: Pane, work: &Work) -> Option<Figure> {
        match pane {
            Pane::Landscape | Pane::Bound => self.theory.figure(pane, &work.scenario),
            Pane::Spectrum | Pane::Rows => self.tasks.figure(pane, &work.scenario),
            _ => self.lab.figure(pane, &work.scenario),
        }
    }
}
