//! The Lessons screen: the lessons with the student's progress, the user's own lessons, and below
//! them the scenarios to explore.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::lab;
use super::view::ScreenView;
use crate::app::screen::lessons::{LessonRow, Lessons, listed, scenes};
use crate::app::{App, HitTarget, Screen};
use crate::provenance::command;
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
    /// The rule above a group of lines.
    Rule(&'static str),
}

/// Draws the list, and the description of the focused line.
pub(super) fn draw(app: &App, _: Rung, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let [above, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(6)]).areas(area);
    let inner = pane::draw(" Lessons: predict, commit, reveal ".into(), true, view, above);
    let entries = entries(&app.screens.lessons);
    let is_here =
        |entry: &Entry| matches!(entry, Entry::Item(place) if *place == app.screens.lessons.row);
    let here = entries.iter().position(is_here).unwrap_or(0);
    let room = usize::from(inner.height);
    let first = (here + 1).saturating_sub(room);
    for (line, (at, entry)) in entries.iter().enumerate().skip(first).take(room).enumerate() {
        let row = Rect { y: inner.y + line as u16, height: 1, ..inner };
        let width = usize::from(row.width);
        let place = match *entry {
            Entry::Item(place) => place,
            Entry::Rule(name) => {
                let rule = format!("── {name} {}", "─".repeat(width));
                let rule: String = rule.chars().take(width).collect();
                view.frame.render_widget(Line::styled(rule, theme.dim()), row);
                continue;
            }
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

/// The lines of the list: lessons of the program, lessons of the user, scenarios.
fn entries(lessons: &Lessons) -> Vec<Entry> {
    let items = |from: usize, count: usize| (from..from + count).map(Entry::Item);
    let (built, count) = (listed().len(), lessons.count());
    let own = (count > built).then_some(Entry::Rule("your own lessons"));
    items(0, built)
        .chain(own)
        .chain(items(built, count - built))
        .chain([Entry::Rule("scenarios to explore in the Lab")])
        .chain(items(count, scenes().len()))
        .collect()
}

/// Number, title, file, minutes and progress of a lesson; name and title of a scenario.
fn words(app: &App, place: usize, width: usize) -> String {
    let lessons = &app.screens.lessons;
    let Some(LessonRow { id, origin, lesson }) = lessons.all().nth(place) else {
        let scene = scenes().get(place - lessons.count());
        return scene
            .map_or_else(String::new, |scene| format!("{:<18} {}", scene.name, scene.title));
    };
    let file = origin.as_deref().and_then(|file| file.file_name());
    let file = file.map(|file| file.to_string_lossy());
    let digits = lessons.count().to_string().len();
    let number = format!("{:>digits$}", place + 1);
    let Ok(lesson) = lesson else {
        let name = file.as_deref().unwrap_or(id);
        return format!("{number}  {name}: cannot be played");
    };
    let progress = format!("{:<18}", app.screens.lessons.progress_in(lesson));
    let timed = format!("{:>3} min  {progress}", lesson.minutes);
    let beside = |state: &str| width.saturating_sub(state.width() + 6 + digits);
    let longest = lessons.all().filter_map(|row| row.lesson.as_ref().ok());
    let longest = longest.map(|lesson| lesson.title.width()).max().unwrap_or(0);
    let state = if longest <= beside(&timed) { timed } else { progress };
    let room = beside(&state);
    let file = file.map_or_else(String::new, |file| format!(" ({file})"));
    let title = cut(&lesson.title, room.saturating_sub(file.width()).max(room / 2));
    let title = cut(&format!("{title}{file}"), room);
    let gap = " ".repeat(room.saturating_sub(title.width()));
    format!("{number}  {title}{gap}  {state}")
}

/// Title and description of the focused line.
fn about(app: &App) -> (String, String) {
    match (app.screens.lessons.lesson(), app.screens.lessons.scene()) {
        (Some(LessonRow { lesson: Ok(lesson), origin, .. }), _) => {
            let steps = lesson.steps.len();
            let state = app.screens.lessons.progress_in(lesson);
            let mut about = format!("{} minutes, {steps} steps: {state}.", lesson.minutes);
            if app.screens.lessons.session_of(lesson).is_some() {
                about += " Answers are kept in the state folder (TASKSCOPE_STATE names another).";
            }
            if let Some(origin) = origin {
                about = format!("{about}\nFile: {}", origin.display());
            }
            if app.screens.lessons.has_class {
                about = format!("Corrects: {}\n{about}", lesson.misconception);
            }
            (lesson.title.clone(), about)
        }
        (Some(LessonRow { id, lesson: Err(problem), .. }), _) => (id.clone(), problem.clone()),
        (None, Some(scene)) => (scene.title.clone(), scene.about.clone()),
        (None, None) => (String::new(), String::new()),
    }
}

/// What Enter does on the focused line.
pub(super) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let lessons = &app.screens.lessons;
    let words = match lessons.lesson().map(|row| &row.lesson) {
        Some(Ok(lesson)) => match lessons.session_of(lesson) {
            None => " Enter plays the lesson.",
            Some(session) if session.finished => " Enter plays the lesson again.",
            Some(_) => " Enter goes on with the lesson where you left it.",
        },
        Some(Err(_)) => " This lesson cannot be played; the reason is above.",
        None => " Enter opens the scenario in the Lab.",
    };
    vec![Line::styled(words, theme.dim())]
}

/// The name of the focused line.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let lessons = &app.screens.lessons;
    let lesson = lessons.lesson().map(|lesson| lesson.id.as_str());
    let name = lesson.or_else(|| lessons.scene().map(|scene| scene.name)).unwrap_or_default();
    let opens = match lessons.lesson() {
        Some(LessonRow { origin: Some(file), .. }) => {
            format!("lesson play {}", command::quoted(&file.display().to_string()))
        }
        Some(_) => format!("lesson play {name}"),
        None => name.to_owned(),
    };
    Line::from(vec![
        Span::styled(format!(" {name}"), theme.focus()),
        Span::styled(format!("  in a shell: taskscope {opens}"), theme.dim()),
    ])
}
