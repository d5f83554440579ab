//! A student in a lesson: where they stand, and what they have answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Lesson;
use super::condition::Truth;
use super::found::LessonFindings;
use super::step::{LessonStep, SoughtValue, StepKind, letter};
use crate::error::Invalid;
use crate::scenario::Handle;

/// How sure one can be, from 1.
pub const CONFIDENCE: [&str; 3] = ["a guess", "fairly sure", "certain"];

/// Longest answer in one's own words, in characters.
pub const LONGEST: usize = 2000;

/// What a student answered at one step.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The letter of the choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<char>,
    /// How sure they were: 1 a guess, 2 fairly sure, 3 certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// The value of the knob that was sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What they wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it is so, by what was measured; absent where the measurement leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// The letter of the choice that is so by the student's own draws, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<char>,
    /// How often they tried.
    pub tries: u32,
    /// Seconds from the beginning of the step.
    pub seconds: u64,
}

/// What a student gives for an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// One of the choices, by its place, and how sure they are, from 1.
    Choice(usize, Option<u8>),
    /// A value of the knob that is sought; what was found there stands under
    /// [`HERE`](super::HERE).
    Value(f64),
    /// That a goal has been reached, with what was found under [`HERE`](super::HERE).
    Reached,
    /// Words.
    Words(String),
    /// That a figure was saved.
    Saved,
}

/// Where a student stands in a lesson.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonSession {
    /// Number of the student; it shifts the seed of every draw.
    pub student: u64,
    /// Place of the step, from 0.
    pub at: usize,
    /// Answers by the place of their step.
    pub answers: BTreeMap<usize, Answer>,
    /// Hints taken, by the place of their step.
    pub hints: BTreeMap<usize, usize>,
    /// Whether there is nothing left to do.
    pub finished: bool,
    /// The furthest step that was reached, from 0.
    #[serde(default)]
    pub furthest: usize,
}

impl LessonSession {
    /// A student at the beginning of a lesson.
    pub fn new(student: u64) -> Self {
        Self { student, ..Self::default() }
    }

    /// The step they stand at.
    pub fn step<'a>(&self, lesson: &'a Lesson) -> &'a LessonStep {
        &lesson.steps[self.at.min(lesson.steps.len() - 1)]
    }

    /// What they answered at this step.
    pub fn answer(&self) -> Option<&Answer> {
        self.answers.get(&self.at)
    }

    /// Whether what is measured must not be seen: a prediction has not been committed.
    pub fn is_masked(&self, lesson: &Lesson) -> bool {
        matches!(self.step(lesson).kind, StepKind::Predict { .. }) && self.answer().is_none()
    }

    /// Why the next step cannot be taken; `None` where it can.
    pub fn held(&self, lesson: &Lesson, findings: &LessonFindings) -> Option<&'static str> {
        match &self.step(lesson).kind {
            StepKind::Predict { .. } if self.answer().is_none() => {
                Some("commit a prediction first")
            }
            StepKind::Reveal { setting, .. } if findings.get(setting).is_none() => {
                Some("it is still being measured")
            }
            _ => None,
        }
    }

    /// Takes the next step; after the last one the lesson is finished. Says whether there was one.
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

    /// Goes back a step. Says whether there was one.
    pub fn back(&mut self) -> bool {
        let moved = self.at > 0;
        self.at = self.at.saturating_sub(1);
        moved
    }

    /// Hints taken at this step.
    pub fn hints_taken(&self) -> usize {
        self.hints.get(&self.at).copied().unwrap_or(0)
    }

    /// Takes a hint. Says whether there was one.
    pub fn hint(&mut self, lesson: &Lesson) -> bool {
        let taken = self.hints_taken();
        let more = taken < self.step(lesson).hints.len();
        if more {
            self.hints.insert(self.at, taken + 1);
        }
        more
    }

    /// Whether later steps have been read, so that a value found only now is not judged.
    pub fn has_read_on(&self) -> bool {
        self.furthest > self.at
    }

    /// Commits an answer to this step. A prediction cannot be changed afterwards, nor can what is
    /// right; a value that is found only after later steps were read is kept, but not judged.
    ///
    /// # Errors
    ///
    /// Where the step asks for something else, or what was committed stays.
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
                return refuse("another one", "the one that was committed".into());
            }
            (StepKind::Find { .. } | StepKind::Free { .. }, _) if is_found => {
                return refuse("another one", "the one that is right".into());
            }
            (StepKind::Find { .. }, _) if seen && before.is_some() => {
                return refuse("another one", "the one from before later steps were read".into());
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
                        "too few or too many words",
                        format!("up to {LONGEST} characters"),
                    );
                }
                answer.text = Some(words.to_owned());
            }
            (StepKind::Export { .. }, Given::Saved) => {}
            (kind, _) => return refuse("another kind of answer", asked(kind).into()),
        }
        self.answers.insert(self.at, answer);
        self.judge(lesson, findings);
        Ok(())
    }

    /// Judges predictions that were committed before everything had been measured.
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

    /// How many answers were right, and how many could be judged.
    pub fn score(&self) -> (usize, usize) {
        let judged = self.answers.values().filter_map(|answer| answer.right);
        judged.fold((0, 0), |(right, all), this| (right + usize::from(this), all + 1))
    }

    /// Of predictions with each confidence, how many were right and how many could be judged.
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

    /// Whether this can be a session of a lesson: places and letters that it has.
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

/// What is asked for in a step.
fn asked(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Predict { .. } => "the letter of a choice",
        StepKind::Find { .. } => "a value of the knob",
        StepKind::Free { .. } => "the goal, reached",
        StepKind::Explain { .. } => "words",
        StepKind::Export { .. } => "a figure, saved",
        StepKind::Say | StepKind::Reveal { .. } | StepKind::Checkpoint => "nothing; go on",
    }
}

/// The choices of a step that are so.
pub fn right_choices(step: &LessonStep, findings: &LessonFindings) -> Vec<usize> {
    let StepKind::Predict { choices, .. } = &step.kind else { return Vec::new() };
    let holds = |i: &usize| choices[*i].when.truth(findings) == Truth::Holds;
    (0..choices.len()).filter(holds).collect()
}

/// The choice of a step that alone is so.
pub fn the_right_choice(step: &LessonStep, findings: &LessonFindings) -> Option<usize> {
    let right = right_choices(step, findings);
    (right.len() == 1).then(|| right[0])
}

/// Whether a value is inside an interval widened by a notch of the knob.
pub fn is_inside(knob: Handle, value: f64, interval: crate::math::stats::Interval) -> bool {
    let (low, high) = (knob.knob.step(interval.low, -1), knob.knob.step(interval.high, 1));
    (low.min(interval.low)..=high.max(interval.high)).contains(&value)
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
