//! Keys: each finds its action, and the action its deed.

use super::Effect;
use super::changes::same_but_for;
use crate::app::action::{self, Deed};
use crate::app::field::{Field, Purpose};
use crate::app::key::Key;
use crate::app::lab::Pane;
use crate::app::screen::Screen;
use crate::app::state::App;

/// Lines by which the help can be scrolled at most; how many it has depends on the screen.
const MOST_SCROLL: usize = 200;

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.field.is_some() && !matches!(key, Key::Ctrl('c' | 'z')) {
            return self.key_in_field(key);
        }
        if let Some(scroll) = self.help {
            return self.key_in_help(key, scroll);
        }
        let Some(action) = action::find(key, self.place()) else {
            return Vec::new();
        };
        let turns = matches!(action.deed, Deed::Turn(_));
        if !(turns && self.lab.flipped) {
            self.note = None;
            self.lab.flipped = false;
        }
        if !turns {
            self.lab.turning = None;
        }
        self.perform(action.deed)
    }

    fn key_in_help(&mut self, key: Key, scroll: usize) -> Vec<Effect> {
        let by = match key {
            Key::Down | Key::Char('j') => 1,
            Key::Up | Key::Char('k') => -1,
            Key::PageDown => 10,
            Key::PageUp => -10,
            _ => 0,
        };
        self.help = match action::find(key, self.place()).map(|action| action.deed) {
            Some(Deed::Help | Deed::Leave) => None,
            Some(Deed::Quit) => return vec![Effect::Quit],
            Some(Deed::Suspend) => return vec![Effect::Suspend],
            _ => Some(scroll.saturating_add_signed(by).min(MOST_SCROLL)),
        };
        Vec::new()
    }

    fn perform(&mut self, deed: Deed) -> Vec<Effect> {
        let value = self.lab.focus.get(self.scenario.draft()).unwrap_or(f64::NAN);
        match deed {
            Deed::Turn(by) => self.set(self.lab.focus.knob.step(value, by), Some(self.lab.focus)),
            Deed::ToLow => self.set(self.lab.focus.knob.track.0, None),
            Deed::ToHigh => self.set(self.lab.focus.knob.track.1, None),
            Deed::Default if same_but_for(&self.opened, &self.scenario, self.lab.focus) => {
                self.change((*self.opened).clone(), None)
            }
            Deed::Default => self.set(self.default_value().unwrap_or(value), None),
            Deed::Focus(by) => self.focus_by(by),
            Deed::TypeValue => {
                self.open(Field::new(Purpose::Value, self.lab.focus.knob.exact(value)))
            }
            Deed::Undo => self.travel(true),
            Deed::Redo => self.travel(false),
            Deed::Pane(by) => self.pane_by(by),
            Deed::Run => self.run_or_pause(),
            Deed::Step => self.one_step(),
            Deed::Rewind => vec![self.descend(None)],
            Deed::NewDraw => self.new_draw(),
            Deed::Export => self.offer_export(),
            Deed::Save => self.open(Field::new(Purpose::Save, format!("{}-mine.json", self.name))),
            Deed::Help => {
                self.help = Some(0);
                Vec::new()
            }
            Deed::Leave => self.leave(),
            Deed::Show(screen) => self.show(screen),
            Deed::Suspend => vec![Effect::Suspend],
            Deed::Quit => vec![Effect::Quit],
            deed => self.perform_on_studies(deed),
        }
    }

    /// Goes to a screen; the sweep that is suggested follows the Lab.
    pub(super) fn show(&mut self, screen: Screen) -> Vec<Effect> {
        (self.screen, self.back) = (screen, None);
        if screen == Screen::Sweep {
            self.studies.form.follow(&self.scenario, self.lab.focus);
        }
        Vec::new()
    }

    /// One step out: from a chart to its form, from a setting opened in the Lab to its study.
    fn leave(&mut self) -> Vec<Effect> {
        match self.back.take() {
            Some(screen) if self.screen == Screen::Lab => self.show(screen),
            _ => {
                self.studies.in_chart &= self.screen != Screen::Sweep;
                Vec::new()
            }
        }
    }

    fn focus_by(&mut self, by: i32) -> Vec<Effect> {
        let sliders = self.sliders();
        let here = sliders.iter().position(|h| *h == self.lab.focus).unwrap_or(0) as i32;
        self.lab.focus = sliders[(here + by).rem_euclid(sliders.len() as i32) as usize];
        self.trace().into_iter().collect()
    }

    fn pane_by(&mut self, by: i32) -> Vec<Effect> {
        let here = Pane::ALL.iter().position(|p| *p == self.lab.pane).unwrap_or(0) as i32;
        self.lab.pane = Pane::ALL[(here + by).rem_euclid(Pane::ALL.len() as i32) as usize];
        if self.lab.pane != Pane::Knobs {
            self.lab.view = self.lab.pane;
        }
        self.compare().into_iter().collect()
    }
}
