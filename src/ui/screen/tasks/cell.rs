//! The cell of the table under the cursor, in words.

use ratatui::text::{Line, Span};

use crate::app::{Action, App};
use crate::figure::words;
use crate::scenario::ScenarioDraft;
use crate::scenario::draft::RowsDraft;
use crate::scenario::edit::Property;
use crate::ui::theme::Theme;

/// The knobs of rows.
const OF_ROWS: [&str; 4] = ["samples", "condition", "rotation", "size"];

/// The property under the cursor, with its value and description.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let (task, property, text) = app.screens.tasks.cell(&app.work.scenario);
    let draft = app.work.scenario.draft();
    let value = match (value(app), text) {
        (Some(value), _) => value,
        (None, Some(text)) => text,
        (None, None) if is_shared(draft, task, property) => {
            format!(
                "{}, as {}",
                shown(draft, task, property).unwrap_or_default(),
                draft.tasks[0].name
            )
        }
        (None, None) => "–".to_owned(),
    };
    Line::from(vec![
        Span::styled(format!(" {} {value}", path(app)), theme.focus()),
        Span::styled(format!("  {}", property.help()), theme.dim()),
    ])
}

/// The text of a cell, without digits that nobody reads; `None` if the task has no such property. Of
/// tasks that share their rows, all show those of the first.
pub(super) fn shown(draft: &ScenarioDraft, task: usize, property: Property) -> Option<String> {
    let task = if is_shared(draft, task, property) { 0 } else { task };
    let text = property.text(draft, task)?;
    let handle = property.handle(draft, task);
    let knob = handle.and_then(|handle| Some((handle, handle.get(draft)?)));
    Some(knob.map_or(text, |(handle, value)| handle.knob.text(words::legible(handle, value))))
}

/// Returns true if a property of a task is that of the first, whose rows all tasks share.
pub(super) fn is_shared(draft: &ScenarioDraft, task: usize, property: Property) -> bool {
    let is_of_rows = match property {
        Property::Knob(knob) => OF_ROWS.contains(&knob.name),
        Property::Spectrum | Property::Axes => true,
        _ => false,
    };
    is_of_rows && draft.data.rows == RowsDraft::Shared && property.text(draft, task).is_none()
}

/// The value of the knob under the cursor, with its unit.
fn value(app: &App) -> Option<String> {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    let handle = property.handle(app.work.scenario.draft(), task)?;
    Some(words::value_of(handle, handle.get(app.work.scenario.draft())?))
}

/// Path of the cell under the cursor: `source.samples`.
fn path(app: &App) -> String {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    let name = app.work.scenario.draft().tasks.get(task).map_or("", |task| task.name.as_str());
    match property {
        Property::Reference | Property::Difference => format!("{name} {}", property.name()),
        _ => format!("{name}.{}", property.name()),
    }
}

/// The prompt for typing into the cell under the cursor.
pub(crate) fn prompt(app: &App) -> String {
    format!(" {} = ", path(app))
}

/// Values that can be typed into the cell under the cursor.
pub(crate) fn allowed(app: &App) -> String {
    let (task, property, _) = app.screens.tasks.cell(&app.work.scenario);
    property.allowed(app.work.scenario.draft(), task)
}

/// The first tip.
pub(crate) fn hint(app: &App) -> String {
    let hint = "→ moves to a value; hold + and watch the verdict";
    let adds = if app.offers(Action::AddTask) { "; a adds a task" } else { "" };
    format!("{hint}{adds}.")
}
