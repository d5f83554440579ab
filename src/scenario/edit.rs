//! Adds, copies, deletes, renames and moves tasks, and changes their roles.
//!
//! Every function takes a draft and returns a checked scenario. The index of a task among all tasks
//! is the address of its draws. Therefore:
//!
//! * adding and copying put the new task last and do not change other data;
//! * putting a task aside does not change other data;
//! * deleting or moving a task, or changing the count of an entry, keeps the data of earlier tasks;
//!   later tasks get new data from the same distribution;
//! * a θ with a difference along axes also moves its reference θ (see
//!   [`ThetaDifference`](crate::task::ThetaDifference)), which moves back when such a task is
//!   deleted.

mod choice;
mod names;
mod property;
mod values;

use super::check::Scenario;
use super::draft::{DatasetDraft, DifferenceDraft, ScenarioDraft, TaskDraft, TaskRole};
use super::knob::Handle;
use crate::error::Invalid;
use crate::scenario::real;
pub use property::Property;

/// Adds a copy of the last source, or of the last task if there is none, at the end, with its own
/// name and data.
///
/// # Errors
///
/// If there would be too many tasks.
pub fn added(draft: &ScenarioDraft) -> Result<Scenario, Invalid> {
    let like = draft.tasks.iter().rposition(|task| task.role == TaskRole::Source);
    let Some(like) = like.or_else(|| draft.tasks.len().checked_sub(1)) else {
        return Err(Invalid::new("tasks", "no task", "at least one target"));
    };
    with_another(draft, like, |task| {
        task.role = TaskRole::Source;
        task.count = None;
    })
}

/// Copies the task with an index to the end.
///
/// The copy has its own data: a random θ is redrawn, and a θ at an angle to another points
/// elsewhere at the same angle. A difference along axes becomes generic, because it would move the
/// θ that both refer to.
///
/// # Errors
///
/// If no task has the index, or there would be too many tasks.
pub fn copied(draft: &ScenarioDraft, task: usize) -> Result<Scenario, Invalid> {
    entry(draft, task)?;
    if draft.dataset.is_some() {
        let allowed = "a task that is drawn; `a` adds the next task of the data set";
        return Err(Invalid::new("tasks", "a copy of a real task", allowed));
    }
    with_another(draft, task, |_| {})
}

fn with_another(
    draft: &ScenarioDraft,
    like: usize,
    change: impl FnOnce(&mut TaskDraft),
) -> Result<Scenario, Invalid> {
    let mut draft = draft.clone();
    let name = match &draft.dataset {
        Some(place) => unused(place, &draft)?,
        None => names::free(&draft, like),
    };
    let mut task = TaskDraft { name, ..draft.tasks[like].clone() };
    if let Some(theta) = &mut task.theta {
        theta.difference = DifferenceDraft::Generic;
    }
    change(&mut task);
    draft.tasks.push(task);
    Scenario::check(draft)
}

/// The first task of a data set that a scenario does not have yet.
fn unused(place: &DatasetDraft, draft: &ScenarioDraft) -> Result<String, Invalid> {
    let data = real::find(place).map_err(|error| Invalid::new("dataset", error, "a data set"))?;
    let new = data.tasks().iter().find(|task| draft.task(&task.name).is_none());
    new.map(|task| task.name.clone()).ok_or_else(|| {
        let allowed =
            "the tasks of the data set, which are all here; the role aside leaves one out";
        Invalid::new("tasks", "another task", allowed)
    })
}

/// Deletes the task with an index. A focus on one of its knobs is removed.
///
/// # Errors
///
/// If no task has the index, it is the last target, or the θ of another task refers to it.
pub fn deleted(draft: &ScenarioDraft, task: usize) -> Result<Scenario, Invalid> {
    let gone = entry(draft, task)?;
    let field = format!("tasks[{task}]");
    if is_last_target(draft, task) {
        let allowed = "a task other than the last target";
        return Err(Invalid::new(field, "the last target", allowed));
    }
    if let Some(by) = draft.tasks.iter().find(|other| names::refers(other, &gone.name)) {
        let found = format!("a task that the θ of {} refers to", by.name);
        let allowed = "a task that no θ refers to; the role aside takes any task out of training";
        return Err(Invalid::new(field, found, allowed));
    }
    let mut draft = draft.clone();
    draft.tasks.remove(task);
    settle_focus(&mut draft);
    Scenario::check(draft)
}

