//! Overlays: opening, searching, running entries and closing.

use super::Effect;
use crate::app::action::{self, Action};
use crate::app::history::difference;
use crate::app::key::Key;
use crate::app::overlay::{EntryAction, Layer, Overlay, OverlayEntry};
use crate::app::program::App;
use crate::app::request::Request;
use crate::app::screen::Screen;
use crate::app::settings::{SETTINGS, Settings};
use crate::scenario::Preset;

/// Number of entries per page.
const PAGE: i32 = 10;

impl App {
    pub(super) fn open_over(&mut self, overlay: Overlay) -> Vec<Effect> {
        self.over = Some(Layer::new(overlay));
        self.settle_row(1);
        self.settle_on_change();
        let (screens, scenario) = (&mut self.screens, &self.work.scenario.clone());
        let request = match (overlay, screens.current) {
            (Overlay::Export, Screen::Lab) => screens.lab.compare_for_list(scenario),
            (Overlay::Export, Screen::Theory) => screens.theory.bound_for_list(scenario),
            (Overlay::Flip, _) => self.work.flip.begin(scenario).map(Request::Begin),
            _ => None,
        };
        self.carry_out(request)
    }

    /// Returns true if the list of figures of a screen is open.
    pub(super) fn lists_figures(&self, screen: Screen) -> bool {
        let listed = self.over.as_ref().is_some_and(|layer| layer.overlay == Overlay::Export);
        listed && self.screens.current == screen
    }

    pub(super) fn key_in_overlay(&mut self, key: Key) -> Vec<Effect> {
        let Some(layer) = &mut self.over else { return Vec::new() };
        let searched = layer.overlay.is_searched();
        let is_settings = layer.overlay == Overlay::Settings;
        match key {
            Key::Escape => self.over = None,
            Key::Enter => return self.do_entry(),
            Key::Up => self.move_in_overlay(-1),
            Key::Down => self.move_in_overlay(1),
            Key::PageUp => self.move_in_overlay(-PAGE),
            Key::PageDown => self.move_in_overlay(PAGE),
            Key::Home => self.move_in_overlay(i32::MIN / 2),
            Key::End => self.move_in_overlay(i32::MAX / 2),
            Key::Left | Key::Right if is_settings => {
                return self.turn_setting(if key == Key::Left { -1 } else { 1 });
            }
            Key::Char('?') if searched && layer.query.text.is_empty() => self.over = None,
            key if searched => {
                layer.query.edit(key);
                layer.row = 0;
                self.settle_row(1);
            }
            Key::Char('k') => self.move_in_overlay(-1),
            Key::Char('j') => self.move_in_overlay(1),
            Key::Char('h') if is_settings => return self.turn_setting(-1),
            Key::Char('l' | ' ') if is_settings => return self.turn_setting(1),
            key => {
                let opens = Action::Over(layer.overlay);
                match action::find(key, self.key_context()).map(|binding| binding.action) {
                    Some(Action::Quit) => return self.act(Action::Quit),
                    Some(action) if action == opens => self.over = None,
                    _ => {}
                }
            }
        }
        Vec::new()
    }

    /// Moves to another entry, skipping headings.
    pub(super) fn move_in_overlay(&mut self, by: i32) {
        let last = self.entries().len().saturating_sub(1);
        if let Some(layer) = &mut self.over {
            layer.row = layer.row.saturating_add_signed(by as isize).min(last);
        }
        self.settle_row(by);
    }

    /// Moves off a heading, preferably in the direction of travel.
    fn settle_row(&mut self, by: i32) {
        let entries = self.entries();
        let Some(layer) = &mut self.over else { return };
        let can = |row: &usize| entries.get(*row).is_some_and(|entry| !entry.heading);
        let on = (layer.row..entries.len()).find(can);
        let back = (0..=layer.row).rev().find(can);
        let next = if by < 0 { back.or(on) } else { on.or(back) };
        layer.row = next.unwrap_or(0);
    }

    /// Focuses the first change of the list of changes, if it is open.
    pub(super) fn settle_on_change(&mut self) {
        let entries = self.entries();
        let Some(layer) = self.over.as_mut().filter(|layer| layer.overlay == Overlay::Flip) else {
            return;
        };
        layer.row = entries.iter().position(|entry| entry.does.is_some()).unwrap_or(0);
    }

    /// Focuses an entry and runs it.
    pub(super) fn touch_entry(&mut self, row: usize) -> Vec<Effect> {
        if let Some(layer) = &mut self.over {
            layer.row = row;
        }
        self.do_entry()
    }

    fn do_entry(&mut self) -> Vec<Effect> {
        let Some(layer) = &self.over else { return Vec::new() };
        let entry: Option<OverlayEntry> = self.entries().into_iter().nth(layer.row);
        let Some(does) = entry.and_then(|entry| entry.does) else { return Vec::new() };
        if !matches!(does, EntryAction::Setting(_) | EntryAction::Preview(_)) {
            self.over = None;
        }
        match does {
            EntryAction::Perform(action) | EntryAction::Begin(action) => self.act(action),
            EntryAction::Focus(handle) => {
                let effects = self.show(Screen::Lab);
                effects.into_iter().chain(self.focus_knob(handle)).collect()
            }
            EntryAction::Preset(name) => match Preset::find(name).map(|preset| preset.scenario()) {
                Some(Ok(scenario)) => self.replace(name.to_owned(), scenario),
                _ => self.say("this preset cannot be opened: this is a bug"),
            },
            EntryAction::Change(scenario, handle) => {
                let what = difference(&self.work.scenario, &scenario);
                self.screens.lab.focus = handle;
                let effects = self.change(scenario, None);
                self.say(format!("changed: {what}; u undoes"));
                effects
            }
            EntryAction::Setting(_) => self.turn_setting(1),
            EntryAction::Set(place, value) => {
                let setting = &SETTINGS[place];
                let before = self.settings;
                if let Err(problem) = setting.set(&mut self.settings, value) {
                    self.view.note = Some(problem.to_string());
                }
                self.settings_changed(before)
            }
            EntryAction::Keep => vec![Effect::Keep(self.changed_settings())],
            EntryAction::Copy(text) => {
                self.say(format!("copied, if the terminal allows it: {text}"));
                vec![Effect::Copy(text)]
            }
            EntryAction::Preview(pane) => self.preview(pane),
            EntryAction::Figure(pane) => self.offer_figure(pane),
            EntryAction::Guide(topic) => self.open_over(Overlay::Guide(topic)),
        }
    }

    fn turn_setting(&mut self, by: i32) -> Vec<Effect> {
        let Some(setting) = self.over.as_ref().and_then(|layer| SETTINGS.get(layer.row)) else {
            return Vec::new();
        };
        let before = self.settings;
        setting.step(&mut self.settings, by);
        self.settings_changed(before)
    }

    /// Effects of changed settings.
    pub(super) fn settings_changed(&mut self, before: Settings) -> Vec<Effect> {
        let mouse = self.settings.mouse;
        if before.mouse == mouse { Vec::new() } else { vec![Effect::Mouse(mouse)] }
    }
}
