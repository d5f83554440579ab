//! The values of the properties of a task: reading, turning and setting them.

use super::choice::{Value, options};
use super::property::Property;
use super::{entry, renamed};
use crate::error::Invalid;
use crate::scenario::check::Scenario;
use crate::scenario::draft::ScenarioDraft;
use crate::scenario::knob::{Handle, followers};
use crate::scenario::names;

impl Property {
    /// The properties that at least one task of a scenario has.
    pub fn of(draft: &ScenarioDraft) -> Vec<Self> {
        let mut all = Self::all();
        let tasks = 0..draft.tasks.len();
        all.retain(|property| tasks.clone().any(|task| property.text(draft, task).is_some()));
        all
    }

    /// The knob of a task; `None` if the property is not a knob or the task does not have it.
    pub fn handle(self, draft: &ScenarioDraft, task: usize) -> Option<Handle> {
        let Self::Knob(knob) = self else { return None };
        let handle = Handle { knob, task };
        (task < draft.tasks.len() && handle.get(draft).is_some()).then_some(handle)
    }

    /// The current value in words; `None` if the task does not have the property.
    pub fn text(self, draft: &ScenarioDraft, task: usize) -> Option<String> {
        let of = draft.tasks.get(task)?;
        match self {
            Self::Knob(knob) => Some(knob.text(self.handle(draft, task)?.get(draft)?)),
            Self::Name => Some(of.name.clone()),
            _ => Some(options(self, draft, task).swap_remove(self.chosen(draft, task)?).words),
        }
    }

    /// The current value as text from which [`Property::written`] reads the same value.
    pub fn exact(self, draft: &ScenarioDraft, task: usize) -> Option<String> {
        match self {
            Self::Knob(knob) => Some(knob.exact(self.handle(draft, task)?.get(draft)?)),
            _ => self.text(draft, task),
        }
    }

    /// The allowed values, in words.
    pub fn allowed(self, draft: &ScenarioDraft, task: usize) -> String {
        match self {
            Self::Name => names::ALLOWED.to_owned(),
            Self::Knob(knob) => knob.allowed_words(),
            _ => {
                let words: Vec<String> =
                    options(self, draft, task).into_iter().map(|option| option.words).collect();
                words.join(", ")
            }
        }
    }

    /// The scenario with a property of a task turned by `notches`: numbers go up or down, options
    /// to the next valid one.
    ///
    /// # Errors
    ///
    /// If the task does not have the property, it cannot be turned, or the scenario is invalid.
    pub fn turned(
        self,
        draft: &ScenarioDraft,
        task: usize,
        notches: i32,
    ) -> Result<Scenario, Invalid> {
        entry(draft, task)?;
        if let Self::Knob(knob) = self {
            let value = self.handle(draft, task).and_then(|handle| handle.get(draft));
            let value = value.ok_or_else(|| self.missing(task))?;
            return self.valued(draft, task, knob.step(value, notches));
        }
        let Some(chosen) = self.chosen(draft, task) else {
            return Err(match self {
                Self::Name => {
                    let allowed = "a typed name";
                    Invalid::new(format!("tasks[{task}].name"), "a turn", allowed)
                }
                _ => self.missing(task),
            });
        };
        let options = options(self, draft, task);
        let next = |steps: usize| {
            let by = notches.signum() * steps as i32;
            (chosen as i32 + by).rem_euclid(options.len() as i32) as usize
        };
        let mut refusal = None;
        for option in (1..options.len()).map(|steps| &options[next(steps)]) {
            match option.value.clone().put(draft, task) {
                Ok(scenario) => return Ok(scenario),
                Err(problem) => refusal = refusal.or(Some(problem)),
            }
        }
        match refusal {
            Some(problem) => Err(problem),
            None => Scenario::check(draft.clone()),
        }
    }

    /// The scenario with a property of a task set from text.
    ///
    /// # Errors
    ///
    /// If the task does not have the property, the text cannot be parsed, or the scenario is
    /// invalid.
    pub fn written(
        self,
        draft: &ScenarioDraft,
        task: usize,
        text: &str,
    ) -> Result<Scenario, Invalid> {
        entry(draft, task)?;
        let text = text.trim();
        match self {
            Self::Name => renamed(draft, task, text),
            Self::Knob(knob) => {
                let handle = self.handle(draft, task).ok_or_else(|| self.missing(task))?;
                self.valued(draft, task, knob.parse(&handle.path(draft), text)?)
            }
            _ if self.chosen(draft, task).is_none() => Err(self.missing(task)),
            _ => {
                let options = options(self, draft, task);
                match options.into_iter().find(|option| option.words == text) {
                    Some(option) => option.value.put(draft, task),
                    None => Err(Invalid::new(
                        format!("tasks[{task}].{}", self.field()),
                        format!("\"{text}\""),
                        self.allowed(draft, task),
                    )),
                }
            }
        }
    }

    /// The scenario with a property of a task copied from a task of another draft. A spectrum
    /// brings its number of loud axes along; a reference brings its angle.
    ///
    /// # Errors
    ///
    /// If either task does not have the property, or the scenario is invalid.
    pub fn restored(
        self,
        draft: &ScenarioDraft,
        task: usize,
        from: (&ScenarioDraft, usize),
    ) -> Result<Scenario, Invalid> {
        let (before, was) = (entry(from.0, from.1)?, entry(draft, task)?);
        let mut changed = draft.clone();
        match self {
            Self::Reference
                if before.theta.as_ref().map(|t| &t.from)
                    != was.theta.as_ref().map(|t| &t.from) =>
            {
                changed.tasks[task].theta.clone_from(&before.theta);
            }
            Self::Spectrum if before.covariance.spectrum != was.covariance.spectrum => {
                followers(&mut changed, task).for_each(|task| {
                    task.covariance.spectrum = before.covariance.spectrum;
                    task.covariance.size = before.covariance.size;
                });
            }
            _ => {
                let text = self.exact(from.0, from.1);
                let text = text.ok_or_else(|| self.missing(from.1))?;
                return self.written(draft, task, &text);
            }
        }
        Scenario::check(changed)
    }

    fn valued(self, draft: &ScenarioDraft, task: usize, value: f64) -> Result<Scenario, Invalid> {
        let mut draft = draft.clone();
        let handle = self.handle(&draft, task).ok_or_else(|| self.missing(task))?;
        handle.set(&mut draft, value)?;
        Scenario::check(draft)
    }

    /// The field in the file, below its task.
    fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Knob(knob) => knob.field,
            Self::Spectrum => "covariance.spectrum",
            Self::Axes => "covariance.axes",
            Self::Reference => "theta.from",
            Self::Difference => "theta.difference",
        }
    }

    /// The error for a task without the property.
    fn missing(self, task: usize) -> Invalid {
        let allowed = match self {
            Self::Difference => "a task with a reference in θ from",
            Self::Knob(knob) => match knob.name {
                "angle" | "cosine" => "a task with a reference in θ from",
                "weight" => "a weight, if model.weights is manual",
                "ratio" => "a source with rows of its own",
                "flips" => "a task with sign labels",
                "size" => "a task with a block of loud axes",
                _ => "the first task, whose rows all share",
            },
            _ => "the first task, whose rows all share",
        };
        let found = format!("no {}", self.name());
        Invalid::new(format!("tasks[{task}].{}", self.field()), found, allowed)
    }

    /// The index of the current option; `None` if the task has none or the property has no options.
    fn chosen(self, draft: &ScenarioDraft, task: usize) -> Option<usize> {
        let present = Value::of(self, draft, task)?;
        options(self, draft, task).iter().position(|option| option.value == present)
    }
}
