//! The Lessons screen: what each preset is there to show.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::block;
use super::theme::Theme;
use super::view::View;
use super::widget::text::cut;
use crate::app::{App, Spot};
use crate::scenario::preset::PRESETS;

/// Draws the list, and what the selected preset is about.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let [above, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(6)]).areas(area);
    let pane = block(" What there is to see ".into(), true, theme);
    let inner = pane.inner(above);
    view.frame.render_widget(pane, above);
    let room = inner.height as usize;
    let first = (app.lesson + 1).saturating_sub(room);
    for (line, (place, preset)) in PRESETS.iter().enumerate().skip(first).take(room).enumerate() {
        let row = Rect { y: inner.y + line as u16, height: 1, ..inner };
        let here = place == app.lesson;
        let title = title(place);
        let words = format!("{} {:<18} {title}", if here { "▸" } else { " " }, preset.name);
        let style = if here { theme.focus() } else { ratatui::style::Style::new() };
        view.frame.render_widget(Line::styled(cut(&words, row.width.into()), style), row);
        view.regions.add(row, Spot::Cell(place, 0));
        if here && !app.is_covered() {
            view.frame.set_cursor_position((row.x, row.y));
        }
    }
    let pane = block(format!(" {} ", title(app.lesson)), false, theme);
    let about = Paragraph::new(about(app.lesson)).wrap(Wrap { trim: true }).block(pane);
    view.frame.render_widget(about, below);
}

fn title(place: usize) -> String {
    let scenario = PRESETS.get(place).and_then(|preset| preset.scenario().ok());
    scenario.map_or_else(String::new, |scenario| scenario.draft().title.clone())
}

fn about(place: usize) -> String {
    let scenario = PRESETS.get(place).and_then(|preset| preset.scenario().ok());
    scenario.map_or_else(String::new, |scenario| scenario.draft().about.clone())
}

/// What to do with the list.
pub(super) fn reading(_: &App, theme: &Theme) -> Vec<Line<'static>> {
    vec![Line::styled(" Enter opens it in the Lab.", theme.dim())]
}

/// The selected preset.
pub(super) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let name = PRESETS.get(app.lesson).map_or("", |preset| preset.name);
    Line::styled(format!(" {name}"), theme.focus())
}
