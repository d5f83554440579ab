//! The Lessons screen: the lessons with the student's progress, and below them the scenarios to
//! explore.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::lab;
use super::view::ScreenView;
use crate::app::screen::lessons::{LessonRow, listed, scenes};
use crate::app::{App, HitTarget, Screen};
use crate::ui::ladder::Rung;
use crate::ui::pane;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// The parts of the screen.
pub(super) static VIEW: ScreenView =
    ScreenView { screen: Screen::Lessons, draw, reading, context, ..lab::SCENARIO };

/// A line of the list.
enum Entry {
    /// A lesson or a scenario, by its place.
    Item(usize),
    /// The rule between lessons and scenarios.
    Rule,
}

/// Draws the list, and the description of the focused line.
pub(super) fn draw(app: &App, _: Rung, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let [above, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(6)]).areas(area);
    let inner = pane::draw(" Lessons: predict, commit, reveal ".into(), true, view, above);
    let lessons = listed().len();
    let items = |from: usize, count: usize| (from..from + count).map(Entry::Item);
    let entries: Vec<Entry> =
        items(0, lessons).chain([Entry::Rule]).chain(items(lessons, scenes().len())).collect();
    let here = app.screens.lessons.row + usize::from(app.screens.lessons.row >= lessons);
    let room = usize::from(inner.height);
    let first = (here + 1).saturating_sub(room);
    for (line, (at, entry)) in entries.iter().enumerate().skip(first).take(room).enumerate() {
        let row = Rect { y: inner.y + line as u16, height: 1, ..inner };
        let width = usize::from(row.width);
        let Entry::Item(place) = *entry else {
            let rule = format!("── scenarios to explore in the Lab {}", "─".repeat(width));
            let rule: String = rule.chars().take(width).collect();
            view.frame.render_widget(Line::styled(rule, theme.dim()), row);
            continue;
        };
        let words = format!("{} {}", if at == here { "▸" } else { " " }, words(app, place, width));
        let style = if at == here { theme.focus() } else { Style::new() };
        view.frame.render_widget(Line::styled(cut(&words, width), style), row);
        view.regions.add(row, HitTarget::Cell(place, 0));
        if at == here && !app.is_covered() {
            view.frame.set_cursor_position((row.x, row.y));
        }
    }
    let (title, about) = about(app);
    let title = cut(&title, usize::from(below.width).saturating_sub(4));
    pane::text(format!(" {title} "), false, &about, view, below);
}

/// Number, title, minutes and progress of a lesson; name and title of a scenario.
fn words(app: &App, place: usize, width: usize) -> String {
    let Some(LessonRow { id, lesson }) = listed().get(place) else {
        let scene = scenes().get(place - listed().len());
        return scene
            .map_or_else(String::new, |scene| format!("{:<18} {}", scene.name, scene.title));
    };
    let Ok(lesson) = lesson else {
        return format!("{}  {id}: cannot be played", place + 1);
    };
    let state =
        format!("{:>3} min  {:<18}", lesson.minutes, app.screens.lessons.progress_in(lesson));
    let room = width.saturating_sub(state.width() + 7);
    let title = cut(&lesson.title, room);
    let gap = " ".repeat(room.saturating_sub(title.width()));
    format!("{}  {title}{gap}  {state}", place + 1)
}

/// Title and description of the focused line.
fn about(app: &App) -> (String, String) {
    match (app.screens.lessons.lesson(), app.screens.lessons.scene()) {
        (Some(LessonRow { lesson: Ok(lesson), .. }), _) => {
            let steps = lesson.steps.len();
            let state = app.screens.lessons.progress_in(lesson);
            let mut about = format!("{} minutes, {steps} steps: {state}.", lesson.minutes);
            if app.screens.lessons.has_class {
                about = format!("Corrects: {}\n{about}", lesson.misconception);
            }
            (lesson.title.clone(), about)
        }
        (Some(LessonRow { id, lesson: Err(problem) }), _) => ((*id).to_owned(), problem.clone()),
        (None, Some(scene)) => (scene.title.clone(), scene.about.clone()),
        (None, None) => (String::new(), String::new()),
    }
}

/// The key that opens the focused line.
pub(super) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let words = match app.screens.lessons.lesson() {
        Some(_) => " Enter plays the lesson, from where you left it.",
        None => " Enter opens the scenario in the Lab.",
    };
    vec![Line::styled(words, theme.dim())]
}

/// The name of the focused line.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let lesson = app.screens.lessons.lesson().map(|lesson| lesson.id);
    let name =
        lesson.or_else(|| app.screens.lessons.scene().map(|scene| scene.name)).unwrap_or_default();
    Line::styled(format!(" {name}"), theme.focus())
}
