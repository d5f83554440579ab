//! A knob of a particular scenario: its path and its value.

use super::KNOBS;
use crate::error::Invalid;
use crate::error::names::listed;
use crate::scenario::draft::{ScenarioDraft, TaskRole};
use crate::scenario::knob::definition::{Knob, KnobScope};

/// The most knobs that a message lists in full.
const MOST_LISTED: usize = 40;

/// A knob of a scenario, with the task it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// The knob.
    pub knob: &'static Knob,
    /// Index of its task; 0 for knobs that belong to no task.
    pub task: usize,
}

impl Handle {
    /// All knobs of a scenario: those of sources, then targets, tasks aside, the model and the
    /// data.
    pub fn all(draft: &ScenarioDraft) -> Vec<Self> {
        let mut tasks: Vec<usize> = (0..draft.tasks.len()).collect();
        tasks.sort_by_key(|&i| match draft.tasks[i].role {
            TaskRole::Source => 0,
            TaskRole::Target => 1,
            TaskRole::Aside => 2,
        });
        let of_tasks = tasks.into_iter().flat_map(|task| {
            let knobs = KNOBS.iter().filter(|k| k.scope == KnobScope::Task);
            knobs.map(move |knob| Self { knob, task })
        });
        let others = KNOBS.iter().filter(|k| k.scope != KnobScope::Task);
        of_tasks
            .chain(others.map(|knob| Self { knob, task: 0 }))
            .filter(|handle| handle.get(draft).is_some())
            .collect()
    }

    /// Finds the knob with a path such as `source.samples` or `model.width`.
    pub fn find(draft: &ScenarioDraft, path: &str) -> Result<Self, Invalid> {
        let all = Self::all(draft);
        all.iter().find(|handle| handle.path(draft) == path).copied().ok_or_else(|| {
            let mut paths: Vec<String> = all.iter().map(|handle| handle.path(draft)).collect();
            let alike = |other: &String| !path.is_empty() && other.contains(path);
            let is_like_some = paths.iter().any(alike);
            if is_like_some {
                paths.retain(alike);
            }
            let allowed = match paths.len() {
                0..=MOST_LISTED if !is_like_some => paths.join(", "),
                _ => format!("{}, or another knob (taskscope knobs lists them)", listed(&paths)),
            };
            Invalid::new("knob", format!("\"{path}\""), allowed)
        })
    }

    /// Returns true if it belongs to a task that is aside.
    pub fn is_aside(&self, draft: &ScenarioDraft) -> bool {
        let aside = draft.tasks.get(self.task).is_some_and(|task| task.role == TaskRole::Aside);
        aside && self.knob.scope == KnobScope::Task
    }

    /// Returns true if the Lab shows a slider for it; knobs of tasks aside have none.
    pub fn is_slider(&self, draft: &ScenarioDraft) -> bool {
        self.knob.slider && !self.is_aside(draft)
    }

    /// The path.
    pub fn path(&self, draft: &ScenarioDraft) -> String {
        match self.knob.scope {
            KnobScope::Task => format!("{}.{}", draft.tasks[self.task].name, self.knob.name),
            KnobScope::Model => format!("model.{}", self.knob.name),
            KnobScope::Data => format!("data.{}", self.knob.name),
        }
    }

    /// The field of its value in the file.
    pub fn field(&self) -> String {
        match self.knob.scope {
            KnobScope::Task => format!("tasks[{}].{}", self.task, self.knob.field),
            KnobScope::Model | KnobScope::Data => self.knob.field.to_owned(),
        }
    }

    /// The current value; `None` if the scenario does not have it.
    pub fn get(&self, draft: &ScenarioDraft) -> Option<f64> {
        let applies = draft.dataset.is_none() || self.knob.on_real;
        applies.then(|| (self.knob.get)(draft, self.task)).flatten()
    }

    /// The reason why it changes nothing at present, with what would wake it; `None` if it changes
    /// something.
    pub fn asleep(&self, draft: &ScenarioDraft) -> Option<&'static str> {
        (self.knob.asleep)(draft, self.task)
    }

    /// Smallest and largest allowed value in a scenario. The width may be as large as the number of
    /// tasks, and up to 16 with fewer; the size of a block and the rank of the θs as large as the
    /// dimension; a ratio leads to as many rows as a task may have.
    pub fn allowed(&self, draft: &ScenarioDraft) -> (f64, f64) {
        let (low, high) = self.knob.allowed;
        match self.knob.field {
            "model.width" => (low, high.min(super::most_width(draft))),
            "samples" if self.knob.name == "ratio" => super::table::ratios(draft, self.knob.track),
            _ if self.is_within_dimension() => (low, high.min(draft.data.dimension)),
            _ => (low, high),
        }
    }

    /// Returns true if its value is at most the dimension.
    pub(in crate::scenario) fn is_within_dimension(&self) -> bool {
        ["covariance.size", "data.rank"].contains(&self.knob.field)
    }

    /// The allowed values in a scenario, in words.
    pub fn allowed_words(&self, draft: &ScenarioDraft) -> String {
        self.knob.words_of(self.allowed(draft))
    }

    /// Checks that a value is allowed in a scenario; `place` names it in the error.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with the allowed values.
    pub fn check(&self, draft: &ScenarioDraft, place: &str, value: f64) -> Result<(), Invalid> {
        self.knob.check_within(place, value, self.allowed(draft))
    }

    /// Parses a value that is allowed in a scenario: a name for a choice, otherwise a number.
    ///
    /// # Errors
    ///
    /// [`Invalid`] with the allowed values.
    pub fn parse(&self, draft: &ScenarioDraft, place: &str, text: &str) -> Result<f64, Invalid> {
        self.knob.parse_within(place, text, self.allowed(draft))
    }

    /// Sets the value, if it is allowed.
    pub fn set(&self, draft: &mut ScenarioDraft, value: f64) -> Result<(), Invalid> {
        self.check(draft, &self.path(draft), value)?;
        (self.knob.set)(draft, self.task, value);
        Ok(())
    }
}

/// Applies `PATH=VALUE` to a draft.
pub fn assign(draft: &mut ScenarioDraft, assignment: &str) -> Result<(), Invalid> {
    let Some((path, value)) = assignment.split_once('=') else {
        return Err(Invalid::new("--set", format!("\"{assignment}\""), "KNOB=VALUE"));
    };
    let handle = Handle::find(draft, path.trim())?;
    let value = handle.parse(draft, path.trim(), value)?;
    handle.set(draft, value)
}
