//! Whether an action does anything as things stand, and what to call it: for the footer.

use super::action::{Action, KeyBinding};
use super::program::App;
use super::screen::{Screen, affinity};
use super::settings::Panes;
use super::studies::RunState;
use crate::scenario::edit::{self, Property};

impl App {
    /// Returns true if an action does what its hint says at this moment.
    pub fn offers(&self, action: Action) -> bool {
        if let Some(playing) = self.playing() {
            return playing.offers(action, &self.work);
        }
        if action == Action::Undo {
            return self.work.undo_depth() > 0;
        }
        match self.screens.current {
            Screen::Lab => {
                let has_ended = self.screens.lab.descent.as_ref().is_some_and(|d| d.is_finished());
                let hidden = self.settings.panes == Panes::Few;
                !((has_ended || hidden) && matches!(action, Action::Run | Action::Step))
            }
            Screen::Tasks => self.offers_on_tasks(action),
            Screen::Affinity | Screen::Sweep => self.offers_on_study(action),
            Screen::Runs => self.offers_on_runs(action),
            Screen::Advice => self.offers_on_advice(action),
            _ => true,
        }
    }

    fn offers_on_tasks(&self, action: Action) -> bool {
        let draft = self.work.scenario.draft();
        let (task, property, _) = self.screens.tasks.cell(&self.work.scenario);
        match action {
            Action::Change(by) => {
                [by, -by].iter().any(|by| property.turned(draft, task, *by).is_ok())
            }
            Action::AddTask => edit::added(draft).is_ok(),
            Action::CopyTask => edit::copied(draft, task).is_ok(),
            Action::DeleteTask => edit::deleted(draft, task).is_ok(),
            Action::NextRole => Property::Role.turned(draft, task, 1).is_ok(),
            _ => true,
        }
    }

    fn offers_on_study(&self, action: Action) -> bool {
        let run = self.screens.run_in_view();
        match action {
            Action::Move(..) | Action::Method | Action::OpenCell | Action::Scatter => run.is_some(),
            Action::Part | Action::Budget(_) | Action::Pin | Action::ExportStudy => run.is_some(),
            Action::Crosshair => run.is_some() && self.screens.current == Screen::Sweep,
            Action::RunStudy => self.space_word().is_some(),
            _ => true,
        }
    }

    fn offers_on_runs(&self, action: Action) -> bool {
        let studies = &self.screens.studies;
        match action {
            Action::Row(_) => studies.runs.len() > 1,
            Action::ShowRun | Action::Pin | Action::Delete | Action::ExportStudy => {
                studies.selected_run().is_some()
            }
            Action::RunStudy => self.space_word().is_some(),
            _ => true,
        }
    }

    fn offers_on_advice(&self, action: Action) -> bool {
        let is_known = self.screens.advice.of(&self.work.scenario).is_some();
        match action {
            Action::Export => is_known,
            Action::RunStudy => self.space_word().is_some(),
            _ => true,
        }
    }

    /// The hint of an action as things stand: where the space bar starts something, what it does now.
    pub fn hint_of(&self, binding: &KeyBinding) -> &'static str {
        match binding.action {
            Action::Run if self.screens.lab.running => "pause",
            Action::Run => "run",
            Action::RunStudy => self.space_word().unwrap_or(binding.hint),
            Action::Part if self.screens.studies.in_chart => "form",
            Action::Part => "chart",
            _ => binding.hint,
        }
    }

    /// What the space bar does with a study or with advice; `None` if it does nothing.
    fn space_word(&self) -> Option<&'static str> {
        let state = self.screens.run_in_view().map(|run| run.state);
        match (self.screens.current, state) {
            (Screen::Advice, _) if self.screens.advice.seeking.is_some() => Some("stop"),
            (Screen::Advice, _) => self.work.scenario.real().map(|_| "start"),
            (_, Some(RunState::Running)) => Some("pause"),
            (Screen::Runs, None | Some(RunState::Done)) => None,
            (Screen::Runs, Some(_)) => Some("resume"),
            (Screen::Affinity, Some(RunState::Paused)) => Some("resume"),
            (_, Some(RunState::Paused)) if self.screens.studies.in_chart => Some("resume"),
            _ => self.next_study(),
        }
    }

    /// What becomes of the study that the screen would ask for next: started, or resumed if it was
    /// begun before; `None` if it is done.
    fn next_study(&self) -> Option<&'static str> {
        let studies = &self.screens.studies;
        let draft = match self.screens.current {
            Screen::Affinity => affinity::question(&self.work, false)?,
            _ if studies.form.problem.is_some() => return None,
            _ => studies.form.draft(&self.work.name, &self.work.scenario),
        };
        match studies.asking(&draft).map(|run| run.state) {
            None => Some("start"),
            Some(RunState::Running) => Some("pause"),
            Some(RunState::Paused | RunState::Stopped) => Some("resume"),
            Some(RunState::Done) => None,
        }
    }
}
