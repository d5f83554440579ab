//! The parts that every screen has: panes, a result in two lines, and the focused item.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::ladder::Rung;
use super::theme::Theme;
use super::view::View;
use super::{affinity, lab, lesson, lessons, runs, sweep, tasks, theory};
use crate::app::tips::Tip;
use crate::app::{App, Screen};

/// Draws the panes of the current screen, for a layout.
pub(super) fn body(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    match app.screens.current {
        Screen::Lab => lab::draw(app, rung, view, area),
        Screen::Tasks => tasks::draw(app, rung, view, area),
        Screen::Theory => theory::draw(app, rung, view, area),
        Screen::Affinity => affinity::draw(app, rung, view, area),
        Screen::Sweep => sweep::draw(app, rung, view, area),
        Screen::Runs => runs::draw(app, rung, view, area),
        Screen::Lessons => lessons::draw(app, view, area),
    }
}

/// Items of the tab line beside the tabs, the most important last.
pub(super) fn state(app: &App) -> Vec<String> {
    match app.screens.current {
        Screen::Lab => lab::state(app),
        _ => vec![format!("seed {}", app.work.scenario.draft().seed)],
    }
}

/// The result of the screen, or the reading under its cursor.
pub(super) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    match app.screens.current {
        Screen::Lab | Screen::Tasks | Screen::Theory => lab::verdict(app, theme),
        Screen::Affinity => affinity::reading(app, theme),
        Screen::Sweep => sweep::reading(app, theme),
        Screen::Runs => runs::reading(app, theme),
        Screen::Lessons => lessons::reading(app, theme),
    }
}

/// The item under the pointer or else the focused item, with its description.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    if let Some(words) = &app.view.hover {
        return Line::from(format!(" {words}"));
    }
    if let Some(words) = app.crosshair_words() {
        return Line::from(format!(" {words}"));
    }
    match app.screens.current {
        Screen::Lab => lab::context(app, theme),
        Screen::Tasks => tasks::context(app, theme),
        Screen::Theory => theory::context(app, theme),
        Screen::Affinity => affinity::context(app, theme),
        Screen::Sweep => sweep::context(app, theme),
        Screen::Runs => runs::context(app, theme),
        Screen::Lessons if app.playing().is_some() => lesson::context(app, theme),
        Screen::Lessons => lessons::context(app, theme),
    }
}

/// The tip in view, if tips are on.
pub(super) fn tip(app: &App) -> Option<String> {
    let tip = app.tips.shown().filter(|_| app.settings.tips && app.playing().is_none())?;
    match (tip, app.screens.current) {
        (Tip::Turn, Screen::Tasks) => Some(tasks::HINT.to_owned()),
        (Tip::Turn, Screen::Lab | Screen::Theory) => Some(lab::hint(app)),
        (Tip::Turn, _) => None,
        (Tip::Pin | Tip::Plane, screen) if screen != Screen::Lab => None,
        (tip, _) => Some(tip.words().to_owned()),
    }
}
