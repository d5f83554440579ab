//! Errors in the user's words, each with its exit code.

pub mod format;
pub mod json;
pub mod names;

use std::path::PathBuf;
use std::{fmt, io};

use crate::text::shown;

/// A rejected value: its field, what was found and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Path of the field in the scenario, for instance `tasks[1].samples`, or of a knob.
    pub field: String,
    /// The value found there.
    pub found: String,
    /// A description of the accepted values.
    pub allowed: String,
}

impl Invalid {
    /// Creates an error from a field, the value found in it and a description of allowed values.
    /// The value is shortened; hidden characters become escapes.
    pub fn new(
        field: impl Into<String>,
        found: impl fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            found: brief(&shown(&found.to_string())),
            allowed: allowed.into(),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; allowed: {}", self.field, self.found, self.allowed)
    }
}

impl std::error::Error for Invalid {}

/// Shortens a text to 60 characters for use in a message.
pub fn brief(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What a parser of files says, in the words of people who write them: found and allowed.
fn plain(said: &str) -> String {
    const WORDS: [(&str, &str); 26] = [
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("invalid length ", "found the length "),
        ("unknown field ", "found the unknown field "),
        ("unknown variant ", "found "),
        ("missing field ", "found no field "),
        ("duplicate field ", "found twice the field "),
        (", expected one of ", "; allowed: "),
        (", expected ", "; allowed: "),
        ("there are no fields", "none"),
        ("allowed: f64", "allowed: a number"),
        ("allowed: a nonzero u64", "allowed: a whole number from 1 on"),
        ("allowed: u64", "allowed: a whole number from 0 on"),
        ("allowed: usize", "allowed: a whole number from 0 on"),
        ("allowed: a boolean", "allowed: true or false"),
        ("allowed: a string", "allowed: a text"),
        ("allowed: a sequence", "allowed: a list"),
        ("allowed: a map", "allowed: an object"),
        ("found map", "found an object"),
        ("found sequence", "found a list"),
        ("found unit value", "found null"),
        ("found string ", "found "),
        ("found integer ", "found "),
        ("found floating point ", "found "),
        ("found boolean ", "found "),
        ("string or map", "a text or an object"),
    ];
    let mut said = said.to_owned();
    for (from, to) in WORDS {
        said = said.replace(from, to);
    }
    if let Some((found, allowed)) = said.split_once("; allowed: ")
        && (allowed.starts_with("struct ") || allowed.starts_with("internally tagged"))
    {
        said = format!("{found}; allowed: an object");
    }
    said
}

/// All exit codes of the program, with their meanings.
pub const EXIT_CODES: [(u8, &str); 7] = [
    (0, "done"),
    (1, "failed"),
    (2, "bad usage, file or command"),
    (4, "a claim or lesson contradicted"),
    (5, "cannot write"),
    (101, "a bug in the program"),
    (130, "interrupted"),
];

/// Every failure that taskscope reports to its user.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A scenario contains a value that is not allowed.
    #[error("{origin}: {problem}")]
    Scenario {
        /// The file, or `preset NAME`.
        origin: String,
        /// The field, what was found and what is allowed.
        problem: Invalid,
    },
    /// A configuration file contains a setting or value that is not allowed.
    #[error("{origin}:{line}: {problem}")]
    Config {
        /// The file.
        origin: String,
        /// Line of the error, counted from 1.
        line: usize,
        /// The setting, what was found and what is allowed.
        problem: Invalid,
    },
    /// A lesson contains something that is not allowed.
    #[error("{origin}: {problem}")]
    Lesson {
        /// The file, with the line of the step if there is one.
        origin: String,
        /// The step and key, what was found and what is allowed.
        problem: Invalid,
    },
    /// Features and labels from a file cannot be used as they are.
    #[error("{origin}: {problem}")]
    Data {
        /// The file, with the line if it has lines.
        origin: String,
        /// The place in the file, what was found, and what is allowed or to be done.
        problem: Invalid,
    },
    /// A claim that a lesson teaches does not hold for enough students.
    #[error("not confirmed: {0}")]
    NotTaught(String),
    /// A scenario is not valid JSON of the right shape.
    #[error("{origin}:{line}:{column}: {field}{message}")]
    Json {
        /// The file.
        origin: String,
        /// Line of the error, counted from 1.
        line: usize,
        /// Column of the error, counted from 1.
        column: usize,
        /// Path of the field followed by a colon, or empty if it is unknown.
        field: String,
        /// A description of what the parser found and what it expected.
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
        /// The error from the operating system.
        source: io::Error,
    },
    /// A file that should be new already exists.
    #[error("{path}: found a file; allowed: a name that is free", path = .0.display())]
    Exists(PathBuf),
    /// A file cannot be written; its previous content is untouched.
    #[error("{path}: cannot be written: {source}", path = .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The error from the operating system.
        source: io::Error,
    },
    /// Measurements contradict the expected results of some claims.
    #[error("contradicted: {0}")]
    Contradicted(String),
    /// Some commands of line mode were refused; each answer gives the reason.
    #[error("commands refused: {0}; the answers say why")]
    Refused(usize),
    /// Some answer files were refused, each with a reason.
    #[error("not graded: {0}, listed above")]
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
            | Self::Data { .. }
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

/// A result with an [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
