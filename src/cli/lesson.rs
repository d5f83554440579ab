//! `taskscope lesson`: lists, plays, prints, exports, grades, checks and creates lessons.

mod check;
mod export;
mod grade;
mod list;
mod measured;
mod new;
mod play;
#[cfg(feature = "tui")]
mod screen;
mod sheet;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::error::{Error, Invalid, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::{BuiltInLesson, LESSONS};
use crate::store::lessons;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the lessons and the misconception each corrects
    List(List),
    /// Play a lesson on the screen or in line mode; answers are kept in a file
    Play(play::Play),
    /// Print a worksheet of a lesson with its answer key, in Markdown
    Sheet(sheet::Sheet),
    /// Write a lesson as an HTML page that needs no network and no scripts
    Export(export::Export),
    /// Grade the answers of a class: a table, and the predictions beside the measured answers
    Grade(grade::Grade),
    /// Check that lessons hold for many students; exit code 4 if one fails for over 5 % of them
    Check(Check),
    /// Write a commented lesson file to start from
    New(New),
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Lessons by name, number or file [default: all built-in lessons]
    #[arg(value_name = "LESSON|FILE")]
    pub lessons: Vec<String>,
    /// Number of simulated students, each with their own random draws
    #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true)]
    pub students: usize,
    /// Number of computing threads [default: one a core]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The file to write; an existing file is not replaced
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

pub(super) fn lesson(asked: super::args::Lesson) -> Result<()> {
    match asked.command {
        Command::List(args) => list::list(&args),
        Command::Play(args) => play::play(&args),
        Command::Sheet(args) => sheet::sheet(&args),
        Command::Export(args) => export::export(&args),
        Command::Grade(args) => grade::grade(&args),
        Command::Check(args) => check::check(&args),
        Command::New(args) => new::new(&args),
    }
}

/// Finds a lesson by name, number or file.
fn found(asked: &str) -> Result<Lesson> {
    if let Some(built) = BuiltInLesson::find(asked) {
        return built.lesson();
    }
    if asked.contains(['.', '/', '\\']) || Path::new(asked).is_file() {
        return lessons::lesson(asked.as_ref());
    }
    let ids: Vec<&str> = LESSONS.iter().map(|lesson| lesson.id).collect();
    let allowed = format!("{}, a number from 1 to {}, or a file", ids.join(", "), ids.len());
    Err(Error::Value(Invalid::new("lesson", format!("\"{asked}\""), allowed)))
}
