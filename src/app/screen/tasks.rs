//! The Tasks screen: all tasks of the scenario.

mod explain;
mod state;
mod symbols;
mod update;

pub(in crate::app) use explain::explain_focus;
pub use state::{TasksPart, TasksState};

use super::info::ScreenInfo;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::pane::Pane;
use crate::app::request::Request;
use crate::scenario::edit::{self, Property};

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo =
    ScreenInfo { charts: &[Pane::Spectrum, Pane::Rows], symbols: symbols::SYMBOLS };

/// Performs an action of the Tasks screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    tasks: &mut TasksState,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    let draft = context.draft();
    let (task, property, _) = tasks.cell(context.scenario());
    Some(match action {
        Action::Move(right, up) => tasks.move_by(right, up, context.scenario()),
        Action::Change(by) => {
            update::change(property.turned(draft, task, by), property.handle(draft, task))
        }
        Action::TypeRow => update::type_cell(context, task, property),
        Action::Default => update::restore(context, task, property),
        Action::AddTask => tasks.append(context, edit::added(draft), "added"),
        Action::CopyTask => tasks.append(context, edit::copied(draft, task), "copied as"),
        Action::DeleteTask => update::delete(context, task),
        Action::NextRole => update::change(Property::Role.turned(draft, task, 1), None),
        Action::MoveTask(by) => tasks.move_task(context, by),
        Action::OpenKnob => update::open_knob(context, task, property),
        Action::Pane(by) => {
            tasks.focus_by(by);
            Vec::new()
        }
        Action::Export => tasks.view.pane().map(Request::SaveFigure).into_iter().collect(),
        Action::Crosshair => vec![Request::Crosshair(chart(tasks))],
        _ => return None,
    })
}

/// The chart for the cross-hair: the focused one, or else the one in view.
fn chart(tasks: &TasksState) -> Pane {
    match (tasks.part, tasks.view) {
        (TasksPart::Rows, _) | (TasksPart::Table, TasksPart::Rows) => Pane::Rows,
        _ => Pane::Spectrum,
    }
}
