//! The Advice screen: which real tasks to train together, as a page.

use std::sync::Arc;

use super::info::ScreenInfo;
use crate::advice::Advice;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{PAPER, Subject, subject};
use crate::app::request::Request;
use crate::app::work::Work;
use crate::job::{Job, JobSlot};
use crate::scenario::Scenario;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo = ScreenInfo {
    charts: &[],
    symbols: &[
        ("gain", "1 − error together / error alone, on test rows; alone is tuned ridge regression"),
        ("width", "number of units of the shared module"),
    ],
};

const ADVICE: Subject = Subject {
    name: "Advice",
    words: "compares plans of tasks to train together on validation rows, and confirms the best \
            one on test rows with training rows drawn anew",
    formula: "gain = mean over tasks of 1 − error by the plan / error alone",
    source: PAPER,
};

/// The most lines that the page can be scrolled by; the screen limits it further.
const MOST_SCROLL: usize = 400;

/// The advice, or why there is none.
pub type AdviceResult = Result<Box<Advice>, String>;

/// The state of the Advice screen.
#[derive(Debug, Clone, Default)]
pub struct AdviceState {
    /// The scenario for which advice is being sought, and the share that is done.
    pub seeking: Option<(Arc<Scenario>, f64)>,
    /// The last advice with its scenario, or why there is none.
    pub found: Option<(Arc<Scenario>, AdviceResult)>,
    /// Number of lines by which the page is scrolled.
    pub scroll: usize,
}

impl AdviceState {
    /// The screen with nothing computed yet.
    pub(in crate::app) fn new(_: &Scenario) -> Self {
        Self::default()
    }

    /// The advice for a scenario, if it is known.
    pub fn of(&self, scenario: &Scenario) -> Option<&AdviceResult> {
        self.found.as_ref().filter(|(own, _)| **own == *scenario).map(|(_, found)| found)
    }

    /// Receives what a job reports: the share that is done, and at the end the advice.
    pub(in crate::app) fn receive(&mut self, share: f64, advice: Option<AdviceResult>) {
        match (&mut self.seeking, advice) {
            (Some((scenario, _)), Some(advice)) => {
                self.found = Some((scenario.clone(), advice));
                (self.seeking, self.scroll) = (None, 0);
            }
            (Some((_, done)), None) => *done = share,
            (None, _) => {}
        }
    }

    /// Starts the search for a plan, or stops it.
    fn run(&mut self, scenario: &Arc<Scenario>) -> Vec<Request> {
        if self.seeking.take().is_some() {
            return vec![Request::Cancel(JobSlot::Advice)];
        }
        if scenario.real().is_none() {
            return Request::say(
                "Advice is for real tasks: open digits, ratings or a file (Ctrl-O).",
            );
        }
        self.seeking = Some((scenario.clone(), 0.0));
        vec![Request::Begin(Job::Advice(scenario.clone()))]
    }

    fn scroll_by(&mut self, by: i32) {
        self.scroll = self.scroll.saturating_add_signed(by as isize).min(MOST_SCROLL);
    }
}

/// Explains the screen.
pub(in crate::app) fn explain_focus(_: &AdviceState, _: &Work) -> Vec<OverlayEntry> {
    subject(&ADVICE)
}

/// Performs an action of the Advice screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    advice: &mut AdviceState,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    match action {
        Action::RunStudy => return Some(advice.run(context.scenario())),
        Action::Export => return Some(vec![Request::SaveAdvice]),
        Action::Scroll(by) => advice.scroll_by(by),
        _ => return None,
    }
    Some(Vec::new())
}
