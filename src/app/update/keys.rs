//! Keys.

use super::Effect;
use crate::app::action;
use crate::app::key::Key;
use crate::app::program::App;

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.view.hover = None;
        if self.is_covered()
            && let Some(effect) = always(key)
        {
            return vec![effect];
        }
        if self.view.preview.take().is_some() {
            return Vec::new();
        }
        if self.field.is_some() {
            return self.key_in_field(key);
        }
        if self.over.is_some() {
            return self.key_in_overlay(key);
        }
        if self.picker.is_some() {
            return self.key_in_picker(key);
        }
        if let Key::Char(_) = key
            && self.opens_words()
        {
            return self.key_in_field(key);
        }
        match action::find(key, self.key_context()) {
            Some(binding) => self.act(binding.action),
            None => Vec::new(),
        }
    }
}

/// The effect of keys that work even when a field or an overlay has the focus.
fn always(key: Key) -> Option<Effect> {
    match key {
        Key::Ctrl('c') => Some(Effect::Quit { keeping: true }),
        Key::Ctrl('z') => Some(Effect::Suspend),
        _ => None,
    }
}
