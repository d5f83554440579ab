//! The Affinity screen: the gain of every task with every other.

mod pointer;

pub(in crate::app) use pointer::{pair_at, words_at};

use std::sync::Arc;

use super::info::ScreenInfo;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{OURS, Subject, subject};
use crate::app::request::Request;
use crate::app::studies::symbols::SYMBOLS;
use crate::app::studies::{Facet, RunState, Studies, form};
use crate::app::work::Work;
use crate::scenario::draft::{TaskDraft, TaskRole};
use crate::scenario::{Preset, Scenario, ScenarioDraft};
use crate::study::StudyDraft;
use crate::study::draft::NamedScenario;
use crate::study::groups;
use crate::study::probe::PROXIES;

/// The fewest tasks for which the Lab's scenario is used.
const FEWEST: usize = 3;
/// The scenario used if the Lab's has fewer tasks.
const MANY: &str = "six-tasks";

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo = ScreenInfo { charts: &[], symbols: SYMBOLS };

const MATRIX: Subject = Subject {
    name: "Affinity",
    words: "the gain of the row's task from training with the column's task; only \
            measured gains, pair by pair",
    formula: "1 − mean R(pair) / mean R(alone)",
    source: OURS,
};

/// Explains the matrix, or the proxy in view.
pub(in crate::app) fn explain_focus(studies: &Studies, _: &Work) -> Vec<OverlayEntry> {
    let proxy = PROXIES.get(studies.proxy).filter(|_| studies.facet != Facet::Matrix);
    let Some(proxy) = proxy else { return subject(&MATRIX) };
    let agreement = "Kendall's τ between proxy and measured gain over all pairs";
    vec![
        OverlayEntry::heading(proxy.name),
        OverlayEntry::new("in words", proxy.help),
        OverlayEntry::new("symbol", proxy.symbol),
        OverlayEntry::new("agreement", agreement),
    ]
}

/// Performs an action of the Affinity screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    studies: &mut Studies,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    match action {
        Action::Move(right, up) => move_by(studies, right, up),
        Action::Scatter => studies.facet = studies.facet.next(),
        Action::Proxy(by) => studies.next_proxy(by),
        Action::Budget(by) => return Some(change_budget(studies, by)),
        Action::RunStudy => return Some(run(studies, context)),
        Action::RandomGroups => return Some(start(studies, context, true)),
        Action::OpenCell => return Some(open_cell(studies)),
        Action::Crosshair => {
            return Some(Request::say(match studies.facet {
                Facet::Matrix => "the matrix has a cursor instead; the arrow keys move it",
                _ => "this chart has no cross-hair; Tab shows the matrix, which has a cursor",
            }));
        }
        _ => {
            let number = studies.shown_affinity().map(|run| run.number);
            return studies.update(number, action);
        }
    }
    Some(Vec::new())
}

/// Starts, pauses or resumes the study in view.
fn run(studies: &mut Studies, context: &Context<'_>) -> Vec<Request> {
    match studies.shown_affinity().map(|run| (run.number, run.state)) {
        Some((number, RunState::Running)) => studies.pause(number),
        Some((number, RunState::Paused)) => studies.begin(number),
        _ => start(studies, context, false),
    }
}

/// Returns true if a study uses the tasks of a scenario: if they are real, or at least three, and
/// every entry is a single task.
pub fn uses_own(scenario: &Scenario) -> bool {
    let tasks = scenario.tasks().len();
    let enough = tasks >= FEWEST || scenario.real().is_some() && tasks >= 2;
    enough && several(scenario).next().is_none()
}

/// The entries that stand for several tasks.
pub fn several(scenario: &Scenario) -> impl Iterator<Item = &TaskDraft> {
    let part = |task: &&TaskDraft| task.role != TaskRole::Aside;
    scenario.draft().tasks.iter().filter(part).filter(|task| task.count.unwrap_or(1.0) != 1.0)
}

/// Starts a study of the open scenario, or of one with more tasks.
fn start(studies: &mut Studies, context: &Context<'_>, random: bool) -> Vec<Request> {
    let few = random
        && uses_own(&context.work.scenario)
        && context.work.scenario.tasks().len() <= groups::GROUPS + 1;
    if few {
        return Request::say("random groups take four tasks or more");
    }
    match question(context.work, random) {
        Some(draft) => studies.ask(draft).unwrap_or_else(|error| Request::say(form::words(&error))),
        None => Request::say("an affinity study needs three tasks or more"),
    }
}

/// The study of the open scenario if it has enough tasks, otherwise of one with more tasks; with
/// `random` groups beside the pairs if asked.
pub(in crate::app) fn question(work: &Work, random: bool) -> Option<StudyDraft> {
    let (name, mut scenario) = if uses_own(&work.scenario) {
        (work.name.clone(), work.scenario.draft().clone())
    } else {
        let preset = Preset::find(MANY)?.scenario().ok()?;
        (MANY.to_owned(), preset.draft().clone())
    };
    scenario.compare.clear();
    let subsets = if random { groups::subsets(taking_part(&scenario)) } else { 0 };
    let question = groups::question(subsets);
    Some(StudyDraft::new(question, vec![NamedScenario { name, scenario }]))
}

/// The number of tasks that take part.
fn taking_part(scenario: &ScenarioDraft) -> usize {
    scenario.tasks.iter().filter(|task| task.role != TaskRole::Aside).count()
}

/// Opens the pair under the cursor in the Lab.
fn open_cell(studies: &Studies) -> Vec<Request> {
    match pair(studies) {
        Some((name, scenario)) => vec![Request::Visit(name, scenario)],
        None => Request::say("there is nothing under the cursor"),
    }
}

/// The scenario in which the pair under the cursor is trained together, with its name.
fn pair(studies: &Studies) -> Option<(String, Arc<Scenario>)> {
    let run = studies.shown_affinity()?;
    let base = run.results.study.bases().first()?;
    let (task, partner) = studies.pair;
    let partners = base.partners();
    let task = *partners.get(task)?;
    let scenario = match partners.get(partner) {
        None => base.with_all(task),
        Some(&partner) => base.with_partner(task, partner),
    };
    Some((run.name().to_owned(), Arc::new(scenario.ok()?)))
}

/// Moves the cursor: rows are the tasks whose gain is measured, columns their partners, and the
/// last column is all tasks.
fn move_by(studies: &mut Studies, right: i32, up: i32) {
    let Some(run) = studies.shown_affinity() else { return };
    let tasks = run.results.tasks().len();
    let to = |at: usize, by: i32, last: usize| at.saturating_add_signed(by as isize).min(last);
    let (row, column) = studies.pair;
    studies.pair = (to(row, -up, tasks.saturating_sub(1)), to(column, right, tasks));
}

/// Allows more or fewer models for the groups; from as many as tasks back to one.
fn change_budget(studies: &mut Studies, by: i32) -> Vec<Request> {
    let Some(run) = studies.shown_affinity() else {
        return Request::say("there are no groups yet; Space starts the study");
    };
    let most = run.results.tasks().len().max(1) as i32;
    let next = (studies.budget as i32 - 1 + by).rem_euclid(most) + 1;
    studies.budget = next as usize;
    studies.analyse().into_iter().collect()
}
