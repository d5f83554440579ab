//! The values that a sweep is to give to a knob, as they are set on the screen.

use crate::error::Invalid;
use crate::scenario::knob::KnobScale;
use crate::scenario::{Handle, Scenario, check};
use crate::study::range::{MOST_VALUES, Range, Values};

/// Values along a whole track.
const POINTS: usize = 21;

/// A knob, and the values it is to be given.
#[derive(Debug, Clone, PartialEq)]
pub struct KnobValues {
    /// Path of the knob.
    pub knob: String,
    /// The first value.
    pub from: f64,
    /// The last value.
    pub to: f64,
    /// How many.
    pub points: usize,
    /// Whether they are spread evenly in the logarithm.
    pub log: bool,
    /// Whether the values are names, all of which are taken.
    pub named: bool,
}

impl KnobValues {
    /// As much of the track of a knob as can be computed.
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

    /// The suggestion for a knob: its track.
    pub fn suggest(scenario: &Scenario, handle: Handle) -> Self {
        Self::track(scenario, handle, POINTS)
    }

    /// The values of a range as it is written down; `None` where the scenario has none.
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

    /// As a range.
    pub fn range(&self) -> Range {
        let &Self { from, to, points, log, .. } = self;
        let values =
            if self.named { Values::Track } else { Values::Span { from, to, points, log } };
        Range { knob: self.knob.clone(), values }
    }

    /// How many values it has, or why it has none; `flag` names it.
    pub fn count(&self, flag: &str, scenario: &Scenario) -> Result<usize, Invalid> {
        let range = Range::parse(flag, &self.range().to_string())?;
        range.values_in(flag, scenario).map(|(_, values)| values.len())
    }

    /// The knob, where the scenario has it.
    pub fn handle(&self, scenario: &Scenario) -> Option<Handle> {
        Handle::find(scenario.draft(), &self.knob).ok()
    }

    /// More or fewer values.
    pub(super) fn more(&mut self, by: i32) {
        self.points = self.points.saturating_add_signed(by as isize).clamp(2, MOST_VALUES);
    }
}
