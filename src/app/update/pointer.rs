//! The mouse: clicking and dragging.

mod plane;
mod under;

use super::Effect;
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::pane::Pane;
use crate::app::pointer::{Gesture, Grip, HitTarget, Pointer};
use crate::app::program::App;
use crate::app::screen::tasks::TasksPart;
use crate::app::screen::{KeyContext, Screen, affinity, sweep};
use crate::figure::Figure;
use crate::scenario::Handle;

impl App {
    pub(super) fn pointer(&mut self, pointer: Pointer) -> Vec<Effect> {
        let Pointer { gesture, spot, at } = pointer;
        if gesture == Gesture::Release {
            self.view.grip = None;
            self.work.history.turning = None;
            return Vec::new();
        }
        if self.view.preview.is_some() {
            if gesture == Gesture::Press {
                self.view.preview = None;
            }
            return Vec::new();
        }
        if self.field.is_some() {
            return Vec::new();
        }
        let over = matches!(spot, Some(HitTarget::Entry(_) | HitTarget::Beside));
        let listed = self.over.is_some() || self.picker.is_some();
        if listed != over && spot.is_some() {
            return Vec::new();
        }
        if self.playing().is_some() && !self.is_touched_in_lesson(spot) {
            return Vec::new();
        }
        self.view.hover = spot.and_then(|spot| self.under(spot, at));
        if let Some(HitTarget::Figure(pane)) = spot {
            self.follow_pointer(pane, at);
        }
        match (gesture, spot) {
            (Gesture::Press, Some(spot)) => self.press(spot, at),
            (Gesture::Drag, Some(_)) => self.drag(at),
            (Gesture::Wheel(by), Some(spot)) => self.wheel(spot, by),
            _ => Vec::new(),
        }
    }

    fn press(&mut self, spot: HitTarget, at: (f64, f64)) -> Vec<Effect> {
        self.view.note = None;
        match spot {
            HitTarget::Action(action) => return self.act(action),
            HitTarget::Entry(row) if self.picker.is_some() => return self.touch_column(row),
            HitTarget::Entry(row) => return self.touch_entry(row),
            HitTarget::Beside => self.over = None,
            HitTarget::Pane(pane) => return self.focus_pane(pane),
            HitTarget::Aspect(aspect) => self.screens.theory.focus(aspect),
            HitTarget::Slider(handle) => {
                let effects = self.focus_on(handle);
                self.view.grip = Some(Grip::Slider(handle));
                return effects.into_iter().chain(self.drag(at)).collect();
            }
            HitTarget::Figure(pane) => {
                let effects = self.focus_pane(pane);
                self.view.grip = (pane == Pane::Plane).then(|| self.grip_at(at)).flatten();
                return effects;
            }
            HitTarget::Setting(row) => {
                self.screens.studies.in_chart = false;
                if self.screens.studies.form.row == row {
                    return self.act(Action::TypeRow);
                }
                self.screens.studies.form.row = row;
            }
            HitTarget::Chart => {
                self.screens.studies.in_chart = self.screens.studies.sweep.is_some();
                if let Some(cursor) = sweep::cursor_at(&self.screens.studies, at) {
                    self.screens.studies.cursor = cursor;
                }
            }
            HitTarget::Matrix => {
                if let Some(pair) = affinity::pair_at(&self.screens.studies, at) {
                    self.screens.studies.pair = pair;
                }
            }
            HitTarget::Run(number) => {
                if self.screens.studies.selected == Some(number) {
                    return self.act(Action::ShowRun);
                }
                self.screens.studies.selected = Some(number);
            }
            HitTarget::Cell(row, column) => return self.touch_cell(row, column),
            HitTarget::Part(context) => match context {
                KeyContext::Tasks => self.screens.tasks.focus(TasksPart::Table),
                KeyContext::Form => self.screens.studies.in_chart = false,
                KeyContext::Chart => {
                    self.screens.studies.in_chart = self.screens.studies.sweep.is_some()
                }
                _ => {}
            },
        }
        Vec::new()
    }

    fn drag(&mut self, at: (f64, f64)) -> Vec<Effect> {
        match self.view.grip {
            Some(Grip::Slider(handle)) => {
                let ends = self.work.scenario.track(handle);
                let value = handle.knob.nearest(ends, at.0.clamp(0.0, 1.0));
                self.turn_to(handle, value)
            }
            Some(grip) => self.drag_in_plane(grip, at),
            None => Vec::new(),
        }
    }

    fn wheel(&mut self, spot: HitTarget, by: i32) -> Vec<Effect> {
        match spot {
            HitTarget::Entry(_) if self.picker.is_some() => {
                let key = if by > 0 { Key::Up } else { Key::Down };
                return self.key_in_picker(key);
            }
            HitTarget::Entry(_) => self.move_in_overlay(-by),
            HitTarget::Slider(handle) => {
                let effects = self.focus_on(handle);
                let value = handle.get(self.work.scenario.draft()).unwrap_or(f64::NAN);
                let (low, high) = self.work.scenario.track(handle);
                let next = handle.knob.step(value, by);
                let next = next.clamp(low.min(value), high.max(value));
                return effects.into_iter().chain(self.turn_to(handle, next)).collect();
            }
            HitTarget::Setting(row) => {
                self.screens.studies.in_chart = false;
                self.screens.studies.form.row = row;
                return self.act(Action::Change(by));
            }
            HitTarget::Run(_) => return self.act(Action::Row(-by)),
            HitTarget::Aspect(aspect) => {
                self.screens.theory.focus(aspect);
                self.screens.theory.scroll_by(-by);
            }
            HitTarget::Cell(..) | HitTarget::Part(KeyContext::Tasks)
                if self.screens.current == Screen::Tasks =>
            {
                return self.act(Action::Move(0, by));
            }
            HitTarget::Part(context) if context.is_in_lesson() => {
                return self.act(Action::Scroll(-3 * by));
            }
            HitTarget::Chart if self.screens.studies.in_chart => {
                return self.act(Action::Move(by, 0));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Handles a click on a cell of a table: focuses it, or opens it if it already has the focus.
    fn touch_cell(&mut self, row: usize, column: usize) -> Vec<Effect> {
        let (screens, scenario) = (&mut self.screens, &self.work.scenario);
        let requests = match screens.current {
            Screen::Lessons => screens.lessons.touch(row),
            Screen::Tasks if screens.tasks.touch(row, column, scenario) => {
                return self.act(Action::TypeRow);
            }
            Screen::Tasks => screens.tasks.preview_rows(scenario, true).into_iter().collect(),
            _ => Vec::new(),
        };
        self.carry_out(requests)
    }

    /// Turns a knob as its slider would: all values on the way count as one change.
    fn turn_to(&mut self, handle: Handle, value: f64) -> Vec<Effect> {
        self.screens.lab.focus = handle;
        self.set_knob(value, Some(handle))
    }

    fn focus_on(&mut self, handle: Handle) -> Vec<Effect> {
        if self.screens.lab.focus == handle {
            return Vec::new();
        }
        self.focus_knob(handle)
    }
}

/// The axis values at a position given as shares of a figure's axes.
fn value(figure: &Figure, at: (f64, f64)) -> (f64, f64) {
    (figure.x.value(at.0), figure.y.value(at.1))
}
