//! Checks names, roles and counts of the tasks.

use crate::error::{Invalid, brief};
use crate::scenario::draft::{ScenarioDraft, TaskRole};
use crate::scenario::group::Group;
use crate::scenario::names;

/// Most tasks of a scenario.
const MOST_TASKS: usize = 32;

/// The groups of all tasks, including those aside. At least one must be a target.
pub(super) fn groups(draft: &ScenarioDraft) -> Result<Vec<Group>, Invalid> {
    let mut groups: Vec<Group> = Vec::new();
    let mut first = 0;
    for (i, task) in draft.tasks.iter().enumerate() {
        check_name(draft, i)?;
        let count = task.count.unwrap_or(1.0) as usize;
        groups.push(Group {
            entry: i,
            name: task.name.clone(),
            role: task.role,
            tasks: first..first + count,
        });
        first += count;
    }
    if first == 0 || first > MOST_TASKS {
        return Err(Invalid::new("tasks", first, format!("1 to {MOST_TASKS} tasks in all")));
    }
    if groups.iter().all(|group| group.role != TaskRole::Target) {
        return Err(Invalid::new("tasks", "no task with the role target", "at least one"));
    }
    Ok(groups)
}

fn check_name(draft: &ScenarioDraft, i: usize) -> Result<(), Invalid> {
    let name = &draft.tasks[i].name;
    if let Some((what, allowed)) = names::refusal(name) {
        let found = format!("\"{}\"{what}", brief(name));
        return Err(Invalid { field: format!("tasks[{i}].name"), found, allowed });
    }
    if draft.task(name) != Some(i) {
        return Err(Invalid::new(
            format!("tasks[{i}].name"),
            format!("\"{name}\", which is already in use"),
            "a different name for each task",
        ));
    }
    check_numbered(draft, i)
}

/// Refuses an entry of several tasks if one of them, such as `source-2`, has a name of another kind
/// or that of another entry.
fn check_numbered(draft: &ScenarioDraft, i: usize) -> Result<(), Invalid> {
    let task = &draft.tasks[i];
    let count = task.count.unwrap_or(1.0).min(MOST_TASKS as f64) as usize;
    for number in (1..=count).filter(|_| count > 1) {
        let name = numbered(&task.name, number);
        if draft.task(&name).is_some() || names::is_number(&name) {
            return Err(Invalid::new(
                format!("tasks[{i}].name"),
                format!("\"{}\", whose {count} tasks would include \"{name}\"", task.name),
                "a name whose tasks differ from all others and are no numbers",
            ));
        }
    }
    Ok(())
}

/// The name of one of several tasks of an entry.
pub(super) fn numbered(entry: &str, number: usize) -> String {
    format!("{entry}-{number}")
}
