//! The line of tabs: screens, the open scenario and, on every screen, the running study.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::progress;
use super::theme::Theme;
use super::view::View;
use super::widget::text::cut;
use crate::app::{Action, App, HitTarget, Screen};

/// Width from which the program's name precedes the tabs.
const WIDE: u16 = 100;
/// Width from which all tabs show their names.
const NARROW: u16 = 70;
/// Letters of a short name.
const LETTERS: usize = 4;
/// Columns of the name of the scenario for which the tabs make room.
const MOST_NAME: usize = 20;
/// Columns of the name of the scenario that stay, however little room there is.
const LEAST_NAME: usize = 8;

/// Draws the tabs, the name of the scenario and as many items of `state` as fit, starting from its
/// end. The state of a run always stays: if need be only its symbol is shown, and then the name
/// is shortened for it. Items stand beside whole names of the screens only.
pub(crate) fn draw(app: &App, state: &[String], view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let width = usize::from(area.width);
    let (form, tabs) = fitting(app, width, beside(app), theme);
    let mut x = area.x;
    for (span, screen) in &tabs {
        let tab = Rect { x, width: span.width() as u16, ..area }.intersection(area);
        x = tab.right();
        if let Some(screen) = screen {
            view.regions.add(tab, HitTarget::Action(Action::Show(*screen)));
        }
    }
    let mut left = Line::from_iter(tabs.into_iter().map(|(span, _)| span));
    let star = if app.is_changed() { " *" } else { "" };
    let whole = app.work.name.width() + star.width();
    let room = width.saturating_sub(left.width());
    let right = items(app, state, form, room, whole);
    let gap = usize::from(right.width() > 0);
    let name = cut(&app.work.name, room.saturating_sub(right.width() + star.width() + gap).max(1));
    left.push_span(Span::styled(format!("{name}{star}"), theme.strong()));
    let title = format!("  {}", app.work.scenario.draft().title);
    if left.width() + Line::from(title.as_str()).width() + right.width() < width {
        left.push_span(Span::styled(title, theme.dim()));
    }
    let start = area.right().saturating_sub(right.width() as u16).max(area.x);
    view.frame.render_widget(left, area);
    view.frame.render_widget(right, Rect { x: start, width: area.right() - start, ..area });
}

/// Columns kept beside the tabs: for the progress of a running study and for the name.
fn beside(app: &App) -> usize {
    let running = app.screens.studies.running().map(progress::words);
    running.map_or(0, |words| words.width() + 4) + app.work.name.width().min(MOST_NAME)
}

/// The items at the right, the most important last. The state of a run shortens the name, of which
/// `whole` is the width, if even its symbol has no room otherwise.
fn items(app: &App, state: &[String], form: TabForm, room: usize, whole: usize) -> Line<'static> {
    let symbol =
        |part: &str| -> String { part.chars().take(usize::from(is_run_state(part))).collect() };
    let shown: Vec<String> = match form {
        TabForm::Wide | TabForm::Name => state.to_vec(),
        TabForm::Short | TabForm::Digit => state.iter().map(|part| symbol(part)).collect(),
    };
    let mouse = (!app.settings.mouse).then(|| "mouse off".to_owned());
    let running = app.screens.studies.running().map(progress::words);
    let shown = shown.into_iter().filter(|part| !part.is_empty());
    let parts = shown.map(|part| (part.clone(), is_run_state(&part)));
    let parts = parts.chain(mouse.into_iter().chain(running).map(|part| (part, true)));
    let mut right = Line::default();
    for (part, stays) in parts.collect::<Vec<_>>().into_iter().rev() {
        let symbol = symbol(&part);
        let least = if stays { whole.min(LEAST_NAME) } else { whole };
        let gap = |part: &str| if part == symbol { 3 } else { 4 };
        let fits =
            |part: &String, name: usize| name + right.width() + part.width() + gap(part) <= room;
        let ways = [(&part, whole), (&symbol, whole), (&part, least), (&symbol, least)];
        let fitting = ways.into_iter().find(|(part, name)| !part.is_empty() && fits(part, *name));
        match fitting.map(|(part, _)| part.clone()) {
            Some(part) => right.spans.insert(0, Span::raw(format!("{part}  "))),
            None => break,
        }
    }
    right
}

/// Returns true for the state of a run, which begins with a symbol.
fn is_run_state(part: &str) -> bool {
    part.starts_with(|first: char| !first.is_alphanumeric())
}

/// The form of the tabs of screens that are not in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TabForm {
    /// The name, with gaps.
    Wide,
    /// The name.
    Name,
    /// The first letters of the name.
    Short,
    /// Only the digit.
    Digit,
}

/// A tab, with its screen if it has one.
type Tab = (Span<'static>, Option<Screen>);

/// The first form in which the tabs leave `beside` columns free, and the tabs.
fn fitting(app: &App, width: usize, beside: usize, theme: &Theme) -> (TabForm, Vec<Tab>) {
    let forms: &[TabForm] = match width as u16 {
        WIDE.. => &[TabForm::Wide, TabForm::Name, TabForm::Short, TabForm::Digit],
        NARROW.. => &[TabForm::Name, TabForm::Short, TabForm::Digit],
        _ => &[TabForm::Digit],
    };
    let taken = |tabs: &[Tab]| tabs.iter().map(|(span, _)| span.width()).sum::<usize>();
    let mut all = forms.iter().map(|&form| (form, tabs(app, width as u16, form, theme)));
    let fits = all.clone().find(|(_, tabs)| taken(tabs) + beside <= width);
    fits.or_else(|| all.next_back()).unwrap_or((TabForm::Digit, Vec::new()))
}

/// The tabs and their screens.
fn tabs(app: &App, width: u16, form: TabForm, theme: &Theme) -> Vec<Tab> {
    let mut spans = Vec::new();
    if width >= WIDE {
        spans.push((Span::styled(" taskscope", theme.focus()), None));
        spans.push((Span::styled(" │", theme.dim()), None));
    }
    for screen in Screen::all() {
        let (digit, name) = (screen.digit(), screen.name());
        let here = screen == app.screens.current;
        let text = match form {
            TabForm::Wide => format!(" {digit} {name} "),
            TabForm::Digit if here => format!(" {digit} {name} "),
            TabForm::Digit => format!(" {digit}"),
            TabForm::Short if !here => format!(" {digit}{}", &name[..name.len().min(LETTERS)]),
            TabForm::Name | TabForm::Short => format!(" {digit}{name}"),
        };
        let style = theme.strong().add_modifier(Modifier::REVERSED);
        let span = Span::styled(text, if here { style } else { theme.dim() });
        spans.push((span, Some(screen)));
    }
    spans.push((Span::styled(" │ ", theme.dim()), None));
    spans
}
