//! Editable properties of a task: its knobs and its other fields.

use crate::scenario::knob::{KNOBS, Knob, KnobScope};

/// The knobs shown first, before the properties that are not numbers.
const FIRST: [&str; 8] =
    ["count", "samples", "noise", "angle", "cosine", "condition", "rotation", "size"];

/// An editable property of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Property {
    /// The name.
    Name,
    /// The role.
    Role,
    /// A knob.
    Knob(&'static Knob),
    /// The shape of the spectrum of its rows.
    Spectrum,
    /// The axes of its rows.
    Axes,
    /// The reference task of its θ, or none.
    Reference,
    /// The direction of the difference between these two θs.
    Difference,
}

impl Property {
    /// All properties, including every knob of a task, in the order shown.
    pub fn all() -> Vec<Self> {
        let knob = |name: &str| KNOBS.iter().find(|k| k.scope == KnobScope::Task && k.name == name);
        let first = FIRST.iter().filter_map(|name| knob(name));
        let others =
            KNOBS.iter().filter(|k| k.scope == KnobScope::Task && !FIRST.contains(&k.name));
        [Self::Name, Self::Role]
            .into_iter()
            .chain(first.map(Self::Knob))
            .chain([Self::Spectrum, Self::Axes, Self::Reference, Self::Difference])
            .chain(others.map(Self::Knob))
            .collect()
    }

    /// The name of the property.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Knob(knob) => knob.name,
            Self::Spectrum => "spectrum",
            Self::Axes => "axes",
            Self::Reference => "θ from",
            Self::Difference => "differs",
        }
    }

    /// The symbol in the paper, or an empty string.
    pub fn symbol(self) -> &'static str {
        if let Self::Knob(knob) = self { knob.symbol } else { "" }
    }

    /// A short explanation.
    pub fn help(self) -> &'static str {
        match self {
            Self::Name => "the name of the task, first part of the paths of its knobs",
            Self::Role => {
                "target: its gain is measured; source: trained with it; aside: not trained"
            }
            Self::Knob(knob) => knob.help,
            Self::Spectrum => "block: some loud axes, all others quiet; decay: from loud to quiet",
            Self::Axes => {
                "shared by all tasks, random, or random with the loudest along the θ difference"
            }
            Self::Reference => "the task to whose θ the angle is measured, or random",
            Self::Difference => {
                "how the two θs differ: anywhere, along loud axes, or opposite to them"
            }
        }
    }
}
