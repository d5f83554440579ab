//! `taskscope lesson list`: the lessons and the misconception each corrects, and the user's own.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::{config, output};
use crate::error::{Result, json};
use crate::lesson::Lesson;
use crate::lesson::catalog::LESSONS;
use crate::store::lessons::own;

/// Version of the JSON.
const SCHEMA: &str = "taskscope.lessons/1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    lessons: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    number: usize,
    id: String,
    title: String,
    minutes: u32,
    steps: usize,
    corrects: String,
    /// The file of a lesson that did not come with the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<PathBuf>,
}

pub(super) fn list(args: &List) -> Result<()> {
    let built = LESSONS.iter().map(|built| Ok((built.lesson()?, None)));
    let mut lessons = built.collect::<Result<Vec<(Lesson, Option<PathBuf>)>>>()?;
    let mut broken = Vec::new();
    for own in own(config::lessons().as_deref(), None) {
        match own.lesson {
            Ok(lesson) => lessons.push((lesson, Some(own.path))),
            Err(error) => broken.push(format!("{} cannot be played: {error}", own.id)),
        }
    }
    let printed = output::print(&if args.json { json(lessons)? } else { text(&lessons) });
    broken.iter().for_each(|what| output::note(what));
    printed
}

fn text(lessons: &[(Lesson, Option<PathBuf>)]) -> String {
    let digits = lessons.len().to_string().len();
    let line = |(place, (lesson, file)): (usize, &(Lesson, Option<PathBuf>))| {
        let mut text = format!(
            "{:>digits$}  {:<14}{:>3} min  {}\n{:26}corrects: {}\n",
            place + 1,
            lesson.id,
            lesson.minutes,
            lesson.title,
            "",
            lesson.misconception
        );
        if let Some(file) = file {
            text += &format!("{:26}file: {}\n", "", file.display());
        }
        text
    };
    lessons.iter().enumerate().map(line).collect()
}

fn json(lessons: Vec<(Lesson, Option<PathBuf>)>) -> Result<String> {
    let listed = |(place, (lesson, file)): (usize, (Lesson, Option<PathBuf>))| Listed {
        number: place + 1,
        id: lesson.id,
        title: lesson.title,
        minutes: lesson.minutes,
        steps: lesson.steps.len(),
        corrects: lesson.misconception,
        file,
    };
    let lessons = lessons.into_iter().enumerate().map(listed).collect();
    let document = Document { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), lessons };
    json::pretty("the lessons", &document)
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct List {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
