//! Says a step of a lesson.

use super::pupil::Pupil;
use crate::lesson::{Answer, LessonStep, StepKind, Text, words};
use crate::line::facts;
use crate::line::voice::{Done, Voice};

pub(super) use crate::line::facts::stopped;

impl Pupil<'_> {
    /// Says the current step, after measuring the numbers it mentions.
    pub(super) fn tell(&mut self, voice: &mut Voice<'_>) -> Done {
        let step = self.step();
        let (at, all) = (self.session().at + 1, self.lesson.steps.len());
        voice.say(&format!("Step {at} of {all}: {}.", step.kind.title().to_lowercase()))?;
        if step.kind.is_free() {
            self.measure_spoken(voice)?
        } else {
            self.measure_needed(voice)?
        }
        self.note(step, voice)?;
        if let StepKind::Reveal { setting, answers, right, wrong } = &step.kind {
            let answer = answers.and_then(|place| self.session().answers.get(&place).cloned());
            let found = self.findings.get(setting).map(words::measured).unwrap_or_default();
            voice.say_all(found)?;
            if let Some(answer) = answer {
                self.judgement(&answer, right, wrong, voice)?;
            }
        }
        self.text(&step.text, voice)?;
        step.kind.ask().map_or(Ok(()), |ask| self.text(ask, voice))?;
        for (letter, choice) in words::choices(step) {
            let text = words::paragraphs(&choice.text.say(&self.findings)).join(" ");
            voice.say(&format!("{letter}: {}", stopped(&text)))?;
        }
        self.prompt(step, voice)?;
        self.class_counts(voice)
    }

    /// Says a text, one sentence per line.
    pub(super) fn text(&self, text: &Text, voice: &mut Voice<'_>) -> Done {
        let said = words::paragraphs(&text.say(&self.findings));
        voice.say_all(said.iter().flat_map(|paragraph| sentences(paragraph)))
    }

    /// Says the prediction and whether it was right.
    fn judgement(
        &self,
        answer: &Answer,
        right: &Text,
        wrong: &Text,
        voice: &mut Voice<'_>,
    ) -> Done {
        let committed = words::committed(answer).unwrap_or_default();
        match answer.right {
            Some(true) => {
                voice.say(&format!("You predicted {committed}: right."))?;
                self.text(right, voice)
            }
            Some(false) => {
                let so =
                    answer.measured.map_or_else(String::new, |so| format!("; the answer is {so}"));
                voice.say(&format!("You predicted {committed}: wrong{so}."))?;
                self.text(wrong, voice)
            }
            None => voice.say(&format!(
                "You predicted {committed}: the measurement leaves open whether that is right."
            )),
        }
    }

    /// Says what to do at the step.
    fn prompt(&self, step: &LessonStep, voice: &mut Voice<'_>) -> Done {
        let answer = self.session().answer();
        match (&step.kind, answer) {
            (StepKind::Predict { .. }, Some(answer)) => {
                let committed = words::committed(answer).unwrap_or_default();
                voice.say(&format!("You committed {committed}; this cannot be changed."))
            }
            (StepKind::Predict { confidence, .. }, None) => {
                voice.say("Type the letter of your choice.")?;
                if !*confidence {
                    return Ok(());
                }
                voice.say("Add how sure you are: 1 a guess, 2 fairly sure, 3 certain.")
            }
            (StepKind::Find { knob, .. }, _) => {
                self.say_knobs(voice)?;
                let path = knob.path(self.here.draft());
                voice.say(&format!("Turn it with {path}=VALUE; answer with answer VALUE."))
            }
            (StepKind::Free { .. }, _) => {
                self.say_knobs(voice)?;
                voice.say("Turn a knob with KNOB=VALUE.")
            }
            (StepKind::Explain { .. }, None) => {
                if let Some(begun) = self.session().begun() {
                    voice.say(&format!("You began to write: {}", stopped(begun)))?;
                }
                voice.say("Type your answer in one line.")
            }
            (StepKind::Explain { answer, .. }, Some(given)) => {
                let own = given.text.as_deref().unwrap_or_default();
                voice.say(&format!("You answered: {}", stopped(own)))?;
                voice.say("An answer to compare with:")?;
                self.text(answer, voice)
            }
            (StepKind::Export { figure, .. }, _) => {
                voice.say(&format!("The figure: {}", figure.shows))?;
                voice.say("Save it with save or save FILE.")
            }
            (StepKind::Checkpoint, _) => self.say_score(voice),
            (StepKind::Say | StepKind::Reveal { .. }, _) => Ok(()),
        }
    }

    /// Says the values of the knobs that may be turned, and of the fixed ones.
    fn say_knobs(&self, voice: &mut Voice<'_>) -> Done {
        for knob in &self.lesson.knobs {
            voice.say(&facts::knob(&self.here, *knob))?;
        }
        for knob in &self.lesson.locked {
            let value = facts::value(&self.here, *knob);
            voice.say(&format!("Fixed: {value}"))?;
        }
        Ok(())
    }

    /// Says the note to the teacher, if there is one.
    fn note(&self, step: &LessonStep, voice: &mut Voice<'_>) -> Done {
        let Some(note) = step.teacher.as_ref().filter(|_| self.class.is_some()) else {
            return Ok(());
        };
        let note = words::paragraphs(note).join(" ");
        voice.say(&format!("For the teacher: {}", stopped(&note)))
    }
}

/// Splits a paragraph into sentences.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut said = Vec::new();
    let mut rest = paragraph;
    while let Some(end) = end_of_sentence(rest) {
        said.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        said.push(stopped(rest));
    }
    said
}

/// The end of the first sentence of a text if another sentence follows.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.match_indices(['.', '?', '!']).map(|(at, _)| at + 1).find(|end| {
        let mut behind = text[*end..].chars();
        behind.next() == Some(' ') && behind.next().is_some_and(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_its_line() {
        let said = sentences("One unit, e.g. this. The gain is +2.5 %! Is it? yes");
        assert_eq!(said, ["One unit, e.g. this.", "The gain is +2.5 %!", "Is it? yes."]);
        assert!(sentences("").is_empty());
    }
}
