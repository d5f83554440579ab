//! The table of screens.

use super::info::ScreenInfo;
use super::kind::{KeyContext, Screen};
use super::{affinity, lab, lessons, runs, sweep, tasks, theory};

/// All screens, in the order of their numbers.
pub static SCREENS: &[&ScreenInfo] = &[
    &lab::INFO,
    &tasks::INFO,
    &theory::INFO,
    &affinity::INFO,
    &sweep::INFO,
    &runs::INFO,
    &lessons::INFO,
];

impl Screen {
    /// Its row in the table.
    pub fn info(self) -> &'static ScreenInfo {
        SCREENS.iter().find(|info| info.screen == self).unwrap_or(&SCREENS[0])
    }

    /// All screens, in the order of their numbers.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        SCREENS.iter().map(|info| info.screen)
    }

    /// The digit key that shows it.
    pub fn digit(self) -> char {
        self.info().digit
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Its name on the command line and in file names.
    pub fn id(self) -> &'static str {
        self.info().id
    }
}

impl KeyContext {
    /// The screen it is a part of.
    pub fn screen(self) -> Screen {
        let found = SCREENS.iter().find(|info| info.contexts.contains(&self));
        found.map_or(Screen::Lab, |info| info.screen)
    }

    /// The contexts listed together in the help: all those of its screen; for a step of a lesson,
    /// only itself.
    pub fn listed_together(self) -> Vec<Self> {
        if self.is_in_lesson() {
            return vec![self];
        }
        let all = self.screen().info().contexts.iter().copied();
        all.filter(|context| !context.is_in_lesson()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_screen_has_a_name_an_id_and_a_digit_of_its_own() {
        let distinct = |of: fn(Screen) -> String| Screen::all().map(of).collect::<HashSet<_>>();
        assert_eq!(distinct(|screen| screen.name().to_owned()).len(), SCREENS.len());
        assert_eq!(distinct(|screen| screen.id().to_owned()).len(), SCREENS.len());
        assert_eq!(distinct(|screen| screen.digit().to_string()).len(), SCREENS.len());
    }

    #[test]
    fn every_key_context_belongs_to_exactly_one_screen() {
        for context in KeyContext::ALL {
            let owners = SCREENS.iter().filter(|info| info.contexts.contains(&context));
            assert_eq!(owners.count(), 1, "{context:?}");
        }
    }
}
