//! Handling of messages: changes the state of the program and returns effects.

mod actions;
mod changes;
mod crosshair;
mod fields;
mod files;
mod keys;
mod lesson;
mod opening;
mod overlays;
mod picker;
mod pointer;
mod preview;
mod recover;
mod reports;
mod requests;

use super::effect::Effect;
use super::message::Message;
use super::program::App;

/// Says that a setting is in the configuration file now.
const KEPT: &str = "kept for next time";

impl App {
    /// Effects at the start of the program.
    pub fn start(&mut self) -> Vec<Effect> {
        if self.playing().is_some() {
            let effects = self.start_lesson();
            return effects.into_iter().chain([Effect::Progress]).collect();
        }
        if self.picker.is_some() {
            return self.look_at_columns();
        }
        let mut effects = self.restart();
        let requests = self.screens.studies.start();
        effects.extend(self.carry_out(requests));
        effects
    }

    /// Handles a message and returns its effects.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = self.answer(message);
        self.save_answers_before_leaving(effects)
    }

    fn answer(&mut self, message: Message) -> Vec<Effect> {
        let lessons = &mut self.screens.lessons;
        let requests = match message {
            Message::Key(key) => return self.key(key),
            Message::Pointer(pointer) => return self.pointer(pointer),
            Message::Time(seconds) => {
                self.tips.tick(seconds);
                lessons.tick(seconds)
            }
            Message::SettingsSaved(Ok(path)) => {
                self.saved_settings = self.settings;
                let is_said = self.view.note.as_ref().is_some_and(|note| note.contains(KEPT));
                return match is_said {
                    true => Vec::new(),
                    false => self.say(format!("wrote {}", path.display())),
                };
            }
            Message::SettingsSaved(Err(problem)) | Message::Told(problem) => {
                return self.say(problem);
            }
            Message::Left(left) => {
                self.offer(*left);
                Vec::new()
            }
            Message::Waits(problem) => {
                self.wait(problem);
                Vec::new()
            }
            Message::Previewed(drawn) => return self.previewed(drawn),
            Message::Reading(number, share) => {
                self.opening.tell(number, share);
                Vec::new()
            }
            Message::Read(number, read) => return self.open_read(number, read),
            Message::Table(number, answer) => return self.table_answered(number, answer),
            Message::Paste(text) => {
                self.paste(&text);
                Vec::new()
            }
            Message::Report(id, report) => return self.report(id, report),
            Message::Free { offered, free } => {
                self.offer_free(&offered, &free);
                Vec::new()
            }
            Message::Filed(filing, result) => return self.filed(&filing, result),
            Message::AnswersOpened(opened) => return self.answers_opened(opened),
            Message::OwnLessons(own) => {
                lessons.take_own(own);
                Vec::new()
            }
            Message::Progress(begun, refused) => lessons.take_progress(begun, &refused),
            Message::Class(class) => lessons.take_class(class),
        };
        self.carry_out(requests)
    }

    /// Inserts a pasted text where the user types.
    fn paste(&mut self, text: &str) {
        let searched = self.over.as_mut().filter(|layer| layer.overlay.is_searched());
        let picker = self.picker.as_mut().filter(|picker| picker.searching);
        let is_free = searched.is_none() && picker.is_none() && self.field.is_none();
        if is_free {
            self.field = self.screens.lessons.field_for_words();
        }
        let field = self.field.as_mut();
        let query = searched.map(|layer| &mut layer.query);
        let field = field.or(query).or(picker.map(|picker| &mut picker.query));
        if let Some(field) = field {
            field.paste(text);
        }
    }

    /// Shows a one-line message.
    pub(in crate::app) fn say(&mut self, words: impl Into<String>) -> Vec<Effect> {
        self.view.note = Some(words.into());
        Vec::new()
    }
}
