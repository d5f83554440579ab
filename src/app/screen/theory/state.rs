//! State of the Theory screen: the explanation of the current scenario, and the view.

use std::sync::Arc;

use crate::app::pane::Pane;
use crate::explanation::Explanation;
use crate::explanation::bound::BoundCurve;
use crate::figure::{self, Figure};
use crate::scenario::Scenario;

/// A pane of the Theory screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TheoryPane {
    /// The claim behind the verdict.
    #[default]
    Claim,
    /// Its formulas, with the current numbers.
    Formulas,
    /// The objective of a single shared unit.
    Landscape,
    /// Theorem 2 beside the measured error, and the similarity of the tasks.
    Bound,
    /// The conditions under which the theory stops applying.
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
            Self::Bound => "Theorem 2, similarity",
            Self::Limits => "Limits",
        }
    }
}

/// The state of the Theory screen.
#[derive(Debug, Clone, Default)]
pub struct TheoryState {
    /// The focused pane.
    pub aspect: TheoryPane,
    /// The pane shown below the claim if there is room for only one.
    pub view: Option<TheoryPane>,
    /// Number of lines that the focused pane is scrolled by; the screen limits it.
    pub scroll: usize,
    /// The explanation so far.
    pub explanation: Option<Box<Explanation>>,
    /// True if the explanation belongs to the current scenario, false if to the previous one.
    pub fresh: bool,
    /// The last landscape computed; that of the current scenario once it is ready.
    pub landscape: Option<Figure>,
    /// The last explanation that includes trials, shown until the next one does.
    pub before: Option<Box<Explanation>>,
    /// The scenario being explained.
    pub(in crate::app) explaining: Option<Arc<Scenario>>,
    /// Theorem 2 against the source rows, and its scenario.
    bound: Option<(Arc<Scenario>, Box<BoundCurve>)>,
    /// The scenario for which the bound is being computed.
    pub(in crate::app) bounding: Option<Arc<Scenario>>,
}

impl TheoryState {
    /// The screen with nothing computed yet.
    pub(in crate::app) fn new(_: &Scenario) -> Self {
        Self::default()
    }

    /// The pane below the claim if there is room for only one.
    pub fn below(&self) -> TheoryPane {
        self.view.unwrap_or(TheoryPane::Landscape)
    }

    /// Focuses a pane.
    pub(in crate::app) fn focus(&mut self, aspect: TheoryPane) {
        if self.aspect != aspect {
            self.scroll = 0;
        }
        self.aspect = aspect;
        if aspect != TheoryPane::Claim {
            self.view = Some(aspect);
        }
    }

    /// Stores an explanation of a scenario, which may be partial.
    pub(in crate::app) fn receive(&mut self, scenario: &Scenario, explanation: Box<Explanation>) {
        match &explanation.landscape {
            Some(Ok(landscape)) => {
                self.landscape = Some(figure::landscape::figure(scenario, landscape));
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

    /// The landscape, if it belongs to the current scenario.
    fn own_landscape(&self) -> Option<Figure> {
        let known = self.explanation.as_ref().is_some_and(|e| e.landscape.is_some());
        self.landscape.clone().filter(|_| self.fresh && known)
    }

    /// Stores Theorem 2 against the source rows.
    pub(in crate::app) fn take_bound(&mut self, curve: Box<BoundCurve>) {
        if let Some(scenario) = &self.bounding {
            self.bound = Some((scenario.clone(), curve));
        }
    }

    /// The figure of Theorem 2 against the source rows, if known for this scenario.
    fn own_bound(&self, scenario: &Arc<Scenario>) -> Option<Figure> {
        let known = self.bound.as_ref().filter(|(of, _)| of == scenario);
        known.map(|(of, curve)| figure::bound::figure(of, curve))
    }

    /// The figure of a pane, if it belongs to the current scenario.
    pub(in crate::app) fn figure(&self, pane: Pane, scenario: &Arc<Scenario>) -> Option<Figure> {
        match pane {
            Pane::Bound => self.own_bound(scenario),
            _ => self.own_landscape(),
        }
    }

    /// Discards the results for other tasks.
    pub(in crate::app) fn clear(&mut self) {
        (self.explanation, self.before, self.landscape) = (None, None, None);
        (self.explaining, self.fresh) = (None, false);
    }
}
