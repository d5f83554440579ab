//! What can go wrong, in the words of the person who meets it, with the exit code it ends in.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A value that cannot be accepted: where it stands, what was found, what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Path of the field inside the scenario, for instance `tasks[1].samples`, or of a knob.
    pub field: String,
    /// What was found there.
    pub found: String,
    /// What would be accepted.
    pub allowed: String,
}

impl Invalid {
    /// Names a field, what was found in it and what is allowed.
    pub fn new(
        field: impl Into<String>,
        found: impl fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), found: brief(&found.to_string()), allowed: allowed.into() }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; allowed: {}", self.field, self.found, self.allowed)
    }
}

impl std::error::Error for Invalid {}

/// The beginning of a text that would take too much room in a message.
pub fn brief(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The codes in which the program ends, each with what it means.
pub const EXIT_CODES: [(u8, &str); 6] = [
    (0, "done"),
    (1, "failed"),
    (2, "bad usage, file or command"),
    (4, "a claim or lesson contradicted"),
    (5, "cannot write"),
    (130, "interrupted"),
];

/// Everything taskscope reports to its user as a failure.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A scenario holds a value that is not allowed.
    #[error("{origin}: {problem}")]
    Scenario {
        /// The file, or `preset NAME`.
        origin: String,
        /// Field, found, allowed.
        problem: Invalid,
    },
    /// A configuration holds a setting or value that is not allowed.
    #[error("{origin}:{line}: {problem}")]
    Config {
        /// The file.
        origin: String,
        /// Line of the fault, from 1.
        line: usize,
        /// Setting, found, allowed.
        problem: Invalid,
    },
    /// A lesson holds something that is not allowed.
    #[error("{origin}: {problem}")]
    Lesson {
        /// The file, with the line of the step where there is one.
        origin: String,
        /// Step and key, found, allowed.
        problem: Invalid,
    },
    /// What lessons teach is not so for enough students.
    #[error("not so: {0}")]
    NotTaught(String),
    /// A scenario is not readable JSON of the right shape.
    #[error("{origin}:{line}:{column}: {field}{message}")]
    Json {
        /// The file.
        origin: String,
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// Path of the field with a colon behind it, or empty where none is known.
        field: String,
        /// What the parser found and what it expected.
        message: String,
    },
    /// A value on the command line or in a field of the screen is not allowed.
    #[error("{0}")]
    Value(#[from] Invalid),
    /// A file cannot be read.
    #[error("{path}: cannot be read: {source}", path = .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is to be new is there already.
    #[error("{path}: found a file; allowed: a name that is free", path = .0.display())]
    Exists(PathBuf),
    /// A file cannot be written; what stood there before is untouched.
    #[error("{path}: cannot be written: {source}", path = .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Measurements contradict what is expected of claims.
    #[error("contradicted: {0}")]
    Contradicted(String),
    /// Commands of line mode were refused, each with the reason in its answer.
    #[error("not done: {0} of the commands; the answers say why")]
    Refused(usize),
    /// Files of answers were refused, each with the reason.
    #[error("not graded: {0}, named above")]
    Ungraded(String),
    /// Anything else that stops the program.
    #[error("{0}")]
    Failed(String),
    /// The user or the system asked the program to stop.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// The exit code, one of [`EXIT_CODES`].
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Scenario { .. }
            | Self::Lesson { .. }
            | Self::Json { .. }
            | Self::Config { .. }
            | Self::Value(_)
            | Self::Read { .. }
            | Self::Exists(_)
            | Self::Refused(_)
            | Self::Ungraded(_) => 2,
            Self::Contradicted(_) | Self::NotTaught(_) => 4,
            Self::Write { .. } => 5,
            Self::Interrupted => 130,
        }
    }
}

/// A result whose failure is an [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
