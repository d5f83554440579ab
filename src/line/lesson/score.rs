//! The score of a student, and the answers of the class.

use super::pupil::Pupil;
use crate::error::Invalid;
use crate::lesson::session::SURENESS;
use crate::lesson::{LessonSession, StepKind};
use crate::line::facts::stopped;
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

    /// Says what was found at each step that was answered.
    pub(super) fn say_outcomes(&self, voice: &mut Voice<'_>) -> Done {
        for found in self.lesson.outcomes(self.session(), &self.findings) {
            let parts = [found.number.as_str(), found.words.as_str()];
            let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let said = stopped(&said.join(": "));
            let step = found.place + 1;
            voice.say(&format!("Step {step}, your answer is {}: {said}", found.judgement()))?;
        }
        Ok(())
    }

    /// The step whose answers are counted: that of the prediction, even where it is revealed.
    fn asked(&self) -> Option<usize> {
        match &self.step().kind {
            StepKind::Reveal { answers, .. } => *answers,
            kind => kind.ask().map(|_| self.session().at),
        }
    }

    /// For a teacher: says the answers of the class at this step, or only their number while the
    /// prediction is not committed.
    pub(super) fn class_counts(&self, voice: &mut Voice<'_>) -> Done {
        let Some(class) = self.class else { return Ok(()) };
        let Some(asked) = self.asked() else { return Ok(()) };
        let sessions = class()?;
        let sessions: Vec<&LessonSession> = sessions.iter().collect();
        let tally = self.lesson.tally(asked, &sessions);
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
    if pupil.asked().is_none() {
        return voice.say("This step has no question.");
    }
    pupil.class_counts(voice)
}
