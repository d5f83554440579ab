//! Numbers that a lesson mentions: `right-angle.gain`, `mix@clean.gain`, `mix:svd/own.gain`.

use super::found::SettingFindings;
use crate::error::Invalid;
use crate::figure::words;
use crate::math::stats::{Interval, LEVEL, Mean, level};
use crate::study::probe::PROXIES;
use crate::transfer::Outcome;

/// The subject of a number: `SETTING`, `SETTING@TASK`, `SETTING:METHOD`, `SETTING:METHOD/own`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Name of the setting.
    pub setting: String,
    /// The task or group of tasks whose error is meant; the targets if `None`.
    pub task: Option<String>,
    /// The scheme or method compared, or the proxy; the scenario's own method if `None`.
    pub method: Option<String>,
    /// True if the baseline is the scenario's own training instead of single-task training.
    pub beside_own: bool,
}

/// The number that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityField {
    /// The gain.
    Gain,
    /// The mean single-task error.
    Alone,
    /// The mean multi-task error.
    Together,
    /// The gain predicted by theory, without training.
    Theory,
    /// The share of trials in which joint training helped.
    Better,
    /// The number of trials.
    Trials,
    /// The value of the swept knob at which the gain changes sign.
    Crossing,
    /// The value of the swept knob with the largest gain.
    Best,
    /// The value of the swept knob with the smallest gain.
    Worst,
    /// Kendall's τ between a proxy and the measured gains.
    Tau,
    /// The share of relabellings of the tasks that give a τ at least as large (a p value).
    Chance,
}

/// All numbers, by name.
pub const FIELDS: &[(&str, QuantityField)] = &[
    ("gain", QuantityField::Gain),
    ("alone", QuantityField::Alone),
    ("together", QuantityField::Together),
    ("theory", QuantityField::Theory),
    ("better", QuantityField::Better),
    ("trials", QuantityField::Trials),
    ("crossing", QuantityField::Crossing),
    ("best", QuantityField::Best),
    ("worst", QuantityField::Worst),
    ("tau", QuantityField::Tau),
    ("chance", QuantityField::Chance),
];

/// A number of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The subject it belongs to.
    pub subject: Subject,
    /// The number that is meant.
    pub field: QuantityField,
}

impl Subject {
    /// A setting's own training, for its targets.
    pub fn of_setting(setting: &str) -> Self {
        Self { setting: setting.to_owned(), task: None, method: None, beside_own: false }
    }

    /// Parses a subject; `own` is the setting meant if none is named.
    pub fn parse(text: &str, own: Option<&str>) -> Result<Self, Invalid> {
        let (rest, beside_own) = match text.strip_suffix("/own") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (rest, method) = split(rest, ':');
        let (setting, task) = split(rest, '@');
        let setting = if setting.is_empty() { own.unwrap_or_default() } else { setting };
        let part = |part: Option<&str>| part.is_none_or(|part| !part.trim().is_empty());
        if setting.is_empty() || !part(task) || !part(method) || (beside_own && method.is_none()) {
            let allowed = "SETTING, SETTING@TASK, SETTING:METHOD or SETTING:METHOD/own";
            return Err(Invalid::new("", format!("\"{text}\""), allowed));
        }
        Ok(Self {
            setting: setting.to_owned(),
            task: task.map(str::to_owned),
            method: method.map(str::to_owned),
            beside_own,
        })
    }

