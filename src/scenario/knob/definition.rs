//! A knob: its track, its allowed values and its notches.

use crate::error::Invalid;
use crate::math::digits::{exact, minus, shown};
use crate::scenario::draft::ScenarioDraft;

/// The owner of a knob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnobScope {
    /// A task; the path begins with its name.
    Task,
    /// The shared model.
    Model,
    /// The data: dimension and drawing.
    Data,
}

/// Scale of a knob's track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KnobScale {
    /// Linear, with notches of this size.
    Linear(f64),
    /// Logarithmic, with this many notches per factor of ten.
    Log(f64),
    /// One notch per name.
    Choice(&'static [&'static str]),
}

/// A number that can be turned.
pub struct Knob {
    /// The owner.
    pub scope: KnobScope,
    /// Last part of the path.
    pub name: &'static str,
    /// Field in the file, below its task or at the top.
    pub field: &'static str,
    /// The symbol in the paper.
    pub symbol: &'static str,
    /// Unit, or an empty string.
    pub unit: &'static str,
    /// Scale of the track.
    pub scale: KnobScale,
    /// Ends of the slider's track.
    pub track: (f64, f64),
    /// Smallest and largest allowed value.
    pub allowed: (f64, f64),
    /// True if only whole numbers are allowed.
    pub whole: bool,
    /// True if the Lab shows a slider for it.
    pub slider: bool,
    /// True if it can be turned in scenarios of real tasks.
    pub on_real: bool,
    /// A short explanation.
    pub help: &'static str,
    /// The reason why it changes nothing at present, and what would wake it.
    pub(super) asleep: fn(&ScenarioDraft, usize) -> Option<&'static str>,
    pub(super) get: fn(&ScenarioDraft, usize) -> Option<f64>,
    pub(super) set: fn(&mut ScenarioDraft, usize, f64),
}

impl std::fmt::Debug for Knob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Knob({})", self.name)
    }
}

impl PartialEq for Knob {
    fn eq(&self, other: &Self) -> bool {
        self.scope == other.scope && self.name == other.name
    }
}

impl Knob {
    /// The value a number of notches up or down, within the allowed range. A value between notches
    /// first moves to the nearest notch in that direction.
    pub fn step(&self, value: f64, notches: i32) -> f64 {
        let (low, high) = self.allowed;
        let at = self.notch(value);
        let snapped = match notches {
            _ if self.value_at(at.round()) == value => at.round(),
            1.. => at.floor(),
            _ => at.ceil(),
        };
        let mut moved = self.value_at(snapped + f64::from(notches));
        if self.whole && moved == value {
            moved += f64::from(notches.signum());
        }
        moved.clamp(low, high)
    }

    /// The position of a value between two ends of a track: 0 at the lower, 1 at the upper.
    pub fn position(&self, (low, high): (f64, f64), value: f64) -> f64 {
        (self.notch(value) - self.notch(low)) / (self.notch(high) - self.notch(low))
    }

    /// The value at a position between two ends or beyond them: the inverse of [`Knob::position`].
    pub fn along(&self, ends: (f64, f64), share: f64) -> f64 {
        let (low, high) = (self.notch(ends.0), self.notch(ends.1));
        let value = match self.scale {
            KnobScale::Linear(step) => (low + share * (high - low)) * step,
            KnobScale::Log(notches) => 10f64.powf((low + share * (high - low)) / notches),
            KnobScale::Choice(_) => low + share * (high - low),
        };
        let value = if self.whole { value.round() } else { value };
        value.clamp(ends.0.min(self.allowed.0), ends.1.max(self.allowed.1))
    }

    /// The value of the notch nearest to a position between two ends of a track.
    pub fn nearest(&self, ends: (f64, f64), share: f64) -> f64 {
        let (low, high) = (self.notch(ends.0), self.notch(ends.1));
        let value = self.value_at((low + share * (high - low)).round());
        let value = if self.whole { value.round() } else { value };
        value.clamp(ends.0.min(ends.1), ends.1.max(ends.0))
    }

    fn notch(&self, value: f64) -> f64 {
        match self.scale {
            KnobScale::Linear(step) => value / step,
            KnobScale::Log(notches) => value.log10() * notches,
            KnobScale::Choice(_) => value,
        }
    }

    fn value_at(&self, notch: f64) -> f64 {
        match self.scale {
            KnobScale::Linear(step) => tidy(notch * step),
            KnobScale::Log(notches) => {
                let value = 10f64.powf(notch / notches);
                if self.whole { round_to(value, 2).round() } else { round_to(value, 3) }
            }
            KnobScale::Choice(_) => notch,
        }
    }

