//! Words about key bindings, for the manual.

use super::action::KeyBinding;
use super::screen::KeyContext;

impl KeyBinding {
    /// The contexts in which its keys work, in words.
    pub fn contexts_in_words(&self) -> String {
        if self.contexts.len() == KeyContext::ALL.len() {
            return "everywhere".to_owned();
        }
        if KeyContext::OUTSIDE.iter().all(|context| self.contexts.contains(context)) {
            return "everywhere outside a lesson".to_owned();
        }
        let name = |context: &KeyContext| match context.screen().name() {
            screen if screen == context.name() => screen.to_owned(),
            screen => format!("{screen}: {}", context.name()),
        };
        self.contexts.iter().map(name).collect::<Vec<_>>().join("; ")
    }
}
