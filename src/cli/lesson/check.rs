//! `taskscope lesson check`: checks the statements of lessons for many students.

use indicatif::ProgressBar;
use serde::Serialize;

use crate::cancel::Cancel;
use crate::cli::lesson::find::found;
use crate::cli::{interrupt, output, progress, study};
use crate::error::{Error, Invalid, Result, json};
use crate::figure::words;
use crate::lesson::catalog::{LESSONS, TOUR};
use crate::lesson::{Lesson, LessonCheck};

/// Version of the JSON.
const SCHEMA: &str = "taskscope.lesson-check/1";
/// Largest number of students.
const MOST: usize = 100_000;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    lessons: Vec<Checked>,
}

#[derive(Serialize)]
struct Checked {
    lesson: String,
    students: usize,
    passes: bool,
    items: Vec<Looked>,
}

#[derive(Serialize)]
struct Looked {
    what: String,
    holds: usize,
    passes: bool,
    /// Minimum, median and maximum of the measured number.
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<[f64; 3]>,
}

pub(super) fn check(args: &Check) -> Result<()> {
    if !(1..=MOST).contains(&args.students) {
        let allowed = format!("a whole number from 1 to {MOST}");
        return Err(Invalid::new("--students", args.students, allowed).into());
    }
    study::threads(args.threads)?;
    let lessons: Vec<Lesson> = match args.lessons[..] {
        [] => LESSONS.iter().chain([&TOUR]).map(|built| built.lesson()).collect::<Result<_>>()?,
        ref asked => asked.iter().map(|asked| found(asked)).collect::<Result<_>>()?,
    };
    interrupt::end_on_signals(None)?;
    let mut checked = Vec::new();
    let bar = progress::counting(lessons.len() * args.students, "{pos}/{len} students, {msg}");
    for lesson in &lessons {
        let check = measured(lesson, args.students, &bar)?;
        if !args.json {
            bar.suspend(|| output::print(&text(lesson, &check)))?;
        }
        checked.push((lesson, check));
    }
    bar.finish_and_clear();
    if args.json {
        output::print(&json(&checked)?)?;
    }
    let failed = checked.iter().filter(|(_, check)| !check.passes());
    match failed.map(|(lesson, _)| lesson.id.as_str()).collect::<Vec<_>>()[..] {
        [] => Ok(()),
        ref ids => Err(Error::NotTaught(ids.join(", "))),
    }
}

fn measured(lesson: &Lesson, students: usize, bar: &ProgressBar) -> Result<LessonCheck> {
    bar.set_message(lesson.id.clone());
    let check = lesson.check(students, &Cancel::new(), || bar.inc(1));
    check.ok_or_else(|| Error::Failed(format!("{}: nothing could be measured", lesson.id)))
}

fn text(lesson: &Lesson, check: &LessonCheck) -> String {
    let all = if check.passes() { "passes" } else { "FAILS" };
    let of = match lesson.per_student {
        true => format!("{} students", check.students),
        false => "on the draws of all students".to_owned(),
    };
    let mut text = format!("{}: {} {all}, {of}\n", lesson.id, lesson.title);
    for item in &check.items {
        let mark = if item.passes() { "   " } else { "NOT" };
        let measured = item.measured.filter(|_| !item.passes()).map_or_else(String::new, |m| {
            let [low, middle, high] = m.map(words::short);
            let inside = match item.what.contains('±') {
                true => "; the whole interval of a student must lie inside",
                false => "",
            };
            format!("; measured median {middle}, {low} to {high}{inside}")
        });
        let (holds, of) = (item.holds, item.students);
        text += &format!("  {mark} {holds:>4} of {of}  {}{measured}\n", item.what);
    }
    text
}

fn json(checked: &[(&Lesson, LessonCheck)]) -> Result<String> {
    let lessons = checked.iter().map(|(lesson, check)| Checked {
        lesson: lesson.id.clone(),
        students: check.students,
        passes: check.passes(),
        items: check
            .items
            .iter()
            .map(|item| Looked {
                what: item.what.clone(),
                holds: item.holds,
                passes: item.passes(),
                measured: item.measured,
            })
            .collect(),
    });
    let lessons = lessons.collect();
    let document = Document { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), lessons };
    json::pretty("the check", &document)
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Check {
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
