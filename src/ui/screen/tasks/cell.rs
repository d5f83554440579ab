//! The cell of the table under the cursor, in words.

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::figure::words;
use crate::scenario::ScenarioDraft;
use crate::scenario::edit::Property;
use crate::ui::theme::Theme;

/// The property under the cursor, with its value and description.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let (_, property, text) = app.screens.tasks.cell(&app.work.scenario);
    let value = match (value(app), text) {
        (Some(value), _) => value,
        (None, Some(text)) => text,
        (None, None) => "–".to_owned(),
    };
    Line::from(vec![
        Span::styled(format!(" {} {value}", path(app)), theme.focus()),
        Span::styled(format!("  {}", property.help()), theme.dim()),
    ])
}

/// The text of a cell, without digits that nobody reads; `None` if the task has no such property.
pub(super) fn shown(draft: &ScenarioDraft, task: usize, property: Property) -> Option<String> {
    let text = property.text(draft, task)?;
    let handle = property.handle(draft, task);
    let knob = handle.and_then(|handle| Some((handle, handle.get(draft)?)));
    Some(knob.map_or(text, |(handle, value)| handle.knob.text(words::legible(handle, value))))
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
pub(crate) fn hint(_: &App) -> String {
    "→ moves to a value; hold + and watch the verdict; a adds a task.".to_owned()
}
