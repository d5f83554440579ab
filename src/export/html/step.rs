//! The steps of a page.

use super::Page;
use super::question::buttons;
use super::words::{BLANK, folded, list, paragraph, paragraphs, sentences};
use crate::error::Result;
use crate::export::svg::escaped;
use crate::lesson::session::the_right_choice;
use crate::lesson::step::letter;
use crate::lesson::{LessonStep, SettingFindings, SoughtValue, StepKind, Text, words};

/// The summary of a folded result.
const LOOK: &str = "Commit, then look";

impl Page<'_> {
    /// The section of a step.
    pub(super) fn section(&self, place: usize, step: &LessonStep) -> Result<String> {
        let (id, title) = (format!("step-{}", place + 1), step.kind.title());
        let asks = self.asks(place, step);
        let mut text = format!("<section id=\"{id}\"{asks}>\n<h2>{}. {title}</h2>\n", place + 1);
        if !matches!(step.kind, StepKind::Reveal { .. }) {
            text += &self.spoken(step, &step.text);
        }
        text += &step.kind.ask().map_or_else(String::new, |ask| self.spoken(step, ask));
        text += &match &step.kind {
            StepKind::Say | StepKind::Checkpoint => self.hints(step),
            StepKind::Predict { setting, confidence, .. } => {
                self.choices(&id, step, *confidence)
                    + &buttons("Commit", false)
                    + &self.unrevealed(place, setting)?
                    + &self.hints(step)
            }
            StepKind::Reveal { setting, right, wrong, .. } => {
                let told = self.revealed(place, setting, right, wrong) + &self.filled(&step.text);
                folded("told", LOOK, &(told + &self.figures(Some(place))?)) + &self.hints(step)
            }
            StepKind::Find { sought, .. } => self.find(place, step, sought)?,
            StepKind::Free { .. } => self.free(place, step)?,
            StepKind::Explain { answer, .. } => {
                let field = format!(
                    "<p><textarea name=\"{id}\" rows=\"4\" cols=\"60\" aria-label=\"Your answer\" \
                     autocomplete=\"off\"></textarea></p>\n"
                );
                field
                    + &buttons("Compare", true)
                    + &folded("answer", "Write, then compare", &self.filled(answer))
                    + &self.hints(step)
            }
            StepKind::Export { .. } => {
                folded("told", "The figure", &self.figures(Some(place))?) + &self.hints(step)
            }
        };
        Ok(text + "</section>\n")
    }

    /// The hints of a step, each folded away.
    fn hints(&self, step: &LessonStep) -> String {
        let before = self.measured.before(step);
        let hint = |(i, hint): (usize, &Text)| {
            folded("", &format!("Hint {}", i + 1), &paragraphs(&hint.filled(&before, BLANK)))
        };
        step.hints.iter().enumerate().map(hint).collect()
    }

    /// A text of a step, folded away if it contains results.
    fn spoken(&self, step: &LessonStep, text: &Text) -> String {
        let before = paragraphs(&text.filled(&self.measured.before(step), BLANK));
        let tells =
            text.settings().next().is_some() && !matches!(step.kind, StepKind::Predict { .. });
        if tells { folded("told", LOOK, &before) } else { before }
    }

    /// The answer to a prediction that no later step reveals.
    fn unrevealed(&self, place: usize, setting: &str) -> Result<String> {
        if self.lesson.is_revealed(place) {
            return Ok(String::new());
        }
        let inside = self.so(place) + &self.asked(place, setting) + &self.figures(Some(place))?;
        Ok(folded("answer", LOOK, &inside))
    }

    /// What a step reveals, before its own text.
    fn revealed(&self, place: usize, setting: &str, right: &Text, wrong: &Text) -> String {
        let asked = match self.lesson.steps.get(place).map(|step| &step.kind) {
            Some(StepKind::Reveal { answers, .. }) => *answers,
            _ => None,
        };
        let so = asked.map_or_else(String::new, |asked| self.so(asked));
        let judged = self.judged("true", "If you were right: ", right)
            + &self.judged("false", "If not: ", wrong);
        so + &self.asked(place, setting) + &judged
    }

    /// The letter of the right choice.
    pub(super) fn right(&self, place: usize) -> Option<char> {
        let step = self.lesson.steps.get(place)?;
        the_right_choice(step, self.findings()).map(letter)
    }

    /// Says which choice is right.
    fn so(&self, place: usize) -> String {
        let so = self.right(place);
        so.map_or_else(String::new, |so| paragraph(&format!("On these draws, {so} is right.")))
    }

    /// Something to find along a knob.
    fn find(&self, place: usize, step: &LessonStep, sought: &SoughtValue) -> Result<String> {
        let StepKind::Find { knob, .. } = &step.kind else { return Ok(String::new()) };
        let (path, number) = (escaped(&knob.path(step.scenario.draft())), place + 1);
        let field = format!(
            "<label>{path} = <input type=\"text\" name=\"step-{number}\" size=\"10\" \
             inputmode=\"decimal\" autocomplete=\"off\"/></label>"
        );
        let is_turned = matches!(sought, SoughtValue::Where(..)) && self.slides(place);
        let field = match is_turned {
            true => format!("<p class=\"paper\">{field}</p>\n"),
            false => format!("<p>{field}</p>\n"),
        };
        let answer = match sought {
            SoughtValue::Inside(number) => {
                let found = self.findings().get(&number.subject.setting);
                let interval = found.and_then(|found| number.say(found)).unwrap_or_default();
                let n = found.map_or(0, SettingFindings::trials);
                paragraph(&format!("Measured: {interval}, n = {n} trials each."))
                    + &sentences(found)
            }
            SoughtValue::Where(condition, example) => {
                let turned = words::turned(&self.lesson.knobs, &step.scenario, example).join(", ");
                let lead = format!("Right if {condition}, for example with {turned}:");
                paragraph(&lead) + &sentences(self.measured.example(place))
            }
        };
        let bench = folded("bench", "Answer, then look", &self.figures(Some(place))?);
        let commit = buttons(if is_turned { "Commit this point" } else { "Commit" }, true);
        let answer = folded("answer", "The answer", &answer);
        Ok(bench + &field + &commit + &self.hints(step) + &answer)
    }

    /// A goal to reach by turning knobs.
    fn free(&self, place: usize, step: &LessonStep) -> Result<String> {
        let StepKind::Free { goal, example, .. } = &step.kind else { return Ok(String::new()) };
        let turned = words::turned(&self.lesson.knobs, &step.scenario, example).join(", ");
        let lead = format!("Reached when {goal}, for example with {turned}:");
        let answer = paragraph(&lead) + &sentences(self.measured.example(place));
        let bench = folded("bench", "Try, then look", &self.figures(Some(place))?);
        let commit = match self.slides(place) {
            true => buttons("Commit this point", true),
            false => String::new(),
        };
        let class = if self.slides(place) { "answer" } else { "" };
        Ok(bench + &commit + &self.hints(step) + &folded(class, "The answer", &answer))
    }

    /// The measurements that a step is about.
    fn asked(&self, place: usize, setting: &str) -> String {
        let found = self.findings().get(setting);
        let said = found.map(|found| words::asked(self.lesson, place, found));
        list(&said.unwrap_or_default())
    }

    fn filled(&self, text: &Text) -> String {
        paragraphs(&text.say(self.findings()))
    }

    /// A text for those who were right or wrong; the live page shows one of them, without its lead.
    fn judged(&self, when: &str, lead: &str, text: &Text) -> String {
        if text.is_empty() {
            return String::new();
        }
        let said = paragraphs(&text.say(self.findings()));
        let said = said.replacen("<p>", &format!("<p><span class=\"lead\">{lead}</span>"), 1);
        format!("<div data-if=\"{when}\">\n{said}</div>\n")
    }
}
