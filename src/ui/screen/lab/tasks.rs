//! The tasks of the scenario, in a table.

use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Row, Table};

use crate::app::{App, Screen};
use crate::figure::{MarkRole, Symbol, axis::compact};
use crate::scenario::draft::TaskRole;
use crate::ui::pane::block;
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::widget::table::{Columns, widest};
use crate::ui::widget::text::cut;

/// Draws the tasks in a table.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let scenario = &app.work.scenario;
    let draft = scenario.draft();
    let is_real = scenario.real().is_some();
    let of_drawn = |value: f64| if is_real { "–".into() } else { compact(value) };
    let numbers: Vec<[String; 4]> = scenario
        .groups()
        .iter()
        .map(|group| {
            let task = &draft.tasks[group.entry];
            let turn = match task.covariance.rotation {
                0.0 => "–".into(),
                angle => format!("{}°", compact(angle)),
            };
            let [noise, condition] = [task.noise, task.covariance.condition].map(of_drawn);
            [compact(task.samples), noise, condition, turn]
        })
        .collect();
    let head = ["rows m", "σ", "κ", "turn"];
    let least = [6, 4, 4, 5];
    let wide = |i: usize| widest(least[i], numbers.iter().map(|row| &row[i]));
    let mut widths = vec![Constraint::Min(8)];
    widths.extend((0..head.len()).map(|i| Constraint::Length(wide(i))));
    let pane = block(" Tasks ".into(), false, theme);
    let columns = Columns::new(widths, pane.inner(area));
    let rows = scenario.groups().iter().zip(&numbers).map(|(group, numbers)| {
        let mark = figure::character(Symbol::of_task(draft, group.entry));
        let role = match draft.tasks[group.entry].role {
            TaskRole::Target => MarkRole::Target,
            _ => MarkRole::Source,
        };
        let title = cut(&group.title(), columns.room(0).saturating_sub(2));
        let task =
            Line::from(vec![Span::styled(mark, theme.role(role)), Span::raw(format!(" {title}"))]);
        let numbers = numbers.iter().enumerate().map(|(i, text)| columns.right(i + 1, text));
        Row::new(std::iter::once(task).chain(numbers))
    });
    let titles = head.iter().enumerate().map(|(i, title)| columns.right(i + 1, title));
    let titles = std::iter::once(Line::from("  task")).chain(titles);
    let shown = usize::from(pane.inner(area).height.saturating_sub(1));
    let hidden = scenario.groups().len().saturating_sub(shown);
    let pane = match hidden {
        0 => pane,
        _ => pane.title_bottom(format!(" {hidden} more: key {} ", Screen::Tasks.digit())),
    };
    let table =
        Table::new(rows, &columns.widths).header(Row::new(titles).style(theme.dim())).block(pane);
    view.frame.render_widget(table, area);
}
