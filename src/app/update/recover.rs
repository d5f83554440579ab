//! A session left behind: offered at the start, taken up on demand.

use super::Effect;
use crate::app::saved_work::SavedWork;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::scenario::Handle;

impl App {
    /// Offers a session that a program left when it died.
    pub fn offer(&mut self, left: SavedWork) {
        self.note = Some(format!(
            "an unsaved session of {} ago was found ({}): U brings it back",
            left.age, left.name
        ));
        self.left = Some(left);
    }

    /// Takes the session up that is offered; that can be undone. It is not saved yet.
    pub(super) fn recover(&mut self) -> Vec<Effect> {
        let Some(left) = self.left.take() else {
            return self.say("there is no session to be brought back");
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
        self.note = Some(format!("{} is back as it was; Ctrl-S saves it", left.name));
        effects
    }
}
