//! Names of tasks: finding an unused name, and updating references to a name.

use crate::scenario::draft::{DifferenceDraft, ScenarioDraft, TaskDraft};
use crate::scenario::names::{LONGEST, refusal};

/// An unused name: that of task `like` with its trailing number replaced by the next free one. It
/// has no dash, because a dash and a number denote the tasks of one entry.
pub(super) fn free(draft: &ScenarioDraft, like: usize) -> String {
    let name = &draft.tasks[like].name;
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_']);
    let stem = if stem.is_empty() { "task" } else { stem };
    let numbered = |number: usize| {
        let number = number.to_string();
        let kept = stem.chars().take(LONGEST - number.len());
        kept.chain(number.chars()).collect::<String>()
    };
    let mut number = 2;
    while draft.task(&numbered(number)).is_some() || refusal(&numbered(number)).is_some() {
        number += 1;
    }
    numbered(number)
}

/// Returns true if the θ of a task refers to a name.
pub(super) fn refers(task: &TaskDraft, name: &str) -> bool {
    task.theta.as_ref().is_some_and(|theta| {
        theta.from == name
            || matches!(&theta.difference,
                DifferenceDraft::Loud(to) | DifferenceDraft::Opposite(to) if to == name)
    })
}

/// Updates all references to the task `old`: θs, differences of θs and the focus.
pub(super) fn follow(draft: &mut ScenarioDraft, old: &str, new: &str) {
    let rename = |name: &mut String| {
        if name == old {
            new.clone_into(name);
        }
    };
    for theta in draft.tasks.iter_mut().filter_map(|task| task.theta.as_mut()) {
        rename(&mut theta.from);
        if let DifferenceDraft::Loud(to) | DifferenceDraft::Opposite(to) = &mut theta.difference {
            rename(to);
        }
    }
    if let Some((task, knob)) = draft.focus.as_ref().and_then(|path| path.split_once('.'))
        && task == old
    {
        draft.focus = Some(format!("{new}.{knob}"));
    }
}
