//! `taskscope lesson play`: plays a lesson on the screen or in line mode.

use std::io::{BufRead, Cursor, IsTerminal, stdin, stdout};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cli::lesson::find::{file_of, found};
use crate::cli::looks::Looks;
use crate::cli::tty::is_screen;
use crate::cli::{config, line};
use crate::error::{Invalid, Result};
use crate::lesson::catalog::TOUR;
use crate::lesson::{Lesson, LessonSession};
use crate::line::lesson::Played;
use crate::store::answers::{AnswerFile, Answers, LONGEST_NAME, files, of_class};
use crate::text::is_hidden;

/// Largest student number.
const LARGEST: u64 = 999_999_999;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct Play {
    /// The lesson by name, number or file
    #[arg(value_name = "LESSON|FILE")]
    pub lesson: String,
    /// Student number; every student has their own random draws [default: that of the last
    /// unfinished attempt, else a new random one]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=LARGEST))]
    pub student: Option<u64>,
    /// Name of the student, kept with the answers
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The folder to keep answers in [default: the folder answers in the state folder]
    #[arg(long, value_name = "DIR")]
    pub answers: Option<PathBuf>,
    /// For a teacher: show the notes, and the class's results from the answers in this folder
    #[arg(long, value_name = "DIR")]
    pub teacher: Option<PathBuf>,
    /// Use line mode (commands and plain sentences) instead of the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
}

const HELP: &str = "In line mode, a letter commits a prediction, with 1, 2 or 3 after it for how \
sure you are; next or an empty line goes on; help lists the commands. Answers are saved at every \
step, so a lesson can be continued later.";

impl Play {
    /// The tour of the program, on the screen or in line mode.
    pub(in crate::cli) fn tour(line: bool, looks: &Looks) -> Self {
        Self {
            lesson: TOUR.id.to_owned(),
            student: None,
            name: None,
            answers: None,
            teacher: None,
            line,
            looks: looks.clone(),
        }
    }
}

pub(in crate::cli) fn play(args: &Play) -> Result<()> {
    let lesson = found(&args.lesson)?;
    let name = args.name.as_deref().map(name).transpose()?;
    if let Some(folder) = &args.teacher {
        files(folder)?;
    }
    let folder = args.answers.clone().or_else(config::answers).ok_or_else(|| {
        Invalid::new("--answers", "nothing, and no home folder", "the folder for answers")
    })?;
    let (place, mut answers) = AnswerFile::open(&folder, &lesson, args.student)?;
    answers.name = renamed(&answers, name)?;
    place.write(&answers)?;
    if !args.line && is_screen() {
        return super::screen::play(
            (lesson, file_of(&args.lesson)),
            answers,
            place,
            args.teacher.clone(),
            &args.looks,
        );
    }
    let terminals = (stdin().is_terminal(), stdout().is_terminal());
    let attended = terminals == (true, true);
    let input: Box<dyn BufRead> = if args.line || terminals.0 {
        Box::new(stdin().lock())
    } else {
        line::waiting().unwrap_or_else(|| Box::new(Cursor::new(Vec::new())))
    };
    in_lines(&lesson, answers, &place, args.teacher.as_deref(), attended, input)
}

/// The name of a student, which other answers of the same number do not have.
fn renamed(answers: &Answers, name: Option<String>) -> Result<Option<String>> {
    let student = answers.session.student;
    match (&answers.name, name) {
        (Some(own), Some(name)) if *own != name => {
            let allowed = format!(
                "\"{own}\", who is student {student}; another --student number for another student"
            );
            Err(Invalid::new("--name", format!("\"{name}\""), allowed).into())
        }
        (own, name) => Ok(name.or_else(|| own.clone())),
    }
}

/// Checks a student's name: one line of limited length without control characters.
fn name(given: &str) -> Result<String> {
    let name = given.trim();
    let is_plain = !name.is_empty() && !name.chars().any(is_hidden);
    if !is_plain || name.chars().count() > LONGEST_NAME {
        let allowed = format!("up to {LONGEST_NAME} characters in one line");
        return Err(Invalid::new("--name", format!("{given:?}"), allowed).into());
    }
    Ok(name.to_owned())
}

fn in_lines(
    lesson: &Lesson,
    answers: Answers,
    place: &AnswerFile,
    teacher: Option<&Path>,
    attended: bool,
    input: Box<dyn BufRead>,
) -> Result<()> {
    let begun = Instant::now();
    let clock = || begun.elapsed().as_secs();
    let class = |folder: &Path| {
        let (class, _) = of_class(folder, lesson, Some(place.path()))?;
        Ok(class.into_iter().map(|answers| answers.session).collect())
    };
    let class = teacher.map(|folder| move || class(folder));
    let class = class.as_ref().map(|class| class as &dyn Fn() -> Result<Vec<LessonSession>>);
    let played = Played { lesson, answers, place, class, clock: &clock };
    line::hold(attended, input, |conversation| crate::line::lesson::play(played, conversation))
}
