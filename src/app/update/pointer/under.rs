//! Describes the item under the mouse.

use super::value;
use crate::app::action;
use crate::app::pane::Pane;
use crate::app::pointer::{Grip, HitTarget};
use crate::app::program::App;
use crate::app::screen::{affinity, sweep};
use crate::figure::words;
use crate::math::digits::fixed;

impl App {
    /// The item under the pointer, in words.
    pub(super) fn under(&self, spot: HitTarget, at: (f64, f64)) -> Option<String> {
        match spot {
            HitTarget::Slider(handle) => {
                let draft = self.work.scenario.draft();
                let ends = self.work.scenario.track(handle);
                let value = handle.knob.nearest(ends, at.0.clamp(0.0, 1.0));
                let there = words::value_of(handle, value);
                Some(format!("{} at this point: {there}; {}", handle.path(draft), handle.knob.help))
            }
            HitTarget::Figure(Pane::Plane) => {
                let place = self.plane_at(at)?;
                let angle = place.y.atan2(place.x).to_degrees();
                let grips = match self.grip_at(at) {
                    Some(Grip::Tip) => "; drag the tip of θ",
                    Some(Grip::Axis { loud: true }) => "; drag to rotate the loud axis",
                    Some(Grip::Axis { loud: false }) => "; drag the quiet axis in or out",
                    _ => "",
                };
                Some(format!("{}° from θ of the target{grips}", fixed(angle, 0)))
            }
            HitTarget::Chart => sweep::words_at(&self.screens.studies, at),
            HitTarget::Matrix => affinity::words_at(&self.screens.studies, at),
            HitTarget::Figure(pane) => {
                let figure = self.figure(pane)?;
                if let Some(words) = self.read_at(&figure, pane, at) {
                    return Some(words);
                }
                let (x, y) = value(&figure, at);
                let (x, y) = (figure.x.write(x), figure.y.write(y));
                Some(format!("{} {x}, {} {y}", figure.x.label, figure.y.label))
            }
            HitTarget::Action(action) => action::at(self.key_context())
                .find(|binding| binding.action == action)
                .map(|binding| binding.help.to_owned()),
            _ => None,
        }
    }
}
