//! The screens: a module for each, with its panes and the parts it fills in.

mod advice;
mod affinity;
pub(super) mod lab;
mod lessons;
mod runs;
pub(super) mod sweep;
pub(super) mod tasks;
mod theory;
mod view;

use crate::app::App;
pub(super) use view::ScreenView;

/// All screens, in the order of their digits.
static SCREENS: &[&ScreenView] = &[
    &lab::VIEW,
    &tasks::VIEW,
    &theory::VIEW,
    &affinity::VIEW,
    &sweep::VIEW,
    &runs::VIEW,
    &lessons::VIEW,
    &advice::VIEW,
];

/// The screen in view.
pub(super) fn current(app: &App) -> &'static ScreenView {
    SCREENS.iter().find(|view| view.screen == app.screens.current).unwrap_or(&SCREENS[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Screen;

    #[test]
    fn every_screen_has_its_row_in_the_order_of_the_numbers() {
        assert!(SCREENS.iter().map(|view| view.screen).eq(Screen::all()));
    }
}
