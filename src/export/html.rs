//! A lesson as one HTML page that works without a network.
//!
//! Everything is in the page: with scripts off, choices are radio buttons, and results are folded
//! away behind each question. One inline script makes the page live: it shows the steps up to the
//! first open question, judges what is committed, and moves a marker through the measured points.
//! A policy in the page allows that script and the style by their hashes, and nothing else. The
//! page is well-formed XML. Equal lessons and measurements give equal bytes.

mod bench;
mod policy;
mod question;
mod step;
mod words;

use super::notes::PROGRAM;
use super::svg::escaped;
use crate::error::Result;
use crate::figure::words as figures;
use crate::lesson::catalog::LESSONS;
use crate::lesson::figures::LessonFigure;
use crate::lesson::sheet::SheetMeasurements;
use crate::lesson::words::differences;
use crate::lesson::{Lesson, LessonFindings, LessonSetting, SettingQuestion};
use crate::math::stats::LEVEL;

use words::{folded, paragraph, sentences};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes a lesson and its measurements as an HTML page.
///
/// # Errors
///
/// If a figure cannot be drawn.
pub fn page(
    lesson: &Lesson,
    measured: &SheetMeasurements,
    shown: &[LessonFigure],
) -> Result<String> {
    let page = Page { lesson, measured, shown };
    let mut body = format!("<h1>{}</h1>\n", escaped(&lesson.title));
    body += &paragraph(&format!("About {} minutes, {} steps.", lesson.minutes, lesson.steps.len()));
    body += "<p class=\"act\" hidden=\"hidden\" id=\"progress\" role=\"status\"></p>\n<noscript>\n";
    body += &paragraph("Choose before you look: the results are folded away after each question.");
    body += "</noscript>\n";
    for (place, step) in lesson.steps.iter().enumerate() {
        body += &page.section(place, step)?;
    }
    body += &page.end()?;
    let title = escaped(&lesson.title);
    let policy = policy::policy(&format!("\n{STYLE}"), SCRIPT);
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{PROGRAM}\"/>\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    ))
}

/// A lesson, what was measured for it, and its figures.
struct Page<'a> {
    lesson: &'a Lesson,
    measured: &'a SheetMeasurements,
    shown: &'a [LessonFigure],
}

impl Page<'_> {
    fn findings(&self) -> &LessonFindings {
        &self.measured.findings
    }

    /// The last sections: the score, all measurements, the draws they come from, and what to do
    /// next.
    fn end(&self) -> Result<String> {
        let mut text = "<section id=\"score\">\n<div class=\"act\" hidden=\"hidden\">\n\
                        <h2>Your score</h2>\n<ul><li>Nothing is judged yet.</li></ul>\n</div>\n"
            .to_owned();
        text += &self.next();
        text += "</section>\n<section id=\"all\">\n<h2>All measurements</h2>\n";
        text += &folded("", "When you are done", &self.measurements()?);
        text += "</section>\n<footer>\n";
        let scenario = figures::title(&self.lesson.base);
        let trials = self.lesson.base.trials();
        text += &paragraph(&format!(
            "{scenario} {} {trials} trials per number unless stated; ± and intervals are at \
             {LEVEL}.",
            self.measured.whose(self.lesson)
        ));
        Ok(text + "</footer>\n")
    }

    /// All measurements, and the figures that no step shows.
    fn measurements(&self) -> Result<String> {
        let mut inside = String::new();
        for setting in &self.lesson.settings {
            inside += &format!("<h3>{}</h3>\n", escaped(&self.heading(setting)));
            inside += &sentences(self.findings().get(&setting.name));
        }
        Ok(inside + &self.figures(None)?)
    }

    /// What a measurement is of: its question, the knobs that differ from the start, and the title of
    /// its scenario if that is another one.
    fn heading(&self, setting: &LessonSetting) -> String {
        let knobs = differences(&self.lesson.base, &setting.scenario).join(", ");
        let at = if knobs.is_empty() { "as at the start".to_owned() } else { knobs };
        let (own, base) = (&setting.scenario.draft().title, &self.lesson.base.draft().title);
        let at = if own == base { at } else { format!("{at} ({own})") };
        match &setting.asked {
            SettingQuestion::Trials => format!("Gain, {at}"),
            SettingQuestion::Sweep { handle, .. } => {
                format!("Gain along {}, {at}", handle.path(setting.scenario.draft()))
            }
            SettingQuestion::Affinity => format!("Gains of all pairs, {at}"),
        }
    }

    /// How to turn the knobs oneself, and the lesson that comes next.
    fn next(&self) -> String {
        let place = LESSONS.iter().position(|built| built.id == self.lesson.id);
        let file = match place {
            Some(_) => self.lesson.id.as_str(),
            None => "FILE, the file of this lesson",
        };
        let mut text =
            paragraph(&format!("To turn the knobs yourself: taskscope lesson play {file}"));
        let next = place.and_then(|place| LESSONS.get(place + 1));
        if let Some((next, Ok(lesson))) = next.map(|next| (next, next.lesson())) {
            let (id, title) = (next.id, lesson.title);
            text += &paragraph(&format!("Next comes the lesson {id}: {title}"));
        }
        text
    }
}
