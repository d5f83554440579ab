//! What a class has answered at one step.

use super::session::{CONFIDENCE, Session};
use super::step::letter;

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
pub struct Tally {
    /// How many have answered.
    pub answered: usize,
    /// Of these, how many are right.
    pub right: usize,
    /// Of these, how many could be judged.
    pub judged: usize,
    /// Who chose what, by the place of the choice.
    pub chosen: Vec<Chosen>,
}

impl Tally {
    /// Counts the answers that sessions hold at the step with a place, which has so many choices.
    pub fn of<'a>(
        sessions: impl IntoIterator<Item = &'a Session>,
        step: usize,
        choices: usize,
    ) -> Self {
        let mut tally = Self { chosen: vec![Chosen::default(); choices], ..Self::default() };
        let answers = sessions.into_iter().filter_map(|session| session.answers.get(&step));
        for answer in answers {
            tally.answered += 1;
            tally.judged += usize::from(answer.right.is_some());
            tally.right += usize::from(answer.right == Some(true));
            let place = (0..choices).find(|choice| answer.choice == Some(letter(*choice)));
            let Some(chosen) = place.and_then(|place| tally.chosen.get_mut(place)) else { continue };
            chosen.count += 1;
            let sure = answer.confidence.and_then(|sure| usize::from(sure).checked_sub(1));
            if let Some(of) = sure.and_then(|sure| chosen.sure.get_mut(sure)) {
                *of += 1;
            }
        }
        tally
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
            let answer = Answer { choice: Some(choice), confidence: Some(sure), right, ..Answer::default() };
            session.answers.insert(3, answer);
            session
        };
        let class = [said('a', 1, Some(false)), said('c', 3, Some(true)), said('c', 3, None)];
        let tally = Tally::of(&class, 3, 3);
        assert_eq!((tally.answered, tally.judged, tally.right), (3, 2, 1));
        assert_eq!(tally.chosen.iter().map(|c| c.count).collect::<Vec<_>>(), [1, 0, 2]);
        assert_eq!(tally.chosen[2].sure, [0, 0, 2]);
        assert_eq!(Tally::of(&class, 2, 3).answered, 0);
    }
}
