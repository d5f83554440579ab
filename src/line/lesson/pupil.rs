//! State of a student in a lesson: the current step and the measurements.

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::lesson::{
    HERE, Lesson, LessonFindings, LessonSession, LessonSetting, LessonStep, SettingFindings,
};
use crate::line::facts;
use crate::line::voice::{Done, Trouble, Voice};
use crate::scenario::Scenario;
use crate::store::answers::{AnswerFile, Answers};

/// Reads the answers of a class so far.
pub type ClassReader<'a> = &'a dyn Fn() -> Result<Vec<LessonSession>>;

/// A lesson to play, and the student's answers.
pub struct Played<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// The student's answers so far.
    pub answers: Answers,
    /// The file of the answers.
    pub place: &'a AnswerFile,
    /// For a teacher: reads the answers of the class. The teacher's notes are shown too.
    pub class: Option<ClassReader<'a>>,
    /// A clock in seconds, with any origin.
    pub clock: &'a dyn Fn() -> u64,
}

/// A student playing a lesson.
pub(super) struct Pupil<'a> {
    pub(super) lesson: &'a Lesson,
    pub(super) answers: Answers,
    pub(super) class: Option<ClassReader<'a>>,
    /// The measurements so far; the entry [`HERE`] belongs to the current knobs.
    pub(super) findings: LessonFindings,
    /// The scenario of the step with the current knobs and the student's draws.
    pub(super) here: Scenario,
    /// A choice made, while the student is asked how sure they are.
    pub(super) chosen: Option<usize>,
    /// Stops a running measurement.
    pub(super) cancel: Cancel,
    place: &'a AnswerFile,
    clock: &'a dyn Fn() -> u64,
    /// Start of the step, in seconds of the clock.
    began: u64,
    attended: bool,
}

impl<'a> Pupil<'a> {
    pub(super) fn new(played: Played<'a>, attended: bool) -> Self {
        let Played { lesson, answers, place, class, clock } = played;
        Self {
            here: start(lesson, &answers.session),
            findings: LessonFindings::default(),
            chosen: None,
            cancel: Cancel::new(),
            began: clock(),
            lesson,
            answers,
            place,
            class,
            clock,
            attended,
        }
    }

    /// The current step.
    pub(super) fn step(&self) -> &'a LessonStep {
        self.session().step(self.lesson)
    }

    pub(super) fn session(&self) -> &LessonSession {
        &self.answers.session
    }

    /// Introduces the lesson and the student, then says the current step.
    pub(super) fn greet(&mut self, voice: &mut Voice<'_>) -> Done {
        let lesson = self.lesson;
        voice.say(&format!("Lesson {}: {}", lesson.id, facts::stopped(&lesson.title)))?;
        let (minutes, steps) = (lesson.minutes, lesson.steps.len());
        voice.say(&format!("It takes about {minutes} minutes and has {steps} steps."))?;
        let draws = match self.session().student {
            0 => "the lesson's own draws",
            _ if lesson.per_student => "draws of your own",
            _ => "the same draws as everybody",
        };
        voice.say(&format!("You are student {}, with {draws}.", self.session().student))?;
        voice.say(&format!("Your answers are in {}.", self.place.path().display()))?;
        if self.session().finished {
            voice.say("You have finished this lesson.")?;
        } else if self.session().at > 0 || !self.session().answers.is_empty() {
            voice.say(&format!("You were at step {} of {steps}.", self.session().at + 1))?;
        }
        if self.attended {
            voice.say(
                "Type next or an empty line to go on, help for the commands, quit to leave.",
            )?;
        }
        self.tell(voice)
    }

    /// Changes the session and saves it. If saving fails, the session stays as it was.
    pub(super) fn keep<T>(
        &mut self,
        change: impl FnOnce(&mut LessonSession, &Lesson, &LessonFindings) -> Result<T>,
    ) -> Result<T> {
        let mut next = self.answers.clone();
        let done = change(&mut next.session, self.lesson, &self.findings)?;
        if next != self.answers {
            self.place.write(&next)?;
            self.answers = next;
        }
        Ok(done)
    }

    /// Changes the session to another step and says that step.
    pub(super) fn go(
        &mut self,
        change: impl FnOnce(&mut LessonSession, &Lesson, &LessonFindings) -> bool,
        voice: &mut Voice<'_>,
    ) -> Done {
        self.keep(|session, lesson, findings| Ok(change(session, lesson, findings)))?;
        self.here = start(self.lesson, self.session());
        self.findings.forget(HERE);
        self.chosen = None;
        self.began = (self.clock)();
        if let Some(told) = self.place.kept() {
            voice.say(&told)?;
        }
        self.tell(voice)
    }

    /// Seconds since the start of the step.
    pub(super) fn seconds(&self) -> u64 {
        (self.clock)().saturating_sub(self.began)
    }

    /// Runs the missing measurements of the step, then judges the answers that can be judged.
    pub(super) fn measure_needed(&mut self, voice: &mut Voice<'_>) -> Done {
        let missing = self.lesson.missing(self.session(), &self.findings);
        self.measure_all(missing, voice)
    }

    /// Runs the missing measurements that the texts of the step mention.
    pub(super) fn measure_spoken(&mut self, voice: &mut Voice<'_>) -> Done {
        let step = self.step();
        let mut missing = self.lesson.missing(self.session(), &self.findings);
        let texts = step.texts();
        let is_spoken = |setting: &&LessonSetting| {
            texts.iter().any(|text| text.settings().any(|name| name == setting.name))
        };
        missing.retain(is_spoken);
        self.measure_all(missing, voice)
    }

    fn measure_all(&mut self, settings: Vec<&LessonSetting>, voice: &mut Voice<'_>) -> Done {
        for setting in settings {
            let scenario = self.lesson.for_student(&setting.scenario, self.session().student);
            self.announce(&setting.name, &scenario, voice)?;
            let found = setting.measure(&scenario, &self.cancel);
            let found = self.found(found)?;
            self.findings.put(&setting.name, found);
        }
        self.keep(|session, lesson, findings| {
            session.judge(lesson, findings);
            Ok(())
        })?;
        Ok(())
    }

    /// Measures the scenario with the current knobs.
    pub(super) fn measure_here(&mut self, voice: &mut Voice<'_>) -> Done {
        if self.findings.get(HERE).is_none() {
            self.announce("the current knobs", &self.here, voice)?;
            let found = crate::lesson::setting::trials(&self.here, &self.cancel);
            let found = self.found(found)?;
            self.findings.put(HERE, found);
        }
        Ok(())
    }

    fn announce(&self, what: &str, scenario: &Scenario, voice: &mut Voice<'_>) -> Done {
        if !self.attended {
            return Ok(());
        }
        voice.say(&format!("Measuring {what}, {} trials.", scenario.trials()))
    }

    fn found(
        &self,
        found: Option<SettingFindings>,
    ) -> std::result::Result<SettingFindings, Trouble> {
        let too_few = || Error::Failed("there are too few trials to say anything".into());
        match found {
            Some(found) => Ok(found),
            None if self.cancel.is_cancelled() => Err(Trouble::Stopped),
            None => Err(too_few().into()),
        }
    }
}

/// The scenario at the start of a step.
fn start(lesson: &Lesson, session: &LessonSession) -> Scenario {
    lesson.for_student(&session.step(lesson).scenario, session.student)
}
