//! Editing the table of tasks.

use std::sync::Arc;

use super::state::{TasksPart, TasksState};
use crate::app::context::Context;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::request::Request;
use crate::app::screen::kind::Screen;
use crate::app::tips::Tip;
use crate::error::Invalid;
use crate::job::{Job, JobSlot};
use crate::scenario::edit::{self, Property};
use crate::scenario::{Handle, Scenario};
use crate::study::RowPreview;

impl TasksState {
    pub(super) fn move_by(
        &mut self,
        right: i32,
        up: i32,
        scenario: &Arc<Scenario>,
    ) -> Vec<Request> {
        let to = |at: usize, by: i32| at.saturating_add_signed(by as isize);
        self.go(to(self.row(scenario), -up), to(self.column(scenario), right), scenario);
        self.preview_rows(scenario, true).into_iter().collect()
    }

    /// Focuses a cell. Returns true if it already had the focus.
    pub(in crate::app) fn touch(&mut self, row: usize, column: usize, scenario: &Scenario) -> bool {
        let here = (self.row(scenario), self.column(scenario));
        self.focus(TasksPart::Table);
        self.go(row, column, scenario);
        here == (row, column)
    }

    /// Focuses another part of the screen.
    pub(super) fn focus_by(&mut self, by: i32) {
        let all = TasksPart::ALL;
        let here = all.iter().position(|part| *part == self.part).unwrap_or(0) as i32;
        self.focus(all[(here + by).rem_euclid(all.len() as i32) as usize]);
    }

    /// Changes to a scenario with one more task, and moves the cursor to it.
    pub(super) fn append(
        &mut self,
        context: &Context<'_>,
        edited: Result<Scenario, Invalid>,
        verb: &str,
    ) -> Vec<Request> {
        let mut requests = Vec::new();
        if let Ok(scenario) = &edited
            && let Some(new) = scenario.draft().tasks.last()
        {
            requests.extend(Request::say(format!("{verb} {}; u undoes", new.name)));
            let column = self.column(context.scenario());
            self.go(scenario.draft().tasks.len() - 1, column, scenario);
        }
        requests.extend(change(edited, None));
        requests
    }

    pub(super) fn move_task(&mut self, context: &Context<'_>, by: i32) -> Vec<Request> {
        let task = self.row(context.scenario());
        let edited = edit::moved(context.draft(), task, by);
        if let Ok(scenario) = &edited {
            let column = self.column(context.scenario());
            self.go(task.saturating_add_signed(by as isize), column, scenario);
        }
        change(edited, None)
    }

    /// Starts the preview of the selected task's rows while the screen is shown; stops it
    /// otherwise.
    pub(in crate::app) fn preview_rows(
        &mut self,
        scenario: &Arc<Scenario>,
        shown: bool,
    ) -> Option<Request> {
        if !shown {
            let unfinished = self.previewing.take();
            return unfinished.map(|_| Request::Cancel(JobSlot::Rows));
        }
        let wanted = (scenario.clone(), self.row(scenario));
        if self.previewing.as_ref() == Some(&wanted) {
            return None;
        }
        let job = Job::Rows(wanted.0.clone(), wanted.1);
        self.previewing = Some(wanted);
        Some(Request::Begin(job))
    }

    /// Starts the preview of the selected task's rows, even if it is known.
    pub(in crate::app) fn preview_rows_anew(
        &mut self,
        scenario: &Arc<Scenario>,
    ) -> Option<Request> {
        (self.preview, self.previewing) = (None, None);
        self.preview_rows(scenario, true)
    }

    /// Stores the preview of rows for the scenario that it was started for.
    pub(in crate::app) fn take_preview(&mut self, preview: Box<RowPreview>) {
        if let Some((scenario, _)) = &self.previewing {
            self.preview = Some((scenario.clone(), preview));
        }
    }

    /// Accepts the text typed into the cell under the cursor, or says what is allowed.
    pub(in crate::app) fn accept(
        &self,
        text: &str,
        scenario: &Scenario,
    ) -> Result<Scenario, Invalid> {
        let (task, property, _) = self.cell(scenario);
        property.written(scenario.draft(), task, text)
    }
}

/// Changes to an edited scenario, or says why it is not allowed.
pub(super) fn change(edited: Result<Scenario, Invalid>, turning: Option<Handle>) -> Vec<Request> {
    match edited {
        Ok(scenario) => {
            vec![Request::Follow(Tip::Turn), Request::Change(Arc::new(scenario), turning)]
        }
        Err(Invalid { found, allowed, .. }) => {
            Request::say(format!("found {found}; allowed: {allowed}"))
        }
    }
}

pub(super) fn delete(context: &Context<'_>, task: usize) -> Vec<Request> {
    let draft = context.draft();
    let name = draft.tasks.get(task).map_or("", |task| task.name.as_str());
    match edit::deleted(draft, task) {
        Err(problem) => Request::say(format!("{name} stays: it is {}", problem.found)),
        Ok(scenario) => {
            let later = match task + 1 < draft.tasks.len() {
                true => "; later tasks have new data",
                false => "",
            };
            let words = format!("deleted {name}{later}; u undoes");
            vec![Request::Say(words), Request::Change(Arc::new(scenario), None)]
        }
    }
}

/// Opens the field for a cell, or turns a value that is only chosen.
pub(super) fn type_cell(context: &Context<'_>, task: usize, property: Property) -> Vec<Request> {
    match property.exact(context.draft(), task) {
        Some(text) => Request::open(InputField::new(FieldPurpose::Cell, text)),
        None => change(property.turned(context.draft(), task, 1), None),
    }
}

/// Resets a value to that of the opened scenario.
pub(super) fn restore(context: &Context<'_>, task: usize, property: Property) -> Vec<Request> {
    let (draft, opened) = (context.draft(), &context.work.opened);
    let Some(before) = counterpart(context, task) else {
        return Request::say("this task was added after the scenario was opened");
    };
    let handle = property.handle(draft, task);
    if handle.is_some_and(|handle| opened.same_but_for(context.scenario(), handle)) {
        return vec![Request::Change(opened.clone(), None)];
    }
    change(property.restored(draft, task, (opened.draft(), before)), None)
}

/// Index of the matching task in the scenario as it was opened: the one with the same name, or
/// else the one in the same place unless another task now has its name.
fn counterpart(context: &Context<'_>, task: usize) -> Option<usize> {
    let (draft, opened) = (context.draft(), context.work.opened.draft());
    let same_place = || {
        let there = opened.tasks.get(task)?;
        draft.task(&there.name).is_none().then_some(task)
    };
    opened.task(&draft.tasks.get(task)?.name).or_else(same_place)
}

/// Opens the Lab at a property's knob, or at the task's first knob there.
pub(super) fn open_knob(context: &Context<'_>, task: usize, property: Property) -> Vec<Request> {
    let draft = context.draft();
    let is_first = |handle: &Handle| handle.task == task && handle.is_slider(draft);
    let first = || Handle::all(draft).into_iter().find(is_first);
    match property.handle(draft, task).or_else(first) {
        Some(handle) => vec![
            Request::Show(Screen::Lab),
            Request::ComeBackTo(Screen::Tasks),
            Request::FocusKnob(handle),
        ],
        None => Request::say("this task has no knob in the Lab"),
    }
}
