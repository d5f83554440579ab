//! The screens: a row of one table for each, and its panes in a module of its name.

mod affinity;
pub(super) mod lab;
mod lessons;
mod runs;
pub(super) mod sweep;
pub(super) mod tasks;
mod theory;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::footer::{self, Footer};
use super::ladder::Rung;
use super::theme::Theme;
use super::view::View;
use crate::app::tips::Tip;
use crate::app::{App, Screen};

/// Writes lines in the styles of a theme.
type Lines = fn(&App, &Theme) -> Vec<Line<'static>>;

/// The parts of a screen.
pub(super) struct ScreenView {
    screen: Screen,
    /// Draws the panes for a layout.
    pub(super) draw: fn(&App, Rung, &mut View<'_, '_>, Rect),
    /// Items of the tab line beside the tabs, the most important last.
    pub(super) state: fn(&App) -> Vec<String>,
    /// The result, or the reading under the cursor, in up to two lines.
    pub(super) reading: Lines,
    /// True if a pane of the widest layout shows the result.
    pub(super) has_result_pane: bool,
    /// The focused item with its description.
    context: fn(&App, &Theme) -> Line<'static>,
    /// The first tip.
    hint: Option<fn(&App) -> String>,
    /// All lines for terminals too small for panes; `None` for name, context, title and reading.
    pub(super) summary: Option<Lines>,
    /// A line below the context, for terminals too small for panes.
    pub(super) title: Option<fn(&App, &Theme) -> Line<'static>>,
    /// Layout of the panes in presenter mode; `None` for the verdict and the gain.
    pub(super) presented: Option<Rung>,
}

/// A screen that shows the scenario of the Lab.
const SCENARIO: ScreenView = ScreenView {
    screen: Screen::Lab,
    draw: lab::draw,
    state: |app| vec![format!("seed {}", app.work.scenario.draft().seed)],
    reading: lab::reading,
    has_result_pane: false,
    context: lab::context,
    hint: None,
    summary: None,
    title: None,
    presented: None,
};

/// All screens, in the order of their numbers.
static SCREENS: &[ScreenView] = &[
    ScreenView {
        state: lab::state,
        has_result_pane: true,
        hint: Some(lab::hint),
        summary: Some(lab::summary),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Tasks,
        draw: tasks::draw,
        context: tasks::cell::context,
        hint: Some(tasks::cell::hint),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Theory,
        draw: theory::draw,
        hint: Some(lab::hint),
        title: Some(theory::title),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Affinity,
        draw: affinity::draw,
        reading: affinity::reading,
        context: affinity::context,
        presented: Some(Rung::Small),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Sweep,
        draw: sweep::draw,
        reading: sweep::reading,
        context: sweep::context,
        presented: Some(Rung::Small),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Runs,
        draw: runs::draw,
        reading: runs::reading,
        context: runs::context,
        presented: Some(Rung::Narrow),
        ..SCENARIO
    },
    ScreenView {
        screen: Screen::Lessons,
        draw: lessons::draw,
        reading: lessons::reading,
        context: lessons::context,
        ..SCENARIO
    },
];

/// The screen in view.
pub(super) fn current(app: &App) -> &'static ScreenView {
    SCREENS.iter().find(|view| view.screen == app.screens.current).unwrap_or(&SCREENS[0])
}

impl ScreenView {
    /// The item under the pointer or else the focused item, with its description.
    pub(super) fn context(&self, app: &App, theme: &Theme) -> Line<'static> {
        footer::pointed(app).unwrap_or_else(|| (self.context)(app, theme))
    }

    /// Tip and context for the footer.
    pub(super) fn footer(&self, app: &App, theme: &Theme) -> Footer {
        Footer { tip: self.tip(app), context: self.context(app, theme) }
    }

    /// The tip in view, if tips are on.
    fn tip(&self, app: &App) -> Option<String> {
        match app.tips.shown().filter(|_| app.settings.tips)? {
            Tip::Turn => self.hint.map(|hint| hint(app)),
            Tip::Pin | Tip::Plane if self.screen != Screen::Lab => None,
            tip => Some(tip.words().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_has_its_row_in_the_order_of_the_numbers() {
        assert!(SCREENS.iter().map(|view| view.screen).eq(Screen::all()));
    }
}
