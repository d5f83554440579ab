//! Texts that contain numbers: `{right-angle}`, `{right-angle.gain}`, `{source.angle}`.

use super::condition::Condition;
use super::found::LessonFindings;
use super::quantity::{FIELDS, Quantity, QuantityField, Subject};
use super::setting::{LessonSetting, SettingQuestion};
use crate::error::Invalid;
use crate::figure::words;
use crate::scenario::{Handle, Scenario};
use crate::study::probe::PROXIES;

/// Shown in place of a number that is not known yet.
const UNKNOWN: &str = "??";

/// A text with placeholders for numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(String),
    Value(String),
    Outcome(Subject),
    Number(Quantity),
}

/// The names that a text may mention.
pub(super) struct Scope<'a> {
    /// The scenario whose knobs can be named.
    pub base: &'a Scenario,
    /// The settings that can be named.
    pub settings: &'a [LessonSetting],
}

impl Text {
    /// Parses a text; knob values are filled in immediately.
    pub(super) fn parse(text: &str, scope: &Scope<'_>) -> Result<Self, Invalid> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = text.trim();
        while let Some((before, after)) = rest.split_once('{') {
            pieces.push(Piece::Words(before.to_owned()));
            let Some((name, behind)) = after.split_once('}') else {
                return Err(Invalid::new(
                    "",
                    format!("\"{{{after}\""),
                    "{NAME} with its closing brace",
                ));
            };
            pieces.push(scope.piece(name.trim())?);
            rest = behind;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// The text with the numbers measured so far.
    pub fn say(&self, findings: &LessonFindings) -> String {
        self.filled(findings, UNKNOWN)
    }

    /// The text with its numbers; `blank` replaces a number that has not been measured.
    pub fn filled(&self, findings: &LessonFindings, blank: &str) -> String {
        let say = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Value(words) => Some(words.clone()),
            Piece::Outcome(subject) => subject.say(findings.get(&subject.setting)?),
            Piece::Number(number) => number.say(findings.get(&number.subject.setting)?),
        };
        let words = |piece| say(piece).unwrap_or_else(|| blank.to_owned());
        self.pieces.iter().map(words).collect()
    }

    /// Returns true if every number in the text is known.
    pub fn is_known(&self, findings: &LessonFindings) -> bool {
        !self.say(findings).contains(UNKNOWN)
    }

    /// The words alone, without any numbers.
    pub fn words(&self) -> String {
        let words = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            _ => String::new(),
        };
        self.pieces.iter().map(words).collect()
    }

    /// The settings that the text mentions.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(_) | Piece::Value(_) => None,
            Piece::Outcome(subject) => Some(subject.setting.as_str()),
            Piece::Number(number) => Some(number.subject.setting.as_str()),
        })
    }

    /// The numbers that the text mentions.
    pub fn numbers(&self) -> impl Iterator<Item = &Quantity> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Number(number) => Some(number),
            _ => None,
        })
    }

    /// Returns true if the text is empty.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Words(words) if words.is_empty()))
    }
}

