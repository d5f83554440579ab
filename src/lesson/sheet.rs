//! A lesson on paper: a worksheet for students, and the answer key.

use super::found::{LessonFindings, SettingFindings};
use super::session::{SURENESS, the_right_choice};
use super::setting::trials;
use super::step::{LessonStep, SoughtValue, StepKind, letter};
use super::{HERE, Lesson, SettingQuestion, Text, words};
use crate::cancel::Cancel;
use crate::math::stats::LEVEL;
use crate::scenario::Scenario;
use crate::text::lines;

/// Blank for a number that students fill in.
const BLANK: &str = "__________";
/// A line to write on.
const LINE: &str = "______________________________________________________________\n\n";
/// Number of lines for a written answer.
const LINES: usize = 4;

/// The measurements for a lesson on paper: its settings and examples.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetMeasurements {
    /// Number of the student whose draws were used.
    pub student: u64,
    /// The settings.
    pub findings: LessonFindings,
    /// The measurement at the example of a step, by the step's place.
    pub examples: Vec<(usize, SettingFindings)>,
}

impl Lesson {
    /// Measures every setting and every example for one student; `None` if cancelled or if there
    /// are too few trials.
    pub fn measured(&self, student: u64, cancel: &Cancel) -> Option<SheetMeasurements> {
        self.measure_sheet(student, cancel, |_, _| {})
    }

    /// The same as [`Self::measured`]; `tell` is called with the number of settings and examples
    /// that are measured, and the number of all.
    pub fn measure_sheet(
        &self,
        student: u64,
        cancel: &Cancel,
        mut tell: impl FnMut(usize, usize),
    ) -> Option<SheetMeasurements> {
        let all = self.settings.len() + self.steps.iter().filter_map(example).count();
        let mut findings = LessonFindings::default();
        for (done, setting) in self.settings.iter().enumerate() {
            tell(done, all);
            let scenario = self.for_student(&setting.scenario, student);
            findings.put(&setting.name, setting.measure(&scenario, cancel)?);
        }
        let mut examples = Vec::new();
        for (place, step) in self.steps.iter().enumerate() {
            if let Some(example) = example(step) {
                tell(self.settings.len() + examples.len(), all);
                examples.push((place, trials(&self.for_student(example, student), cancel)?));
            }
        }
        Some(SheetMeasurements { student, findings, examples })
    }
}

impl SheetMeasurements {
    /// The measurement at the example of a step.
    pub fn example(&self, place: usize) -> Option<&SettingFindings> {
        self.examples.iter().find(|(own, _)| *own == place).map(|(_, found)| found)
    }

    /// The findings known before a step's question is answered: all but the one it asks about.
    pub fn before(&self, step: &LessonStep) -> LessonFindings {
        let mut findings = self.findings.clone();
        findings.forget(HERE);
        if let StepKind::Predict { setting, .. } = &step.kind {
            findings.forget(setting);
        }
        findings
    }

    /// Says whose draws the numbers come from.
    pub fn whose(&self, lesson: &Lesson) -> String {
        match self.student {
            _ if !lesson.per_student => "Measured with the same draws for all students.".to_owned(),
            0 => "Measured with the draws of student 0 (the seed of the lesson file).".to_owned(),
            student => format!("Measured with the draws of student {student}."),
        }
    }
}

/// The example scenario of a step, in which its goal holds.
pub fn example(step: &LessonStep) -> Option<&Scenario> {
    match &step.kind {
        StepKind::Find { sought: SoughtValue::Where(_, example), .. }
        | StepKind::Free { example, .. } => Some(example),
        _ => None,
    }
}

/// A worksheet and, below a rule, its answer key, in Markdown. Measured numbers are blank on the
/// worksheet, where students fill in their own. The key shows them.
pub fn markdown(lesson: &Lesson, measured: &SheetMeasurements) -> String {
    let mut text = format!("# {}\n\n", escaped(&lesson.title));
    text += &format!("Lesson {}, about {} minutes.\n\n", lesson.id, lesson.minutes);
    text += "Name: ______________________________  Number: ____________\n\n";
    for (place, step) in lesson.steps.iter().enumerate() {
        text += &worked(lesson, place, step);
    }
    text += "---\n\n";
    text += &key(lesson, measured);
    lines(text.trim_end()) + "\n"
}

