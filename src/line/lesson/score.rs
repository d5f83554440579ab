//! The score of a student, and the answers of the class.

use super::pupil::Pupil;
use crate::error::Invalid;
use crate::lesson::LessonSession;
use crate::lesson::session::SURENESS;
use crate::line::voice::{Done, Voice};

impl Pupil<'_> {
    /// Says how many answers were right, in total and by confidence.
    pub(super) fn say_score(&self, voice: &mut Voice<'_>) -> Done {
        let (right, judged) = self.session().score();
        if judged == 0 {
            return voice.say("Nothing has been judged yet.");
        }
        voice.say(&format!("Right so far: {right} of {judged} that could be judged."))?;
        for (how, (right, judged)) in SURENESS.iter().zip(self.session().by_confidence()) {
            if judged > 0 {
                voice
                    .say(&format!("Predictions committed as {how}: {right} of {judged} right."))?;
            }
        }
        Ok(())
    }

    /// For a teacher: says the answers of the class at this step, or only their number while the
    /// prediction is not committed.
    pub(super) fn class_counts(&self, voice: &mut Voice<'_>) -> Done {
        let Some(class) = self.class else { return Ok(()) };
        if self.step().kind.ask().is_none() {
            return Ok(());
        }
        let sessions = class()?;
        let sessions: Vec<&LessonSession> = sessions.iter().collect();
        let tally = self.lesson.tally(self.session().at, &sessions);
        let n = tally.answered;
        if self.session().is_masked(self.lesson) {
            return voice.say(&format!("The class so far: {n} committed."));
        }
        voice.say_all(tally.words().into_iter().map(|words| format!("The class: {words}.")))
    }
}

pub(super) fn score(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    pupil.say_score(voice)
}

pub(super) fn class(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    if pupil.class.is_none() {
        let allowed = "only in a lesson started with --teacher DIR";
        return Err(Invalid::new("class", "no folder of answers", allowed).into());
    }
    if pupil.step().kind.ask().is_none() {
        return voice.say("This step has no question.");
    }
    pupil.class_counts(voice)
}
