//! Beginning and leaving a lesson, and the scenario that its step shows. The user's work is kept
//! meanwhile.

use std::path::PathBuf;
use std::sync::Arc;

use super::Effect;
use crate::app::context::Context;
use crate::app::history::History;
use crate::app::pane::Pane;
use crate::app::pointer::HitTarget;
use crate::app::program::App;
use crate::app::request::{Request, Stage, StepNeeds};
use crate::app::screen::lab::Lab;
use crate::app::screen::lessons::{Kept, Lessons, Playing};
use crate::app::screen::{KeyContext, Screen};
use crate::job::{Job, JobSlot};
use crate::lesson::{Lesson, LessonFindings, LessonSession};

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
        self.screens.lessons.focus_after(&lesson, false);
        self.screens.lessons.has_class = has_class;
        self.play(lesson, session);
        if let Some(playing) = &mut self.screens.lessons.playing {
            playing.file = file;
        }
        self
    }

    /// Plays a lesson of the list; the file with the student's answers is opened meanwhile.
    pub(super) fn play_from_list(&mut self, lesson: Arc<Lesson>) -> Vec<Effect> {
        self.play(lesson.clone(), LessonSession::new(0));
        self.start_lesson().into_iter().chain([Effect::OpenAnswers(lesson)]).collect()
    }

    /// Shows a lesson in place of the user's work, which is kept.
    fn play(&mut self, lesson: Arc<Lesson>, session: LessonSession) {
        self.leave_crosshair();
        self.drop_reports_of_scenario();
        let screens = &mut self.screens;
        let kept = Kept {
            opened: self.work.snapshot(),
            history: std::mem::take(&mut self.work.history),
            lab: std::mem::replace(&mut screens.lab, Lab::new(&lesson.base)),
        };
        (screens.current, screens.back) = (Screen::Lessons, None);
        (self.view.zoom, self.view.preview) = (false, None);
        (self.view.grip, self.view.hover, self.view.note) = (None, None, None);
        self.work.name.clone_from(&lesson.id);
        screens.lessons.begin(lesson, session, kept);
    }

    /// Makes reports of jobs for the scenario on screen stale, because another one takes its place.
    fn drop_reports_of_scenario(&mut self) {
        for slot in JobSlot::ALL {
            if !matches!(slot, JobSlot::Study | JobSlot::Insight | JobSlot::Lesson) {
                self.job(slot).0 += 1;
            }
        }
    }

    /// Effects when a lesson begins or resumes.
    pub(super) fn start_lesson(&mut self) -> Vec<Effect> {
        let Some(playing) = self.playing() else { return Vec::new() };
        let (lesson, session) = (playing.lesson.clone(), &playing.session);
        let job = Job::Lesson(lesson, session.student, session.at);
        let mut effects =
            vec![Effect::Cancel(JobSlot::Descent), Effect::Cancel(JobSlot::Comparison)];
        effects.push(self.begin(job));
        let requests = self.screens.lessons.enter_step();
        effects.extend(self.carry_out(requests));
        if self.screens.lessons.has_class {
            self.say("t shows notes and the class's choices, P shows them large");
        }
        effects
    }

    /// Resumes with the answers from a file.
    pub(super) fn answers_opened(
        &mut self,
        opened: Result<(PathBuf, Box<LessonSession>), String>,
    ) -> Vec<Effect> {
        let Some(playing) = &mut self.screens.lessons.playing else { return vec![Effect::Release] };
        match opened {
            Err(problem) => self.say(format!("answers are not saved: {problem}")),
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
        self.drop_reports_of_scenario();
        let Some(playing) = self.screens.lessons.playing.take() else { return Vec::new() };
        let session = playing.session_to_keep();
        let is_tour = playing.is_tour();
        let Playing { lesson, kept, .. } = *playing;
        let Kept { opened, history, lab } = *kept;
        let mut effects = vec![
            Effect::Answers(Box::new(session.clone())),
            Effect::Release,
            Effect::Cancel(JobSlot::Lesson),
        ];
        let (work, screens) = (&mut self.work, &mut self.screens);
        (work.history, work.scenario) = (history, opened.scenario);
        (work.name, work.opened, work.saved) = (opened.name, opened.opened, opened.saved);
        screens.lab = lab;
        if is_tour {
            screens.current = Screen::Lab;
        }
        (screens.lab.curve_of, screens.lab.comparing) = (None, None);
        screens.theory.clear();
        (self.field, self.view.grip, self.view.hover) = (None, None, None);
        screens.lessons.class = None;
        screens.lessons.focus_after(&lesson, session.finished);
        screens.lessons.note_progress(lesson.id.clone(), session);
        effects.extend(self.restart());
        effects.push(Effect::Progress);
        effects
    }

    /// Saves the answers before the program ends.
    pub(super) fn save_answers_before_leaving(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let quits = effects.iter().any(|effect| matches!(effect, Effect::Quit { .. }));
        let answers = if quits { self.answers_to_keep() } else { None };
        effects.splice(0..0, answers.map(|answers| Effect::Answers(Box::new(answers))));
        effects
    }

    /// The words that are being typed as an answer to a lesson.
    pub fn typed_words(&self) -> Option<&str> {
        self.field.as_ref().filter(|field| field.is_words()).map(|field| field.text.as_str())
    }

    /// The answers to the lesson being played, with what is typed now, to be saved before the
    /// program ends.
    pub fn answers_to_keep(&mut self) -> Option<LessonSession> {
        if let Some(field) = self.field.as_ref().filter(|field| field.is_words()) {
            self.screens.lessons.keep_words(field.text.clone());
        }
        self.playing().map(Playing::session_to_keep)
    }

    /// Returns true if the mouse may act on a target while a lesson is played.
    pub(super) fn is_touched_in_lesson(&self, spot: Option<HitTarget>) -> bool {
        let Some(playing) = self.playing() else { return true };
        match spot {
            None | Some(HitTarget::Action(_) | HitTarget::Entry(_) | HitTarget::Beside) => true,
            Some(HitTarget::Part(context)) => context.is_in_lesson(),
            Some(HitTarget::Figure(_)) => !playing.is_masked(),
            Some(HitTarget::Slider(handle)) => {
                playing.key_context() == KeyContext::Bench
                    && playing.knobs(&self.work.scenario).contains(&handle)
            }
            Some(_) => false,
        }
    }

    /// Shows the scenario of a step, and measures what the step needs.
    pub(super) fn stage(&mut self, stage: Stage) -> Vec<Effect> {
        let Stage { scenario, focus, needs } = stage;
        self.work.history = History::default();
        (self.work.opened, self.work.saved) = (scenario.clone(), scenario.clone());
        self.work.scenario = scenario.clone();
        self.screens.lab = Lab::new(&scenario);
        self.screens.lab.focus = focus;
        self.screens.theory.clear();
        let requests = match needs {
            StepNeeds::Nothing => [JobSlot::Verdict, JobSlot::Curve].map(Request::Cancel).to_vec(),
            StepNeeds::Curve => {
                let curve = self.screens.lab.trace(&scenario);
                [Request::Cancel(JobSlot::Verdict)].into_iter().chain(curve).collect()
            }
            StepNeeds::Verdict => self.measure(&[]),
            StepNeeds::Figure(pane) => self.measure(&[pane]),
        };
        self.carry_out(requests)
    }

    /// Measures the open scenario and the gain along the focused knob, and computes figures.
    fn measure(&mut self, figures: &[Pane]) -> Vec<Request> {
        let (screens, scenario) = (&mut self.screens, &self.work.scenario);
        let verdict = Request::Begin(Job::Compared(scenario.clone()));
        let curve = screens.lab.trace(scenario);
        let figures = figures.iter().filter_map(|pane| match pane {
            Pane::Loss => Some(screens.lab.descend(scenario, None)),
            Pane::Weights | Pane::Singular => {
                screens.lab.view = Pane::Weights;
                screens.lab.compare(scenario, false)
            }
            Pane::Methods => {
                screens.lab.view = Pane::Methods;
                screens.lab.compare_methods(scenario)
            }
            Pane::Landscape => screens.theory.explain(scenario, true),
            Pane::Bound => screens.theory.bound_for_list(scenario),
            Pane::Rows => screens.tasks.preview_rows_anew(scenario),
            _ => None,
        });
        [verdict].into_iter().chain(curve).chain(figures).collect()
    }

    /// Measures the current knob values; a waiting answer is withdrawn, because the knobs changed.
    pub(super) fn measure_knobs(&mut self) -> Vec<Effect> {
        self.screens.lab.fresh = false;
        self.screens.lessons.withdraw();
        let requests = self.measure(&[]);
        self.carry_out(requests)
    }

    /// Lets the lesson being played act.
    pub(super) fn in_lesson(
        &mut self,
        act: impl FnOnce(&mut Lessons, &Context<'_>) -> Vec<Request>,
    ) -> Vec<Effect> {
        let (screens, context) = self.split();
        let requests = act(&mut screens.lessons, &context);
        self.carry_out(requests)
    }
}
