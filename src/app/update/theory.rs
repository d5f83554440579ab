//! The Theory screen: starting the explanation, focusing and scrolling panes.

use super::Effect;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::theory::TheoryPane;
use crate::job::{Job, JobSlot};

/// The most lines that a pane can be scrolled by; the screen limits it further.
const MOST_SCROLL: usize = 120;

impl App {
    /// Explains the scenario while the Theory screen is shown; stops otherwise. A complete
    /// explanation is kept.
    pub(super) fn explain(&mut self) -> Option<Effect> {
        if self.theory.explained.as_ref() == Some(&self.scenario) {
            let complete = self.theory.explanation.as_ref().is_some_and(|e| e.complete);
            if self.screen == Screen::Theory || (complete && self.theory.fresh) {
                return None;
            }
        }
        self.theory.fresh = false;
        if self.screen != Screen::Theory {
            return self.theory.explained.take().map(|_| Effect::Cancel(JobSlot::Theory));
        }
        self.theory.explained = Some(self.scenario.clone());
        Some(self.begin(Job::Explanation(self.scenario.clone())))
    }

    /// Focuses another pane.
    pub(super) fn aspect_by(&mut self, by: i32) -> Vec<Effect> {
        let all = TheoryPane::ALL;
        let here = all.iter().position(|a| *a == self.theory.aspect).unwrap_or(0) as i32;
        self.theory.focus(all[(here + by).rem_euclid(all.len() as i32) as usize]);
        Vec::new()
    }

    /// Scrolls the focused pane.
    pub(super) fn scroll_aspect(&mut self, by: i32) -> Vec<Effect> {
        let scroll = self.theory.scroll.saturating_add_signed(by as isize);
        self.theory.scroll = scroll.min(MOST_SCROLL);
        Vec::new()
    }
}
