//! `taskscope lesson`: lists, plays, prints, exports, grades, checks and creates lessons.

mod check;
mod export;
mod find;
mod grade;
mod list;
mod measured;
mod new;
pub(super) mod play;
mod screen;
mod sheet;

use clap::Subcommand;

use crate::cli::lesson::check::Check;
use crate::cli::lesson::list::List;
use crate::cli::lesson::new::New;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the lessons and the misconception each corrects
    List(List),
    /// Play a lesson on the screen or in line mode; answers are kept in a file
    Play(play::Play),
    /// Print a worksheet of a lesson with its answer key, in Markdown
    Sheet(sheet::Sheet),
    /// Write a lesson as a live HTML page that needs no network and also works without scripts
    Export(export::Export),
    /// Grade the answers of a class: a table, and the predictions beside the measured answers
    Grade(grade::Grade),
    /// Check that lessons hold for many students; exit code 4 if one fails for over 5 % of them
    Check(Check),
    /// Write a commented lesson file to start from
    New(New),
}

pub(super) fn lesson(asked: crate::cli::lesson::Lesson) -> Result<()> {
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

#[derive(Debug, clap::Args)]
pub(super) struct Lesson {
    #[command(subcommand)]
    pub command: super::lesson::Command,
}
