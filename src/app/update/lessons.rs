//! The list of lessons: selecting, opening and progress.

use super::Effect;
use crate::app::lessons::{Lessons, listed};
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::lesson::LessonSession;
use crate::scenario::Preset;

impl App {
    pub(super) fn choose_lesson(&mut self, by: i32) {
        let last = Lessons::rows().saturating_sub(1);
        self.lessons.row = self.lessons.row.saturating_add_signed(by as isize).min(last);
    }

    /// Focuses a line of the list, or opens it if it already has the focus.
    pub(super) fn touch_lesson(&mut self, row: usize) -> Vec<Effect> {
        if self.lessons.row == row {
            return self.open_lesson();
        }
        self.lessons.row = row.min(Lessons::rows().saturating_sub(1));
        Vec::new()
    }

    /// Plays the focused lesson, or opens the focused scenario in the Lab.
    pub(super) fn open_lesson(&mut self) -> Vec<Effect> {
        match self.lessons.lesson().map(|listed| &listed.lesson) {
            Some(Ok(lesson)) => {
                let session = LessonSession::new(0);
                self.play(lesson.clone(), session);
                let begun = self.start_lesson();
                return begun.into_iter().chain([Effect::Take(lesson.clone())]).collect();
            }
            Some(Err(problem)) => return self.say(problem),
            None => {}
        }
        let Some(preset) = self.lessons.scene().and_then(|scene| Preset::find(scene.name)) else {
            return Vec::new();
        };
        let Ok(scenario) = preset.scenario() else { return Vec::new() };
        let effects = self.show(Screen::Lab);
        effects.into_iter().chain(self.replace(preset.name.to_owned(), scenario)).collect()
    }

    /// Stores the student's progress in lessons. If a lesson has several sessions, the last one
    /// counts.
    pub(super) fn take_progress(
        &mut self,
        begun: Vec<(String, LessonSession)>,
        refused: &[String],
    ) -> Vec<Effect> {
        self.lessons.progress = begun.into_iter().collect();
        match refused {
            [] => Vec::new(),
            [only] => self.say(&format!("file of answers refused and left unchanged: {only}")),
            [first, ..] => {
                let count = refused.len();
                self.say(&format!("{count} files of answers refused and left unchanged: {first}"))
            }
        }
    }

    /// Focuses a lesson, or the one after it if this one is finished.
    pub(super) fn focus_lesson_after(&mut self, id: &str, finished: bool) {
        if let Some(place) = listed().iter().position(|listed| listed.id == id) {
            let next = place + usize::from(finished && place + 1 < listed().len());
            self.lessons.row = next;
        }
    }
}
