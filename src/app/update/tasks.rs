//! The Tasks screen: moving the cursor, editing, adding and deleting tasks.

use super::Effect;
use crate::app::action::Action;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::tasks::TasksPart;
use crate::app::tips::Tip;
use crate::error::Invalid;
use crate::job::{Job, JobSlot};
use crate::scenario::edit::{self, Property};
use crate::scenario::{Handle, Scenario};

impl App {
    /// Performs an action of the Tasks screen; `None` if it is the same on every screen.
    pub(super) fn perform_on_tasks(&mut self, deed: Action) -> Option<Vec<Effect>> {
        let draft = self.scenario.draft();
        let (task, property, _) = self.cell();
        Some(match deed {
            Action::Move(right, up) => self.move_in_table(right, up),
            Action::Change(by) => {
                let turned = property.turned(draft, task, by);
                self.edit(turned, property.handle(draft, task))
            }
            Action::TypeRow => self.type_cell(),
            Action::Default => self.restore_cell(),
            Action::AddTask => self.append(edit::added(draft), "added"),
            Action::CopyTask => self.append(edit::copied(draft, task), "copied as"),
            Action::DeleteTask => self.delete_task(task),
            Action::NextRole => {
                let turned = Property::Role.turned(draft, task, 1);
                self.edit(turned, None)
            }
            Action::MoveTask(by) => self.move_task(task, by),
            Action::OpenKnob => self.open_knob(),
            Action::Pane(by) => {
                let here = TasksPart::ALL.iter().position(|p| *p == self.tasks.part).unwrap_or(0);
                let next = (here as i32 + by).rem_euclid(TasksPart::ALL.len() as i32) as usize;
                self.tasks.focus(TasksPart::ALL[next]);
                Vec::new()
            }
            Action::Export => match self.tasks.view.pane() {
                Some(pane) => self.offer_figure(pane),
                None => Vec::new(),
            },
            _ => return None,
        })
    }

    fn move_in_table(&mut self, right: i32, up: i32) -> Vec<Effect> {
        let (row, column) = (self.tasks.row(&self.scenario), self.tasks.column(&self.scenario));
        let to = |at: usize, by: i32| at.saturating_add_signed(by as isize);
        self.tasks.go(to(row, -up), to(column, right), &self.scenario);
        self.look().into_iter().collect()
    }

    /// Changes to an edited scenario, or says why it is not allowed.
    fn edit(&mut self, edited: Result<Scenario, Invalid>, turning: Option<Handle>) -> Vec<Effect> {
        match edited {
            Ok(scenario) => {
                self.tips.follow(Tip::Turn);
                self.change(scenario, turning)
            }
            Err(problem) => {
                let Invalid { found, allowed, .. } = problem;
                self.note = Some(format!("found {found}; allowed: {allowed}"));
                Vec::new()
            }
        }
    }

    /// Changes to a scenario with one more task, and moves the cursor to it.
    fn append(&mut self, edited: Result<Scenario, Invalid>, verb: &str) -> Vec<Effect> {
        if let Ok(scenario) = &edited
            && let Some(new) = scenario.draft().tasks.last()
        {
            self.note = Some(format!("{verb} {}; u undoes", new.name));
            let column = self.tasks.column(&self.scenario);
            self.tasks.go(scenario.draft().tasks.len() - 1, column, scenario);
        }
        self.edit(edited, None)
    }

    fn delete_task(&mut self, task: usize) -> Vec<Effect> {
        let draft = self.scenario.draft();
        let edited = edit::deleted(draft, task);
        let name = draft.tasks.get(task).map_or("", |task| task.name.as_str());
        self.note = Some(match &edited {
            Err(problem) => format!("{name} stays: it is {}", problem.found),
            Ok(_) if task + 1 < draft.tasks.len() => {
                format!("deleted {name}; later tasks have new data; u undoes")
            }
            Ok(_) => format!("deleted {name}; u undoes"),
        });
        edited.map_or_else(|_| Vec::new(), |scenario| self.change(scenario, None))
    }