    /// Checks that a value is allowed; `place` names it in the error.
    pub fn check(&self, place: &str, value: f64) -> Result<(), Invalid> {
        self.check_within(place, value, self.allowed)
    }

    /// Checks that a value lies between two ends.
    pub(super) fn check_within(
        &self,
        place: &str,
        value: f64,
        (low, high): (f64, f64),
    ) -> Result<(), Invalid> {
        let inside = value >= low && value <= high && (!self.whole || value.fract() == 0.0);
        if inside {
            return Ok(());
        }
        Err(Invalid::new(place, exact(value), self.words_of((low, high))))
    }

    /// The allowed values, in words.
    pub fn allowed_words(&self) -> String {
        self.words_of(self.allowed)
    }

    /// The values between two ends, in words.
    pub(in crate::scenario) fn words_of(&self, (low, high): (f64, f64)) -> String {
        if let KnobScale::Choice(names) = self.scale {
            let (last, others) = names.split_last().unwrap_or((&"", &[]));
            return format!("{} or {last}", others.join(", "));
        }
        let kind = if self.whole { "a whole number" } else { "a number" };
        format!("{kind} from {} to {}", shown(low), shown(high))
    }

    /// Returns true if its values are names.
    pub fn is_choice(&self) -> bool {
        matches!(self.scale, KnobScale::Choice(_))
    }

    /// A value as text: a name for a choice, otherwise a number without superfluous digits.
    pub fn text(&self, value: f64) -> String {
        let number = || if value.fract() == 0.0 { exact(value) } else { shown(value) };
        self.named(value).map_or_else(|| minus(number()), str::to_owned)
    }

    /// A value as text from which [`Knob::parse`] reads the same value.
    pub fn exact(&self, value: f64) -> String {
        self.named(value).map_or_else(|| exact(value), str::to_owned)
    }

    fn named(&self, value: f64) -> Option<&'static str> {
        match self.scale {
            KnobScale::Choice(names) => Some(names.get(value as usize).copied().unwrap_or("?")),
            _ => None,
        }
    }

    /// Parses a value: a name for a choice, otherwise a number.
    pub fn parse(&self, place: &str, text: &str) -> Result<f64, Invalid> {
        self.parse_within(place, text, self.allowed)
    }

    /// Parses a value between two ends.
    pub(super) fn parse_within(
        &self,
        place: &str,
        text: &str,
        ends: (f64, f64),
    ) -> Result<f64, Invalid> {
        let text = text.trim();
        let number = match self.scale {
            KnobScale::Choice(names) => names.iter().position(|&n| n == text).map(|i| i as f64),
            _ if self.whole => in_short(text).or_else(|| text.parse::<f64>().ok()),
            _ => text.parse::<f64>().ok(),
        };
        let invalid = || Invalid::new(place, format!("\"{text}\""), self.words_of(ends));
        let value = number.filter(|value| !value.is_infinite()).ok_or_else(invalid)?;
        self.check_within(place, value, ends).map(|()| value)
    }
}

/// Reads a large number as the screen writes it: `20k` or `1M`.
fn in_short(text: &str) -> Option<f64> {
    let (number, unit) = match text.strip_suffix('k') {
        Some(number) => (number, 1e3),
        None => (text.strip_suffix('M')?, 1e6),
    };
    number.parse::<f64>().ok().map(|number| (number * unit).round())
}

/// Rounds to a number of significant digits.
fn round_to(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let place = digits - 1 - value.abs().log10().floor() as i32;
    if place >= 0 {
        let factor = 10f64.powi(place);
        (value * factor).round() / factor
    } else {
        let factor = 10f64.powi(-place);
        (value / factor).round() * factor
    }
}

/// Removes the rounding error from a multiple of a decimal step.
fn tidy(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// A knob for a number, which may take the values of its track.
pub(super) const fn number(
    scope: KnobScope,
    name: &'static str,
    field: &'static str,
    scale: KnobScale,
    track: (f64, f64),
) -> Knob {
    Knob {
        scope,
        name,
        field,
        symbol: "",
        unit: "",
        scale,
        track,
        allowed: track,
        whole: false,
        slider: false,
        on_real: false,
        help: "",
        asleep: |_, _| None,
        get: |_, _| None,
        set: |_, _, _| {},
    }
}

/// A knob for one of several names.
pub(super) const fn choice(
    scope: KnobScope,
    name: &'static str,
    field: &'static str,
    names: &'static [&'static str],
) -> Knob {
    let track = (0.0, (names.len() - 1) as f64);
    Knob { whole: true, ..number(scope, name, field, KnobScale::Choice(names), track) }
}
