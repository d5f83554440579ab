//! The line of tabs: screens, the open scenario and, on every screen, the running study.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::progress;
use super::theme::Theme;
use super::view::View;
use crate::app::{Action, App, HitTarget, Screen};

/// Width from which the program's name precedes the tabs.
const WIDE: u16 = 100;
/// Width from which all tabs show their names.
const NARROW: u16 = 70;
/// Letters of a short name.
const LETTERS: usize = 4;

/// Draws the tabs, then the title and as many items of `state` as fit, starting from its end. Items
/// stand beside whole names of the screens only.
pub(crate) fn draw(app: &App, state: &[String], view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let running = app.screens.studies.running().map(progress::words);
    let beside = running.as_ref().map_or(0, |words| Line::from(words.as_str()).width() + 4);
    let (form, tabs) = fitting(app, usize::from(area.width), beside, theme);
    let mut x = area.x;
    for (span, screen) in &tabs {
        let tab = Rect { x, width: span.width() as u16, ..area }.intersection(area);
        x = tab.right();
        if let Some(screen) = screen {
            view.regions.add(tab, HitTarget::Action(Action::Show(*screen)));
        }
    }
    let mut left = Line::from_iter(tabs.into_iter().map(|(span, _)| span));
    let width = area.width as usize;
    let mut parts = match form {
        TabForm::Wide | TabForm::Name => state.to_vec(),
        TabForm::Short | TabForm::Digit => Vec::new(),
    };
    if !app.settings.mouse {
        parts.push("mouse off".to_owned());
    }
    parts.extend(running);
    let mut right = Line::default();
    for part in parts.iter().rev() {
        let part = format!("{part}  ");
        let more = Line::from(part.clone()).width();
        if left.width() + right.width() + more + 2 > width {
            break;
        }
        right.spans.insert(0, Span::raw(part));
    }
    let title = format!("  {}", app.work.scenario.draft().title);
    if left.width() + Line::from(title.as_str()).width() + right.width() < width {
        left.push_span(Span::styled(title, theme.dim()));
    }
    let start = area.right().saturating_sub(right.width() as u16).max(area.x);
    view.frame.render_widget(left, area);
    view.frame.render_widget(right, Rect { x: start, width: area.right() - start, ..area });
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

/// The first form in which the tabs fit beside the progress of a running study, and the tabs.
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
    let star = if app.is_changed() { " *" } else { "" };
    spans.push((Span::styled(" │ ", theme.dim()), None));
    spans.push((Span::styled(format!("{}{star}", app.work.name), theme.strong()), None));
    spans
}
