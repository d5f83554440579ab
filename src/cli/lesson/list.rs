//! `taskscope lesson list`: the lessons and the misconception each corrects.

use serde::Serialize;

use crate::cli::output;
use crate::error::{Error, Result};
use crate::lesson::Lesson;
use crate::lesson::catalog::LESSONS;

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
}

pub(super) fn list(args: &List) -> Result<()> {
    let lessons = LESSONS.iter().map(|built| built.lesson()).collect::<Result<Vec<_>>>()?;
    output::print(&if args.json { json(lessons)? } else { text(&lessons) })
}

fn text(lessons: &[Lesson]) -> String {
    let line = |(place, lesson): (usize, &Lesson)| {
        format!(
            "{}  {:<14}{:>3} min  {}\n{:26}corrects: {}\n",
            place + 1,
            lesson.id,
            lesson.minutes,
            lesson.title,
            "",
            lesson.misconception
        )
    };
    lessons.iter().enumerate().map(line).collect()
}

fn json(lessons: Vec<Lesson>) -> Result<String> {
    let listed = |(place, lesson): (usize, Lesson)| Listed {
        number: place + 1,
        id: lesson.id,
        title: lesson.title,
        minutes: lesson.minutes,
        steps: lesson.steps.len(),
        corrects: lesson.misconception,
    };
    let lessons = lessons.into_iter().enumerate().map(listed).collect();
    let document = Document { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), lessons };
    serde_json::to_string_pretty(&document)
        .map(|text| text + "\n")
        .map_err(|error| Error::Failed(format!("the lessons cannot be written as JSON: {error}")))
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct List {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
