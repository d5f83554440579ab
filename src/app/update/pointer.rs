//! The mouse: clicking and dragging.

mod plane;
mod under;

use super::Effect;
use crate::app::action::Action;
use crate::app::lab::Pane;
use crate::app::pointer::{Gesture, Grip, HitTarget, Pointer};
use crate::app::screen::{KeyContext, Screen};
use crate::app::state::App;
use crate::app::studies::Cursor;
use crate::app::tasks::TasksPart;
use crate::figure::{Figure, affinity, axis};
use crate::scenario::Handle;

impl App {
    pub(super) fn pointer(&mut self, pointer: Pointer) -> Vec<Effect> {
        let Pointer { gesture, spot, at } = pointer;
        if gesture == Gesture::Release {
            self.grip = None;
            self.history.turning = None;
            return Vec::new();
        }
        if self.preview.is_some() {
            if gesture == Gesture::Press {
                self.preview = None;
            }
            return Vec::new();
        }
        if self.field.is_some() {
            return Vec::new();
        }
        let over = matches!(spot, Some(HitTarget::Entry(_) | HitTarget::Beside));
        if self.over.is_some() != over && spot.is_some() {
            return Vec::new();
        }
        if self.playing().is_some() && !self.is_touched_in_lesson(spot) {
            return Vec::new();
        }
        self.hover = spot.and_then(|spot| self.under(spot, at));
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
        self.note = None;
        match spot {
            HitTarget::Deed(deed) => return self.act(deed),
            HitTarget::Entry(row) => return self.touch_entry(row),
            HitTarget::Beside => self.over = None,
            HitTarget::Pane(pane) => return self.focus_pane(pane),
            HitTarget::Aspect(aspect) => self.theory.focus(aspect),
            HitTarget::Slider(handle) => {
                let effects = self.focus_on(handle);
                self.grip = Some(Grip::Slider(handle));
                return effects.into_iter().chain(self.drag(at)).collect();
            }
            HitTarget::Figure(pane) => {
                let effects = self.focus_pane(pane);
                self.grip = (pane == Pane::Plane).then(|| self.grip_at(at)).flatten();
                return effects;
            }
            HitTarget::Setting(row) => {
                self.studies.in_chart = false;
                if self.studies.form.row == row {
                    return self.act(Action::TypeRow);
                }
                self.studies.form.row = row;
            }
            HitTarget::Chart => {
                self.studies.in_chart = self.studies.sweep.is_some();
                if let Some(cursor) = self.cursor_at(at) {
                    self.studies.cursor = cursor;
                }
            }
            HitTarget::Matrix => {
                if let Some(pair) = self.pair_at(at) {
                    self.studies.pair = pair;
                }
            }
            HitTarget::Run(number) => {
                if self.studies.selected == Some(number) {
                    return self.act(Action::ShowRun);
                }
                self.studies.selected = Some(number);
            }
            HitTarget::Cell(row, column) => return self.touch_cell(row, column),
            HitTarget::Part(place) => match place {
                KeyContext::Tasks => self.tasks.focus(TasksPart::Table),
                KeyContext::Form => self.studies.in_chart = false,
                KeyContext::Chart => self.studies.in_chart = self.studies.sweep.is_some(),
                _ => {}
            },
        }
        Vec::new()
    }

    fn drag(&mut self, at: (f64, f64)) -> Vec<Effect> {
        match self.grip {
            Some(Grip::Slider(handle)) => {
                let value = handle.knob.nearest(at.0.clamp(0.0, 1.0));
                self.turn_to(handle, value)
            }
            Some(grip) => self.drag_in_plane(grip, at),
            None => Vec::new(),
        }
    }

    fn wheel(&mut self, spot: HitTarget, by: i32) -> Vec<Effect> {
        match spot {
            HitTarget::Entry(_) => self.move_in_overlay(-by),
            HitTarget::Slider(handle) => {
                let effects = self.focus_on(handle);
                let value = handle.get(self.scenario.draft()).unwrap_or(f64::NAN);
                let (low, high) = handle.knob.track;
                let next = handle.knob.step(value, by);
                let next = next.clamp(low.min(value), high.max(value));
                return effects.into_iter().chain(self.turn_to(handle, next)).collect();
            }
            HitTarget::Setting(row) => {
                self.studies.in_chart = false;
                self.studies.form.row = row;
                return self.act(Action::Change(by));
            }
            HitTarget::Run(_) => return self.act(Action::Row(-by)),
            HitTarget::Aspect(aspect) => {
                self.theory.focus(aspect);
                return self.scroll_aspect(-by);
            }
            HitTarget::Cell(..) | HitTarget::Part(KeyContext::Tasks)
                if self.screen == Screen::Tasks =>
            {
                return self.act(Action::Move(0, by));
            }
            HitTarget::Part(place) if place.is_in_lesson() => {
                return self.act(Action::Scroll(-3 * by));
            }
            HitTarget::Chart if self.studies.in_chart => return self.act(Action::Move(by, 0)),
            _ => {}
        }
        Vec::new()
    }

    /// Turns a knob as its slider would: all values on the way count as one change.
    fn turn_to(&mut self, handle: Handle, value: f64) -> Vec<Effect> {
        self.lab.focus = handle;
        self.set(value, Some(handle))
    }

    fn focus_on(&mut self, handle: Handle) -> Vec<Effect> {
        if self.lab.focus == handle {
            return Vec::new();
        }
        self.lab.focus = handle;
        self.trace().into_iter().collect()
    }

    /// The cursor on the point of the sweep nearest to a position in its chart.
    fn cursor_at(&self, at: (f64, f64)) -> Option<Cursor> {
        let run = self.studies.shown_sweep()?;
        let study = &run.results.study;
        let here = self.studies.cursor.inside(study);
        let line = here.line(study)?;
        let figure = self.studies.chart(run)?;
        let nearest = |values: &[f64], axis: &axis::Axis, share: f64| {
            let far = |v: &f64| (axis.share(*v) - share).abs();
            let places = values.iter().enumerate();
            places.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|(place, _)| place)
        };
        let column = nearest(&line.x.values, &figure.x, at.0)?;
        let row = match &line.y {
            Some(y) => nearest(&y.values, &figure.y, at.1)?,
            None => here.row,
        };
        Some(Cursor { column, row, ..here }.inside(study))
    }

    /// The pair of tasks at a position in the matrix.
    fn pair_at(&self, at: (f64, f64)) -> Option<(usize, usize)> {
        let run = self.studies.shown_affinity()?;
        let figure = affinity::matrix(&run.results)?;
        let (column, row) = figure.cells()?.find(value(&figure, at))?;
        Some((row, column))
    }
}

/// The axis values at a position given as shares of a figure's axes.
fn value(figure: &Figure, at: (f64, f64)) -> (f64, f64) {
    (figure.x.value(at.0), figure.y.value(at.1))
}
