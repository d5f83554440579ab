//! What a class has answered, and at one step.

use crate::lesson::Session;
use crate::lesson::session::CONFIDENCE;
use crate::lesson::step::letter;

/// The answers of a class to the lesson that is played.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The sessions of all whose files could be read.
    pub sessions: Vec<Session>,
    /// Files that were refused.
    pub refused: usize,
}

/// Who chose one of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// How many chose it.
    pub count: usize,
    /// Of these, how many with each confidence, from a guess to certain.
    pub sure: [usize; CONFIDENCE.len()],
}

/// The answers of a class to one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// How many have answered.
    pub answered: usize,
    /// Of these, how many are right.
    pub right: usize,
    /// Of these, how many could be judged.
    pub judged: usize,
    /// Who chose what, by the place of the choice.
    pub chosen: Vec<Chosen>,
}

impl Class {
    /// Counts the answers to the step with a place, which has so many choices.
    pub fn count(&self, step: usize, choices: usize) -> Counted {
        let mut counted =
            Counted { chosen: vec![Chosen::default(); choices], ..Counted::default() };
        let answers = self.sessions.iter().filter_map(|session| session.answers.get(&step));
        for answer in answers {
            counted.answered += 1;
            counted.judged += usize::from(answer.right.is_some());
            counted.right += usize::from(answer.right == Some(true));
            let place = (0..choices).find(|choice| answer.choice == Some(letter(*choice)));
            let Some(chosen) = place.and_then(|place| counted.chosen.get_mut(place)) else {
                continue;
            };
            chosen.count += 1;
            let sure = answer.confidence.and_then(|sure| usize::from(sure).checked_sub(1));
            if let Some(of) = sure.and_then(|sure| chosen.sure.get_mut(sure)) {
                *of += 1;
            }
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Answer;

    #[test]
    fn every_answer_is_counted_once_by_its_letter_and_confidence() {
        let said = |choice, sure, right| {
            let mut session = Session::new(0);
            let answer =
                Answer { choice: Some(choice), confidence: Some(sure), right, ..Answer::default() };
            session.answers.insert(3, answer);
            session
        };
        let sessions =
            vec![said('a', 1, Some(false)), said('c', 3, Some(true)), said('c', 3, None)];
        let class = Class { sessions, refused: 0 };
        let counted = class.count(3, 3);
        assert_eq!((counted.answered, counted.judged, counted.right), (3, 2, 1));
        assert_eq!(counted.chosen.iter().map(|c| c.count).collect::<Vec<_>>(), [1, 0, 2]);
        assert_eq!(counted.chosen[2].sure, [0, 0, 2]);
        assert_eq!(class.count(2, 3).answered, 0);
    }
}
