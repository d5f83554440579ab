//! Parses the steps of a lesson file.

use super::HERE;
use super::condition::Condition;
use super::draft::Keys;
use super::quantity::Quantity;
use super::setting::{LessonSetting, SettingQuestion};
use super::step::{Choice, LessonStep, SoughtValue, StepKind};
use super::text::{Scope, Text};
use crate::catalog::{FigureInfo, Needs};
use crate::error::Invalid;
use crate::lesson::fault::Fault;
use crate::scenario::{Handle, Scenario};

/// Allowed number of choices.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=6;

const KINDS: &str = "say, predict, reveal, find, free, explain, export, checkpoint";

type Read<T> = std::result::Result<T, Invalid>;

/// Parses all steps.
pub(super) fn read(
    steps: Vec<Keys>,
    scope: &Scope<'_>,
    knobs: &[Handle],
) -> std::result::Result<Vec<LessonStep>, Fault> {
    let mut read: Vec<LessonStep> = Vec::new();
    for mut keys in steps {
        let kind = keys.some_text("kind")?;
        if !KINDS.split(", ").any(|known| known == kind) {
            return Err(keys.problem("kind", format!("\"{kind}\""), KINDS).into());
        }
        keys.call(&kind);
        let reader = Reader { scope, knobs, before: &read };
        let step = reader.step(&kind, &mut keys)?;
        keys.finish()?;
        read.push(step);
    }
    Ok(read)
}

struct Reader<'a> {
    scope: &'a Scope<'a>,
    knobs: &'a [Handle],
    before: &'a [LessonStep],
}

