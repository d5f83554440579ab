//! Measurements of a lesson's settings.

use std::collections::BTreeMap;

use crate::figure::words;
use crate::math::stats::Interval;
use crate::model::OptimumKind;
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::Insight;
use crate::study::crossing::{CurvePoint, crossings};
use crate::study::{Measurement, StudyResults};
use crate::transfer::{Outcome, Prediction};

/// Measurements by the name of the setting.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LessonFindings(BTreeMap<String, SettingFindings>);

impl LessonFindings {
    /// The measurement of a setting.
    pub fn get(&self, setting: &str) -> Option<&SettingFindings> {
        self.0.get(setting)
    }

    /// All measurements, by the name of their setting.
    pub(super) fn all(&self) -> impl Iterator<Item = &SettingFindings> {
        self.0.values()
    }

    /// Stores the measurement of a setting.
    pub fn put(&mut self, setting: impl Into<String>, found: SettingFindings) {
        self.0.insert(setting.into(), found);
    }

    /// Removes the measurement of a setting.
    pub fn forget(&mut self, setting: &str) {
        self.0.remove(setting);
    }
}

/// The measurement of one setting.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingFindings {
    /// Trials of a scenario.
    Trials {
        /// The scenario.
        scenario: Box<Scenario>,
        /// Its trials, for every method it compares.
        measurement: Box<Measurement>,
        /// The theory's prediction, if the lesson mentions it and it applies.
        theory: Option<Box<Prediction>>,
    },
    /// Trials along a knob.
    Sweep(Swept),
    /// All pairs of tasks.
    Affinity {
        /// The study and its records.
        results: Box<StudyResults>,
        /// The conclusions about proxies and plans.
        insight: Box<Insight>,
        /// Number of trials per pair.
        trials: usize,
    },
}

impl SettingFindings {
    /// Number of trials behind each number.
    pub fn trials(&self) -> usize {
        match self {
            Self::Trials { measurement, .. } => measurement.trials,
            Self::Sweep(swept) => swept.trials(),
            Self::Affinity { trials, .. } => *trials,
        }
    }
}

/// The gain along a knob.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// The knob.
    pub handle: Handle,
    /// True if the values are evenly spaced in the logarithm.
    pub log: bool,
    /// The outcome for the targets at every value, in increasing order.
    pub points: Vec<(f64, Outcome)>,
    /// The weakest kind of optimum behind it.
    pub kind: OptimumKind,
}

impl Swept {
    fn gains(&self) -> Vec<CurvePoint> {
        self.points.iter().filter_map(|(x, outcome)| Some((*x, outcome.gain?))).collect()
    }

    /// Number of trials per point.
    pub fn trials(&self) -> usize {
        self.points.first().map_or(0, |(_, outcome)| outcome.trials)
    }

    /// The first change of sign, with the interval in which the band contains zero. If the
    /// band does not leave zero on one side, the interval ends at the end of the range.
    pub fn crossing(&self) -> Option<Interval> {
        let gains = self.gains();
        let (first, last) = (gains.first()?.0, gains.last()?.0);
        let crossing = crossings(&gains, self.log).into_iter().next()?;
        Some(Interval {
            mean: crossing.at,
            low: crossing.low.unwrap_or(first),
            high: crossing.high.unwrap_or(last),
        })
    }

    /// The value with the largest gain, and the range of values that cannot be told apart from it.
    pub fn best(&self) -> Option<Interval> {
        self.extreme(|gain| gain)
    }

    /// The value with the smallest gain, and the range of values that cannot be told apart from it.
    pub fn worst(&self) -> Option<Interval> {
        self.extreme(|gain| Interval { mean: -gain.mean, low: -gain.high, high: -gain.low })
    }

    fn extreme(&self, seen: fn(Interval) -> Interval) -> Option<Interval> {
        let gains: Vec<CurvePoint> =
            self.gains().into_iter().map(|(x, gain)| (x, seen(gain))).collect();
        let top = gains.iter().max_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
        let apart = |gain: &Interval| {
            let half = (top.1.mean - top.1.low).hypot(gain.high - gain.mean);
            top.1.mean - gain.mean > half
        };
        let like = gains.iter().filter(|(_, gain)| !apart(gain)).map(|(x, _)| *x);
        let (low, high) = like.fold((top.0, top.0), |(low, high), x| (low.min(x), high.max(x)));
        Some(Interval { mean: top.0, low, high })
    }

    /// A knob value with its interval; `what` says what the interval is.
    pub(super) fn say(&self, value: Interval, what: &str) -> String {
        let say = |value: f64| match self.handle.knob.whole {
            true => words::value_of(self.handle, value.round()),
            false => format!("{}{}", words::rough(value).replace('-', "−"), unit(self.handle)),
        };
        if value.low == value.high {
            return say(value.mean);
        }
        let bare = |value| without_unit(say(value), self.handle);
        format!("{} ({what}{} to {})", say(value.mean), bare(value.low), bare(value.high))
    }
}

fn without_unit(words: String, handle: Handle) -> String {
    let number = words.strip_suffix(handle.knob.unit).map(|number| number.trim_end().to_owned());
    number.unwrap_or(words)
}

fn unit(handle: Handle) -> String {
    match handle.knob.unit {
        "" => String::new(),
        unit @ ("°" | "×") => unit.to_owned(),
        unit => format!(" {unit}"),
    }
}
