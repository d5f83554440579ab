//! A lesson being played: its steps, their measurements, and committed answers.

mod answers;
mod class;
mod stage;

use std::path::PathBuf;
use std::sync::Arc;

use super::Effect;
use crate::app::action::Action;
use crate::app::lab::Lab;
use crate::app::lessons::{Kept, Playing};
use crate::app::pointer::HitTarget;
use crate::app::screen::{KeyContext, Screen};
use crate::app::state::App;
use crate::job::{Job, JobSlot};
use crate::lesson::{Lesson, LessonFindings, LessonSession, StepKind};

/// The most lines that a text can be scrolled by; the screen limits it further.
const MOST_SCROLL: usize = 200;

impl App {
    /// Plays a lesson at startup, with the student's session, the file of answers if any, and
    /// whether there is a class.
    pub fn with_lesson(
        mut self,
        lesson: Arc<Lesson>,
        session: LessonSession,
        file: Option<PathBuf>,
        has_class: bool,
    ) -> Self {
        self.focus_lesson_after(&lesson.id, false);
        self.lessons.has_class = has_class;
        self.play(lesson, session);
        if let Some(playing) = &mut self.lessons.playing {
            playing.file = file;
        }
        self
    }

    /// Shows a lesson in place of the user's work, which is kept.
    pub(super) fn play(&mut self, lesson: Arc<Lesson>, session: LessonSession) {
        self.leave_crosshair();
        self.preview = None;
        let kept = Kept {
            opened: self.opened(),
            history: std::mem::take(&mut self.history),
            lab: std::mem::replace(&mut self.lab, Lab::new(lesson.base.focus())),
        };
        (self.screen, self.back, self.zoom) = (Screen::Lessons, None, false);
        (self.grip, self.hover, self.note) = (None, None, None);
        (self.lessons.class, self.lessons.asked) = (None, None);
        self.name.clone_from(&lesson.id);
        let playing = Playing::new(lesson, session, kept, self.lessons.now);
        self.lessons.playing = Some(Box::new(playing));
    }

    /// Effects when a lesson begins or resumes.
    pub(super) fn start_lesson(&mut self) -> Vec<Effect> {
        let Some(playing) = self.playing() else { return Vec::new() };
        let (lesson, session) = (playing.lesson.clone(), &playing.session);
        let job = Job::Lesson(lesson, session.student, session.at);
        let mut effects =
            vec![Effect::Cancel(JobSlot::Descent), Effect::Cancel(JobSlot::Comparison)];
        effects.push(self.begin(job));
        effects.extend(self.enter_step());
        if self.lessons.has_class {
            self.note =
                Some("t shows notes and the class's choices, P shows them large".to_owned());
        }
        effects
    }

