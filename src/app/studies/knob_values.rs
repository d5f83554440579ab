//! The values of a knob in the sweep form.

use crate::error::Invalid;
use crate::math::digits::shown;
use crate::scenario::knob::KnobScale;
use crate::scenario::{Handle, Scenario, check};
use crate::study::range::{MOST_VALUES, Range, Values};

/// Number of values along a whole track.
const POINTS: usize = 21;

/// A knob and the values to sweep over.
#[derive(Debug, Clone, PartialEq)]
pub struct KnobValues {
    /// Path of the knob.
    pub knob: String,
    /// The first value.
    pub from: f64,
    /// The last value.
    pub to: f64,
    /// Number of values.
    pub points: usize,
    /// True if the values are evenly spaced in the logarithm.
    pub log: bool,
    /// True if the values are names, all of which are used.
    pub named: bool,
}

impl KnobValues {
    /// The part of a knob's track that can be computed.
    pub fn track(scenario: &Scenario, handle: Handle, points: usize) -> Self {
        let values = check::along_track(scenario, handle, POINTS);
        let here = handle.get(scenario.draft()).unwrap_or(handle.knob.track.0);
        Self {
            knob: handle.path(scenario.draft()),
            from: values.first().copied().unwrap_or(here),
            to: values.last().copied().unwrap_or(here),
            points: points.min(values.len()).max(2),
            log: matches!(handle.knob.scale, KnobScale::Log(_)),
            named: matches!(handle.knob.scale, KnobScale::Choice(_)),
        }
    }

    /// The suggested values for a knob: its track.
    pub fn suggest(scenario: &Scenario, handle: Handle) -> Self {
        Self::track(scenario, handle, POINTS)
    }

    /// Parses a range; `None` if it gives no values in the scenario.
    pub(super) fn of(scenario: &Scenario, range: &str) -> Option<Self> {
        let range = Range::parse("", range).ok()?;
        let (handle, values) = range.values_in("", scenario).ok()?;
        let track = Self::suggest(scenario, handle);
        Some(match range.values {
            Values::Span { from, to, points, log } => Self { from, to, points, log, ..track },
            Values::Track => track,
            Values::List(_) => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                Self { from: low, to: high, points: values.len().max(2), ..track }
            }
        })
    }

    /// Converts to a range.
    pub fn range(&self) -> Range {
        let &Self { from, to, points, log, .. } = self;
        let values =
            if self.named { Values::Track } else { Values::Span { from, to, points, log } };
        Range { knob: self.knob.clone(), values }
    }

    /// Number of values, or why there are none; `flag` names the range in errors.
    pub fn count(&self, flag: &str, scenario: &Scenario) -> Result<usize, Invalid> {
        let ends = [("from", self.from), ("to", self.to)];
        let logarithmic = self.log && !self.named;
        if let Some((end, value)) = ends.into_iter().find(|end| logarithmic && end.1 <= 0.0) {
            let found = format!("{} on a log scale", shown(value));
            let allowed = "choose a value above zero, or linear";
            return Err(Invalid::new(format!("{flag} {end}"), found, allowed));
        }
        let range = Range::parse(flag, &self.range().to_string())?;
        range.values_in(flag, scenario).map(|(_, values)| values.len())
    }

    /// The knob, if the scenario has it.
    pub fn handle(&self, scenario: &Scenario) -> Option<Handle> {
        Handle::find(scenario.draft(), &self.knob).ok()
    }

    /// Increases or decreases the number of values.
    pub(super) fn more(&mut self, by: i32) {
        self.points = self.points.saturating_add_signed(by as isize).clamp(2, MOST_VALUES);
    }
}
