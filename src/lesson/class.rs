//! A class's answers, step by step.

use super::Lesson;
use super::session::{LessonSession, SURENESS};
use super::step::{StepKind, letter};
use crate::figure::Figure;
use crate::figure::class::{self, ClassPredictions};
use crate::math::proportion::wilson;
use crate::math::stats::LEVEL;

/// A class's answers to one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepTally {
    /// Place of the step, from 0.
    pub step: usize,
    /// Number of students who answered.
    pub answered: usize,
    /// Number of students who began to write an answer and did not commit it.
    pub begun: usize,
    /// Number of answers known to be right or wrong.
    pub judged: usize,
    /// Number of right answers.
    pub right: usize,
    /// Number of students who chose each choice; empty if the step is not a prediction.
    pub choices: Vec<usize>,
    /// For each choice, the counts by confidence: a guess, fairly sure, certain.
    pub sure: Vec<[usize; 3]>,
    /// True if every student has their own draws.
    pub per_student: bool,
    /// Number of students for whom each choice is true on the draws they had.
    pub so: Vec<usize>,
    /// Counts of wrong answers by confidence: a guess, fairly sure, certain.
    pub wrong: [usize; 3],
    /// Fewest and most tries.
    pub tries: Option<(u32, u32)>,
    /// Number of students who took a hint.
    pub hinted: usize,
}

impl Lesson {
    /// Counts a class's answers to every step that asks for one.
    pub fn tallies(&self, sessions: &[&LessonSession]) -> Vec<StepTally> {
        let steps = self.steps.iter().enumerate().filter(|(_, step)| step.kind.ask().is_some());
        steps.map(|(step, _)| self.tally(step, sessions)).collect()
    }

    /// Counts a class's answers to one step.
    pub fn tally(&self, step: usize, sessions: &[&LessonSession]) -> StepTally {
        let count = match self.steps.get(step).map(|step| &step.kind) {
            Some(StepKind::Predict { choices, .. }) => choices.len(),
            _ => 0,
        };
        let zeros = vec![0; count];
        let sure = vec![[0; 3]; count];
        let mut tally = StepTally {
            step,
            choices: zeros.clone(),
            sure,
            per_student: self.per_student,
            so: zeros,
            ..StepTally::default()
        };
        let place = |chosen: Option<char>| (0..count).find(|i| chosen == Some(letter(*i)));
        for session in sessions {
            tally.hinted += usize::from(session.hints.get(&step).is_some_and(|taken| *taken > 0));
            tally.begun += usize::from(session.answers.get(&step).is_some_and(|own| own.begun));
            let Some(answer) = session.answer_to(step) else { continue };
            tally.answered += 1;
            if let Some(chosen) = place(answer.choice) {
                tally.choices[chosen] += 1;
                if let Some(sure @ 1..=3) = answer.confidence {
                    tally.sure[chosen][usize::from(sure) - 1] += 1;
                }
            }
            if let Some(so) = place(answer.measured) {
                tally.so[so] += 1;
            }
            let tries = tally.tries.unwrap_or((answer.tries, answer.tries));
            tally.tries = Some((tries.0.min(answer.tries), tries.1.max(answer.tries)));
            match (answer.right, answer.confidence) {
                (None, _) => continue,
                (Some(true), _) => tally.right += 1,
                (Some(false), Some(sure @ 1..=3)) => tally.wrong[usize::from(sure) - 1] += 1,
                (Some(false), _) => {}
            }
            tally.judged += 1;
        }
        tally
    }

    /// The class's predictions.
    pub fn predicted(&self, sessions: &[&LessonSession]) -> Vec<ClassPredictions> {
        let predicted = |(step, _)| {
            let StepTally { choices, so, answered, .. } = self.tally(step, sessions);
            ClassPredictions { step: step + 1, choices, so, n: answered }
        };
        self.predictions().map(predicted).collect()
    }

