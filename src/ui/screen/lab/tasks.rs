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
use crate::ui::widget::text::cut;

/// Draws the tasks in a table.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let scenario = &app.work.scenario;
    let draft = scenario.draft();
    let room = usize::from(area.width).saturating_sub(27);
    let rows = scenario.groups().iter().map(|group| {
        let task = &draft.tasks[group.entry];
        let mark = figure::character(Symbol::of_task(draft, group.entry));
        let role = match task.role {
            TaskRole::Target => MarkRole::Target,
            _ => MarkRole::Source,
        };
        let is_real = scenario.real().is_some();
        let of_drawn = |value: f64| if is_real { "–".into() } else { compact(value) };
        let turn = if task.covariance.rotation == 0.0 {
            "–".into()
        } else {
            format!("{}°", compact(task.covariance.rotation))
        };
        Row::new([
            Line::from(vec![
                Span::styled(mark, theme.role(role)),
                Span::raw(format!(" {}", cut(&group.title(), room))),
            ]),
            Line::from(compact(task.samples)).right_aligned(),
            Line::from(of_drawn(task.noise)).right_aligned(),
            Line::from(of_drawn(task.covariance.condition)).right_aligned(),
            Line::from(turn).right_aligned(),
        ])
    });
    let widths = [
        Constraint::Min(8),
        Constraint::Length(6),
        Constraint::Length(4),
        Constraint::Length(4),
        Constraint::Length(5),
    ];
    let head = ["  task", "rows m", "   σ", "   κ", " turn"];
    let pane = block(" Tasks ".into(), false, theme);
    let shown = usize::from(pane.inner(area).height.saturating_sub(1));
    let hidden = scenario.groups().len().saturating_sub(shown);
    let pane = match hidden {
        0 => pane,
        _ => pane.title_bottom(format!(" {hidden} more: key {} ", Screen::Tasks.digit())),
    };
    let table = Table::new(rows, widths).header(Row::new(head).style(theme.dim())).block(pane);
    view.frame.render_widget(table, area);
}
