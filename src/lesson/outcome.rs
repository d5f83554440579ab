//! What a student has found out in a lesson: the result of every judged step.

use super::Lesson;
use super::found::{LessonFindings, SettingFindings};
use super::quantity::{Quantity, QuantityField, Subject};
use super::session::{LessonSession, the_right_choice};
use super::step::{LessonStep, SoughtValue, StepKind};
use super::words::turned;
use crate::figure::words;
use crate::scenario::Scenario;

/// The result of a step that the student has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepOutcome {
    /// Place of the step, from 0.
    pub place: usize,
    /// True if the student was right; `None` if the measurement leaves it open.
    pub right: Option<bool>,
    /// The measured number with its interval and n; empty if there is none.
    pub number: String,
    /// What is true, in the words of the lesson.
    pub words: String,
}

impl StepOutcome {
    /// Whether the student was right, in one word.
    pub fn judgement(&self) -> &'static str {
        match self.right {
            Some(true) => "right",
            Some(false) => "wrong",
            None => "open",
        }
    }
}

impl Lesson {
    /// The results of all steps that were answered with a prediction or with knobs, in order.
    pub fn outcomes(&self, session: &LessonSession, findings: &LessonFindings) -> Vec<StepOutcome> {
        let outcome = |(place, answer): (&usize, &super::Answer)| {
            let (number, words) = self.outcome(*place, findings)?;
            Some(StepOutcome { place: *place, right: answer.right, number, words })
        };
        session.answers.iter().filter_map(outcome).collect()
    }

    /// What is found at a step that is answered with a prediction or with knobs, in words.
    pub fn found_at(&self, place: usize, findings: &LessonFindings) -> Option<String> {
        let (number, words) = self.outcome(place, findings)?;
        let parts = [number, words].into_iter().filter(|part| !part.is_empty());
        Some(parts.collect::<Vec<_>>().join(": "))
    }

    /// A goal and where it holds: `hurts, for example at source.angle 60°`.
    fn reached(&self, step: &LessonStep, goal: &str, example: &Scenario) -> String {
        let knobs = turned(&self.knobs, &step.scenario, example);
        let goal = goal.strip_prefix("here ").unwrap_or(goal);
        if knobs.is_empty() {
            goal.to_owned()
        } else {
            format!("{goal}, for example at {}", knobs.join(", "))
        }
    }

    /// The measured number of a step, and what is true.
    fn outcome(&self, place: usize, findings: &LessonFindings) -> Option<(String, String)> {
        let step = self.steps.get(place)?;
        Some(match &step.kind {
            StepKind::Predict { choices, setting, .. } => {
                let number = findings.get(setting).and_then(|found| {
                    let own = Subject::of_setting(setting);
                    number(self.subject(place).unwrap_or(&own), found)
                });
                let right = the_right_choice(step, findings).and_then(|right| choices.get(right));
                let words = right.map_or_else(String::new, |right| right.text.say(findings));
                (number.unwrap_or_default(), words)
            }
            StepKind::Find { knob, sought, .. } => {
                let path = knob.path(step.scenario.draft());
                match sought {
                    SoughtValue::Inside(number) => {
                        let said = findings
                            .get(&number.subject.setting)
                            .and_then(|found| number.say(found));
                        (format!("{path} {}", said.unwrap_or_default()), String::new())
                    }
                    SoughtValue::Where(goal, example) => {
                        (String::new(), self.reached(step, &goal.to_string(), example))
                    }
                }
            }
            StepKind::Free { goal, example, .. } => {
                (String::new(), self.reached(step, &goal.to_string(), example))
            }
            _ => return None,
        })
    }
}

/// The main number of a subject: the gain, the break-even or τ.
fn number(subject: &Subject, found: &SettingFindings) -> Option<String> {
    match found {
        SettingFindings::Trials { .. } => {
            let outcome = subject.outcome(found)?;
            Some(format!("{} (n = {})", words::effect(outcome), outcome.trials))
        }
        SettingFindings::Sweep(_) => {
            Quantity { subject: subject.clone(), field: QuantityField::Crossing }.say(found)
        }
        SettingFindings::Affinity { .. } => {
            subject.method.as_ref()?;
            subject.say(found).map(|tau| format!("τ = {tau}"))
        }
    }
}
