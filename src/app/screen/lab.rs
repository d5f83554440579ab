//! The Lab: one scenario, its knobs and its verdict.

mod explain;
mod jobs;
pub(in crate::app) mod knobs;
mod methods;
mod state;
mod symbols;
mod warning;

pub(in crate::app) use explain::explain_focus;
pub use methods::MethodsPane;
pub use state::Lab;
pub(in crate::app) use state::sliders;

use std::sync::Arc;

use super::info::ScreenInfo;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::history::Step;
use crate::app::overlay::Overlay;
use crate::app::pane::Pane;
use crate::app::request::Request;
use crate::app::settings::Panes;
use crate::lesson::catalog::TOUR;
use crate::study::side_by_side::no_methods;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo =
    ScreenInfo { charts: &[Pane::Gain, Pane::Loss], symbols: symbols::SYMBOLS };

/// Performs an action of the Lab; `None` if the action is not its own.
pub(in crate::app) fn update(
    lab: &mut Lab,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    let scenario = context.scenario();
    Some(match action {
        Action::Pane(by) => {
            let panes: &[Pane] = match context.panes {
                Panes::Few => &Pane::FEW,
                Panes::All => &Pane::ALL,
            };
            let here = panes.iter().position(|pane| *pane == lab.pane).unwrap_or(0) as i32;
            let next = (here + by).rem_euclid(panes.len() as i32) as usize;
            vec![Request::FocusPane(panes[next])]
        }
        Action::Methods => match lab.view == Pane::Methods {
            true => vec![Request::FocusPane(Pane::Gain)],
            false => match no_methods(scenario) {
                Some(reason) => Request::say(format!("no methods side by side: {reason}")),
                None => vec![Request::FocusPane(Pane::Methods)],
            },
        },
        Action::Tour => match TOUR.lesson() {
            Ok(lesson) => vec![Request::Play(Arc::new(lesson))],
            Err(problem) => Request::say(problem.to_string()),
        },
        Action::Run | Action::Step if context.panes == Panes::Few => {
            Request::say("gradient descent runs in a pane that f shows")
        }
        Action::Run => lab.run_or_pause(scenario),
        Action::Step => lab.one_step(scenario),
        Action::Rewind => vec![lab.descend(scenario, None)],
        Action::PinCurve => pin_curve(lab),
        Action::Export => vec![Request::Over(Overlay::Export)],
        Action::Crosshair => vec![Request::Crosshair(chart(lab))],
        _ => return knobs::update(context, action),
    })
}

/// Pins the current curve as a ghost, or unpins it; this can be undone.
fn pin_curve(lab: &mut Lab) -> Vec<Request> {
    let (curve, words) = match (lab.pinned, lab.curve.clone()) {
        (true, _) => (None, "curve unpinned"),
        (false, None) => return Request::say("no curve is drawn yet"),
        (false, curve) => (curve, "this curve is pinned while knobs turn; b unpins it"),
    };
    let before = Step::PinCurve(lab.pin(curve).map(Box::new));
    vec![Request::Remember(before), Request::Say(words.to_owned())]
}

/// The chart for the cross-hair: the focused one, or else the one in view.
fn chart(lab: &Lab) -> Pane {
    let known = |pane: &Pane| INFO.charts.contains(pane);
    let shown = Some(lab.pane).filter(known);
    shown.or(Some(lab.view).filter(known)).unwrap_or(Pane::Gain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::work::Work;
    use crate::job::JobSlot;
    use crate::scenario::Preset;

    #[test]
    fn the_lab_acts_without_the_program_and_refuses_actions_of_other_screens() {
        let scenario = Preset::find("two-tasks").unwrap().scenario().unwrap();
        let work = Work::new("two-tasks", scenario);
        let mut lab = Lab::new(&work.scenario);
        let focus = lab.focus;
        let context =
            Context { work: &work, focus, findings: None, panes: Panes::All, is_traced: false };
        let mut act = |action: Action| update(&mut lab, &context, action);
        let paused = act(Action::Run).unwrap();
        assert!(matches!(paused[..], [Request::Cancel(JobSlot::Descent)]));
        let resumed = act(Action::Run).unwrap();
        assert!(matches!(resumed[..], [Request::Begin(_)]));
        let turned = act(Action::ToHigh).unwrap();
        let high = focus.knob.track.1;
        assert!(matches!(turned[..], [Request::SetKnob { value, turning: None }] if value == high));
        assert!(act(Action::AddTask).is_none());
    }
}
