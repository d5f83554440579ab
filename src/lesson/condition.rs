//! Conditions on measurements: `right-angle hurts`, `narrow.gain > wide.gain`,
//! `angles.crossing = 30 ± 6`.

use super::found::{LessonFindings, SettingFindings};
use super::quantity::{Quantity, QuantityField, Subject};
use crate::error::Invalid;
use crate::math::stats::Interval;
use crate::study::probe::PROXIES;
use crate::transfer::Verdict;

/// The truth of a condition, judged by intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// The condition holds.
    Holds,
    /// The condition fails.
    Fails,
    /// The intervals are too wide to tell.
    Open,
}

/// One or more statements, all of which must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    parts: Vec<Part>,
    text: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Verdict(Subject, Verdict),
    /// A proxy that orders the pairs as the gains do (true), in reverse (false), or neither
    /// (`None`).
    Proxy(Subject, Option<bool>),
    Above(Term, Term),
    About(Quantity, f64, f64),
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Number(f64),
    Quantity(Quantity),
}

const VERBS: &[(&str, Verdict)] = &[
    ("helps", Verdict::Helps),
    ("hurts", Verdict::Hurts),
    ("makes no difference", Verdict::NoDifference),
];

const JUDGEMENTS: &[(&str, Option<bool>)] =
    &[("agrees", Some(true)), ("misleads", Some(false)), ("says nothing", None)];

/// The allowed forms of a condition.
const FORM: &str = "SETTING helps, hurts or makes no difference; SETTING:PROXY agrees, misleads or \
                    says nothing; NUMBER > NUMBER; NUMBER < NUMBER; SETTING.NUMBER = NUMBER ± NUMBER; \
                    several joined by and";

impl Condition {
    /// Parses a condition; `own` is the setting meant if none is named.
    pub fn parse(text: &str, own: Option<&str>) -> Result<Self, Invalid> {
        let parts = text.split(" and ").map(|part| Part::parse(part.trim(), own));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let own = own.filter(|_| parts.len() == 1 && starts_with_verb(text));
        let text = own.map_or(text.to_owned(), |own| format!("{own} {text}"));
        Ok(Self { parts, text })
    }

    /// Judges the condition by what was measured.
    pub fn truth(&self, findings: &LessonFindings) -> Truth {
        let all: Vec<Truth> = self.parts.iter().map(|part| part.truth(findings)).collect();
        if all.contains(&Truth::Fails) {
            Truth::Fails
        } else if all.contains(&Truth::Open) {
            Truth::Open
        } else {
            Truth::Holds
        }
    }

