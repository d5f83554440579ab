//! Commits predictions and answers in words.

use super::pupil::Pupil;
use crate::error::Invalid;
use crate::lesson::step::letter;
use crate::lesson::{Given, StepKind, words};
use crate::line::voice::{Done, Voice};

/// Parses a choice, with the student's confidence if given: `c`, `c 3`, `C3`.
pub(super) fn choice(line: &str) -> Option<(usize, Option<u8>)> {
    let mut characters = line.chars();
    let first = characters.next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    let rest = characters.as_str().trim();
    let sure = match rest {
        "" => None,
        rest => Some(rest.parse().ok()?),
    };
    let place = (0..26).find(|place| letter(*place) == first)?;
    Some((place, sure))
}

/// Commits a choice, or asks how sure the student is.
pub(super) fn choose(
    pupil: &mut Pupil<'_>,
    (place, sure): (usize, Option<u8>),
    voice: &mut Voice<'_>,
) -> Done {
    let StepKind::Predict { choices, confidence, .. } = &pupil.step().kind else {
        return Err(Invalid::new("choice", "no question", "letters only at a question").into());
    };
    if sure.is_none() && *confidence && place < choices.len() && pupil.session().answer().is_none()
    {
        pupil.chosen = Some(place);
        return voice
            .say("How sure are you? Type 1 for a guess, 2 for fairly sure, 3 for certain.");
    }
    commit(pupil, Given::Choice(place, sure))?;
    pupil.chosen = None;
    let answer = pupil.session().answer();
    let committed = answer.and_then(words::committed).unwrap_or_default();
    match pupil.session().leads_to_reveal(pupil.lesson) {
        true => {
            voice.say(&format!("Committed: {committed}."))?;
            pupil.go(|session, lesson, findings| session.next(lesson, findings), voice)
        }
        false => voice.say(&format!("Committed: {committed}. Type next to go on.")),
    }
}

/// Commits an answer in words.
pub(super) fn write(pupil: &mut Pupil<'_>, line: &str, voice: &mut Voice<'_>) -> Done {
    let StepKind::Explain { answer, .. } = &pupil.step().kind else {
        return Err(Invalid::new("words", "no question", "words only where they are asked").into());
    };
    commit(pupil, Given::Words(line.to_owned()))?;
    voice.say("Your answer is saved. An answer to compare with:")?;
    pupil.text(answer, voice)
}

fn commit(pupil: &mut Pupil<'_>, given: Given) -> crate::error::Result<()> {
    let seconds = pupil.seconds();
    pupil.keep(|session, lesson, findings| Ok(session.commit(lesson, findings, given, seconds)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_may_come_with_how_sure_one_is() {
        assert_eq!(choice("b"), Some((1, None)));
        assert_eq!(choice("B 2"), Some((1, Some(2))));
        assert_eq!(choice("c3"), Some((2, Some(3))));
        for line in ["back", "b two", "", "2", "ä"] {
            assert_eq!(choice(line), None, "{line}");
        }
    }
}