impl Reader<'_> {
    fn step(&self, kind: &str, keys: &mut Keys) -> Read<LessonStep> {
        let teacher = keys.text("teacher")?;
        teacher.iter().try_for_each(|note| keys.plain("teacher", note))?;
        let hints = keys.texts("hints")?;
        let hints = hints.iter().map(|hint| self.text(keys, "hints", hint)).collect::<Read<_>>()?;
        let required = matches!(kind, "say" | "checkpoint");
        let text = if required { Some(keys.some_text("text")?) } else { keys.text("text")? };
        let text = self.text(keys, "text", &text.unwrap_or_default())?;
        let (kind, scenario) = match kind {
            "predict" => self.predict(keys)?,
            "reveal" => self.reveal(keys)?,
            "find" => self.find(keys)?,
            "free" => {
                let (ask, at) = (self.asked(keys)?, self.start(keys)?);
                let goal = keys.some_text("goal")?;
                let goal = self.condition(keys, "goal", &goal, &at)?;
                (StepKind::Free { ask, goal, example: self.example(keys, &at)? }, at)
            }
            "explain" => {
                let ask = self.asked(keys)?;
                let answer = keys.some_text("answer")?;
                let answer = self.text(keys, "answer", &answer)?;
                (StepKind::Explain { ask, answer }, self.start(keys)?)
            }
            "export" => self.export(keys)?,
            "checkpoint" => (StepKind::Checkpoint, self.start(keys)?),
            _ => (StepKind::Say, self.start(keys)?),
        };
        Ok(LessonStep { kind, text, teacher, hints, scenario })
    }

    fn text(&self, keys: &Keys, key: &str, text: &str) -> Read<Text> {
        Text::parse(text, self.scope).map_err(|problem| keys.within(key, problem))
    }

    fn asked(&self, keys: &mut Keys) -> Read<Text> {
        let ask = keys.some_text("ask")?;
        self.text(keys, "ask", &ask)
    }

    /// The scenario that a step starts from: the lesson's own or that of a setting, with knobs set.
    fn start(&self, keys: &mut Keys) -> Read<Scenario> {
        let scenario = match keys.text("at")? {
            Some(name) => self.setting(keys, "at", &name)?.scenario.clone(),
            None => self.scope.base.clone(),
        };
        let values = keys.values("set")?;
        self.turned(keys, "set", &scenario, values)
    }

    fn setting(&self, keys: &Keys, key: &str, name: &str) -> Read<&LessonSetting> {
        let settings = self.scope.settings;
        settings.iter().find(|setting| setting.name == name).ok_or_else(|| {
            let names: Vec<&str> = settings.iter().map(|setting| setting.name.as_str()).collect();
            keys.problem(key, format!("\"{name}\""), &names.join(", "))
        })
    }

    fn predict(&self, keys: &mut Keys) -> Read<(StepKind, Scenario)> {
        let ask = self.asked(keys)?;
        let setting = keys.some_text("about")?;
        let scenario = self.setting(keys, "about", &setting)?.scenario.clone();
        let confidence = keys.flag("confidence", true)?;
        let tables = keys.tables("choices", "choice")?;
        if !CHOICES.contains(&tables.len()) {
            let found = format!("{} of them", tables.len());
            let allowed = "2 to 6 choices: { text = \"…\", when = \"CONDITION\" }";
            return Err(keys.problem("choices", found, allowed));
        }
        let choice = |mut keys: Keys| {
            let (text, when) = (keys.some_text("text")?, keys.some_text("when")?);
            let text = self.text(&keys, "text", &text)?;
            let when = Condition::parse(&when, Some(&setting))
                .and_then(|when| self.scope.allows(&when).map(|()| when))
                .map_err(|problem| keys.within("when", problem))?;
            keys.finish()?;
            Ok(Choice { text, when })
        };
        let choices = tables.into_iter().map(choice).collect::<Read<_>>()?;
        Ok((StepKind::Predict { ask, choices, setting, confidence }, scenario))
    }

    fn reveal(&self, keys: &mut Keys) -> Read<(StepKind, Scenario)> {
        let predicted =
            self.before.iter().enumerate().rev().find_map(|(i, step)| match &step.kind {
                StepKind::Predict { setting, .. } => Some((i, setting.clone())),
                _ => None,
            });
        let (answers, setting) = match (keys.text("about")?, predicted) {
            (Some(name), found) => {
                (found.filter(|(_, setting)| *setting == name).map(|(i, _)| i), name)
            }
            (None, Some((i, setting))) => (Some(i), setting),
            (None, None) => {
                let allowed = "the name of a measure, or a predict step before it";
                return Err(keys.problem("about", "nothing", allowed));
            }
        };
        let scenario = self.setting(keys, "about", &setting)?.scenario.clone();
        let said = |keys: &mut Keys, key| {
            let text = keys.text(key)?.unwrap_or_default();
            self.text(keys, key, &text)
        };
        let (right, wrong) = (said(keys, "right")?, said(keys, "wrong")?);
        Ok((StepKind::Reveal { setting, answers, right, wrong }, scenario))
    }

    fn find(&self, keys: &mut Keys) -> Read<(StepKind, Scenario)> {
        let (ask, scenario) = (self.asked(keys)?, self.start(keys)?);
        let path = keys.some_text("knob")?;
        let knob = Handle::find(scenario.draft(), &path);
        let knob = knob.map_err(|problem| keys.within("knob", problem))?;
        if !self.knobs.contains(&knob) {
            return Err(keys.problem(
                "knob",
                format!("\"{path}\""),
                "one of the knobs of the lesson",
            ));
        }
        let sought = match (keys.text("inside")?, keys.text("where")?) {
            (Some(number), None) => {
                let number = Quantity::parse(&number, None)
                    .and_then(|n| self.scope.allow(&n.subject, Some(&n)).map(|()| n))
                    .map_err(|problem| keys.within("inside", problem))?;
                let setting = self.setting(keys, "inside", &number.subject.setting)?;
                match setting.asked {
                    SettingQuestion::Sweep { handle, .. } if handle == knob => {}
                    _ => {
                        let allowed = format!("a number of a sweep along {path}");
                        return Err(keys.problem("inside", format!("\"{number}\""), &allowed));
                    }
                }
                SoughtValue::Inside(number)
            }
            (None, Some(condition)) => {
                let condition = self.condition(keys, "where", &condition, &scenario)?;
                SoughtValue::Where(condition, self.example(keys, &scenario)?)
            }
            _ => {
                let allowed = "either inside = \"SETTING.NUMBER\" or where = \"here CONDITION\"";
                return Err(keys.problem("inside", "neither or both of inside and where", allowed));
            }
        };
        Ok((StepKind::Find { ask, knob, sought }, scenario))
    }

    /// The example scenario of a step, which may differ only in the lesson's knobs.
    fn example(&self, keys: &mut Keys, at: &Scenario) -> Read<Box<Scenario>> {
        let values = keys.values("example")?;
        if values.is_empty() {
            let allowed =
                "knobs of the lesson with values that meet the goal: { \"KNOB\" = VALUE }";
            return Err(keys.problem("example", "nothing", allowed));
        }
        let turned = self.turned(keys, "example", at, values)?;
        let mut by_knobs = at.draft().clone();
        for knob in self.knobs {
            let value = knob.get(turned.draft()).unwrap_or_default();
            knob.set(&mut by_knobs, value).map_err(|e| keys.within("example", e))?;
        }
        if by_knobs != *turned.draft() {
            let paths: Vec<String> = self.knobs.iter().map(|knob| knob.path(at.draft())).collect();
            return Err(keys.problem("example", "another knob", &paths.join(", ")));
        }
        Ok(Box::new(turned))
    }

    fn turned(
        &self,
        keys: &Keys,
        key: &str,
        at: &Scenario,
        values: Vec<(String, String)>,
    ) -> Read<Scenario> {
        let mut draft = at.draft().clone();
        for (path, value) in values {
            let set = |draft: &mut _| {
                let handle = Handle::find(draft, &path)?;
                let value = handle.knob.parse(&path, &value)?;
                handle.set(draft, value)
            };
            set(&mut draft).map_err(|problem| keys.within(key, problem))?;
        }
        Scenario::check(draft).map_err(|problem| keys.within(key, problem))
    }

    /// Parses a condition on the scenario with its knobs where the student sets them.
    fn condition(&self, keys: &Keys, key: &str, text: &str, at: &Scenario) -> Read<Condition> {
        let here = LessonSetting {
            name: HERE.to_owned(),
            source: HERE.to_owned(),
            along: None,
            scenario: at.clone(),
            asked: SettingQuestion::Trials,
            shows: Vec::new(),
            theory: false,
        };
        let mut settings = self.scope.settings.to_vec();
        settings.push(here);
        let scope = Scope { base: self.scope.base, settings: &settings };
        Condition::parse(text, Some(HERE))
            .and_then(|condition| scope.allows(&condition).map(|()| condition))
            .map_err(|problem| keys.within(key, problem))
    }

    fn export(&self, keys: &mut Keys) -> Read<(StepKind, Scenario)> {
        let (ask, scenario) = (self.asked(keys)?, self.start(keys)?);
        let id = keys.some_text("figure")?;
        let of_scenario = |figure: &&FigureInfo| {
            matches!(figure.needs, Needs::Scenario | Needs::Comparison)
                && figure.gap(&scenario).is_none()
        };
        let known: Vec<&'static FigureInfo> =
            crate::catalog::FIGURES.iter().filter(of_scenario).collect();
        let Some(figure) = known.iter().find(|figure| figure.id == id) else {
            let ids: Vec<&str> = known.iter().map(|figure| figure.id).collect();
            return Err(keys.problem("figure", format!("\"{id}\""), &ids.join(", ")));
        };
        Ok((StepKind::Export { ask, figure }, scenario))
    }
}
