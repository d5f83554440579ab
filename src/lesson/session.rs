//! A student's progress through a lesson, and their answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Lesson;
use super::condition::Truth;
use super::found::LessonFindings;
use super::step::{LessonStep, SoughtValue, StepKind, letter};
use crate::error::Invalid;
use crate::math::stats::Interval;
use crate::scenario::Handle;

/// The levels of confidence; level 1 comes first.
pub const SURENESS: [&str; 3] = ["a guess", "fairly sure", "certain"];

/// Longest written answer, in characters.
pub const LONGEST: usize = 2000;

/// A student's answer to one step.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Letter of the choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<char>,
    /// Confidence: 1 a guess, 2 fairly sure, 3 certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// The knob value that the student found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The text that the student wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// True if the student began to write the text and did not commit it: it can be completed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begun: bool,
    /// True if the answer is right according to the measurement; absent if that leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// Letter of the choice that is true on the draws of the student, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<char>,
    /// Number of tries.
    pub tries: u32,
    /// Seconds since the step began.
    pub seconds: u64,
}

/// An answer as the student gives it.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// A choice by its place, and a confidence from 1 to 3.
    Choice(usize, Option<u8>),
    /// A value of the knob to be found; its measurement is stored under [`HERE`](super::HERE).
    Value(f64),
    /// The goal was reached; the measurement is stored under [`HERE`](super::HERE).
    Reached,
    /// A written answer.
    Words(String),
    /// The figure was saved.
    Saved,
}

/// A student's progress through a lesson.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonSession {
    /// The student's number, which shifts the seed of every draw.
    pub student: u64,
    /// Place of the current step, from 0.
    pub at: usize,
    /// Answers by the place of the step.
    pub answers: BTreeMap<usize, Answer>,
    /// Number of hints taken, by the place of the step.
    pub hints: BTreeMap<usize, usize>,
    /// True if nothing is left to do.
    pub finished: bool,
    /// Place of the furthest step reached, from 0.
    #[serde(default)]
    pub furthest: usize,
}

impl LessonSession {
    /// Starts a lesson for a student.
    pub fn new(student: u64) -> Self {
        Self { student, ..Self::default() }
    }

