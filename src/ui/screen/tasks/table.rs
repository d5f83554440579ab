//! The table of tasks: a row for each task, a column for each property.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::cell;
use crate::app::screen::tasks::TasksPart;
use crate::app::{App, HitTarget, KeyContext, TasksState};
use crate::figure::{MarkRole, Symbol};
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::scenario::edit::Property;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::widget::text::cut;

/// Blank columns between two columns of the table.
const GAP: u16 = 2;
/// Columns for the symbol before a name.
const SIGN: u16 = 4;

/// Position of a column of the table.
struct Column {
    index: usize,
    property: Property,
    x: u16,
    width: u16,
}

/// Draws the table, scrolled so that the cell under the cursor is in view. The column of names does
/// not scroll.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.regions.add(area, HitTarget::Part(KeyContext::Tasks));
    let focused = app.screens.tasks.part == TasksPart::Table;
    let count = app.work.scenario.tasks().len();
    let inner = block(String::new(), focused, theme).inner(area);
    let (columns, hidden) = columns(app, inner);
    let rows = app.work.scenario.draft().tasks.len();
    let here = app.screens.tasks.row(&app.work.scenario);
    let room = usize::from(inner.height.saturating_sub(1)).max(1);
    let first = (here + 1).saturating_sub(room).min(rows.saturating_sub(room));
    let more = [(hidden.0, "◂"), (hidden.1, "▸"), (first > 0, "↑"), (first + room < rows, "↓")];
    let more: String =
        more.iter().filter(|(is, _)| *is).map(|(_, sign)| format!(" {sign}")).collect();
    let more = if more.is_empty() { more } else { format!("{more} more ") };
    let title = match count {
        1 => " 1 task learns alone ".to_owned(),
        _ => format!(" {count} tasks learn together "),
    };
    let frame = block(title, focused, theme).title_bottom(more);
    view.frame.render_widget(frame, area);
    if inner.is_empty() {
        return;
    }
    for column in &columns {
        let head = aligned(&head(column.property), column);
        set(view, (column.x, inner.y), &head, theme.dim(), inner);
    }
    let table = Body {
        app,
        columns: &columns,
        cursor: (here, app.screens.tasks.property(&app.work.scenario)),
        opened: app.work.snapshot().opened,
        inner,
    };
    for (line, row) in (first..rows).take(room).enumerate() {
        let y = inner.y + 1 + line as u16;
        if y < inner.bottom() {
            table.draw(row, y, view);
        }
    }
}

/// The data needed to draw the rows.
struct Body<'a> {
    app: &'a App,
    columns: &'a [Column],
    cursor: (usize, Property),
    /// The scenario as it was opened.
    opened: Arc<Scenario>,
    inner: Rect,
}

impl Body<'_> {
    fn draw(&self, row: usize, y: u16, view: &mut View<'_, '_>) {
        let (theme, inner) = (view.theme, self.inner);
        let draft = self.app.work.scenario.draft();
        let sign = figure::character(Symbol::of_task(draft, row));
        let style = style_of(draft.tasks[row].role, theme);
        let mark = if row == self.cursor.0 { "▸" } else { " " };
        set(view, (inner.x, y), mark, theme.focus(), inner);
        set(view, (inner.x + 2, y), sign, style, inner);
        for column in self.columns {
            let text = column.property.text(draft, row);
            let under = self.cursor == (row, column.property);
            let style = match under {
                true if self.app.screens.tasks.part == TasksPart::Table => {
                    theme.focus().add_modifier(Modifier::REVERSED)
                }
                true => theme.focus(),
                false if cell::is_shared(draft, row, column.property) => theme.dim(),
                false if self.is_changed(row, column.property, text.as_ref()) => theme.strong(),
                false => Style::new(),
            };
            let shown = cell::shown(draft, row, column.property);
            let text = aligned(shown.as_deref().unwrap_or("–"), column);
            set(view, (column.x, y), &text, style, inner);
            let cell = Rect { x: column.x, y, width: column.width, height: 1 }.intersection(inner);
            view.regions.add(cell, HitTarget::Cell(row, column.index));
            if under && !self.app.is_covered() && !cell.is_empty() {
                view.frame.set_cursor_position((cell.x, y));
            }
        }
    }

    /// Returns true if the value differs from that of the task with this name when the scenario was
    /// opened.
    fn is_changed(&self, row: usize, property: Property, text: Option<&String>) -> bool {
        let name = &self.app.work.scenario.draft().tasks[row].name;
        match self.opened.draft().task(name) {
            Some(before) => property.text(self.opened.draft(), before).as_ref() != text,
            None => true,
        }
    }
}

/// The style of the symbol of a task; aside it is dimmed.
fn style_of(role: TaskRole, theme: &Theme) -> Style {
    match role {
        TaskRole::Target => theme.role(MarkRole::Target),
        TaskRole::Source => theme.role(MarkRole::Source),
        TaskRole::Aside => theme.dim(),
    }
}

/// The columns in view, and whether there are more to the left and right. The names are always in
/// view, then as many other columns as fit, including the one under the cursor.
fn columns(app: &App, inner: Rect) -> (Vec<Column>, (bool, bool)) {
    let all = TasksState::columns(&app.work.scenario);
    let draft = app.work.scenario.draft();
    let width = |property: Property| {
        let cells = (0..draft.tasks.len()).filter_map(|task| cell::shown(draft, task, property));
        let widest = cells.map(|text| text.width()).max().unwrap_or(1);
        widest.max(head(property).width()) as u16
    };
    let widths: Vec<u16> = all.iter().map(|property| width(*property)).collect();
    let start = inner.x + SIGN + widths[0] + GAP;
    let room = inner.right().saturating_sub(start);
    let here = app.screens.tasks.column(&app.work.scenario).max(1);
    let needed = |first: usize| widths[first..=here].iter().map(|w| w + GAP).sum::<u16>() - GAP;
    let first = (1..=here).find(|&first| needed(first) <= room).unwrap_or(here);
    let mut shown =
        vec![Column { index: 0, property: all[0], x: inner.x + SIGN, width: widths[0] }];
    let mut x = start;
    let mut last = 0;
    for index in first..all.len() {
        let fits = x + widths[index] <= inner.right();
        if !fits && index != first {
            break;
        }
        let width = widths[index].min(inner.right().saturating_sub(x));
        shown.push(Column { index, property: all[index], x, width });
        x += widths[index] + GAP;
        last = index;
    }
    (shown, (first > 1, last + 1 < all.len()))
}

/// The name of a property, with its symbol.
fn head(property: Property) -> String {
    match property.symbol() {
        "" => property.name().to_owned(),
        symbol => format!("{} {symbol}", property.name()),
    }
}

/// A text padded to the width of a column: numbers right-aligned, words left-aligned.
fn aligned(text: &str, column: &Column) -> String {
    let width = usize::from(column.width);
    let text = cut(text, width);
    let blank = " ".repeat(width.saturating_sub(text.width()));
    let number = matches!(column.property, Property::Knob(knob) if !knob.is_choice());
    if number { format!("{blank}{text}") } else { format!("{text}{blank}") }
}

/// Writes a text at a position, as far as there is room.
fn set(view: &mut View<'_, '_>, (x, y): (u16, u16), text: &str, style: Style, inner: Rect) {
    let room = usize::from(inner.right().saturating_sub(x));
    if room > 0 && y < inner.bottom() {
        view.frame.buffer_mut().set_string(x, y, cut(text, room), style);
    }
}
