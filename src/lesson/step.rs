//! The steps of a lesson.

use super::condition::Condition;
use super::quantity::Quantity;
use super::text::Text;
use crate::catalog::FigureInfo;
use crate::scenario::{Handle, Scenario};

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonStep {
    /// What happens in it.
    pub kind: StepKind,
    /// What is said.
    pub text: Text,
    /// What is said to the teacher alone.
    pub teacher: Option<String>,
    /// What helps, one after the other.
    pub hints: Vec<Text>,
    /// The scenario it is about.
    pub scenario: Scenario,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// Something is said.
    Say,
    /// A choice is committed before anything is seen of the setting.
    Predict {
        /// The question.
        ask: Text,
        /// What may be answered.
        choices: Vec<Choice>,
        /// The setting that it is about.
        setting: String,
        /// Whether students say how sure they are.
        confidence: bool,
    },
    /// What was measured is seen.
    Reveal {
        /// The setting.
        setting: String,
        /// The place of the prediction that it answers.
        answers: Option<usize>,
        /// What is said to those who were right.
        right: Text,
        /// What is said to those who were wrong.
        wrong: Text,
    },
    /// A value of a knob is sought, and checked against what is measured.
    Find {
        /// The question.
        ask: Text,
        /// The knob.
        knob: Handle,
        /// What the value must be.
        sought: SoughtValue,
    },
    /// Knobs are turned until a goal holds.
    Free {
        /// The task.
        ask: Text,
        /// The goal.
        goal: Condition,
        /// The scenario with knobs turned so that the goal holds.
        example: Box<Scenario>,
    },
    /// Something is written in one's own words.
    Explain {
        /// The question.
        ask: Text,
        /// An answer to compare with.
        answer: Text,
    },
    /// A figure is saved.
    Export {
        /// What to do.
        ask: Text,
        /// The figure.
        figure: &'static FigureInfo,
    },
    /// A place to stop: what was answered so far.
    Checkpoint,
}

impl PartialEq for FigureInfo {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What a value that is sought must be.
#[derive(Debug, Clone, PartialEq)]
pub enum SoughtValue {
    /// Inside the interval of a number that is measured, widened by a notch of the knob.
    Inside(Quantity),
    /// One at which a condition holds, as it does in an example.
    Where(Condition, Box<Scenario>),
}

/// An answer that may be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The answer.
    pub text: Text,
    /// When it is right.
    pub when: Condition,
}

impl StepKind {
    /// Its name in lesson files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Predict { .. } => "predict",
            Self::Reveal { .. } => "reveal",
            Self::Find { .. } => "find",
            Self::Free { .. } => "free",
            Self::Explain { .. } => "explain",
            Self::Export { .. } => "export",
            Self::Checkpoint => "checkpoint",
        }
    }

    /// What it is called for students.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Say => "Read",
            Self::Predict { .. } => "Predict",
            Self::Reveal { .. } => "What was measured",
            Self::Find { .. } => "Find a value",
            Self::Free { .. } => "Reach a goal",
            Self::Explain { .. } => "Explain",
            Self::Export { .. } => "Save a figure",
            Self::Checkpoint => "A place to stop",
        }
    }

    /// The question it asks.
    pub fn ask(&self) -> Option<&Text> {
        match self {
            Self::Predict { ask, .. }
            | Self::Find { ask, .. }
            | Self::Free { ask, .. }
            | Self::Explain { ask, .. }
            | Self::Export { ask, .. } => Some(ask),
            Self::Say | Self::Reveal { .. } | Self::Checkpoint => None,
        }
    }

    /// Whether knobs can be turned in it.
    pub fn is_free(&self) -> bool {
        matches!(self, Self::Find { .. } | Self::Free { .. })
    }
}

impl LessonStep {
    /// Names of the settings of which it tells.
    pub(super) fn tells_of(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.texts().into_iter().flat_map(Text::settings).collect();
        if let StepKind::Reveal { setting, .. } = &self.kind {
            names.push(setting);
        }
        names
    }

    /// Names of the settings by which its answers are judged.
    pub(super) fn judged_by(&self) -> Vec<&str> {
        match &self.kind {
            StepKind::Predict { setting, choices, .. } => {
                let of_choices = choices.iter().flat_map(|choice| choice.when.settings());
                std::iter::once(setting.as_str()).chain(of_choices).collect()
            }
            StepKind::Find { sought: SoughtValue::Inside(number), .. } => {
                vec![&number.subject.setting]
            }
            StepKind::Find { sought: SoughtValue::Where(condition, _), .. }
            | StepKind::Free { goal: condition, .. } => condition.settings().collect(),
            _ => Vec::new(),
        }
    }

    /// Everything that it says to students.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.text];
        texts.extend(self.kind.ask());
        texts.extend(&self.hints);
        match &self.kind {
            StepKind::Predict { choices, .. } => texts.extend(choices.iter().map(|c| &c.text)),
            StepKind::Reveal { right, wrong, .. } => texts.extend([right, wrong]),
            StepKind::Explain { answer, .. } => texts.push(answer),
            _ => {}
        }
        texts
    }
}

/// The letter of a choice: a, b, c …
pub fn letter(choice: usize) -> char {
    char::from(b'a' + choice.min(25) as u8)
}