    /// Resumes with the answers from a file.
    pub(super) fn taken(
        &mut self,
        taken: Result<(PathBuf, Box<LessonSession>), String>,
    ) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return vec![Effect::Release] };
        match taken {
            Err(problem) => self.say(&format!("answers are not saved: {problem}")),
            Ok((file, session)) if session.fits(&playing.lesson) => {
                (playing.session, playing.file) = (*session, Some(file));
                playing.findings = LessonFindings::default();
                self.start_lesson()
            }
            Ok(_) => self.say("answers are not saved: they belong to another lesson"),
        }
    }

    /// Leaves the lesson and restores the user's work.
    pub(super) fn leave_lesson(&mut self) -> Vec<Effect> {
        let Some(playing) = self.lessons.playing.take() else { return Vec::new() };
        let Playing { lesson, session, kept, .. } = *playing;
        let Kept { opened, history, lab } = *kept;
        let mut effects = vec![
            Effect::Answers(Box::new(session.clone())),
            Effect::Release,
            Effect::Cancel(JobSlot::Lesson),
        ];
        (self.history, self.lab, self.scenario) = (history, lab, opened.scenario);
        (self.name, self.opened, self.saved) = (opened.name, opened.opened, opened.saved);
        (self.lab.traced, self.lab.compared) = (None, None);
        self.theory.clear();
        (self.field, self.grip, self.hover, self.lessons.class) = (None, None, None, None);
        self.focus_lesson_after(&lesson.id, session.finished);
        self.lessons.progress.insert(lesson.id.clone(), session);
        effects.extend(self.restart());
        effects.push(Effect::Progress);
        effects
    }

    /// Saves the answers before the program ends.
    pub(super) fn kept_before_leaving(&self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let quits = effects.iter().any(|effect| matches!(effect, Effect::Quit { .. }));
        if let Some(playing) = self.playing().filter(|_| quits) {
            effects.insert(0, Effect::Answers(Box::new(playing.session.clone())));
        }
        effects
    }

    /// Returns true if the mouse may act on a target while a lesson is played.
    pub(super) fn is_touched_in_lesson(&self, spot: Option<HitTarget>) -> bool {
        let Some(playing) = self.playing() else { return true };
        match spot {
            None | Some(HitTarget::Deed(_) | HitTarget::Entry(_) | HitTarget::Beside) => true,
            Some(HitTarget::Part(place)) => place.is_in_lesson(),
            Some(HitTarget::Figure(_)) => !playing.is_masked(),
            Some(HitTarget::Slider(handle)) => {
                playing.place() == KeyContext::Bench
                    && playing.knobs(&self.scenario).contains(&handle)
            }
            Some(_) => false,
        }
    }

    /// Performs an action in a lesson; `None` if it does the same as elsewhere.
    pub(super) fn perform_in_lesson(&mut self, deed: Action) -> Option<Vec<Effect>> {
        Some(match deed {
            Action::NextStep => self.next_step(),
            Action::BackStep => self.back_step(),
            Action::Choose(choice) => self.choose(choice),
            Action::Sure(sure) => self.be_sure(sure),
            Action::Row(by) => self.choose_by(by),
            Action::Commit => self.commit(),
            Action::Hint => self.hint(),
            Action::Notes => self.notes(),
            Action::Class => self.read_class(),
            Action::Focus(by) => self.other_lesson_knob(by),
            Action::Scroll(by) => {
                if let Some(playing) = &mut self.lessons.playing {
                    let scroll = playing.scroll.saturating_add_signed(by as isize);
                    (playing.scroll, playing.follows) = (scroll.min(MOST_SCROLL), false);
                }
                Vec::new()
            }
            _ => return None,
        })
    }

    /// Goes to the next step; after the last one, leaves the lesson.
    pub(super) fn next_step(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        if playing.is_over() {
            return self.leave_lesson();
        }
        if let Some(why) = playing.session.held(&playing.lesson, &playing.findings) {
            let missing =
                playing.measured && matches!(playing.step().kind, StepKind::Reveal { .. });
            if !missing {
                return self.say(why);
            }
            playing.session.at = (playing.session.at + 1).min(playing.lesson.steps.len() - 1);
        } else if !playing.session.next(&playing.lesson, &playing.findings) {
            (playing.scroll, playing.follows) = (0, false);
            let answers = self.kept_answers();
            return answers.into_iter().chain(self.say_nothing()).collect();
        }
        let answers = self.kept_answers();
        answers.into_iter().chain(self.enter_step()).collect()
    }

    fn back_step(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        if !playing.session.back() {
            return self.say("this is the first step");
        }
        let answers = self.kept_answers();
        answers.into_iter().chain(self.enter_step()).collect()
    }

    /// The current answers, to be saved.
    pub(super) fn kept_answers(&self) -> Option<Effect> {
        self.playing().map(|playing| Effect::Answers(Box::new(playing.session.clone())))
    }

    fn say_nothing(&mut self) -> Vec<Effect> {
        self.note = None;
        Vec::new()
    }

    fn hint(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        if !playing.session.hint(&playing.lesson) {
            let none = playing.step().hints.is_empty();
            return self.say(if none { "this step has no hints" } else { "no more hints" });
        }
        (playing.follows, playing.reads_hint) = (true, true);
        self.kept_answers().into_iter().collect()
    }

    /// Stores findings for the lesson's settings, and judges answers that waited for them.
    pub(super) fn take_lesson_findings(
        &mut self,
        findings: LessonFindings,
        complete: bool,
    ) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        (playing.findings, playing.measured) = (findings, complete);
        let before = playing.session.clone();
        playing.session.judge(&playing.lesson, &playing.findings);
        let judged = playing.session != before;
        let mut effects: Vec<Effect> = self.kept_answers().filter(|_| judged).into_iter().collect();
        effects.extend(self.commit_if_measured());
        effects
    }
}
