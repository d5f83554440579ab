//! Recovering a session left behind by a crash.

use super::Effect;
use crate::app::saved_work::SavedWork;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::scenario::Handle;

impl App {
    /// Offers to restore a session left behind by a crash.
    pub fn offer(&mut self, left: SavedWork) {
        self.note =
            Some(format!("unsaved session from {} ago ({}): U restores it", left.age, left.name));
        self.left = Some(left);
    }

    /// Restores the offered session; this can be undone. It still counts as unsaved.
    pub(super) fn recover(&mut self) -> Vec<Effect> {
        let Some(left) = self.left.take() else {
            return self.say("there is no session to restore");
        };
        let saved = self.saved.clone();
        let mut effects = self.replace(left.name.clone(), (*left.scenario).clone());
        self.saved = saved;
        let screen = Screen::ALL.into_iter().find(|screen| screen.name() == left.screen);
        effects.extend(self.show(screen.unwrap_or(Screen::Lab)));
        if let Ok(focus) = Handle::find(self.scenario.draft(), &left.focus) {
            self.lab.focus = focus;
            effects.extend(self.trace());
        }
        self.note = Some(format!("{} restored; Ctrl-S saves it", left.name));
        effects
    }
}
