//! The steps of a lesson.

use super::condition::Condition;
use super::quantity::Quantity;
use super::text::Text;
use crate::catalog::FigureInfo;
use crate::scenario::{Handle, Scenario};

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonStep {
    /// The kind of step.
    pub kind: StepKind,
    /// The text shown to students.
    pub text: Text,
    /// A note for the teacher only.
    pub teacher: Option<String>,
    /// Hints, shown one after the other.
    pub hints: Vec<Text>,
    /// The scenario that the step uses.
    pub scenario: Scenario,
}

/// The kinds of step, with the data of each.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// Reads a text.
    Say,
    /// Commits a choice before anything about the setting is shown.
    Predict {
        /// The question.
        ask: Text,
        /// The choices.
        choices: Vec<Choice>,
        /// The setting that the question is about.
        setting: String,
        /// True if students also say how sure they are.
        confidence: bool,
    },
    /// Shows a measurement.
    Reveal {
        /// The setting.
        setting: String,
        /// The place of the prediction that it answers, if any.
        answers: Option<usize>,
        /// Text for those who were right.
        right: Text,
        /// Text for those who were wrong.
        wrong: Text,
    },
    /// Finds a value of a knob, which is checked against a measurement.
    Find {
        /// The question.
        ask: Text,
        /// The knob.
        knob: Handle,
        /// The requirement on the value.
        sought: SoughtValue,
    },
    /// Turns knobs until a goal holds.
    Free {
        /// The task set to the student.
        ask: Text,
        /// The goal.
        goal: Condition,
        /// A scenario in which the goal holds, reached by turning knobs.
        example: Box<Scenario>,
    },
    /// Writes an answer in the student's own words.
    Explain {
        /// The question.
        ask: Text,
        /// A model answer to compare with.
        answer: Text,
    },
    /// Saves a figure.
    Export {
        /// The instruction.
        ask: Text,
        /// The figure.
        figure: &'static FigureInfo,
    },
    /// A place to stop, with a summary of the answers so far.
    Checkpoint,
}

impl PartialEq for FigureInfo {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The requirement on a value to be found.
#[derive(Debug, Clone, PartialEq)]
pub enum SoughtValue {
    /// Inside the interval of a measured number, widened by one notch of the knob.
    Inside(Quantity),
    /// A value at which a condition holds, with an example scenario where it does.
    Where(Condition, Box<Scenario>),
}

/// A choice of a prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The text.
    pub text: Text,
    /// The condition under which it is right.
    pub when: Condition,
}

impl StepKind {
    /// The kind's name in lesson files.
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

    /// The heading shown to students.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Say => "Read",
            Self::Predict { .. } => "Predict",
            Self::Reveal { .. } => "The measurement",
            Self::Find { .. } => "Find a value",
            Self::Free { .. } => "Reach a goal",
            Self::Explain { .. } => "Explain",
            Self::Export { .. } => "Save a figure",
            Self::Checkpoint => "A place to stop",
        }
    }

    /// The question, if the step asks one.
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

    /// Returns true if the step asks for a written answer.
    pub fn is_explain(&self) -> bool {
        matches!(self, Self::Explain { .. })
    }

    /// Returns true if knobs can be turned in this step.
    pub fn is_free(&self) -> bool {
        matches!(self, Self::Find { .. } | Self::Free { .. })
    }
}

impl LessonStep {
    /// Names of the settings that the step mentions.
    pub(super) fn tells_of(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.texts().into_iter().flat_map(Text::settings).collect();
        if let StepKind::Reveal { setting, .. } = &self.kind {
            names.push(setting);
        }
        names
    }

    /// Names of the settings that the answer is judged by.
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

    /// All texts shown to students.
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

/// The letter of a choice: a, b, c, …
pub fn letter(choice: usize) -> char {
    char::from(b'a' + choice.min(25) as u8)
}
