//! `taskscope lesson play`: a lesson on the screen.

use std::path::PathBuf;

use super::found;
use crate::cli::args::Looks;
use crate::cli::config;
use crate::error::{Invalid, Result};
use crate::export::answers::Place;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Play {
    /// The lesson by name, number or file
    #[arg(value_name = "LESSON|FILE")]
    pub lesson: String,
    /// Number of the student, who has draws of their own
    #[arg(long, value_name = "N")]
    pub student: Option<u64>,
    /// Name of the student, kept with the answers
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The folder in which answers are kept [default: answers in the folder of the state]
    #[arg(long, value_name = "DIR")]
    pub answers: Option<PathBuf>,
    /// For a teacher: the notes, and what the answers in a folder say of the class
    #[arg(long, value_name = "DIR")]
    pub teacher: Option<PathBuf>,
    #[command(flatten)]
    pub looks: Looks,
}

pub(super) fn play(args: &Play) -> Result<()> {
    let lesson = found(&args.lesson)?;
    let folder = args.answers.clone().or_else(config::answers).ok_or_else(|| {
        Invalid::new("--answers", "nothing, and no home folder", "the folder for answers")
    })?;
    let (place, mut answers) = Place::take(&folder, &lesson, args.student)?;
    answers.name = args.name.clone().or(answers.name);
    place.write(&answers)?;
    super::screen::play(lesson, answers, place, args.teacher.clone(), &args.looks)
}
