//! Checks names, roles and counts of the tasks.

use crate::error::Invalid;
use crate::scenario::draft::{ScenarioDraft, TaskRole};
use crate::scenario::group::Group;

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
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty()
        || name.len() > 24
        || !name.chars().all(plain)
        || ["model", "data"].contains(&name.as_str())
    {
        return Err(Invalid::new(
            format!("tasks[{i}].name"),
            format!("\"{name}\""),
            "1 to 24 letters, digits, - or _, other than \"model\" and \"data\"",
        ));
    }
    if draft.task(name) != Some(i) {
        return Err(Invalid::new(
            format!("tasks[{i}].name"),
            format!("\"{name}\", which is already in use"),
            "a different name for each task",
        ));
    }
    Ok(())
}
