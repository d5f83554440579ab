//! The Sweep screen: the gain along one knob or two.

mod explain;
mod pointer;

pub(in crate::app) use explain::explain_focus;
pub(in crate::app) use pointer::{cursor_at, words_at};

use std::sync::Arc;

use super::info::ScreenInfo;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::request::Request;
use crate::app::studies::symbols::SYMBOLS;
use crate::app::studies::{RunState, Studies, form};
use crate::scenario::Scenario;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo = ScreenInfo { charts: &[], symbols: SYMBOLS };

/// Performs an action of the Sweep screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    studies: &mut Studies,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    match action {
        Action::Move(right, up) => {
            if let Some(run) = studies.shown_sweep() {
                studies.cursor = studies.cursor.moved(right, up, &run.results.study);
            }
        }
        Action::Method => {
            if let Some(run) = studies.shown_sweep() {
                studies.cursor = studies.cursor.other_method(&run.results.study);
            }
        }
        Action::Row(by) => studies.form.step(by),
        Action::Change(by) => studies.form.change(by, context.scenario()),
        Action::TypeRow => return Some(type_row(studies, context.scenario())),
        Action::Part => return Some(switch_part(studies)),
        Action::RunStudy => return Some(run(studies, context)),
        Action::OpenCell => return Some(open_cell(studies)),
        Action::Crosshair => return Some(cross(studies)),
        _ => {
            let number = studies.shown_sweep().map(|run| run.number);
            return studies.update(number, action);
        }
    }
    Some(Vec::new())
}

/// Starts, pauses or resumes a sweep.
fn run(studies: &mut Studies, context: &Context<'_>) -> Vec<Request> {
    match studies.shown_sweep().map(|run| (run.number, run.state)) {
        Some((number, RunState::Running)) => studies.pause(number),
        Some((number, RunState::Paused)) if studies.in_chart => studies.begin(number),
        _ => start(studies, context),
    }
}

/// Starts the sweep that the form describes.
fn start(studies: &mut Studies, context: &Context<'_>) -> Vec<Request> {
    let draft = studies.form.draft(&context.work.name, context.scenario());
    studies.ask(draft).unwrap_or_else(|error| {
        studies.in_chart = false;
        studies.form.refuse(&error);
        Request::say(form::words(&error))
    })
}

/// Opens the field of the focused row, or switches the row on or off.
fn type_row(studies: &mut Studies, scenario: &Scenario) -> Vec<Request> {
    match studies.form.text(scenario) {
        Some(text) => Request::open(InputField::new(FieldPurpose::Row, text)),
        None => {
            studies.form.change(1, scenario);
            Vec::new()
        }
    }
}

/// Goes from the form to the chart or back.
fn switch_part(studies: &mut Studies) -> Vec<Request> {
    studies.in_chart = !studies.in_chart && studies.sweep.is_some();
    match studies.sweep {
        None => Request::say("there is no chart yet; Space starts the sweep"),
        Some(_) => Vec::new(),
    }
}

/// Shows or hides lines through the cursor of the chart, which serves as its cross-hair.
fn cross(studies: &mut Studies) -> Vec<Request> {
    if studies.shown_sweep().is_none() {
        return Request::say("there is no chart yet; Space starts the sweep");
    }
    studies.crossed = !(studies.crossed && studies.in_chart);
    studies.in_chart = true;
    Vec::new()
}

/// Opens the setting under the cursor in the Lab.
fn open_cell(studies: &Studies) -> Vec<Request> {
    match cell(studies) {
        Some((name, scenario)) => vec![Request::Visit(name, scenario)],
        None => Request::say("there is nothing under the cursor"),
    }
}

/// The scenario under the cursor, trained by the method there, with its name.
fn cell(studies: &Studies) -> Option<(String, Arc<Scenario>)> {
    let study = &studies.shown_sweep()?.results.study;
    let cursor = studies.cursor.inside(study);
    let (cell, line) = (&study.cells()[cursor.cell(study)?], cursor.line(study)?);
    let approach = *cell.approaches.get(cursor.method)?;
    let opened = cell.scenario.trained_by(approach).ok()?;
    Some((study.name(line.base).to_owned(), Arc::new(opened)))
}
