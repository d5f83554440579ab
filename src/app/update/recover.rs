//! Recovering a session left behind by a crash.

use super::Effect;
use crate::app::program::App;
use crate::app::saved_work::SavedWork;
use crate::app::screen::Screen;
use crate::app::tips::Tip;
use crate::scenario::Handle;

impl App {
    /// Offers to restore a session left behind by a crash.
    pub fn offer(&mut self, left: SavedWork) {
        let words = format!("unsaved session from {} ago ({}): U restores it", left.age, left.name);
        let first = self.settings.tips && self.tips.shown() == Some(Tip::Turn);
        let tour = if first && self.screens.current == Screen::Lab { "; t: a tour" } else { "" };
        self.view.note = Some(words + tour);
        self.left = Some(left);
    }

    /// Says that a session waits because it cannot be restored now.
    pub fn wait(&mut self, problem: String) {
        let words = format!("an unsaved session waits and is kept: {problem}");
        self.view.note = Some(words.clone());
        self.waiting = Some(words);
    }

    /// Restores the offered session; this can be undone. It still counts as unsaved.
    pub(super) fn recover(&mut self) -> Vec<Effect> {
        let Some(left) = self.left.take() else {
            let waiting = self.waiting.clone();
            return self
                .say(waiting.unwrap_or_else(|| "there is no session to restore".to_owned()));
        };
        let saved = self.work.saved.clone();
        let mut effects = self.replace(left.name.clone(), (*left.scenario).clone());
        self.work.saved = saved;
        let screen = Screen::all().find(|screen| screen.name() == left.screen);
        effects.extend(self.show(screen.unwrap_or(Screen::Lab)));
        if let Ok(focus) = Handle::find(self.work.scenario.draft(), &left.focus) {
            effects.extend(self.focus_knob(focus));
        }
        self.say(format!("{} restored; Ctrl-S saves it", left.name));
        effects
    }
}
