//! The states of all screens, and which of them is in view.

use super::action::Action;
use super::context::Context;
use super::overlay::OverlayEntry;
use super::pane::Pane;
use super::request::Request;
use super::screen::advice::AdviceState;
use super::screen::lab::Lab;
use super::screen::lessons::{Lessons, Playing};
use super::screen::tasks::TasksState;
use super::screen::theory::TheoryState;
use super::screen::{
    KeyContext, Screen, ScreenInfo, advice, affinity, lab, lessons, runs, sweep, tasks, theory,
};
use super::studies::{Studies, StudyRun};
use super::work::Work;
use crate::figure::Figure;
use crate::scenario::Scenario;

/// Declares the states of the screens, each with the screens whose actions change it.
macro_rules! states {
    ($($field:ident: $state:ty [$($screen:ident $module:ident),+],)+) => {
        /// The states of the screens.
        #[derive(Debug, Clone)]
        pub struct Screens {
            /// The screen in view.
            pub current: Screen,
            /// The screen that the Lab was opened from.
            pub back: Option<Screen>,
            $(#[doc = concat!("The state of: ", $(stringify!($screen), " "),+)] pub $field: $state,)+
        }

        impl Screens {
            /// The screens of a scenario, with nothing computed yet.
            pub(super) fn new(scenario: &Scenario) -> Self {
                Self { current: Screen::Lab, back: None, $($field: <$state>::new(scenario)),+ }
            }

            /// Lets the screen in view act; `None` if the action is not its own.
            pub(super) fn update(
                &mut self,
                context: &Context<'_>,
                action: Action,
            ) -> Option<Vec<Request>> {
                match self.current {
                    $($(Screen::$screen => $module::update(&mut self.$field, context, action),)+)+
                }
            }

            /// The explanation of the focused item of the screen in view.
            pub(super) fn explain_focus(&self, work: &Work) -> Vec<OverlayEntry> {
                match self.current {
                    $($(Screen::$screen => $module::explain_focus(&self.$field, work),)+)+
                }
            }
        }

        impl Screen {
            /// Its charts and symbols.
            pub(super) fn info(self) -> &'static ScreenInfo {
                match self { $($(Self::$screen => &$module::INFO,)+)+ }
            }
        }
    };
}

states! {
    lab: Lab [Lab lab],
    tasks: TasksState [Tasks tasks],
    theory: TheoryState [Theory theory],
    studies: Studies [Affinity affinity, Sweep sweep, Runs runs],
    lessons: Lessons [Lessons lessons],
    advice: AdviceState [Advice advice],
}

impl Screens {
    /// The context for keys, unless a chart has the cross-hair.
    pub(super) fn key_context(&self) -> KeyContext {
        match self.current {
            Screen::Sweep if self.studies.in_chart => KeyContext::Chart,
            Screen::Lessons => self.playing().map_or(KeyContext::Lessons, Playing::key_context),
            screen => screen.contexts()[0],
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