    /// The settings that it mentions.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.spoken_of().into_iter().map(|(subject, _)| subject.setting.as_str())
    }

    /// The first subject that it mentions.
    pub fn subject(&self) -> Option<&Subject> {
        self.spoken_of().into_iter().next().map(|(subject, _)| subject)
    }

    /// The measured value of the first number it mentions, or of the gain (or τ) that it judges.
    pub fn measured(&self, findings: &LessonFindings) -> Option<f64> {
        let (subject, number) = self.spoken_of().into_iter().next()?;
        let field = match findings.get(&subject.setting)? {
            SettingFindings::Affinity { .. } => QuantityField::Tau,
            _ => QuantityField::Gain,
        };
        let gain = Quantity { subject: subject.clone(), field };
        let number = number.unwrap_or(&gain);
        number.value(findings.get(&subject.setting)?).map(|value| value.mean)
    }

    /// Every subject that it mentions, with the number if it names one.
    pub(super) fn spoken_of(&self) -> Vec<(&Subject, Option<&Quantity>)> {
        self.parts.iter().flat_map(Part::spoken_of).collect()
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

fn starts_with_verb(text: &str) -> bool {
    VERBS.iter().any(|(verb, _)| text.trim() == *verb)
}

impl Part {
    fn parse(text: &str, own: Option<&str>) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("", format!("\"{text}\""), FORM);
        for (verb, verdict) in VERBS {
            if let Some(subject) = text.strip_suffix(verb) {
                return Ok(Self::Verdict(Subject::parse(subject.trim(), own)?, *verdict));
            }
        }
        for (verb, judgement) in JUDGEMENTS {
            if let Some(subject) = text.strip_suffix(verb) {
                return Ok(Self::Proxy(Subject::parse(subject.trim(), own)?, *judgement));
            }
        }
        if let Some((left, right)) = text.split_once(" = ") {
            let (at, within) = right.split_once('±').ok_or_else(invalid)?;
            let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
            let (at, within) = number(at).zip(number(within)).ok_or_else(invalid)?;
            return Ok(Self::About(Quantity::parse(left.trim(), own)?, at, within));
        }
        if let Some((left, right)) = text.split_once(" > ") {
            return Ok(Self::Above(Term::parse(left, own)?, Term::parse(right, own)?));
        }
        if let Some((left, right)) = text.split_once(" < ") {
            return Ok(Self::Above(Term::parse(right, own)?, Term::parse(left, own)?));
        }
        Err(invalid())
    }

    fn truth(&self, findings: &LessonFindings) -> Truth {
        self.known(findings).unwrap_or(Truth::Open)
    }

    fn known(&self, findings: &LessonFindings) -> Option<Truth> {
        let whether = |so: bool| if so { Truth::Holds } else { Truth::Fails };
        let value = |quantity: &Quantity| quantity.value(findings.get(&quantity.subject.setting)?);
        match self {
            Self::Verdict(subject, verdict) => {
                let outcome = subject.outcome(findings.get(&subject.setting)?)?;
                let is_open = [Verdict::Undecided, Verdict::SameTrials].contains(&outcome.verdict);
                (!is_open).then(|| whether(outcome.verdict == *verdict))
            }
            Self::Proxy(subject, judgement) => {
                let SettingFindings::Affinity { insight, .. } = findings.get(&subject.setting)?
                else {
                    return None;
                };
                let proxy = subject.method.as_deref()?;
                let place = PROXIES.iter().position(|own| own.id == proxy)?;
                let agreement = insight.agreements.get(place)?.as_ref()?;
                let found = if agreement.agrees() {
                    Some(true)
                } else {
                    agreement.misleads().then_some(false)
                };
                Some(whether(found == *judgement))
            }
            Self::About(quantity, at, within) => {
                let Interval { low, high, .. } = value(quantity)?;
                let (from, to) = (at - within, at + within);
                Some(if low >= from && high <= to {
                    Truth::Holds
                } else if high < from || low > to {
                    Truth::Fails
                } else {
                    Truth::Open
                })
            }
            Self::Above(left, right) => {
                let of = |term: &Term| match term {
                    Term::Number(number) => {
                        Some(Interval { mean: *number, low: *number, high: *number })
                    }
                    Term::Quantity(quantity) => value(quantity),
                };
                let (left, right) = (of(left)?, of(right)?);
                let apart = left.mean - right.mean;
                let below = (left.mean - left.low).hypot(right.high - right.mean);
                let above = (left.high - left.mean).hypot(right.mean - right.low);
                Some(if apart - below > 0.0 {
                    Truth::Holds
                } else if apart + above < 0.0 || (apart <= 0.0 && above == 0.0) {
                    Truth::Fails
                } else {
                    Truth::Open
                })
            }
        }
    }

    fn spoken_of(&self) -> Vec<(&Subject, Option<&Quantity>)> {
        match self {
            Self::Verdict(subject, _) | Self::Proxy(subject, _) => vec![(subject, None)],
            Self::About(quantity, ..) => vec![(&quantity.subject, Some(quantity))],
            Self::Above(left, right) => {
                let of_terms = [left, right].into_iter().filter_map(|term| match term {
                    Term::Quantity(quantity) => Some((&quantity.subject, Some(quantity))),
                    Term::Number(_) => None,
                });
                of_terms.collect()
            }
        }
    }
}

impl Term {
    fn parse(text: &str, own: Option<&str>) -> Result<Self, Invalid> {
        let text = text.trim();
        match text.replace('−', "-").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Self::Number(number)),
            _ => Quantity::parse(text, own).map(Self::Quantity),
        }
    }
}
