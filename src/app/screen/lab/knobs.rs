//! Actions on the focused knob, which several screens share.

use std::sync::Arc;

use super::state::sliders;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::request::Request;
use crate::scenario::{Handle, Scenario};

/// Performs an action on the focused knob; `None` if the action is not about knobs.
pub(in crate::app) fn update(context: &Context<'_>, action: Action) -> Option<Vec<Request>> {
    let (work, focus) = (context.work, context.focus);
    let value = focus.get(context.draft()).unwrap_or(f64::NAN);
    let set = |value: f64, turning: Option<Handle>| vec![Request::SetKnob { value, turning }];
    Some(match action {
        Action::Turn(by) => {
            let (low, high) = work.scenario.track(focus);
            let next = focus.knob.step(value, by);
            let is_real = work.scenario.real().is_some();
            let within = |value: f64| if is_real { value.clamp(low, high) } else { value };
            let next = match by > 0 {
                true if value <= high => next.min(high),
                false if value >= low => next.max(low),
                _ => within(next),
            };
            set(next, Some(focus))
        }
        Action::ToLow => set(work.scenario.track(focus).0, None),
        Action::ToHigh => set(work.scenario.track(focus).1, None),
        Action::Default if work.opened.same_but_for(&work.scenario, focus) => {
            vec![Request::Change(work.opened.clone(), None)]
        }
        Action::Default => set(work.value_when_opened(focus).unwrap_or(value), None),
        Action::Focus(by) => {
            let knobs = sliders(&work.scenario, focus, context.panes);
            vec![Request::FocusKnob(next(&knobs, focus, by).unwrap_or(focus))]
        }
        Action::TypeValue => {
            Request::open(InputField::new(FieldPurpose::Value, focus.knob.exact(value)))
        }
        Action::NewDraw => new_draw(&work.scenario),
        _ => return None,
    })
}

/// The knob some places after another one, wrapping round; `None` if there are none.
pub(in crate::app) fn next(knobs: &[Handle], from: Handle, by: i32) -> Option<Handle> {
    let here = knobs.iter().position(|knob| *knob == from).unwrap_or(0) as i32;
    knobs.get((here + by).rem_euclid(knobs.len().max(1) as i32) as usize).copied()
}

/// Changes to the next seed.
fn new_draw(scenario: &Scenario) -> Vec<Request> {
    let mut draft = scenario.draft().clone();
    draft.seed = (draft.seed + 1.0) % 9e15;
    match Scenario::check(draft) {
        Ok(scenario) => vec![Request::Change(Arc::new(scenario), None)],
        Err(problem) => Request::say(problem.to_string()),
    }
}
