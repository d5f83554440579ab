//! The measurements that a step needs.

use super::Lesson;
use super::found::LessonFindings;
use super::session::LessonSession;
use super::setting::LessonSetting;
use super::step::StepKind;

impl Lesson {
    /// The settings that the session's current step mentions or is judged by, in the order of the
    /// lesson. If the step is a prediction not yet committed, the setting that would give its
    /// answer away is left out.
    pub fn needed(&self, session: &LessonSession) -> Vec<&LessonSetting> {
        let step = session.step(self);
        let masked = session.is_masked(self);
        let mut names = step.tells_of();
        match &step.kind {
            StepKind::Predict { setting, .. } if masked => names.retain(|name| name != setting),
            kind if kind.is_free() => names.extend(step.judged_by()),
            _ => {}
        }
        let reveals = |place: usize| match (&step.kind, session.finished) {
            (StepKind::Checkpoint, _) | (_, true) => place <= session.at,
            (StepKind::Reveal { answers, .. }, _) => *answers == Some(place),
            _ => false,
        };
        for (place, step) in self.predictions() {
            if reveals(place) && session.answers.contains_key(&place) {
                names.extend(step.judged_by());
            }
        }
        self.settings.iter().filter(|own| names.contains(&own.name.as_str())).collect()
    }

    /// The settings in [`Self::needed`] that have not been measured.
    pub fn missing(
        &self,
        session: &LessonSession,
        findings: &LessonFindings,
    ) -> Vec<&LessonSetting> {
        let mut needed = self.needed(session);
        needed.retain(|setting| findings.get(&setting.name).is_none());
        needed
    }
}

#[cfg(test)]
mod tests {
    use crate::lesson::catalog::{TEMPLATE, preset};
    use crate::lesson::{Given, Lesson, LessonFindings, LessonSession};

    #[test]
    fn what_would_say_the_answer_is_not_needed_before_the_prediction_is_committed() {
        let lesson = Lesson::parse(TEMPLATE, "template", &preset).unwrap();
        let mut session = LessonSession::new(1);
        session.at = 1;
        assert!(session.is_masked(&lesson) && lesson.needed(&session).is_empty());
        session.commit(&lesson, &LessonFindings::default(), Given::Choice(2, Some(3)), 1).unwrap();
        session.at = 2;
        let names: Vec<&str> = lesson.needed(&session).iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["right-angle"]);
        session.at = 3;
        let names: Vec<&str> = lesson.needed(&session).iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["angles"]);
    }
}
