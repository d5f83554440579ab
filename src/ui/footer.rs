//! The three lines at the bottom of every screen: message, focused item, keys.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::field;
use super::theme::Theme;
use super::view::View;
use super::widget::line::{over_two, shortened};
use crate::app::screen::lessons::Playing;
use crate::app::tips::Tip;
use crate::app::{Action, App, HitTarget, Key, KeyBinding, action};

/// The parts of the footer that differ from screen to screen.
pub(crate) struct Footer {
    /// The tip in view.
    pub(crate) tip: Option<String>,
    /// The focused item.
    pub(crate) context: Line<'static>,
}

impl Footer {
    /// Draws the message or tip, the open field or the focused item, and the keys. A long reason why
    /// a field was refused takes the place of the message, so that what was typed stays in view.
    pub(crate) fn draw(self, app: &App, view: &mut View<'_, '_>, area: Rect) {
        let line = |i: u16| Rect { y: area.y + i, height: 1, ..area };
        let problem = app.field.as_ref().and_then(|field| field.problem.as_deref());
        let problem = problem.filter(|problem| problem.width() > usize::from(area.width) / 3);
        let refused = problem.map(|text| Line::styled(format!(" {text}"), view.theme.alert()));
        let hinted = refused.is_none();
        let news = refused.or_else(|| self.news(app, view.theme));
        hints(app, view, line(2));
        let long = match &news {
            Some(news) if app.view.note.is_some() => Some(news),
            Some(_) if pointed(app).is_none() => None,
            _ => Some(&self.context),
        };
        let long = long.filter(|line| line.width() > usize::from(area.width));
        if let Some(long) = long.filter(|_| app.field.is_none()) {
            return folded(long, view, area);
        }
        view.frame.render_widget(shortened(news.unwrap_or_default(), area.width), line(0));
        field_or(app, self.context, hinted, view, line(1));
    }

    /// The same in two lines or one: a message replaces the focused item, and a long reading of a
    /// chart the keys.
    pub(crate) fn short(self, app: &App, view: &mut View<'_, '_>, area: Rect) {
        let line = |i: u16| Rect { y: area.y + i, height: 1, ..area };
        let first = app.tips.shown() == Some(Tip::Turn) && self.tip.is_some();
        let first = first && app.view.hover.is_none() && app.view.crosshair.is_none();
        let is_news = app.view.note.is_some() || first;
        let noted = self.news(app, view.theme).filter(|_| is_news);
        let long = pointed(app).filter(|line| line.width() > usize::from(area.width));
        if let Some(long) = long.filter(|_| noted.is_none() && app.field.is_none()) {
            return folded(&long, view, area);
        }
        field_or(app, noted.unwrap_or(self.context), true, view, line(0));
        if area.height > 1 {
            hints(app, view, line(1));
        }
    }

    fn news(&self, app: &App, theme: &Theme) -> Option<Line<'static>> {
        match (&app.view.note, &self.tip) {
            (Some(note), _) => Some(Line::styled(format!(" {note}"), theme.alert())),
            (None, Some(tip)) => Some(Line::from(format!(" {tip}"))),
            (None, None) => None,
        }
    }
}

/// Draws a long line over the first two of an area.
fn folded(long: &Line<'static>, view: &mut View<'_, '_>, area: Rect) {
    let lines = over_two(long.clone(), area.width);
    for (text, y) in lines.into_iter().zip(area.y..area.bottom()).take(2) {
        view.frame.render_widget(text, Rect { y, height: 1, ..area });
    }
}

/// The item under the pointer, or the point under the cross-hair.
pub(crate) fn pointed(app: &App) -> Option<Line<'static>> {
    let words = app.view.hover.clone().or_else(|| app.crosshair_words())?;
    Some(Line::from(format!(" {words}")))
}

/// Draws the open field, with its problem or the allowed values beside it if `hinted`; without a
/// field, the focused item.
fn field_or(app: &App, context: Line<'static>, hinted: bool, view: &mut View<'_, '_>, area: Rect) {
    match &app.field {
        Some(open) => {
            let hint = field::hint(app, open, view.theme);
            field::draw(app, open, if hinted { hint } else { Span::default() }, view, area);
        }
        None => view.frame.render_widget(shortened(context, area.width), area),
    }
}