    /// The current step.
    pub fn step<'a>(&self, lesson: &'a Lesson) -> &'a LessonStep {
        &lesson.steps[self.at.min(lesson.steps.len() - 1)]
    }

    /// The answer to the current step; one that was only begun is none.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer_to(self.at)
    }

    /// The answer to the step at a place; one that was only begun is none.
    pub fn answer_to(&self, place: usize) -> Option<&Answer> {
        self.answers.get(&place).filter(|answer| !answer.begun)
    }

    /// The words that were begun at the current step and not committed.
    pub fn begun(&self) -> Option<&str> {
        self.answers.get(&self.at).filter(|answer| answer.begun)?.text.as_deref()
    }

    /// Takes out all answers that were begun and not committed, by the place of the step.
    pub fn take_begun(&mut self) -> BTreeMap<usize, String> {
        let (begun, given): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.answers).into_iter().partition(|(_, answer)| answer.begun);
        self.answers = given;
        let words = |(place, answer): (usize, Answer)| Some((place, answer.text?));
        begun.into_iter().filter_map(words).collect()
    }

    /// Returns true if the measurement must stay hidden because a prediction is not committed yet.
    pub fn is_masked(&self, lesson: &Lesson) -> bool {
        matches!(self.step(lesson).kind, StepKind::Predict { .. }) && self.answer().is_none()
    }

    /// The reason why the student cannot go on to the next step; `None` if they can.
    pub fn held(&self, lesson: &Lesson, findings: &LessonFindings) -> Option<&'static str> {
        match &self.step(lesson).kind {
            StepKind::Predict { .. } if self.answer().is_none() => {
                Some("commit a prediction first")
            }
            StepKind::Reveal { setting, .. } if findings.get(setting).is_none() => {
                Some("still being measured")
            }
            _ => None,
        }
    }

    /// Goes to the next step; after the last one, the lesson is finished. Returns true if there was
    /// one.
    pub fn next(&mut self, lesson: &Lesson, findings: &LessonFindings) -> bool {
        if self.held(lesson, findings).is_some() {
            return false;
        }
        self.judge(lesson, findings);
        if self.at + 1 < lesson.steps.len() {
            self.at += 1;
            self.furthest = self.furthest.max(self.at);
            let last = self.at + 1 == lesson.steps.len();
            let only_said = matches!(self.step(lesson).kind, StepKind::Say | StepKind::Checkpoint);
            self.finished |= last && only_said;
            return true;
        }
        self.finished = true;
        false
    }

    /// Returns true if the current step is a committed prediction that the next step reveals.
    pub fn leads_to_reveal(&self, lesson: &Lesson) -> bool {
        let next = lesson.steps.get(self.at + 1).map(|step| &step.kind);
        let reveals = match next {
            Some(StepKind::Reveal { answers, .. }) => *answers == Some(self.at),
            _ => false,
        };
        reveals && self.answer().is_some()
    }

    /// Goes back one step. Returns true if there was one.
    pub fn back(&mut self) -> bool {
        let moved = self.at > 0;
        self.at = self.at.saturating_sub(1);
        moved
    }

    /// Number of hints taken at the current step.
    pub fn hints_taken(&self) -> usize {
        self.hints.get(&self.at).copied().unwrap_or(0)
    }

    /// Takes a hint. Returns true if there was one left.
    pub fn hint(&mut self, lesson: &Lesson) -> bool {
        let taken = self.hints_taken();
        let more = taken < self.step(lesson).hints.len();
        if more {
            self.hints.insert(self.at, taken + 1);
        }
        more
    }

    /// Returns true if the student has seen later steps, so that a value found now is not judged.
    pub fn has_read_on(&self) -> bool {
        self.furthest > self.at
    }

    /// Commits an answer to the current step. A committed prediction cannot be changed, nor can a
    /// right answer. A value found only after later steps were seen is stored but not judged.
    ///
    /// # Errors
    ///
    /// [`Invalid`] if the step asks for something else, or if the earlier answer can no longer be
    /// changed.
    pub fn commit(
        &mut self,
        lesson: &Lesson,
        findings: &LessonFindings,
        given: Given,
        seconds: u64,
    ) -> Result<(), Invalid> {
        let step = self.step(lesson);
        let refuse = |found: &str, allowed: String| Err(Invalid::new("answer", found, allowed));
        let before = self.answer();
        let is_found = before.is_some_and(|answer| answer.right == Some(true));
        let seen = self.has_read_on();
        let tries = before.map_or(1, |answer| answer.tries.saturating_add(1));
        let mut answer = Answer { tries, seconds, ..Answer::default() };
        match (&step.kind, given) {
            (StepKind::Predict { .. }, _) if before.is_some() => {
                return refuse("another prediction", "the committed one".into());
            }
            (StepKind::Find { .. } | StepKind::Free { .. }, _) if is_found => {
                return refuse("another answer", "the right one already given".into());
            }
            (StepKind::Find { .. }, _) if seen && before.is_some() => {
                return refuse("another answer", "the one given before reading on".into());
            }
            (StepKind::Predict { choices, confidence, .. }, Given::Choice(choice, sure)) => {
                if choice >= choices.len() {
                    let last = letter(choices.len() - 1);
                    return refuse("no such choice", format!("a letter from a to {last}"));
                }
                let sure = sure.filter(|_| *confidence);
                if *confidence && !sure.is_some_and(|sure| (1..=3).contains(&sure)) {
                    return refuse("nothing", "how sure you are: 1, 2 or 3".into());
                }
                (answer.choice, answer.confidence) = (Some(letter(choice)), sure);
            }
            (StepKind::Find { knob, .. }, Given::Value(value)) => {
                knob.knob.check("answer", value)?;
                answer.value = Some(value);
                answer.right = judged(step, &answer, findings).filter(|_| !seen);
            }
            (StepKind::Free { .. }, Given::Reached) => {
                answer.right = judged(step, &answer, findings)
            }
            (StepKind::Explain { .. }, Given::Words(words)) => {
                let words = words.trim();
                if words.is_empty() || words.chars().count() > LONGEST {
                    return refuse(
                        "an empty or too long text",
                        format!("1 to {LONGEST} characters"),
                    );
                }
                answer.text = Some(words.to_owned());
            }
            (StepKind::Export { .. }, Given::Saved) => {}
            (kind, _) => return refuse("a different kind of answer", asked(kind).into()),
        }
        self.answers.insert(self.at, answer);
        self.judge(lesson, findings);
        Ok(())
    }

    /// Stores words that the student wrote at a step but did not commit, so that they can be completed
    /// later. An answer already given stays.
    pub fn keep_words(&mut self, lesson: &Lesson, place: usize, words: &str) {
        let words: String = words.trim().chars().take(LONGEST).collect();
        let asks = lesson.steps.get(place).is_some_and(|step| step.kind.is_explain());
        if asks && !words.is_empty() {
            let begun = Answer { text: Some(words), begun: true, tries: 1, ..Answer::default() };
            if self.answers.get(&place).is_none_or(|answer| answer.begun) {
                self.answers.insert(place, begun);
            }
        }
    }

    /// Judges predictions that were committed before everything was measured.
    pub fn judge(&mut self, lesson: &Lesson, findings: &LessonFindings) {
        for (place, answer) in &mut self.answers {
            if let Some(step) = lesson.steps.get(*place)
                && matches!(step.kind, StepKind::Predict { .. })
                && answer.right.is_none()
            {
                answer.right = judged(step, answer, findings);
                answer.measured = the_right_choice(step, findings).map(letter);
            }
        }
    }

    /// The number of right answers and the number of judged answers.
    pub fn score(&self) -> (usize, usize) {
        let judged = self.answers.values().filter_map(|answer| answer.right);
        judged.fold((0, 0), |(right, all), this| (right + usize::from(this), all + 1))
    }

    /// For each confidence, the number of right predictions and the number of judged ones.
    pub fn by_confidence(&self) -> [(usize, usize); 3] {
        let mut counts = [(0, 0); 3];
        for answer in self.answers.values() {
            if let (Some(sure @ 1..=3), Some(right)) = (answer.confidence, answer.right) {
                let (of, all) = &mut counts[usize::from(sure) - 1];
                (*of, *all) = (*of + usize::from(right), *all + 1);
            }
        }
        counts
    }

    /// Returns true if the session fits the lesson: its places and letters exist there.
    pub fn fits(&self, lesson: &Lesson) -> bool {
        let fits = |(place, answer): (&usize, &Answer)| {
            let Some(step) = lesson.steps.get(*place) else { return false };
            match (&step.kind, answer.choice) {
                (StepKind::Predict { choices, .. }, Some(choice)) => {
                    (0..choices.len()).any(|i| letter(i) == choice)
                }
                (StepKind::Predict { .. }, None) => false,
                (_, choice) => choice.is_none(),
            }
        };
        let is_short = |answer: &Answer| {
            answer.text.as_ref().is_none_or(|text| text.chars().count() <= LONGEST)
        };
        self.at < lesson.steps.len()
            && self.answers.iter().all(fits)
            && self.answers.values().all(is_short)
            && self.hints.keys().all(|place| *place < lesson.steps.len())
    }
}