    /// Figure of the class's predictions beside the true answers; `None` if the lesson has no
    /// predictions or nobody committed one.
    pub fn class_figure(&self, sessions: &[&LessonSession]) -> Option<Figure> {
        let steps = self.predicted(sessions);
        class::figure(&self.title, &self.id, sessions.len(), self.per_student, &steps)
    }
}

impl StepTally {
    /// The counts of the choices, as in `a 3, b 0, c 9`; empty if the step is not a prediction.
    pub fn chosen(&self) -> String {
        let counts = self.choices.iter().enumerate();
        counts.map(|(i, n)| format!("{} {n}", letter(i))).collect::<Vec<_>>().join(", ")
    }

    /// The true choices on the draws that students had, as in `c for 12 of 12`; `None` if nobody has
    /// measured one.
    pub fn truth(&self) -> Option<String> {
        let all: usize = self.so.iter().sum();
        let known = self.so.iter().enumerate().filter(|(_, n)| **n > 0);
        let said: Vec<String> =
            known.map(|(i, n)| format!("{} for {n} of {all}", letter(i))).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// The answers in sentences.
    pub fn words(&self) -> Vec<String> {
        let mut said = vec![match wilson(self.right, self.judged) {
            Some(share) => {
                let percent = |share: f64| format!("{:.0}", 100.0 * share);
                let (low, high) = (percent(share.low), percent(share.high));
                let (right, n) = (self.right, self.judged);
                format!(
                    "{right} of {n} right ({LEVEL}: {low} to {high} %), {} answered",
                    self.answered
                )
            }
            None => format!("{} answered, none judged", self.answered),
        }];
        if self.begun > 0 {
            said.push(format!("begun and not committed: {}", self.begun));
        }
        if !self.choices.is_empty() {
            said.push(format!("chosen: {}", self.chosen()));
            let truth = self.truth().unwrap_or_else(|| "not measured yet".to_owned());
            let draws = if self.per_student { "their own draws" } else { "the draws of all" };
            said.push(format!("true on {draws}: {truth}"));
        }
        if self.judged > self.right && self.wrong.iter().any(|n| *n > 0) {
            let sure = SURENESS.iter().zip(self.wrong).map(|(how, n)| format!("{n} {how}"));
            let sure: Vec<String> = sure.collect();
            said.push(format!("those who were wrong: {}", sure.join(", ")));
        }
        if let Some((least, most)) = self.tries.filter(|(_, most)| *most > 1) {
            let tries = if least == most { most.to_string() } else { format!("{least} to {most}") };
            said.push(format!("tries: {tries}"));
        }
        if self.hinted > 0 {
            said.push(format!("took a hint: {}", self.hinted));
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Answer;
    use crate::lesson::catalog::{TEMPLATE, preset};

    #[test]
    fn every_answer_is_counted_once_by_its_letter_and_confidence() {
        let lesson = Lesson::parse(TEMPLATE, "template", &preset).unwrap();
        let said = |choice, sure, right| {
            let mut session = LessonSession::new(0);
            let (choice, confidence) = (Some(choice), Some(sure));
            session.answers.insert(1, Answer { choice, confidence, right, ..Answer::default() });
            session
        };
        let sessions = [said('a', 1, Some(false)), said('c', 3, Some(true)), said('c', 3, None)];
        let sessions: Vec<&LessonSession> = sessions.iter().collect();
        let tally = lesson.tally(1, &sessions);
        assert_eq!((tally.answered, tally.judged, tally.right), (3, 2, 1));
        assert_eq!((tally.choices, tally.sure[2]), (vec![1, 0, 2], [0, 0, 2]));
        assert_eq!(lesson.tally(3, &sessions).answered, 0);
        let mut begun = LessonSession::new(0);
        begun.keep_words(&lesson, 5, "The unit is shared, and");
        let tally = lesson.tally(5, &[&begun]);
        assert_eq!((tally.answered, tally.begun, tally.tries), (0, 1, None));
        assert!(tally.words().contains(&"begun and not committed: 1".to_owned()));
    }
}
