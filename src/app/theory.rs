//! What the Theory screen knows: the explanation of the scenario on screen, and what is looked at.

use std::sync::Arc;

use crate::explanation::Explanation;
use crate::explanation::bound::BoundCurve;
use crate::figure::{self, Figure};
use crate::scenario::Scenario;

/// What is explained: a pane of the Theory screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TheoryPane {
    /// The claim behind the verdict.
    #[default]
    Claim,
    /// Its formulas, with the present numbers.
    Formulas,
    /// What one shared unit climbs.
    Landscape,
    /// Theorem 2 beside the measured error, and how alike the tasks are.
    Bound,
    /// Where all of it stops to apply.
    Limits,
}

impl TheoryPane {
    /// All panes, in the order of Tab.
    pub const ALL: [Self; 5] =
        [Self::Claim, Self::Formulas, Self::Landscape, Self::Bound, Self::Limits];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "Claim",
            Self::Formulas => "Formulas",
            Self::Landscape => "Landscape",
            Self::Bound => "Theorem 2 and likeness",
            Self::Limits => "Limits",
        }
    }
}

/// The state of the Theory screen.
#[derive(Debug, Clone, Default)]
pub struct TheoryState {
    /// The pane that has the focus.
    pub aspect: TheoryPane,
    /// The pane shown below the claim where there is room for one only.
    pub view: Option<TheoryPane>,
    /// Lines by which the pane in focus is scrolled; how many it has depends on the screen.
    pub scroll: usize,
    /// What is known so far.
    pub explanation: Option<Box<Explanation>>,
    /// Whether that is of the scenario on screen, not of the one before.
    pub fresh: bool,
    /// The landscape known last; that of the scenario on screen once it has been computed.
    pub landscape: Option<Figure>,
    /// The explanation known last that has seen trials: it is shown until the next has.
    pub before: Option<Box<Explanation>>,
    /// The scenario that is being explained.
    pub(super) explained: Option<Arc<Scenario>>,
    /// Theorem 2 over the rows of the source, and the scenario it is of.
    pub(super) reach: Option<(Arc<Scenario>, Box<BoundCurve>)>,
    /// The scenario for which that is computed.
    pub(super) reached: Option<Arc<Scenario>>,
}

impl TheoryState {
    /// The pane below the claim where there is room for one only.
    pub fn below(&self) -> TheoryPane {
        self.view.unwrap_or(TheoryPane::Landscape)
    }

    /// Gives a pane the focus.
    pub(super) fn focus(&mut self, aspect: TheoryPane) {
        if self.aspect != aspect {
            self.scroll = 0;
        }
        self.aspect = aspect;
        if aspect != TheoryPane::Claim {
            self.view = Some(aspect);
        }
    }

    /// Takes an explanation of a scenario as far as it goes.
    pub(super) fn take(&mut self, scenario: &Scenario, explanation: Box<Explanation>) {
        match &explanation.relief {
            Some(Ok(relief)) => {
                self.landscape = Some(figure::landscape::figure(scenario, relief));
            }
            Some(Err(_)) => self.landscape = None,
            None => {}
        }
        if explanation.bound.is_some() {
            self.before = Some(explanation.clone());
        }
        self.explanation = Some(explanation);
        self.fresh = true;
    }

    /// The landscape, where it is that of the scenario on screen.
    pub(super) fn own_landscape(&self) -> Option<Figure> {
        let known = self.explanation.as_ref().is_some_and(|e| e.relief.is_some());
        self.landscape.clone().filter(|_| self.fresh && known)
    }

    /// Takes what is known of Theorem 2 over the rows of the source.
    pub(super) fn take_reach(&mut self, along: Box<BoundCurve>) {
        if let Some(scenario) = &self.reached {
            self.reach = Some((scenario.clone(), along));
        }
    }

    /// Theorem 2 over the rows of the source, where it is known of a scenario.
    pub(super) fn own_bound(&self, scenario: &Arc<Scenario>) -> Option<Figure> {
        let known = self.reach.as_ref().filter(|(of, _)| of == scenario);
        known.map(|(of, along)| figure::bound::figure(of, along))
    }

    /// Forgets what was computed for other tasks.
    pub(super) fn clear(&mut self) {
        (self.explanation, self.before, self.landscape) = (None, None, None);
        (self.explained, self.fresh) = (None, false);
    }
}
