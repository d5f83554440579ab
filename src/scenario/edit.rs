//! Tasks added, copied, deleted, renamed, given another part or another place.
//!
//! Every function takes what is written down and answers with a checked scenario. Draws have the
//! place of a task among all tasks as their address, so
//!
//! * adding and copying put the new task last and leave all other data as they are;
//! * a task put aside leaves all other data as they are;
//! * deleting a task, moving one and changing how many tasks an entry stands for leave the data of
//!   the tasks before it as they are, and give those behind it others of the same distribution;
//! * a θ whose difference is placed along axes moves the θ it refers to as well (see
//!   [`Difference`](crate::task::ThetaDifference)), so that one comes back to its own place when such a
//!   task is deleted.

mod choice;
mod names;
mod property;

use super::check::Scenario;
use super::draft::{DifferenceDraft, ScenarioDraft, TaskDraft, TaskRole};
use super::knob::Handle;
use crate::error::Invalid;
pub use property::Property;

/// Adds a source like the last one, or like the last task where there is none, at the end: the
/// same numbers, a name of its own, data of its own.
///
/// # Errors
///
/// More tasks than a scenario may have.
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

/// Copies a task, by index, as a new one at the end.
///
/// The copy asks for what the task asks for and has data of its own: a random θ is drawn anew, and
/// one at an angle to another points elsewhere at the same angle. A difference of θs that is
/// placed along axes becomes a generic one, for it would move the θ that both refer to.
///
/// # Errors
///
/// An index without a task, more tasks than a scenario may have.
pub fn copied(draft: &ScenarioDraft, task: usize) -> Result<Scenario, Invalid> {
    entry(draft, task)?;
    with_another(draft, task, |_| {})
}

fn with_another(
    draft: &ScenarioDraft,
    like: usize,
    change: impl FnOnce(&mut TaskDraft),
) -> Result<Scenario, Invalid> {
    let mut draft = draft.clone();
    let mut task = TaskDraft { name: names::free(&draft, like), ..draft.tasks[like].clone() };
    if let Some(theta) = &mut task.theta {
        theta.difference = DifferenceDraft::Generic;
    }
    change(&mut task);
    draft.tasks.push(task);
    Scenario::check(draft)
}

/// Deletes a task by index. A focus on one of its knobs is taken off.
///
/// # Errors
///
/// An index without a task, the last target, a task that the θ of another refers to.
pub fn deleted(draft: &ScenarioDraft, task: usize) -> Result<Scenario, Invalid> {
    let gone = entry(draft, task)?;
    let field = format!("tasks[{task}]");
    if is_last_target(draft, task) {
        let allowed = "a task beside which there is another target";
        return Err(Invalid::new(field, "the last target", allowed));
    }
    if let Some(by) = draft.tasks.iter().find(|other| names::refers(other, &gone.name)) {
        let found = format!("a task that the θ of {} refers to", by.name);
        let allowed = "a task that no θ refers to; the role aside takes any out of the training";
        return Err(Invalid::new(field, found, allowed));
    }
    let mut draft = draft.clone();
    draft.tasks.remove(task);
    settle_focus(&mut draft);
    Scenario::check(draft)
}

/// Gives a task, by index, another name, and with it all that refers to it by name.
///
/// # Errors
///
/// An index without a task, a name that is not allowed or that another task has.
pub fn renamed(draft: &ScenarioDraft, task: usize, name: &str) -> Result<Scenario, Invalid> {
    let old = entry(draft, task)?.name.clone();
    let field = format!("tasks[{task}].name");
    if draft.task(name).is_some_and(|other| other != task) {
        let found = format!("\"{name}\" a second time");
        return Err(Invalid::new(field, found, "a name of its own for each task"));
    }
    let mut draft = draft.clone();
    draft.tasks[task].name = name.to_owned();
    names::follow(&mut draft, &old, name);
    Scenario::check(draft)
}

/// Gives a task, by index, another part in the comparison. A focus on a knob that is no longer
/// there to be turned is taken off.
///
/// # Errors
///
/// An index without a task, the last target.
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

/// Moves a task, by index, towards the end by a number of places, or towards the beginning by a
/// negative one, as far as there are some. The first target and the first source are those that
/// a plane shows, and ratios count the rows of the first target.
///
/// # Errors
///
/// An index without a task.
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

/// Takes the focus off a knob that the scenario does not have, or that belongs to a task aside.
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