    /// The outcome for this subject, if it has been measured.
    pub fn outcome<'a>(&self, found: &'a SettingFindings) -> Option<&'a Outcome> {
        let SettingFindings::Trials { scenario, measurement, .. } = found else { return None };
        let measured = match &self.method {
            None => measurement.own(),
            Some(method) => {
                let approach = scenario.approach().named(method)?;
                measurement.approaches.iter().find(|measured| measured.approach == approach)?
            }
        };
        match &self.task {
            _ if self.beside_own => Some(&measured.beside_first),
            None => Some(&measured.targets),
            Some(task) => {
                let place = scenario.groups().iter().position(|group| group.name == *task)?;
                measured.groups.get(place)
            }
        }
    }

    /// The outcome with its errors and n: `+23 % ± 4.1 (alone 0.263, together 0.203, n = 60)`. The
    /// intervals of the errors stand beside the text.
    pub fn say(&self, found: &SettingFindings) -> Option<String> {
        if let SettingFindings::Affinity { .. } = found {
            return Quantity { subject: self.clone(), field: QuantityField::Tau }.say(found);
        }
        let outcome = self.outcome(found)?;
        let errors = self.said(found, |mean| words::short(mean.mean))?.join(", ");
        Some(format!("{} ({errors}, n = {})", words::effect(outcome), outcome.trials))
    }

    /// The baseline error and the error compared with it: `alone 0.263 ± 0.021`,
    /// `together 0.203 ± 0.018`.
    pub fn errors(&self, found: &SettingFindings) -> Option<[String; 2]> {
        let trials = self.outcome(found)?.trials;
        self.said(found, |mean| words::mean_error(mean, trials))
    }

    /// Both errors with their names, each as `say` writes it.
    fn said(&self, found: &SettingFindings, say: impl Fn(Mean) -> String) -> Option<[String; 2]> {
        let outcome = self.outcome(found)?;
        let baseline = match found {
            SettingFindings::Trials { measurement, .. } if self.beside_own => {
                measurement.names().into_iter().next()?
            }
            _ => "alone".to_owned(),
        };
        let own = self.method.as_deref().unwrap_or("together");
        Some([
            format!("{baseline} {}", say(outcome.single)),
            format!("{own} {}", say(outcome.multi)),
        ])
    }
}

fn split(text: &str, sign: char) -> (&str, Option<&str>) {
    match text.split_once(sign) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.setting)?;
        if let Some(task) = &self.task {
            write!(f, "@{task}")?;
        }
        if let Some(method) = &self.method {
            write!(f, ":{method}")?;
        }
        if self.beside_own { write!(f, "/own") } else { Ok(()) }
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name =
            FIELDS.iter().find(|(_, field)| *field == self.field).map_or("", |(name, _)| name);
        write!(f, "{}.{name}", self.subject)
    }
}

impl QuantityField {
    fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(own, _)| *own == name).map(|(_, field)| *field)
    }
}

impl Quantity {
    /// Parses `SUBJECT.NUMBER`, or `NUMBER` alone for the setting `own`.
    pub fn parse(text: &str, own: Option<&str>) -> Result<Self, Invalid> {
        let (subject, name) = text.rsplit_once('.').unwrap_or(("", text));
        let Some(field) = QuantityField::named(name) else {
            let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
            let allowed = format!("SETTING.NUMBER with one of {}", names.join(", "));
            return Err(Invalid::new("", format!("\"{text}\""), allowed));
        };
        Ok(Self { subject: Subject::parse(subject, own)?, field })
    }

