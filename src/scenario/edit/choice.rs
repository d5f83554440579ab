//! Properties of a task that are not numbers: their options and their effect.

use super::property::Property;
use super::with_role;
use crate::error::Invalid;
use crate::scenario::check::Scenario;
use crate::scenario::draft::{
    AxesDraft, DifferenceDraft, ScenarioDraft, SpectrumDraft, TaskDraft, TaskRole, ThetaDraft,
};
use crate::scenario::knob::{followers, leads};

/// Used in place of a name if a θ has no reference; no task can have this name.
const NO_REFERENCE: &str = "(random)";

/// An option.
pub(super) struct Choice {
    pub(super) words: String,
    pub(super) value: Value,
}

/// A value that is not a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Role(TaskRole),
    Spectrum(SpectrumDraft),
    Axes(AxesDraft),
    Reference(Option<String>),
    Difference(DifferenceDraft),
}

/// The options of a property.
pub(super) fn options(property: Property, draft: &ScenarioDraft, task: usize) -> Vec<Choice> {
    let single = |other: &usize| draft.tasks[*other].count.unwrap_or(1.0) == 1.0;
    let name = |other: usize| draft.tasks[other].name.clone();
    let others = || (0..draft.tasks.len()).filter(single);
    let option = |words: &str, value: Value| Choice { words: words.to_owned(), value };
    match property {
        Property::Name | Property::Knob(_) => Vec::new(),
        Property::Role => {
            TaskRole::ALL.iter().map(|role| option(role.name(), Value::Role(*role))).collect()
        }
        Property::Spectrum => vec![
            option("block", Value::Spectrum(SpectrumDraft::Block)),
            option("decay", Value::Spectrum(SpectrumDraft::Decay)),
        ],
        Property::Axes => vec![
            option("shared", Value::Axes(AxesDraft::Shared)),
            option("random", Value::Axes(AxesDraft::Random)),
            option("difference", Value::Axes(AxesDraft::Difference)),
        ],
        Property::Reference => std::iter::once(option(NO_REFERENCE, Value::Reference(None)))
            .chain(
                others()
                    .filter(|&other| other != task && draft.tasks[other].theta.is_none())
                    .map(|other| option(&name(other), Value::Reference(Some(name(other))))),
            )
            .collect(),
        Property::Difference => std::iter::once(option("generic", generic()))
            .chain(others().flat_map(|other| {
                let loud = DifferenceDraft::Loud(name(other));
                let opposite = DifferenceDraft::Opposite(name(other));
                [
                    option(&format!("loud {}", name(other)), Value::Difference(loud)),
                    option(&format!("opposite {}", name(other)), Value::Difference(opposite)),
                ]
            }))
            .collect(),
    }
}

fn generic() -> Value {
    Value::Difference(DifferenceDraft::Generic)
}

impl Value {
    /// The current value of a task. If all tasks share their rows, only the first has values for
    /// them.
    pub(super) fn of(property: Property, draft: &ScenarioDraft, task: usize) -> Option<Self> {
        let of: &TaskDraft = draft.tasks.get(task)?;
        let theta = of.theta.as_ref();
        match property {
            Property::Name | Property::Knob(_) => None,
            _ if draft.dataset.is_some() && property != Property::Role => None,
            Property::Role => Some(Self::Role(of.role)),
            Property::Spectrum => {
                leads(draft, task).then_some(Self::Spectrum(of.covariance.spectrum))
            }
            Property::Axes => leads(draft, task).then_some(Self::Axes(of.covariance.axes)),
            Property::Reference => Some(Self::Reference(theta.map(|theta| theta.from.clone()))),
            Property::Difference => theta.map(|theta| Self::Difference(theta.difference.clone())),
        }
    }

    /// The scenario with this value.
    pub(super) fn put(self, draft: &ScenarioDraft, task: usize) -> Result<Scenario, Invalid> {
        let mut draft = draft.clone();
        match self {
            Self::Role(role) => return with_role(&draft, task, role),
            Self::Spectrum(spectrum) => followers(&mut draft, task).for_each(|task| {
                task.covariance.spectrum = spectrum;
                if spectrum == SpectrumDraft::Decay {
                    task.covariance.size = None;
                }
            }),
            Self::Axes(axes) => {
                followers(&mut draft, task).for_each(|task| task.covariance.axes = axes);
            }
            Self::Reference(None) => draft.tasks[task].theta = None,
            Self::Reference(Some(from)) => match &mut draft.tasks[task].theta {
                Some(theta) => theta.from = from,
                theta @ None => {
                    let (angle, cosine) = (Some(0.0), None);
                    let difference = DifferenceDraft::Generic;
                    *theta = Some(ThetaDraft { from, angle, cosine, difference });
                }
            },
            Self::Difference(difference) => {
                if let Some(theta) = &mut draft.tasks[task].theta {
                    theta.difference = difference;
                }
            }
        }
        super::settle_focus(&mut draft);
        Scenario::check(draft)
    }
}