    fn move_task(&mut self, task: usize, by: i32) -> Vec<Effect> {
        let edited = edit::moved(self.scenario.draft(), task, by);
        if let Ok(scenario) = &edited {
            let row = task.saturating_add_signed(by as isize);
            let column = self.tasks.column(&self.scenario);
            self.tasks.go(row, column, scenario);
        }
        self.edit(edited, None)
    }

    fn type_cell(&mut self) -> Vec<Effect> {
        let (task, property, _) = self.cell();
        match property.exact(self.scenario.draft(), task) {
            Some(text) => self.open(InputField::new(FieldPurpose::Cell, text)),
            None => self.edit(property.turned(self.scenario.draft(), task, 1), None),
        }
    }

    /// Accepts the text typed into the cell under the cursor.
    pub(super) fn submit_cell(&mut self, mut field: InputField) -> Vec<Effect> {
        let (task, property, _) = self.cell();
        match property.written(self.scenario.draft(), task, &field.text) {
            Ok(scenario) => self.change(scenario, None),
            Err(problem) => {
                field.problem = Some(super::fields::refusal(&problem));
                self.open(field)
            }
        }
    }

    /// Resets the value under the cursor to that of the opened scenario.
    fn restore_cell(&mut self) -> Vec<Effect> {
        let (task, property, _) = self.cell();
        let draft = self.scenario.draft();
        let Some(before) = self.counterpart(task) else {
            return self.say("this task was added after the scenario was opened");
        };
        let handle = property.handle(draft, task);
        if handle.is_some_and(|handle| self.opened.same_but_for(&self.scenario, handle)) {
            return self.change((*self.opened).clone(), None);
        }
        self.edit(property.restored(draft, task, (self.opened.draft(), before)), None)
    }

    /// Index of the matching task in the scenario as it was opened: the one with the same name, or
    /// else the one in the same place unless another task now has its name.
    fn counterpart(&self, task: usize) -> Option<usize> {
        let (draft, opened) = (self.scenario.draft(), self.opened.draft());
        let same_place = || {
            let there = opened.tasks.get(task)?;
            draft.task(&there.name).is_none().then_some(task)
        };
        opened.task(&draft.tasks.get(task)?.name).or_else(same_place)
    }

    /// Opens the Lab at the knob under the cursor, or at the task's first knob there.
    fn open_knob(&mut self) -> Vec<Effect> {
        let draft = self.scenario.draft();
        let (task, property, _) = self.cell();
        let first = || {
            Handle::all(draft)
                .into_iter()
                .find(|handle| handle.task == task && handle.is_slider(draft))
        };
        let Some(handle) = property.handle(draft, task).or_else(first) else {
            return self.say("this task has no knob in the Lab");
        };
        self.lab.focus = handle;
        let mut effects = self.show(Screen::Lab);
        self.back = Some(Screen::Tasks);
        effects.extend(self.trace());
        effects
    }

    /// Handles a click on a cell of the table: moves the cursor there, or opens the input field.
    pub(super) fn touch_property(&mut self, row: usize, column: usize) -> Vec<Effect> {
        let here = (self.tasks.row(&self.scenario), self.tasks.column(&self.scenario));
        self.tasks.focus(TasksPart::Table);
        if here == (row, column) {
            return self.act(Action::TypeRow);
        }
        self.tasks.go(row, column, &self.scenario);
        self.look().into_iter().collect()
    }

    /// Starts the preview of the selected task's rows while the screen is shown; stops it
    /// otherwise.
    pub(super) fn look(&mut self) -> Option<Effect> {
        if self.screen != Screen::Tasks {
            let unfinished = self.tasks.looked.take();
            return unfinished.map(|_| Effect::Cancel(JobSlot::Preview));
        }
        let task = self.tasks.row(&self.scenario);
        let wanted = (self.scenario.clone(), task);
        if self.tasks.looked.as_ref() == Some(&wanted) {
            return None;
        }
        self.tasks.looked = Some(wanted);
        Some(self.begin(Job::Preview(self.scenario.clone(), task)))
    }
}
