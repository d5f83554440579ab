//! `taskscope lesson grade`: grades the answers of a class.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::lesson::find::found;
use crate::cli::output;
use crate::error::{Error, Result, json};
use crate::export::{Size, alt};
use crate::figure::class::alternative;
use crate::lesson::{Lesson, LessonSession};
use crate::provenance::command::quoted;
use crate::store::class::{AnswerRow, ClassAnswers, keep_rows};
use crate::{export, store};

/// Version of the JSON.
const SCHEMA: &str = "taskscope.grades/1";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct Grade {
    /// The folder of answer files
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The file of a lesson that is not built in; may be given several times
    #[arg(long = "lesson", value_name = "LESSON|FILE")]
    pub lessons: Vec<String>,
    /// The folder to write the table and figures to; created if missing
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the class's results for each step instead of the table
    #[arg(long, conflicts_with = "json")]
    pub summary: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

const HELP: &str = "The table is CSV: a row for every student and every step with a question. The \
right answers were measured on the draws of each student when they played. Files that were \
edited, are broken or come from a newer version are named and left out; the exit code is then \
2.\n\nThe folder --out holds answers.csv and for each lesson LESSON-class.png, .svg and .txt: the \
class's predictions beside the measured answers.";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    answers: Vec<AnswerRow>,
    refused: Vec<String>,
    notes: Vec<String>,
}

pub(super) fn grade(args: &Grade) -> Result<()> {
    let given = args.lessons.iter().map(|asked| found(asked)).collect::<Result<Vec<Lesson>>>()?;
    let class = ClassAnswers::read(&args.folder, &given)?;
    let refused: Vec<String> = class.refused.iter().map(|error| error.to_string()).collect();
    refused.iter().chain(&class.doubtful).for_each(|what| output::note(what));
    let csv = class.csv()?;
    if let Some(out) = &args.out {
        store::make_folder(out)?;
        let mut files = vec![(out.join("answers.csv"), csv.clone().into_bytes())];
        for (place, lesson) in class.lessons.iter().enumerate() {
            let mut asked = args.lessons.iter().zip(&given);
            let file = asked.find(|(_, own)| own.id == lesson.id).map(|(asked, _)| asked.as_str());
            files.extend(figure(out, lesson, file, &class.sessions(place))?);
        }
        if let Some(kept) = keep_rows(&files[0].0, &csv)? {
            output::note(&format!("rows that are not in the new table are in {}", kept.display()));
        }
        store::write_all(&files)?;
        files.iter().for_each(|(path, _)| output::note(&format!("wrote {}", path.display())));
    }
    output::print(&match (args.json, args.summary) {
        (true, _) => json(&class, &refused)?,
        (_, true) => summary(&class),
        _ => csv,
    })?;
    match refused.len() {
        0 => Ok(()),
        1 => Err(Error::Ungraded("1 file".to_owned())),
        n => Err(Error::Ungraded(format!("{n} files"))),
    }
}

/// The files that show the predictions of a class in a lesson, with the file of a lesson that is not
/// built in; none if there are no predictions.
fn figure(
    out: &Path,
    lesson: &Lesson,
    file: Option<&str>,
    sessions: &[&LessonSession],
) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let Some(figure) = lesson.class_figure(sessions) else { return Ok(Vec::new()) };
    let alternative = alternative(&lesson.predicted(sessions));
    let stem = format!("{}-class", lesson.id);
    let notes = [("Lesson", lesson.id.clone())];
    let own = file.and_then(|file| Path::new(file).file_name());
    let own = own.map(|name| format!("--lesson {} ", quoted(&name.to_string_lossy())));
    let command = format!("taskscope lesson grade DIR {}--out DIR", own.unwrap_or_default());
    let files = [
        ("png", export::png(&figure, Size::PAGE, &notes)?),
        ("svg", export::svg(&figure, Size::PAGE, &notes)?.into_bytes()),
        ("txt", alt::with(&figure, &alternative, &command).into_bytes()),
    ];
    let placed = |(ending, bytes)| (out.join(format!("{stem}.{ending}")), bytes);
    Ok(files.map(placed).into())
}

fn summary(class: &ClassAnswers) -> String {
    let mut text = String::new();
    for (place, lesson) in class.lessons.iter().enumerate() {
        let sessions = class.sessions(place);
        let finished = sessions.iter().filter(|session| session.finished).count();
        let students = sessions.len();
        text += &format!(
            "{}: {}, n = {students} {}, {finished} finished\n",
            lesson.id,
            lesson.title,
            if students == 1 { "student" } else { "students" }
        );
        for tally in lesson.tallies(&sessions) {
            let kind = lesson.steps[tally.step].kind.name();
            text += &format!("  step {} ({kind})\n", tally.step + 1);
            for words in tally.words() {
                text += &format!("    {words}\n");
            }
        }
    }
    if text.is_empty() { "no answers\n".to_owned() } else { text }
}

fn json(class: &ClassAnswers, refused: &[String]) -> Result<String> {
    let document = Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        answers: class.rows(),
        refused: refused.to_vec(),
        notes: class.doubtful.clone(),
    };
    json::pretty("the grades", &document)
}