/// The kind of answer that a step asks for.
fn asked(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Predict { .. } => "the letter of a choice",
        StepKind::Find { .. } => "a value of the knob",
        StepKind::Free { .. } => "a goal to reach",
        StepKind::Explain { .. } => "a written answer",
        StepKind::Export { .. } => "a saved figure",
        StepKind::Say | StepKind::Reveal { .. } | StepKind::Checkpoint => "nothing; go on",
    }
}

/// The choices of a step that are true according to the findings.
pub fn right_choices(step: &LessonStep, findings: &LessonFindings) -> Vec<usize> {
    let StepKind::Predict { choices, .. } = &step.kind else { return Vec::new() };
    let holds = |i: &usize| choices[*i].when.truth(findings) == Truth::Holds;
    (0..choices.len()).filter(holds).collect()
}

/// The right choice of a step; `None` unless exactly one is right.
pub fn the_right_choice(step: &LessonStep, findings: &LessonFindings) -> Option<usize> {
    let right = right_choices(step, findings);
    (right.len() == 1).then(|| right[0])
}

/// The interval of values that count as right: the measured one, widened by one notch of the knob on
/// each side.
pub fn accepted(knob: Handle, interval: Interval) -> (f64, f64) {
    let (low, high) = (knob.knob.step(interval.low, -1), knob.knob.step(interval.high, 1));
    (low.min(interval.low), high.max(interval.high))
}

/// Returns true if a value lies in the interval, widened by one notch of the knob on each side.
pub fn is_inside(knob: Handle, value: f64, interval: Interval) -> bool {
    let (low, high) = accepted(knob, interval);
    (low..=high).contains(&value)
}

fn judged(step: &LessonStep, answer: &Answer, findings: &LessonFindings) -> Option<bool> {
    let known = |truth: Truth| match truth {
        Truth::Holds => Some(true),
        Truth::Fails => Some(false),
        Truth::Open => None,
    };
    match &step.kind {
        StepKind::Predict { .. } => {
            let right = the_right_choice(step, findings)?;
            Some(answer.choice == Some(letter(right)))
        }
        StepKind::Find { knob, sought: SoughtValue::Inside(number), .. } => {
            let interval = number.value(findings.get(&number.subject.setting)?)?;
            Some(is_inside(*knob, answer.value?, interval))
        }
        StepKind::Find { sought: SoughtValue::Where(condition, _), .. } => {
            known(condition.truth(findings))
        }
        StepKind::Free { goal, .. } => known(goal.truth(findings)),
        _ => None,
    }
}
