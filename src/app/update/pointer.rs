//! The mouse: what it touches, drags and passes over.

use nalgebra::Vector2;

use super::Effect;
use crate::app::action::Deed;
use crate::app::lab::Pane;
use crate::app::pointer::{Gesture, Grip, Pointer, Spot};
use crate::app::screen::{Place, Screen};
use crate::app::state::App;
use crate::app::studies::Cursor;
use crate::app::tasks::Part;
use crate::figure::{Figure, affinity, axis, words};
use crate::scenario::Handle;

/// How near the pointer must be to what it takes hold of, in the unit of the plane.
const NEAR: f64 = 0.35;

impl App {
    pub(super) fn pointer(&mut self, pointer: Pointer) -> Vec<Effect> {
        let Pointer { gesture, spot, at } = pointer;
        if gesture == Gesture::Release {
            self.grip = None;
            self.history.turning = None;
            return Vec::new();
        }
        if self.field.is_some() {
            return Vec::new();
        }
        let over = matches!(spot, Some(Spot::Entry(_) | Spot::Beside));
        if self.over.is_some() != over && spot.is_some() {
            return Vec::new();
        }
        self.hover = spot.and_then(|spot| self.under(spot, at));
        match (gesture, spot) {
            (Gesture::Press, Some(spot)) => self.press(spot, at),
            (Gesture::Drag, Some(_)) => self.drag(at),
            (Gesture::Wheel(by), Some(spot)) => self.wheel(spot, by),
            _ => Vec::new(),
        }
    }