/// Renames the task with an index, and updates everything that refers to it by name.
///
/// # Errors
///
/// If no task has the index, or the name is not allowed or already in use.
pub fn renamed(draft: &ScenarioDraft, task: usize, name: &str) -> Result<Scenario, Invalid> {
    let old = entry(draft, task)?.name.clone();
    let field = format!("tasks[{task}].name");
    if draft.task(name).is_some_and(|other| other != task) {
        let found = format!("\"{name}\", which is already in use");
        return Err(Invalid::new(field, found, "a different name for each task"));
    }
    let mut draft = draft.clone();
    draft.tasks[task].name = name.to_owned();
    names::follow(&mut draft, &old, name);
    Scenario::check(draft)
}

/// Changes the role of the task with an index. A focus on a knob that can no longer be turned is
/// removed.
///
/// # Errors
///
/// If no task has the index, or it is the last target and would lose that role.
pub fn with_role(draft: &ScenarioDraft, task: usize, role: TaskRole) -> Result<Scenario, Invalid> {
    let name = &entry(draft, task)?.name;
    if role != TaskRole::Target && is_last_target(draft, task) {
        let found = format!("{} for \"{name}\", the last target", role.name());
        return Err(Invalid::new(format!("tasks[{task}].role"), found, "target"));
    }
    let mut draft = draft.clone();
    draft.tasks[task].role = role;
    settle_focus(&mut draft);
    Scenario::check(draft)
}

/// Puts the task with a name aside.
///
/// # Errors
///
/// If no task has the name, or it is the last target.
pub fn named_aside(draft: &ScenarioDraft, name: &str) -> Result<Scenario, Invalid> {
    let place = draft.tasks.iter().position(|task| task.name == name);
    let place = place.ok_or_else(|| {
        let names: Vec<&str> = draft.tasks.iter().map(|task| task.name.as_str()).collect();
        Invalid::new("--aside", format!("\"{name}\""), names.join(", "))
    })?;
    with_role(draft, place, TaskRole::Aside)
}

/// Moves the task with an index by a number of places towards the end (or, if negative, the
/// beginning), as far as possible. The order matters: a plane shows the first target and the first
/// source, and ratios refer to the rows of the first target.
///
/// # Errors
///
/// If no task has the index.
pub fn moved(draft: &ScenarioDraft, task: usize, by: i32) -> Result<Scenario, Invalid> {
    entry(draft, task)?;
    let mut draft = draft.clone();
    let place = task.saturating_add_signed(by as isize).min(draft.tasks.len() - 1);
    let moving = draft.tasks.remove(task);
    draft.tasks.insert(place, moving);
    settle_focus(&mut draft);
    Scenario::check(draft)
}

fn entry(draft: &ScenarioDraft, task: usize) -> Result<&TaskDraft, Invalid> {
    draft.tasks.get(task).ok_or_else(|| {
        let allowed = format!("an index below {}", draft.tasks.len());
        Invalid::new(format!("tasks[{task}]"), "no task", allowed)
    })
}

fn is_last_target(draft: &ScenarioDraft, task: usize) -> bool {
    let is_target = |i: usize| draft.tasks[i].role == TaskRole::Target;
    is_target(task) && (0..draft.tasks.len()).all(|other| other == task || !is_target(other))
}

/// Removes a focus on a knob that does not exist or belongs to a task aside.
pub(super) fn settle_focus(draft: &mut ScenarioDraft) {
    let focus = draft.focus.as_ref().map(|path| Handle::find(draft, path));
    let lost = match focus {
        None => false,
        Some(Ok(handle)) => handle.is_aside(draft),
        Some(Err(_)) => true,
    };
    if lost {
        draft.focus = None;
    }
}
