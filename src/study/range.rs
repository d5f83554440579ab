//! The values that a study gives to a knob: `KNOB=FROM:TO:N[:log]`, a list, or the whole range.

use std::fmt;

use crate::error::Invalid;
use crate::math::digits::exact;
use crate::scenario::knob::KnobScale;
use crate::scenario::{Handle, Scenario};

/// The largest number of values of one range.
pub const MOST_VALUES: usize = 1000;
/// Number of values along the whole track of a knob.
const TRACK_VALUES: usize = 21;

/// The accepted forms of a range.
const FORM: &str = "KNOB=FROM:TO:N, KNOB=FROM:TO:N:log, KNOB=A,B,C or KNOB alone (whole range)";

/// A knob and its values, as the user gave them.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Path of the knob.
    pub knob: String,
    /// Its values.
    pub values: Values,
}

/// The values of a knob.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// A number of values from one end to the other.
    Span {
        /// The first value.
        from: f64,
        /// The last value.
        to: f64,
        /// Number of values.
        points: usize,
        /// True if the values are evenly spaced in the logarithm.
        log: bool,
    },
    /// A list of values, as the user typed them.
    List(Vec<String>),
    /// Evenly spread values along the whole track of the knob.
    Track,
}

impl Range {
    /// Parses a range; `flag` names the option in errors.
    pub fn parse(flag: &str, text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new(flag, format!("\"{text}\""), FORM);
        let (knob, values) = match text.split_once('=') {
            None => (text, Values::Track),
            Some((knob, values)) if values.contains(':') => {
                (knob, span(flag, text, values).ok_or_else(invalid)??)
            }
            Some((_, "")) => return Err(invalid()),
            Some((knob, values)) => {
                (knob, Values::List(values.split(',').map(|v| v.trim().to_owned()).collect()))
            }
        };
        match knob.trim() {
            "" => Err(invalid()),
            knob => Ok(Self { knob: knob.to_owned(), values }),
        }
    }

    /// Returns true if the values are best drawn on a logarithmic axis.
    pub fn is_log(&self, handle: Handle) -> bool {
        match self.values {
            Values::Span { log, .. } => log,
            _ => matches!(handle.knob.scale, KnobScale::Log(_)),
        }
    }