/// Draws the key hints; those of the screen can be clicked.
fn hints(app: &App, view: &mut View<'_, '_>, area: Rect) {
    view.frame.render_widget(keys(app, view.theme, (area.width, view.scrolls)), area);
    if app.field.is_some() || app.over.is_some() {
        return;
    }
    let mut x = area.x;
    for action in hinted(app, (area.width, view.scrolls)) {
        let width = width(app, action);
        view.regions.add(Rect { x, width, ..area }, HitTarget::Action(action.action));
        x += width;
    }
}

fn width(app: &App, action: &KeyBinding) -> u16 {
    let key = key(app, action).map_or_else(String::new, |key| named(action, key));
    (key.width() + word(app, action).width() + 3) as u16
}

/// The key of an action to show: the first that works. Where a written answer is asked for,
/// characters belong to the answer.
fn key(app: &App, action: &KeyBinding) -> Option<Key> {
    let typed = app.playing().is_some_and(Playing::wants_words);
    action.keys.iter().find(|key| !(typed && matches!(key, Key::Char(_)))).copied()
}

/// A key in words; turning a knob names both of its keys.
fn named(action: &KeyBinding, key: Key) -> String {
    match (action.action, key) {
        (Action::Turn(1), Key::Right) => format!("{} {key}", Key::Left),
        _ => key.to_string(),
    }
}

/// The hint of an action; in a lesson, Enter says what it does at the step, and in a zoomed pane the
/// key that zooms says how to leave it.
fn word(app: &App, action: &KeyBinding) -> &'static str {
    if leaves_zoom(app, action) {
        return "all panes again";
    }
    match app.playing().filter(|_| action.action == Action::Commit) {
        Some(playing) => {
            playing.enter_word(app.screens.lessons.next_after(&playing.lesson).is_some())
        }
        None => app.hint_of(action),
    }
}

/// Returns true if the action leaves a zoomed pane.
fn leaves_zoom(app: &App, action: &KeyBinding) -> bool {
    app.view.zoom && action.action == Action::Zoom
}

/// The actions whose hints fit, chosen by rank, in the order of the table; `scrolls` is true if
/// there is a text to scroll.
fn hinted(app: &App, (width, scrolls): (u16, bool)) -> Vec<&'static KeyBinding> {
    let offers = |action| match action {
        Action::Scroll(_) => scrolls,
        _ => app.offers(action),
    };
    let actions = || {
        let shown = action::at(app.key_context()).filter(|action| action.rank > 0);
        shown.filter(|binding| offers(binding.action) && key(app, binding).is_some())
    };
    let mut ranked: Vec<&KeyBinding> = actions().collect();
    ranked.sort_by_key(|action| if leaves_zoom(app, action) { 0 } else { action.rank });
    // The last hint needs no blank behind it.
    let mut room = i32::from(width) + 1;
    let fits = |action: &&KeyBinding| {
        let width = i32::from(self::width(app, action));
        let fits = width <= room;
        room -= if fits { width } else { 0 };
        fits
    };
    let chosen: Vec<&KeyBinding> = ranked.into_iter().filter(fits).collect();
    actions().filter(|action| chosen.iter().any(|other| std::ptr::eq(*other, *action))).collect()
}

/// The hints that fit into a width, with or without that of scrolling.
pub(crate) fn keys(app: &App, theme: &Theme, room: (u16, bool)) -> Line<'static> {
    let open = [("Enter", "accept"), ("Esc", "leave"), ("Ctrl-U", "clear")];
    let hints: Vec<(String, &str)> = if let Some(field) = &app.field {
        let has_hint = app.playing().is_some_and(|playing| playing.offers(Action::Hint, &app.work));
        let hint = Some(("Tab", "hint")).filter(|_| field.is_words() && has_hint);
        open.into_iter().chain(hint).map(|(key, hint)| (key.to_owned(), hint)).collect()
    } else if let Some(layer) = &app.over {
        layer.overlay.keys().into_iter().map(|(key, hint)| (key.to_owned(), hint)).collect()
    } else {
        let hint =
            |action: &KeyBinding| Some((named(action, key(app, action)?), word(app, action)));
        hinted(app, room).into_iter().filter_map(hint).collect()
    };
    let spans = hints.into_iter().flat_map(|(key, hint)| {
        [
            Span::styled(format!(" {key}"), theme.strong()),
            Span::styled(format!(" {hint} "), theme.dim()),
        ]
    });
    Line::from_iter(spans)
}
