//! The screens, and the contexts on them in which keys have different meanings.

/// A screen. Its name and digit stand in [`SCREENS`](super::SCREENS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// One scenario, its knobs and its verdict.
    Lab,
    /// All tasks of the scenario.
    Tasks,
    /// The reason for the verdict, in words and numbers.
    Theory,
    /// The gain of every task with every other.
    Affinity,
    /// The gain along one knob or two.
    Sweep,
    /// All studies of this session.
    Runs,
    /// The lessons.
    Lessons,
}

/// A context for keys: a screen or part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyContext {
    /// The Lab.
    Lab,
    /// The table of the Tasks screen.
    Tasks,
    /// The Theory screen.
    Theory,
    /// The matrix of the Affinity screen.
    Matrix,
    /// The form of the Sweep screen.
    Form,
    /// The chart of the Sweep screen.
    Chart,
    /// The list of the Runs screen.
    Runs,
    /// The list of the Lessons screen.
    Lessons,
    /// The cross-hair in a chart of the Lab, Theory or Tasks screen.
    Crosshair,
    /// A step of a lesson that is only read.
    Lesson,
    /// A step of a lesson that asks for a prediction.
    Question,
    /// A step of a lesson with knobs to turn.
    Bench,
}

impl KeyContext {
    /// All contexts.
    pub const ALL: [Self; 12] = [
        Self::Lab,
        Self::Tasks,
        Self::Theory,
        Self::Matrix,
        Self::Form,
        Self::Chart,
        Self::Runs,
        Self::Lessons,
        Self::Crosshair,
        Self::Lesson,
        Self::Question,
        Self::Bench,
    ];

    /// All contexts outside a lesson.
    pub const OUTSIDE: [Self; 9] = [
        Self::Lab,
        Self::Tasks,
        Self::Theory,
        Self::Matrix,
        Self::Form,
        Self::Chart,
        Self::Runs,
        Self::Lessons,
        Self::Crosshair,
    ];

    /// Returns true for a step of a lesson, which only Esc leaves.
    pub fn is_in_lesson(self) -> bool {
        matches!(self, Self::Lesson | Self::Question | Self::Bench)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Tasks => "table",
            Self::Theory => "Theory",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::Chart => "chart",
            Self::Runs => "list",
            Self::Lessons => "lessons",
            Self::Crosshair => "cross-hair",
            Self::Lesson => "lesson",
            Self::Question => "question",
            Self::Bench => "bench",
        }
    }
}
