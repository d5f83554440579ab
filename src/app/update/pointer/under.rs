//! Describes the item under the mouse.

use super::value;
use crate::app::action;
use crate::app::lab::Pane;
use crate::app::pointer::{Grip, HitTarget};
use crate::app::state::App;
use crate::figure::words;
use crate::transfer::Outcome;

impl App {
    /// The item under the pointer, in words.
    pub(super) fn under(&self, spot: HitTarget, at: (f64, f64)) -> Option<String> {
        match spot {
            HitTarget::Slider(handle) => {
                let draft = self.scenario.draft();
                let there = words::value_of(handle, handle.knob.nearest(at.0.clamp(0.0, 1.0)));
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
                Some(format!("{angle:.0}° from θ of the target{grips}"))
            }
            HitTarget::Chart => self.point_at(at),
            HitTarget::Matrix => self.gains_of(self.pair_at(at)?),
            HitTarget::Figure(pane) => {
                let figure = self.figure(pane)?;
                if let Some(words) = self.read_at(&figure, pane, at) {
                    return Some(words);
                }
                let (x, y) = value(&figure, at);
                let (x, y) = (figure.x.write(x), figure.y.write(y));
                Some(format!("{} {x}, {} {y}", figure.x.label, figure.y.label))
            }
            HitTarget::Deed(deed) => action::at(self.place())
                .find(|action| action.deed == deed)
                .map(|action| action.help.to_owned()),
            _ => None,
        }
    }

    /// The point of the sweep nearest to a position in its chart, in words.
    fn point_at(&self, at: (f64, f64)) -> Option<String> {
        let run = self.studies.shown_sweep()?;
        let study = &run.results.study;
        let cursor = self.cursor_at(at)?;
        let line = cursor.line(study)?;
        let mut place = format!(
            "{} {}",
            line.x.path,
            words::value_of(line.x.handle, line.x.values[cursor.column])
        );
        if let Some(y) = &line.y {
            place += &format!(", {} {}", y.path, words::value_of(y.handle, y.values[cursor.row]));
        }
        Some(measured(&place, run.results.outcome(cursor.cell(study)?, cursor.method)))
    }

    /// A task's gain with another task, in words.
    fn gains_of(&self, (task, partner): (usize, usize)) -> Option<String> {
        let results = &self.studies.shown_affinity()?.results;
        let names = results.tasks();
        let outcome = match partner == names.len() {
            true => results.together(task),
            false => results.pair(task, partner),
        };
        let with = names.get(partner).map_or("all", String::as_str);
        Some(measured(&format!("{} with {with}", names.get(task)?), outcome))
    }
}

/// A place with its measurement.
fn measured(place: &str, outcome: Option<&Outcome>) -> String {
    match outcome {
        Some(outcome) => format!("{place}: {} ({} trials)", words::effect(outcome), outcome.trials),
        None => format!("{place}: not measured yet"),
    }
}