    /// The value with its interval, which has zero width if the value is not random; `None` if
    /// it has not been measured or cannot be named.
    pub fn value(&self, found: &SettingFindings) -> Option<Interval> {
        let fixed = |value: f64| Interval { mean: value, low: value, high: value };
        match (found, self.field) {
            (SettingFindings::Trials { theory, .. }, QuantityField::Theory) => {
                theory.as_ref().map(|t| fixed(t.gain))
            }
            (SettingFindings::Trials { .. }, field) => {
                let outcome = self.subject.outcome(found)?;
                let mean = |mean: &crate::math::stats::Mean| {
                    let half = mean.half_width(outcome.trials);
                    Interval { mean: mean.mean, low: mean.mean - half, high: mean.mean + half }
                };
                match field {
                    QuantityField::Gain => gain(outcome),
                    QuantityField::Alone => Some(mean(&outcome.single)),
                    QuantityField::Together => Some(mean(&outcome.multi)),
                    QuantityField::Better => Some(fixed(outcome.helped)),
                    QuantityField::Trials => Some(fixed(outcome.trials as f64)),
                    _ => None,
                }
            }
            (SettingFindings::Sweep(swept), QuantityField::Crossing) => swept.crossing(),
            (SettingFindings::Sweep(swept), QuantityField::Best) => swept.best(),
            (SettingFindings::Sweep(swept), QuantityField::Worst) => swept.worst(),
            (SettingFindings::Sweep(swept), QuantityField::Trials) => {
                Some(fixed(swept.trials() as f64))
            }
            (
                SettingFindings::Affinity { insight, .. },
                QuantityField::Tau | QuantityField::Chance,
            ) => {
                let proxy = self.subject.method.as_deref()?;
                let place = PROXIES.iter().position(|own| own.id == proxy)?;
                let agreement = insight.agreements.get(place)?.as_ref()?;
                let is_tau = self.field == QuantityField::Tau;
                Some(if is_tau { agreement.tau } else { fixed(agreement.chance) })
            }
            (SettingFindings::Affinity { trials, .. }, QuantityField::Trials) => {
                Some(fixed(*trials as f64))
            }
            _ => None,
        }
    }

    /// The number in words, with its interval and n; `None` if it has not been measured.
    pub fn say(&self, found: &SettingFindings) -> Option<String> {
        let value = self.value(found)?;
        Some(match (found, self.field) {
            (SettingFindings::Trials { .. }, QuantityField::Gain) => {
                let outcome = self.subject.outcome(found)?;
                format!("{} (n = {})", words::effect(outcome), outcome.trials)
            }
            (_, QuantityField::Theory) => words::predicted(value.mean),
            (SettingFindings::Trials { measurement, .. }, QuantityField::Better) => {
                let of = measurement.trials;
                format!("{} of {of}", (value.mean * of as f64).round())
            }
            (_, QuantityField::Trials) => format!("{}", value.mean),
            (_, QuantityField::Chance) => format!("{:.3}", value.mean),
            (SettingFindings::Sweep(swept), QuantityField::Crossing) => {
                swept.say(value, concat!(level!(), ": "))
            }
            (SettingFindings::Sweep(swept), _) => swept.say(value, "not told apart: "),
            (_, QuantityField::Tau) => {
                let (low, high) = (rounded(value.low), rounded(value.high));
                format!("{} ({LEVEL}: {low} to {high})", rounded(value.mean))
            }
            _ => format!("{} ± {}", words::short(value.mean), words::short(value.half_width())),
        })
    }
}

fn rounded(value: f64) -> String {
    crate::math::digits::fixed(value, 2)
}

/// The gain; if none can be named, one minus the typical ratio of errors.
fn gain(outcome: &Outcome) -> Option<Interval> {
    let of_ratio = |ratio: Interval| Interval {
        mean: 1.0 - ratio.mean.exp(),
        low: 1.0 - ratio.high.exp(),
        high: 1.0 - ratio.low.exp(),
    };
    outcome.gain.or(outcome.log_ratio.map(of_ratio))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_and_numbers_read_as_they_are_written() {
        for text in
            ["a.gain", "a@clean.alone", "a:svd.gain", "a@clean:svd.gain", "a:ridge/own.gain"]
        {
            assert_eq!(Quantity::parse(text, None).unwrap().to_string(), text);
        }
        assert_eq!(Quantity::parse("gain", Some("here")).unwrap().to_string(), "here.gain");
        assert_eq!(Quantity::parse("@clean.gain", Some("b")).unwrap().to_string(), "b@clean.gain");
    }

    #[test]
    fn what_is_no_number_of_a_setting_is_refused_with_what_is() {
        for text in ["gain", "a.gane", "a/own.gain", "a@.gain", ".gain", ""] {
            let error = Quantity::parse(text, None).unwrap_err();
            assert!(!error.allowed.is_empty(), "{text}");
        }
    }
}
