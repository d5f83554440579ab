//! A lesson as one HTML page that works without a network and without scripts.
//!
//! Choices are radio buttons, and results are folded away behind each question. The page is
//! well-formed XML. Equal lessons and measurements give equal bytes.

use super::Size;
use super::alt::alternative;
use super::notes::PROGRAM;
use super::svg::{escaped, inline};
use crate::error::Result;
use crate::figure::{Figure, words as figures};
use crate::lesson::figures::LessonFigure;
use crate::lesson::session::{SURENESS, the_right_choice};
use crate::lesson::sheet::SheetMeasurements;
use crate::lesson::step::letter;
use crate::lesson::{
    Lesson, LessonFindings, LessonStep, SettingFindings, SoughtValue, StepKind, Text, words,
};
use crate::math::stats::LEVEL;

const STYLE: &str = include_str!("html/page.css");

/// The summary of a folded result.
const LOOK: &str = "Commit, then look";
/// Replaces a number that must not be known yet.
const BLANK: &str = "____";
/// Size of figures on the page, without the caption, which is shown below.
const FIGURE: Size = Size { caption: false, ..Size::PAGE };

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
    body += &paragraph("Choose before you look: the results are folded away after each question.");
    for (place, step) in lesson.steps.iter().enumerate() {
        let title = format!("{}. {}", place + 1, step.kind.title());
        body += &format!("<section id=\"step-{}\">\n<h2>{title}</h2>\n", place + 1);
        body += &page.step(place, step)?;
        body += "</section>\n";
    }
    body += &page.end()?;
    Ok(format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{PROGRAM}\"/>\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(&lesson.title)
    ))
}

struct Page<'a> {
    lesson: &'a Lesson,
    measured: &'a SheetMeasurements,
    shown: &'a [LessonFigure],
}

