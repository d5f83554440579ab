//! The formulas with the current numbers, line by line.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::page;
use crate::app::{App, TheoryPane};
use crate::explanation::{Formula, crossing};
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the formulas.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let lines = lines(app, view.theme, page::room(area.width));
    page::draw(app, TheoryPane::Formulas, &title(app), &lines, view, area);
}

/// The title, with the names of the tasks that are numbered.
fn title(app: &App) -> String {
    let scenario = &app.work.scenario;
    let [one, other] = scenario.pair();
    let name = |i: usize| &scenario.tasks()[i].name;
    match one == other {
        true => format!("Formulas (1: {})", name(one)),
        false => format!("Formulas (1: {}, 2: {})", name(one), name(other)),
    }
}

fn lines(app: &App, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let Some(explanation) = &app.screens.theory.explanation else {
        return vec![Line::styled("computing", theme.dim())];
    };
    let mut lines = Vec::new();
    lines.extend(
        crossed(app).into_iter().flat_map(|words| {
            page::words(&format!("Theory: {words}."), (0, 2), room, Style::new())
        }),
    );
    let fresh = app.screens.theory.fresh;
    lines.extend(explanation.formulas.iter().flat_map(|f| formula(f, fresh, theme, room)));
    lines
}

/// The values of the focused knob where the predicted gain changes sign, in words.
fn crossed(app: &App) -> Option<String> {
    let curve =
        app.screens.lab.curve.as_ref().filter(|curve| curve.handle == app.screens.lab.focus)?;
    let path = curve.handle.path(app.work.scenario.draft());
    crossing(&path, curve.handle.knob.unit, &curve.crossings())
}

/// Name and result; then symbols and numbers, on one line if they fit.
fn formula(formula: &Formula, fresh: bool, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let strong = if fresh { theme.strong() } else { theme.dim() };
    let sign = if formula.value.is_some() { "=" } else { "→" };
    let source = format!("[{}]", formula.source.short());
    let head = format!("{} {sign} {}", formula.name, formula.result);
    let mut lines = page::words(&head, (0, 2), room, strong);
    let gap = lines.last().map_or(0, |line| room.saturating_sub(line.width() + source.width()));
    match lines.last_mut() {
        Some(last) if gap > 0 => {
            last.push_span(Span::styled(format!("{}{source}", " ".repeat(gap)), theme.dim()));
        }
        _ => lines.push(Line::styled(format!("  {source}"), theme.dim())),
    }
    let (after, before) = if formula.value.is_some() { ("", "= ") } else { (":", "") };
    let (symbols, numbers) =
        (format!("{}{after}", formula.symbols), format!("{before}{}", formula.numbers));
    let body = format!("  {symbols} {numbers}");
    if body.width() <= room {
        lines.push(Line::raw(body));
        return lines;
    }
    lines.extend(page::words(&symbols, (2, 4), room, Style::new()));
    lines.extend(page::words(&numbers, (2, 4), room, Style::new()));
    lines
}