/// A step on the worksheet.
fn worked(lesson: &Lesson, place: usize, step: &LessonStep) -> String {
    let mut text = heading(place, step);
    if let StepKind::Reveal { answers, setting, .. } = &step.kind {
        text += "Read off the measurement and write it down.\n\n";
        text += &match lesson.setting(setting).map(|setting| &setting.asked) {
            Some(SettingQuestion::Affinity) => {
                format!("τ = {BLANK} ({BLANK} to {BLANK}), n = {BLANK}\n\n")
            }
            Some(SettingQuestion::Sweep { .. }) => {
                format!("Changes sign at {BLANK} ({BLANK} to {BLANK}), n = {BLANK}\n\n")
            }
            _ => format!("Gain {BLANK} ± {BLANK}, n = {BLANK}\n\n"),
        };
        if answers.is_some() {
            text += "My prediction was ☐ right ☐ wrong\n\n";
        }
        return text;
    }
    text += &paragraphs(&blank(&step.text));
    text += &step.kind.ask().map_or_else(String::new, |ask| paragraphs(&blank(ask)));
    for (letter, choice) in words::choices(step) {
        let choice = words::paragraphs(&blank(&choice.text)).join(" ");
        text += &format!("- ☐ **{letter}** {}\n", escaped(&choice));
    }
    match &step.kind {
        StepKind::Predict { confidence, .. } => {
            text += "\n";
            if *confidence {
                let sure: Vec<String> = SURENESS.iter().map(|how| format!("☐ {how}")).collect();
                text += &format!("This is {}\n\n", sure.join("  "));
            }
        }
        StepKind::Find { knob, .. } => {
            let path = knob.path(step.scenario.draft());
            text += &format!("Turn: {}\n\n", escaped(&knobs(lesson, step)));
            text += &format!("{} = {BLANK}\n\n", escaped(&path));
        }
        StepKind::Free { .. } => {
            text += &format!("Turn: {}\n\n", escaped(&knobs(lesson, step)));
            text += &format!("Reached with {}\n\n", BLANK.repeat(3));
        }
        StepKind::Explain { .. } => text += &LINE.repeat(LINES),
        StepKind::Export { figure, .. } => {
            text += &format!("The figure: {}\n\n☐ saved\n\n", escaped(figure.shows));
        }
        StepKind::Say | StepKind::Reveal { .. } | StepKind::Checkpoint => {}
    }
    text
}

/// The knobs that can be turned, with their values at the start of a step.
fn knobs(lesson: &Lesson, step: &LessonStep) -> String {
    let knob = |knob: &crate::scenario::Handle| {
        let begins = crate::figure::words::knob(&step.scenario, *knob);
        format!("{begins}, allowed: {}", knob.knob.allowed_words())
    };
    lesson.knobs.iter().map(knob).collect::<Vec<_>>().join("; ")
}

/// The answer key.
fn key(lesson: &Lesson, measured: &SheetMeasurements) -> String {
    let mut text = format!("# Key for the teacher: {}\n\n", escaped(&lesson.title));
    text += &format!("The misconception: {}\n\n", escaped(&lesson.misconception));
    text += &format!("{} All ± and intervals are at {LEVEL}.", measured.whose(lesson));
    if lesson.per_student {
        text += " Every student has their own draws, so their numbers differ within the intervals.";
    }
    text += "\n\n";
    for (place, step) in lesson.steps.iter().enumerate() {
        let said = explained(lesson, measured, place, step);
        text += &heading(place, step);
        text += &said;
    }
    text
}