impl Scope<'_> {
    fn piece(&self, name: &str) -> Result<Piece, Invalid> {
        if let Some(words) = self.knob(name) {
            return Ok(Piece::Value(words));
        }
        if let Ok(number) = Quantity::parse(name, None)
            && self.setting(&number.subject).is_some()
        {
            self.allow(&number.subject, Some(&number))?;
            return Ok(Piece::Number(number));
        }
        match Subject::parse(name, None) {
            Ok(subject) if self.setting(&subject).is_some() => {
                self.allow(&subject, None)?;
                Ok(Piece::Outcome(subject))
            }
            _ => Err(Invalid::new("", format!("{{{name}}}"), self.allowed())),
        }
    }

    fn allowed(&self) -> String {
        let names: Vec<&str> = self.settings.iter().map(|setting| setting.name.as_str()).collect();
        format!(
            "the path of a knob, such as {{{}}}, or a measured setting: {}, alone or with a number \
             such as {{NAME.gain}}",
            self.base.focus().path(self.base.draft()),
            names.join(", ")
        )
    }

    /// The value of a knob of the base scenario or, in `SETTING.KNOB`, of a setting.
    fn knob(&self, name: &str) -> Option<String> {
        let of = |scenario: &Scenario, path: &str| {
            let handle = Handle::find(scenario.draft(), path).ok()?;
            Some(words::value_of(handle, handle.get(scenario.draft())?))
        };
        of(self.base, name).or_else(|| {
            let (setting, path) = name.split_once('.')?;
            let setting = self.settings.iter().find(|own| own.name == setting)?;
            of(&setting.scenario, path)
        })
    }

    fn setting(&self, subject: &Subject) -> Option<&LessonSetting> {
        self.settings.iter().find(|setting| setting.name == subject.setting)
    }

    /// Checks that every subject and number in a condition is measured.
    pub(super) fn allows(&self, condition: &Condition) -> Result<(), Invalid> {
        condition
            .spoken_of()
            .into_iter()
            .try_for_each(|(subject, quantity)| self.allow(subject, quantity))
    }

    /// Checks that a subject, and optionally one of its numbers, is measured.
    pub(super) fn allow(
        &self,
        subject: &Subject,
        number: Option<&Quantity>,
    ) -> Result<(), Invalid> {
        let refuse = |found: &dyn std::fmt::Display, allowed: String| {
            Err(Invalid::new("", format!("\"{found}\""), allowed))
        };
        let Some(setting) = self.setting(subject) else {
            return refuse(&subject.setting, self.allowed());
        };
        let field = number.map(|number| number.field);
        let (fields, methods) = measured(setting);
        let tasks: Vec<&str> =
            setting.scenario.groups().iter().map(|group| group.name.as_str()).collect();
        let is_sweep = matches!(setting.asked, SettingQuestion::Sweep { .. });
        if field.map_or(is_sweep, |field| !fields.contains(&field)) {
            let names = FIELDS.iter().filter(|(_, field)| fields.contains(field));
            let names: Vec<&str> = names.map(|(name, _)| *name).collect();
            let allowed = format!("{}.NUMBER with one of {}", setting.name, names.join(", "));
            return match number {
                Some(number) => refuse(number, allowed),
                None => refuse(subject, allowed),
            };
        }
        if let Some(task) = &subject.task
            && (!tasks.contains(&task.as_str()) || setting.asked != SettingQuestion::Trials)
        {
            return refuse(subject, format!("after @ one of {}", tasks.join(", ")));
        }
        if let Some(method) = &subject.method {
            let own = setting.scenario.approach();
            let known = match setting.asked {
                SettingQuestion::Trials => own
                    .named(method)
                    .is_some_and(|approach| setting.scenario.approaches().contains(&approach)),
                _ => methods.contains(method),
            };
            if !known {
                return refuse(subject, format!("after : one of {}", methods.join(", ")));
            }
            if subject.beside_own && subject.task.is_some() {
                let name = &setting.name;
                let allowed = format!("{name}@TASK:{method} or {name}:{method}/own, not both");
                return refuse(subject, allowed);
            }
        } else if matches!(field, Some(QuantityField::Tau | QuantityField::Chance)) {
            return refuse(subject, format!("SETTING:PROXY with one of {}", methods.join(", ")));
        }
        Ok(())
    }
}

/// The numbers of a setting, and the methods or proxies that can be named with them.
fn measured(setting: &LessonSetting) -> (&'static [QuantityField], Vec<String>) {
    match &setting.asked {
        SettingQuestion::Trials => (
            &[
                QuantityField::Gain,
                QuantityField::Alone,
                QuantityField::Together,
                QuantityField::Theory,
                QuantityField::Better,
                QuantityField::Trials,
            ],
            setting.scenario.approaches().iter().map(|approach| approach.name()).collect(),
        ),
        SettingQuestion::Sweep { .. } => (
            &[
                QuantityField::Crossing,
                QuantityField::Best,
                QuantityField::Worst,
                QuantityField::Trials,
            ],
            Vec::new(),
        ),
        SettingQuestion::Affinity => (
            &[QuantityField::Tau, QuantityField::Chance, QuantityField::Trials],
            PROXIES.iter().map(|proxy| proxy.id.to_owned()).collect(),
        ),
    }
}
