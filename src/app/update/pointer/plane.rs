//! Dragging in the plane of two θ: the tip of the source's θ, and the axes of its ellipse.

use nalgebra::{Matrix2, Vector2};

use super::Effect;
use crate::app::pane::Pane;
use crate::app::pointer::Grip;
use crate::app::program::App;
use crate::scenario::Handle;
use crate::transfer::Plane;

/// Largest distance at which the pointer can grab something, in units of the plane.
const NEAR: f64 = 0.35;

impl App {
    /// Drags the grabbed item.
    pub(super) fn drag_in_plane(&mut self, grip: Grip, at: (f64, f64)) -> Vec<Effect> {
        let Some(place) = self.plane_at(at) else { return Vec::new() };
        match grip {
            Grip::Tip => {
                let angle = place.y.atan2(place.x).to_degrees().abs().round();
                self.turn_source("angle", angle)
            }
            Grip::Axis { loud: true } => self.turn_loud_axis(place),
            Grip::Axis { loud: false } => {
                let condition = 1.0 / place.norm().clamp(1e-2, 1.0);
                self.turn_source("condition", (condition * 10.0).round() / 10.0)
            }
            Grip::Slider(_) => Vec::new(),
        }
    }

    /// Rotates the ellipse of the source's rows so that its loud axis points to a position.
    fn turn_loud_axis(&mut self, place: Vector2<f64>) -> Vec<Effect> {
        let Some(findings) = &self.screens.lab.findings else { return Vec::new() };
        let Some((axis, _)) = axes(&findings.plane.ellipses[1]) else { return Vec::new() };
        let from = axis.y.atan2(axis.x);
        let mut by = (place.y.atan2(place.x) - from).to_degrees();
        by = (by + 90.0).rem_euclid(180.0) - 90.0;
        let Some(handle) = self.source("rotation") else { return Vec::new() };
        let here = handle.get(self.work.scenario.draft()).unwrap_or(0.0);
        let sign = self.sense_of_rotation(handle, here);
        let (low, high) = handle.knob.track;
        self.turn_source("rotation", (here + sign * by).round().clamp(low, high))
    }

    /// Returns 1 if the loud axis turns anticlockwise as the rotation grows, otherwise −1.
    fn sense_of_rotation(&self, handle: Handle, here: f64) -> f64 {
        let loud = |value: f64| {
            let scenario = self.work.scenario.with(handle, value).ok()?;
            let plane = Plane::of(&scenario.population(0), scenario.pair());
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
            None => self.say(format!("the source of this scenario has no {name}")),
        }
    }

    /// A knob of the source shown in the plane.
    fn source(&self, name: &str) -> Option<Handle> {
        let draft = self.work.scenario.draft();
        let source = self.work.scenario.pair()[1];
        let group =
            self.work.scenario.groups().iter().find(|group| group.tasks.contains(&source))?;
        let path = format!("{}.{name}", draft.tasks.get(group.entry)?.name);
        Handle::find(draft, &path).ok()
    }

    /// The part of the source near a position, if any, that can be dragged.
    pub(super) fn grip_at(&self, at: (f64, f64)) -> Option<Grip> {
        let place = self.plane_at(at)?;
        let findings = self.screens.lab.findings.as_ref()?;
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

    pub(super) fn plane_at(&self, at: (f64, f64)) -> Option<Vector2<f64>> {
        let figure = self.figure(Pane::Plane)?;
        let (x, y) = super::value(&figure, at);
        Some(Vector2::new(x, y))
    }
}

/// The loud and the quiet semi-axis of an ellipse.
fn axes(map: &Matrix2<f64>) -> Option<(Vector2<f64>, Vector2<f64>)> {
    let eigen = map.symmetric_eigen();
    let loud = eigen.eigenvalues.imax();
    let axis = |i: usize| -> Vector2<f64> {
        eigen.eigenvectors.column(i).into_owned() * eigen.eigenvalues[i]
    };
    let (loud, quiet) = (axis(loud), axis(1 - loud));
    (loud.norm() > 0.0).then_some((loud, quiet))
}
