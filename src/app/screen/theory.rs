//! The Theory screen: the reason for the verdict, in words and numbers.

mod state;
mod symbols;
mod update;

pub use state::{TheoryPane, TheoryState};

use super::info::ScreenInfo;
use super::lab::knobs;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::overlay::explain::{PAPER, Subject, subject};
use crate::app::overlay::{Overlay, OverlayEntry};
use crate::app::pane::Pane;
use crate::app::request::Request;
use crate::app::work::Work;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo =
    ScreenInfo { charts: &[Pane::Landscape], symbols: symbols::SYMBOLS };

const THEORY: Subject = Subject {
    name: "Theory",
    words: "the reason for the verdict, as a formula with the scenario's numbers, and where it \
            stops applying",
    formula: "h(ψ) for B = cos ψ e₁ + sin ψ e₂",
    source: PAPER,
};

/// Explains the screen.
pub(in crate::app) fn explain_focus(_: &TheoryState, _: &Work) -> Vec<OverlayEntry> {
    subject(&THEORY)
}

/// Performs an action of the Theory screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    theory: &mut TheoryState,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    match action {
        Action::Pane(by) => theory.focus_by(by),
        Action::Scroll(by) => theory.scroll_by(by),
        Action::Export => return Some(vec![Request::Over(Overlay::Export)]),
        Action::Crosshair => return Some(vec![Request::Crosshair(Pane::Landscape)]),
        _ => return knobs::update(context, action),
    }
    Some(Vec::new())
}
