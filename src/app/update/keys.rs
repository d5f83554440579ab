//! Keys: each finds its action, and the action its deed.

use super::Effect;
use super::changes::same_but_for;
use crate::app::action::{self, Deed};
use crate::app::field::{Field, Purpose};
use crate::app::key::Key;
use crate::app::state::{App, Pane};

/// Lines by which the help can be scrolled at most; how many it has depends on the screen.
const MOST_SCROLL: usize = 200;

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.field.is_some() && !matches!(key, Key::Ctrl('c' | 'z')) {
            return self.key_in_field(key);
        }
        let Some(action) = action::find(key) else {
            return Vec::new();
        };
        if let Some(scroll) = self.help {
            return self.key_in_help(action.deed, scroll);
        }
        let turns = matches!(action.deed, Deed::Turn(_));
        if !(turns && self.flipped) {
            self.note = None;
            self.flipped = false;
        }
        if !turns {
            self.turning = None;
        }
        self.perform(action.deed)
    }

    fn key_in_help(&mut self, deed: Deed, scroll: usize) -> Vec<Effect> {
        self.help = match deed {
            Deed::Focus(by) => Some(scroll.saturating_add_signed(by as isize)),
            Deed::Turn(by) if by.abs() == 10 => Some(scroll.saturating_add_signed(-by as isize)),
            Deed::Help | Deed::Leave => None,
            Deed::Quit => return vec![Effect::Quit],
            Deed::Suspend => return vec![Effect::Suspend],
            _ => Some(scroll),
        }
        .map(|scroll| scroll.min(MOST_SCROLL));
        Vec::new()
    }

    fn perform(&mut self, deed: Deed) -> Vec<Effect> {
        let value = self.focus.get(self.scenario.draft()).unwrap_or(f64::NAN);
        match deed {
            Deed::Turn(by) => self.set(self.focus.knob.step(value, by), Some(self.focus)),
            Deed::ToLow => self.set(self.focus.knob.track.0, None),
            Deed::ToHigh => self.set(self.focus.knob.track.1, None),
            Deed::Default if same_but_for(&self.opened, &self.scenario, self.focus) => {
                self.change((*self.opened).clone(), None)
            }
            Deed::Default => self.set(self.default_value().unwrap_or(value), None),
            Deed::Focus(by) => self.focus_by(by),
            Deed::TypeValue => self.open(Field::new(Purpose::Value, self.focus.knob.exact(value))),
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
            Deed::Leave => Vec::new(),
            Deed::Suspend => vec![Effect::Suspend],
            Deed::Quit => vec![Effect::Quit],
        }
    }

    fn focus_by(&mut self, by: i32) -> Vec<Effect> {
        let sliders = self.sliders();
        let here = sliders.iter().position(|h| *h == self.focus).unwrap_or(0) as i32;
        self.focus = sliders[(here + by).rem_euclid(sliders.len() as i32) as usize];
        self.trace().into_iter().collect()
    }

    fn pane_by(&mut self, by: i32) -> Vec<Effect> {
        let here = Pane::ALL.iter().position(|p| *p == self.pane).unwrap_or(0) as i32;
        self.pane = Pane::ALL[(here + by).rem_euclid(Pane::ALL.len() as i32) as usize];
        if self.pane != Pane::Knobs {
            self.view = self.pane;
        }
        self.compare().into_iter().collect()
    }
}