fn explained(
    lesson: &Lesson,
    measured: &SheetMeasurements,
    place: usize,
    step: &LessonStep,
) -> String {
    let findings = &measured.findings;
    let mut text = String::new();
    let sentences = |said: Vec<String>| -> String {
        said.iter().map(|sentence| format!("- {}\n", escaped(sentence))).collect::<String>() + "\n"
    };
    let list =
        |found: Option<&SettingFindings>| sentences(found.map(words::measured).unwrap_or_default());
    let said = |lead: &str, spoken: &Text| match spoken.is_empty() {
        true => String::new(),
        false => paragraphs(&format!("{lead}{}", spoken.say(findings))),
    };
    match &step.kind {
        StepKind::Predict { setting, .. } => {
            text += &match the_right_choice(step, findings) {
                Some(right) => format!("**{}** is right.\n\n", letter(right)),
                None => "These draws leave open which choice is right.\n\n".to_owned(),
            };
            let asked = findings.get(setting).map(|found| words::asked(lesson, place, found));
            text += &sentences(asked.unwrap_or_default());
        }
        StepKind::Reveal { right, wrong, .. } => {
            text += &said("If right: ", right);
            text += &said("If wrong: ", wrong);
        }
        StepKind::Find { knob, sought: SoughtValue::Inside(number), .. } => {
            let found = findings.get(&number.subject.setting);
            let interval = found.and_then(|found| number.say(found));
            let interval = interval.unwrap_or_else(|| "undecided with these draws".to_owned());
            let path = knob.path(step.scenario.draft());
            let n = found.map_or(0, SettingFindings::trials);
            text += &escaped(&format!(
                "{path}: {interval}, n = {n} trials per point; one notch outside the interval still counts as right."
            ));
            text += "\n\n";
        }
        StepKind::Find { sought: SoughtValue::Where(condition, at), .. }
        | StepKind::Free { goal: condition, example: at, .. } => {
            let turned = words::turned(&lesson.knobs, &step.scenario, at).join(", ");
            let turned = if turned.is_empty() { "the knobs unchanged".to_owned() } else { turned };
            text += &escaped(&format!("Right if {condition}, for example with {turned}:"));
            text += "\n\n";
            text += &list(measured.example(place));
        }
        StepKind::Explain { answer, .. } => text += &said("Model answer: ", answer),
        StepKind::Export { .. } | StepKind::Say | StepKind::Checkpoint => {}
    }
    text += &said("", &step.text);
    for (number, hint) in step.hints.iter().enumerate() {
        text += &said(&format!("Hint {}: ", number + 1), hint);
    }
    if let Some(note) = &step.teacher {
        text += &paragraphs(&format!("Note: {note}"));
    }
    text
}

fn heading(place: usize, step: &LessonStep) -> String {
    format!("## {}. {}\n\n", place + 1, step.kind.title())
}

fn blank(text: &Text) -> String {
    text.filled(&LessonFindings::default(), BLANK)
}

fn paragraphs(text: &str) -> String {
    let lines = words::paragraphs(text);
    lines.iter().map(|paragraph| escaped(paragraph) + "\n\n").collect()
}

/// Escapes Markdown characters in a line; blanks stay as they are.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let characters: Vec<char> = line.chars().collect();
    let at = |i: usize| characters.get(i).copied();
    for (i, c) in characters.iter().copied().enumerate() {
        let run = at(i + 1) == Some('_') || i.checked_sub(1).and_then(at) == Some('_');
        let means = "\\`*<[|~".contains(c) || (c == '_' && !run);
        let begins = i == 0 && "#>+-=".contains(c);
        let numbers = ".)".contains(c) && i > 0 && characters[..i].iter().all(char::is_ascii_digit);
        if means || begins || numbers {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_escaped_and_blanks_stay() {
        assert_eq!(escaped("# a *b* <c> [d] e_f |"), "\\# a \\*b\\* \\<c> \\[d] e\\_f \\|");
        assert_eq!(escaped("1. a-b"), "1\\. a-b");
        assert_eq!(escaped("-5 % ± 2"), "\\-5 % ± 2");
        assert_eq!(escaped(BLANK), BLANK);
    }
}
