//! The list of lessons: selecting, opening and progress.

use super::state::Lessons;
use super::table::LessonRow;
use crate::app::request::Request;
use crate::app::screen::kind::Screen;
use crate::lesson::{Lesson, LessonSession};
use crate::scenario::Preset;

impl Lessons {
    pub(super) fn choose_row(&mut self, by: i32) {
        let last = self.rows().saturating_sub(1);
        self.row = self.row.saturating_add_signed(by as isize).min(last);
    }

    /// Focuses a line of the list, or opens it if it already has the focus.
    pub(in crate::app) fn touch(&mut self, row: usize) -> Vec<Request> {
        if self.row == row {
            return self.open();
        }
        self.row = row.min(self.rows().saturating_sub(1));
        Vec::new()
    }

    /// Plays the focused lesson, or opens the focused scenario in the Lab.
    pub(super) fn open(&self) -> Vec<Request> {
        match self.lesson().map(|listed| &listed.lesson) {
            Some(Ok(lesson)) => return vec![Request::Play(lesson.clone())],
            Some(Err(problem)) => return Request::say(problem),
            None => {}
        }
        let Some(preset) = self.scene().and_then(|scene| Preset::find(scene.name)) else {
            return Vec::new();
        };
        let Ok(scenario) = preset.scenario() else { return Vec::new() };
        let replace = Request::Replace(preset.name.to_owned(), Box::new(scenario));
        vec![Request::Show(Screen::Lab), replace]
    }

    /// Stores a session of a lesson. A lesson that is done stays done.
    pub(in crate::app) fn note_progress(&mut self, id: String, session: LessonSession) {
        let is_done = self.progress.get(&id).is_some_and(|before| before.finished);
        if session.finished || !is_done {
            self.progress.insert(id, session);
        }
    }

    /// Stores the student's progress in lessons. If a lesson has several sessions, the last one
    /// counts, but one that is done before one that is not.
    pub(in crate::app) fn take_progress(
        &mut self,
        begun: Vec<(String, LessonSession)>,
        refused: &[String],
    ) -> Vec<Request> {
        self.progress.clear();
        for (id, session) in begun {
            self.note_progress(id, session);
        }
        match refused {
            [] => Vec::new(),
            [only] => Request::say(format!("file of answers refused and left unchanged: {only}")),
            [first, ..] => {
                let count = refused.len();
                let words = format!("{count} files of answers refused and left unchanged: {first}");
                Request::say(words)
            }
        }
    }

    /// Stores the user's own lessons. The focused lesson or scenario stays in focus.
    pub(in crate::app) fn take_own(&mut self, own: Vec<LessonRow>) {
        let (before, after) = (self.own.len(), own.len());
        if self.row >= self.count() {
            self.row = self.row - before + after;
        }
        self.own = own;
        self.row = self.row.min(self.rows().saturating_sub(1));
    }

    /// Focuses a lesson, or the one after it if this one is finished.
    pub(in crate::app) fn focus_after(&mut self, lesson: &Lesson, finished: bool) {
        if let Some(place) = self.place_of(lesson) {
            self.row = place + usize::from(finished && place + 1 < self.count());
        }
    }
}
