//! The Runs screen: all studies of this session.

use super::info::ScreenInfo;
use super::kind::Screen;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{OURS, Subject, subject};
use crate::app::request::Request;
use crate::app::studies::symbols::SYMBOLS;
use crate::app::studies::{RunState, Studies};
use crate::app::work::Work;
use crate::study::difference;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo = ScreenInfo { charts: &[], symbols: SYMBOLS };

const RUNS: Subject = Subject {
    name: "Runs",
    words: "all studies of this session; pin one and select another to see the differences, trial \
            by trial if both have the same seed",
    formula: "gain(selected) − gain(pinned)",
    source: OURS,
};

/// Explains the screen.
pub(in crate::app) fn explain_focus(_: &Studies, _: &Work) -> Vec<OverlayEntry> {
    subject(&RUNS)
}

/// Performs an action of the Runs screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    studies: &mut Studies,
    _: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    match action {
        Action::Row(by) => select(studies, by),
        Action::Scroll(by) => scroll(studies, by),
        Action::RunStudy => return Some(run(studies)),
        Action::ShowRun => return Some(show(studies)),
        Action::Delete => return Some(delete(studies)),
        _ => {
            let number = studies.selected_run().map(|run| run.number);
            return studies.update(number, action);
        }
    }
    Some(Vec::new())
}

/// The message if there are no runs.
fn no_runs() -> String {
    let (sweep, affinity) = (Screen::Sweep.digit(), Screen::Affinity.digit());
    format!("there are no runs; {sweep} sets up a sweep, {affinity} an affinity study")
}

/// Pauses or resumes the selected run.
fn run(studies: &mut Studies) -> Vec<Request> {
    match studies.selected_run().map(|run| (run.number, run.state)) {
        Some((number, RunState::Running)) => studies.pause(number),
        Some((number, RunState::Paused | RunState::Stopped)) => studies.begin(number),
        Some((_, RunState::Done)) => Request::say("this run is done"),
        None => Request::say(no_runs()),
    }
}

/// Scrolls the differences, up to their end.
fn scroll(studies: &mut Studies, by: i32) {
    let Some(run) = studies.selected_run() else { return };
    let other = studies.pinned_beside(run).next();
    let rows =
        other.map_or(0, |other| difference::common(&run.results.study, &other.results.study).len());
    let scroll = studies.scroll.saturating_add_signed(by as isize);
    studies.scroll = scroll.min(rows.saturating_sub(1));
}

/// Selects another run.
fn select(studies: &mut Studies, by: i32) {
    studies.scroll = 0;
    let runs = &studies.runs;
    let here = runs.iter().position(|run| Some(run.number) == studies.selected);
    let next = here.map_or(0, |here| here.saturating_add_signed(by as isize));
    studies.selected = runs.get(next.min(runs.len().saturating_sub(1))).map(|run| run.number);
}

/// Shows the selected run on the screen for its kind.
fn show(studies: &mut Studies) -> Vec<Request> {
    let Some(run) = studies.selected_run() else { return Request::say(no_runs()) };
    let (number, affinity) = (run.number, run.results.study.is_affinity());
    studies.show(number);
    studies.in_chart = !affinity;
    let screen = if affinity { Screen::Affinity } else { Screen::Sweep };
    [Request::Show(screen)].into_iter().chain(studies.analyse()).collect()
}

/// Deletes the selected run.
fn delete(studies: &mut Studies) -> Vec<Request> {
    let removed = studies.selected.and_then(|number| Some((number, studies.remove(number)?)));
    let Some((number, (inverse, requests))) = removed else {
        return Request::say("there is no run to delete");
    };
    let words = format!("run #{number} deleted; u restores it");
    [Request::Remember(inverse), Request::Say(words)].into_iter().chain(requests).collect()
}