impl Page<'_> {
    fn step(&self, place: usize, step: &LessonStep) -> Result<String> {
        let mut text = String::new();
        if !matches!(step.kind, StepKind::Reveal { .. }) {
            text += &self.spoken(step, &step.text);
        }
        let asked = step.kind.ask().map_or_else(String::new, |ask| self.spoken(step, ask));
        let number = place + 1;
        let mut hints = String::new();
        for (i, hint) in step.hints.iter().enumerate() {
            let hint = hint.filled(&self.measured.before(step), BLANK);
            hints += &folded(&format!("Hint {}", i + 1), &paragraphs(&hint));
        }
        text += &match &step.kind {
            StepKind::Say | StepKind::Checkpoint => String::new(),
            StepKind::Predict { setting, confidence, .. } => {
                asked
                    + &self.choices(number, step, *confidence)
                    + &self.unrevealed(place, setting)?
            }
            StepKind::Reveal { setting, answers, right, wrong } => {
                let mut inside = String::new();
                let so = answers.and_then(|at| self.so(at));
                inside += &so.map_or_else(String::new, |so| {
                    paragraph(&format!("On these draws, {so} is right."))
                });
                inside += &self.asked(place, setting);
                inside += &self.prefixed("If you were right: ", right);
                inside += &self.prefixed("If not: ", wrong);
                inside += &self.filled(&step.text);
                folded(LOOK, &(inside + &self.figures(place)?))
            }
            StepKind::Find { knob, sought, .. } => {
                let path = knob.path(step.scenario.draft());
                let field = format!(
                    "<p><label>{} = <input type=\"text\" name=\"step-{number}\" size=\"10\"/></label></p>\n",
                    escaped(&path)
                );
                asked
                    + &field
                    + &hints
                    + &folded("Answer, then look", &self.sought(place, step, sought)?)
            }
            StepKind::Free { goal, example, .. } => {
                let turned = words::turned(&self.lesson.knobs, &step.scenario, example).join(", ");
                let lead = format!("Reached when {goal}, for example with {turned}:");
                let inside = paragraph(&lead) + &list(self.measured.example(place));
                asked + &hints + &folded("Try, then look", &(inside + &self.figures(place)?))
            }
            StepKind::Explain { answer, .. } => {
                let field = format!(
                    "<p><textarea name=\"step-{number}\" rows=\"4\" cols=\"60\" \
                     aria-label=\"Your answer\"></textarea></p>\n"
                );
                asked + &field + &folded("Write, then compare", &self.filled(answer))
            }
            StepKind::Export { .. } => asked + &folded("The figure", &self.figures(place)?),
        };
        if !step.kind.is_free() {
            text += &hints;
        }
        Ok(text)
    }

    /// A text of a step, folded away if it contains results.
    fn spoken(&self, step: &LessonStep, text: &Text) -> String {
        let before = paragraphs(&text.filled(&self.measured.before(step), BLANK));
        let tells =
            text.settings().next().is_some() && !matches!(step.kind, StepKind::Predict { .. });
        if tells { folded(LOOK, &before) } else { before }
    }

    fn choices(&self, number: usize, step: &LessonStep, confidence: bool) -> String {
        let radio = |name: &str, value: &str, label: &str| {
            format!(
                "<p><label><input type=\"radio\" name=\"{name}\" value=\"{value}\"/> {label}</label></p>\n"
            )
        };
        let before = self.measured.before(step);
        let name = format!("step-{number}");
        let mut text = "<fieldset>\n<legend>Your choice</legend>\n".to_owned();
        for (letter, choice) in words::choices(step) {
            let said = words::paragraphs(&choice.text.filled(&before, BLANK)).join(" ");
            let label = format!("<b>{letter}</b> {}", escaped(&said));
            text += &radio(&name, &letter.to_string(), &label);
        }
        text += "</fieldset>\n";
        if confidence {
            text += "<fieldset>\n<legend>How sure are you?</legend>\n";
            for (i, how) in SURENESS.iter().enumerate() {
                text += &radio(&format!("{name}-sure"), &(i + 1).to_string(), how);
            }
            text += "</fieldset>\n";
        }
        text
    }

    /// The answer to a prediction that no later step reveals.
    fn unrevealed(&self, place: usize, setting: &str) -> Result<String> {
        if self.lesson.is_revealed(place) {
            return Ok(String::new());
        }
        let so = self.so(place);
        let so =
            so.map_or_else(String::new, |so| paragraph(&format!("On these draws, {so} is right.")));
        Ok(folded(LOOK, &(so + &self.asked(place, setting) + &self.figures(place)?)))
    }

    /// The letter of the right choice.
    fn so(&self, place: usize) -> Option<char> {
        let step = self.lesson.steps.get(place)?;
        the_right_choice(step, self.findings()).map(letter)
    }

    fn sought(&self, place: usize, step: &LessonStep, sought: &SoughtValue) -> Result<String> {
        let inside = match sought {
            SoughtValue::Inside(number) => {
                let found = self.findings().get(&number.subject.setting);
                let interval = found.and_then(|found| number.say(found)).unwrap_or_default();
                let n = found.map_or(0, SettingFindings::trials);
                paragraph(&format!("Measured: {interval}, n = {n} trials each.")) + &list(found)
            }
            SoughtValue::Where(condition, example) => {
                let turned = words::turned(&self.lesson.knobs, &step.scenario, example).join(", ");
                let lead = format!("Right if {condition}, for example with {turned}:");
                paragraph(&lead) + &list(self.measured.example(place))
            }
        };
        Ok(inside + &self.figures(place)?)
    }

    fn findings(&self) -> &LessonFindings {
        &self.measured.findings
    }

    /// The measurements that a step is about.
    fn asked(&self, place: usize, setting: &str) -> String {
        let found = self.findings().get(setting);
        let said = found.map(|found| words::asked(self.lesson, place, found));
        sentences(&said.unwrap_or_default())
    }

    fn filled(&self, text: &Text) -> String {
        paragraphs(&text.say(self.findings()))
    }

    fn prefixed(&self, lead: &str, text: &Text) -> String {
        match text.is_empty() {
            true => String::new(),
            false => paragraphs(&format!("{lead}{}", text.say(self.findings()))),
        }
    }

    /// The figures of a step, each with a unique name.
    fn figures(&self, place: usize) -> Result<String> {
        let own = self.shown.iter().enumerate().filter(|(_, shown)| shown.step == Some(place));
        own.map(|(i, shown)| drawn(i, &shown.figure)).collect()
    }

    /// The last section: all measurements, the draws they come from, and what to do next.
    fn end(&self) -> Result<String> {
        let mut inside = String::new();
        for setting in &self.lesson.settings {
            let knobs = words::turned(&self.lesson.knobs, &self.lesson.base, &setting.scenario);
            let knobs =
                if knobs.is_empty() { String::new() } else { format!(": {}", knobs.join(", ")) };
            inside += &format!("<h3>{}{}</h3>\n", escaped(&setting.name), escaped(&knobs));
            inside += &list(self.findings().get(&setting.name));
        }
        let others = self.shown.iter().enumerate().filter(|(_, shown)| shown.step.is_none());
        for (i, shown) in others {
            inside += &drawn(i, &shown.figure)?;
        }
        let mut text = "<section id=\"all\">\n<h2>All measurements</h2>\n".to_owned();
        text += &folded("When you are done", &inside);
        text += "</section>\n<footer>\n";
        let scenario = figures::title(&self.lesson.base);
        let trials = self.lesson.base.trials();
        text += &paragraph(&format!(
            "{scenario} {} {trials} trials per number unless stated; ± and intervals are at \
             {LEVEL}.",
            self.measured.whose()
        ));
        let built = crate::lesson::catalog::BuiltInLesson::find(&self.lesson.id).is_some();
        let file = if built { self.lesson.id.as_str() } else { "FILE, the file of this lesson" };
        text += &paragraph(&format!("To turn the knobs yourself: taskscope lesson play {file}"));
        Ok(text + "</footer>\n")
    }
}

fn drawn(number: usize, figure: &Figure) -> Result<String> {
    let svg = inline(figure, FIGURE, &format!("figure-{number}"), &alternative(figure))?;
    let caption = escaped(&figure.caption);
    Ok(format!("<figure>\n{svg}<figcaption>{caption}</figcaption>\n</figure>\n"))
}

fn list(found: Option<&SettingFindings>) -> String {
    sentences(&found.map(words::measured).unwrap_or_default())
}

fn sentences(said: &[String]) -> String {
    let items: String = said.iter().map(|s| format!("<li>{}</li>\n", escaped(s))).collect();
    if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") }
}

fn folded(summary: &str, inside: &str) -> String {
    let summary = escaped(summary);
    format!("<details>\n<summary>{summary}</summary>\n{inside}</details>\n")
}

fn paragraphs(text: &str) -> String {
    words::paragraphs(text).iter().map(|text| paragraph(text)).collect()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}
