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

/// Draws the tabs, then the title and as many items of `state` as fit, starting from its end.
pub(crate) fn draw(app: &App, state: &[String], view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let mut tabs = tabs(app, area.width, theme);
    let taken: usize = tabs.iter().map(|(span, _)| span.width()).sum();
    if taken >= usize::from(area.width) {
        tabs = self::tabs(app, area.width.min(NARROW - 1), theme);
    }
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
    let mut parts = state.to_vec();
    if !app.settings.mouse {
        parts.push("mouse off".to_owned());
    }
    parts.extend(app.screens.studies.running().map(progress::words));
    let mut right = Line::default();
    for part in parts.iter().rev() {
        let part = format!("{part}  ");
        let more = Line::from(part.clone()).width();
        if left.width() + right.width() + more + 1 > width {
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

/// The tabs and their screens: names with gaps, names without gaps, or only digits for the screens
/// not in view, depending on the width and on the length of the scenario's name.
fn tabs(app: &App, width: u16, theme: &Theme) -> Vec<(Span<'static>, Option<Screen>)> {
    let mut spans = Vec::new();
    if width >= WIDE {
        spans.push((Span::styled(" taskscope", theme.focus()), None));
        spans.push((Span::styled(" │", theme.dim()), None));
    }
    for screen in Screen::all() {
        let (digit, name) = (screen.digit(), screen.name());
        let here = screen == app.screens.current;
        let text = match width {
            WIDE.. => format!(" {digit} {name} "),
            NARROW.. => format!(" {digit}{name}"),
            _ if here => format!(" {digit} {name} "),
            _ => format!(" {digit}"),
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