    /// Returns the knob and its values in a scenario, without duplicates, in the given order.
    ///
    /// # Errors
    ///
    /// Returns an error if the scenario has no such knob, or if a value cannot be read or is not
    /// allowed.
    pub fn values_in(
        &self,
        flag: &str,
        scenario: &Scenario,
    ) -> Result<(Handle, Vec<f64>), Invalid> {
        let handle = Handle::find(scenario.draft(), &self.knob)
            .map_err(|error| Invalid { field: flag.to_owned(), ..error })?;
        let place = format!("{flag} {}", self.knob);
        let mut values = match &self.values {
            Values::Track => crate::scenario::check::along_track(scenario, handle, TRACK_VALUES),
            Values::List(words) => words
                .iter()
                .map(|word| handle.knob.parse(&place, word))
                .collect::<Result<_, _>>()?,
            &Values::Span { from, to, points, log } => {
                for end in [from, to] {
                    handle.knob.check(&place, if handle.knob.whole { end.round() } else { end })?;
                }
                spread(from, to, points, log, handle.knob.whole)
            }
        };
        let mut seen: Vec<f64> = Vec::new();
        values.retain(|value| {
            let new = !seen.contains(value);
            seen.push(*value);
            new
        });
        match values.len() {
            0 => Err(Invalid::new(place, "no value that can be computed", FORM)),
            n if n > MOST_VALUES => {
                Err(Invalid::new(place, format!("{n} values"), format!("at most {MOST_VALUES}")))
            }
            _ => Ok((handle, values)),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.values {
            Values::Track => f.write_str(&self.knob),
            Values::List(words) => write!(f, "{}={}", self.knob, words.join(",")),
            Values::Span { from, to, points, log } => {
                let scale = if *log { ":log" } else { "" };
                write!(f, "{}={}:{}:{points}{scale}", self.knob, exact(*from), exact(*to))
            }
        }
    }
}

/// Parses `FROM:TO:N[:log]`; `None` if the text does not have this form.
fn span(flag: &str, text: &str, values: &str) -> Option<Result<Values, Invalid>> {
    let mut parts = values.split(':').map(str::trim);
    let from: f64 = parts.next()?.parse().ok()?;
    let to: f64 = parts.next()?.parse().ok()?;
    let points: usize = parts.next()?.parse().ok()?;
    let log = match parts.next() {
        None | Some("linear") => false,
        Some("log") => true,
        Some(_) => return None,
    };
    let found = format!("\"{text}\"");
    let refused = |allowed: String| Some(Err(Invalid::new(flag, &found, allowed)));
    match () {
        () if parts.next().is_some() => None,
        () if !(from.is_finite() && to.is_finite()) => {
            refused("ends that are finite numbers".into())
        }
        () if from == to => refused("two different ends".into()),
        () if !(2..=MOST_VALUES).contains(&points) => refused(format!("2 to {MOST_VALUES} values")),
        () if log && (from <= 0.0 || to <= 0.0) => {
            refused("ends above zero on a logarithmic range".into())
        }
        () => Some(Ok(Values::Span { from, to, points, log })),
    }
}

/// Values from end to end; inner values are rounded to ten digits, or to whole numbers.
fn spread(from: f64, to: f64, points: usize, log: bool, whole: bool) -> Vec<f64> {
    let last = (points - 1) as f64;
    let value = |i: usize| {
        let share = i as f64 / last;
        let between = if log {
            (from.ln() + share * (to.ln() - from.ln())).exp()
        } else {
            from + share * (to - from)
        };
        match i {
            0 => from,
            i if i == points - 1 => to,
            _ => format!("{between:.9e}").parse().unwrap_or(between),
        }
    };
    let tidy = |value: f64| if whole { value.round() } else { value } + 0.0;
    (0..points).map(|i| tidy(value(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Preset;

    fn values(text: &str) -> Result<Vec<f64>, String> {
        let json = Preset::find("two-tasks").unwrap().json;
        let scenario = Scenario::parse(json, "two-tasks").unwrap();
        let range = Range::parse("--x", text).map_err(|e| e.to_string())?;
        range.values_in("--x", &scenario).map(|found| found.1).map_err(|e| e.to_string())
    }

    #[test]
    fn a_logarithmic_range_of_rows_has_whole_numbers_and_both_ends() {
        let found = values("source.samples=20:1e6:20:log").unwrap();
        assert_eq!((found.len(), found[0], found[19]), (20, 20.0, 1e6));
        assert!(found.iter().all(|value| value.fract() == 0.0));
        let ratios: Vec<f64> = found.windows(2).map(|w| w[1] / w[0]).collect();
        assert!(ratios.iter().all(|ratio| (ratio / 1.767 - 1.0).abs() < 0.02), "{ratios:?}");
    }

    #[test]
    fn a_linear_range_holds_no_rounding_errors() {
        assert_eq!(values("source.noise=0:1:11").unwrap()[3], 0.3);
        assert_eq!(values("source.angle=90:0:4").unwrap(), [90.0, 60.0, 30.0, 0.0]);
    }

    #[test]
    fn values_can_be_listed_or_left_to_the_track() {
        assert_eq!(values("source.samples=20,40,20").unwrap(), [20.0, 40.0]);
        assert_eq!(values("model.weights=uniform,svd").unwrap().len(), 2);
        assert_eq!(values("source.angle").unwrap().len(), 21);
    }

    #[test]
    fn few_whole_numbers_are_taken_once_each() {
        assert_eq!(values("model.width=1:3:20").unwrap(), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_range_that_cannot_be_is_refused_with_what_is_allowed() {
        for (text, words) in [
            ("source.samples=20:1e6", "FROM:TO:N"),
            ("source.samples=20:1e6:20:lin", "FROM:TO:N"),
            ("source.samples=", "FROM:TO:N"),
            ("=1:2:3", "FROM:TO:N"),
            ("source.samples=0:10:3:log", "above zero"),
            ("source.samples=20:20:3", "different ends"),
            ("source.samples=20:40:1", "2 to 1000"),
            ("source.samples=0:40:3", "from 1 to"),
            ("source.angle=0:400:3", "from 0 to 180"),
            ("nosuch.x=0:1:3", "source.angle"),
            ("model.weights=uniform,best", "uniform"),
        ] {
            let error = values(text).unwrap_err();
            assert!(error.contains(words) && error.starts_with("--x"), "{text}: {error}");
        }
    }

    #[test]
    fn a_range_is_written_as_it_is_read() {
        for text in ["a.b=20:1000000:20:log", "a.b=-1:1:40", "a.b=1,2", "a.b"] {
            assert_eq!(Range::parse("--x", text).unwrap().to_string(), text);
        }
    }
}