    fn press(&mut self, spot: Spot, at: (f64, f64)) -> Vec<Effect> {
        self.note = None;
        match spot {
            Spot::Deed(deed) => return self.act(deed),
            Spot::Entry(row) => return self.touch_entry(row),
            Spot::Beside => self.over = None,
            Spot::Pane(pane) => return self.focus_pane(pane),
            Spot::Aspect(aspect) => self.theory.focus(aspect),
            Spot::Slider(handle) => {
                let effects = self.focus_on(handle);
                self.grip = Some(Grip::Slider(handle));
                return effects.into_iter().chain(self.drag(at)).collect();
            }
            Spot::Figure(pane) => {
                let effects = self.focus_pane(pane);
                self.grip = (pane == Pane::Plane).then(|| self.grip_at(at)).flatten();
                return effects;
            }
            Spot::Setting(row) => {
                self.studies.in_chart = false;
                if self.studies.form.row == row {
                    return self.act(Deed::TypeRow);
                }
                self.studies.form.row = row;
            }
            Spot::Chart => {
                self.studies.in_chart = self.studies.sweep.is_some();
                if let Some(cursor) = self.cursor_at(at) {
                    self.studies.cursor = cursor;
                }
            }
            Spot::Matrix => {
                if let Some(pair) = self.pair_at(at) {
                    self.studies.pair = pair;
                }
            }
            Spot::Run(number) => {
                if self.studies.selected == Some(number) {
                    return self.act(Deed::ShowRun);
                }
                self.studies.selected = Some(number);
            }
            Spot::Cell(row, column) => return self.touch_cell(row, column),
            Spot::Part(place) => match place {
                Place::Tasks => self.tasks.focus(Part::Table),
                Place::Form => self.studies.in_chart = false,
                Place::Chart => self.studies.in_chart = self.studies.sweep.is_some(),
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
            Some(Grip::Tip) => {
                let Some(place) = self.plane_at(at) else { return Vec::new() };
                let angle = place.y.atan2(place.x).to_degrees().abs().round();
                self.turn_source("angle", angle)
            }
            Some(Grip::Axis { loud }) => self.drag_axis(loud, at),
            None => Vec::new(),
        }
    }

    /// Turns the ellipse of the source's rows so that an axis of it points to the pointer, and
    /// stretches it so that the axis ends there.
    fn drag_axis(&mut self, loud: bool, at: (f64, f64)) -> Vec<Effect> {
        let Some(place) = self.plane_at(at) else { return Vec::new() };
        if !loud {
            let condition = 1.0 / place.norm().clamp(1e-2, 1.0);
            return self.turn_source("condition", (condition * 10.0).round() / 10.0);
        }
        let Some(findings) = &self.lab.findings else { return Vec::new() };
        let Some((axis, _)) = axes(&findings.plane.ellipses[1]) else { return Vec::new() };
        let from = axis.y.atan2(axis.x);
        let mut by = (place.y.atan2(place.x) - from).to_degrees();
        by = (by + 90.0).rem_euclid(180.0) - 90.0;
        let Some(handle) = self.source("rotation") else { return Vec::new() };
        let here = handle.get(self.scenario.draft()).unwrap_or(0.0);
        let sign = self.sense_of_rotation(handle, here);
        let (low, high) = handle.knob.track;
        self.turn_source("rotation", (here + sign * by).round().clamp(low, high))
    }

    /// Whether the loud axis goes round against the clock where the rotation grows.
    fn sense_of_rotation(&self, handle: Handle, here: f64) -> f64 {
        let loud = |value: f64| {
            let scenario = self.scenario.with(handle, value).ok()?;
            let trial = crate::study::Trial::own(&scenario, 0);
            let plane = crate::transfer::Plane::of(&trial.population, scenario.pair());
            axes(&plane.ellipses[1]).map(|(axis, _)| axis)
        };
        match (loud(here), loud(here + 1.0)) {
            (Some(a), Some(b)) if (a.x * b.y - a.y * b.x) * a.dot(&b).signum() < 0.0 => -1.0,
            _ => 1.0,
        }
    }

    fn turn_source(&mut self, name: &str, value: f64) -> Vec<Effect> {
        match self.source(name) {
            Some(handle) => {
                let effects = self.focus_on(handle);
                effects.into_iter().chain(self.turn_to(handle, value)).collect()
            }
            None => self.say(&format!("the source of this scenario has no {name}")),
        }
    }

    /// A knob of the source in the plane.
    fn source(&self, name: &str) -> Option<Handle> {
        let draft = self.scenario.draft();
        let source = self.scenario.pair()[1];
        let group = self.scenario.groups().iter().find(|group| group.tasks.contains(&source))?;
        let path = format!("{}.{name}", draft.tasks.get(group.entry)?.name);
        Handle::find(draft, &path).ok()
    }

    /// What of the source lies near a place in the plane.
    fn grip_at(&self, at: (f64, f64)) -> Option<Grip> {
        let place = self.plane_at(at)?;
        let findings = self.lab.findings.as_ref()?;
        let tip = findings.plane.thetas[1];
        let mut near = vec![((tip - place).norm(), Grip::Tip)];
        if let Some((loud, quiet)) = axes(&findings.plane.ellipses[1]) {
            let ends = |axis: Vector2<f64>| (axis - place).norm().min((axis + place).norm());
            near.push((ends(loud) + 1e-6, Grip::Axis { loud: true }));
            near.push((ends(quiet) + 2e-6, Grip::Axis { loud: false }));
        }
        near.retain(|(distance, _)| *distance < NEAR);
        near.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, grip)| grip)
    }

    fn plane_at(&self, at: (f64, f64)) -> Option<Vector2<f64>> {
        let figure = self.figure(Pane::Plane)?;
        let (x, y) = value(&figure, at);
        Some(Vector2::new(x, y))
    }

    fn wheel(&mut self, spot: Spot, by: i32) -> Vec<Effect> {
        match spot {
            Spot::Entry(_) => self.move_in_overlay(-by),
            Spot::Slider(handle) => {
                let effects = self.focus_on(handle);
                let value = handle.get(self.scenario.draft()).unwrap_or(f64::NAN);
                let next = handle.knob.step(value, by);
                return effects.into_iter().chain(self.turn_to(handle, next)).collect();
            }
            Spot::Setting(row) => {
                self.studies.in_chart = false;
                self.studies.form.row = row;
                return self.act(Deed::Change(by));
            }
            Spot::Run(_) => return self.act(Deed::Row(-by)),
            Spot::Aspect(aspect) => {
                self.theory.focus(aspect);
                return self.scroll_aspect(-by);
            }
            Spot::Cell(..) | Spot::Part(Place::Tasks) if self.screen == Screen::Tasks => {
                return self.act(Deed::Move(0, by));
            }
            Spot::Chart if self.studies.in_chart => return self.act(Deed::Move(by, 0)),
            _ => {}
        }
        Vec::new()
    }

    /// Turns a knob as if by its slider: all values on the way are one change.
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

    /// The cursor on the point of the sweep that is nearest to a place in its chart.
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

    /// The pair of tasks under a place in the matrix.
    fn pair_at(&self, at: (f64, f64)) -> Option<(usize, usize)> {
        let run = self.studies.shown_affinity()?;
        let figure = affinity::matrix(&run.results)?;
        let (column, row) = figure.cells()?.find(value(&figure, at))?;
        Some((row, column))
    }

    /// What lies under the pointer, in words.
    fn under(&self, spot: Spot, at: (f64, f64)) -> Option<String> {
        match spot {
            Spot::Slider(handle) => {
                let draft = self.scenario.draft();
                let there = words::value_of(handle, handle.knob.nearest(at.0.clamp(0.0, 1.0)));
                Some(format!("{} here: {there}; {}", handle.path(draft), handle.knob.help))
            }
            Spot::Figure(Pane::Plane) => {
                let place = self.plane_at(at)?;
                let angle = place.y.atan2(place.x).to_degrees();
                let grips = match self.grip_at(at) {
                    Some(Grip::Tip) => "; drag the tip of θ",
                    Some(Grip::Axis { loud: true }) => "; drag the loud axis round",
                    Some(Grip::Axis { loud: false }) => "; drag the quiet axis in or out",
                    _ => "",
                };
                Some(format!("{angle:.0}° from θ of the target{grips}"))
            }
            Spot::Figure(Pane::Gain) => self.gain_at(at),
            Spot::Figure(pane) => {
                let figure = self.figure(pane)?;
                let (x, y) = value(&figure, at);
                let (x, y) = (figure.x.write(x), figure.y.write(y));
                Some(format!("{} {x}, {} {y}", figure.x.label, figure.y.label))
            }
            Spot::Deed(deed) => crate::app::action::at(self.place())
                .find(|action| action.deed == deed)
                .map(|action| action.help.to_owned()),
            _ => None,
        }
    }

    /// The measured point nearest to a place in the chart of the gain, and the theory there.
    fn gain_at(&self, at: (f64, f64)) -> Option<String> {
        let curve = self.lab.curve.as_ref()?;
        let figure = self.figure(Pane::Gain)?;
        let far = |x: f64| (figure.x.share(x) - at.0).abs();
        let theory = curve.theory.iter().min_by(|a, b| far(a.0).total_cmp(&far(b.0)));
        let measured = curve.measured.iter().min_by(|a, b| far(a.0).total_cmp(&far(b.0)));
        let path = curve.handle.path(self.scenario.draft());
        let theory = theory.map(|(x, p)| {
            let x = words::value_of(curve.handle, *x);
            format!("{path} {x}: theory {}", words::predicted(p.gain))
        });
        let measured = measured.map(|(x, outcome)| {
            let x = words::value_of(curve.handle, *x);
            format!("at {x} measured {} ({} trials)", words::effect(outcome), outcome.trials)
        });
        let parts: Vec<String> = theory.into_iter().chain(measured).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// The values of a figure's axes at shares of them.
fn value(figure: &Figure, at: (f64, f64)) -> (f64, f64) {
    (figure.x.value(at.0), figure.y.value(at.1))
}

/// The loud and the quiet half axis of an ellipse.
fn axes(map: &nalgebra::Matrix2<f64>) -> Option<(Vector2<f64>, Vector2<f64>)> {
    let eigen = map.symmetric_eigen();
    let loud = eigen.eigenvalues.imax();
    let axis = |i: usize| -> Vector2<f64> {
        eigen.eigenvectors.column(i).into_owned() * eigen.eigenvalues[i]
    };
    let (loud, quiet) = (axis(loud), axis(1 - loud));
    (loud.norm() > 0.0).then_some((loud, quiet))
}
