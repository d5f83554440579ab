//! Parses a lesson file.

use crate::lesson::fault::Fault;
use std::sync::Arc;

use toml::Table;

use super::condition::Condition;
use super::draft::Keys;
use super::quantity::QuantityField;
use super::setting::{LessonSetting, SettingQuestion};
use super::step::{LessonStep, StepKind};
use super::text::{Scope, Text};
use super::{FORMAT, HERE, Lesson, steps};
use crate::error::{Error, Invalid, Result};
use crate::scenario::{Handle, Scenario};
use crate::study::range::Range;

/// Longest lesson, in minutes.
const LONGEST: i64 = 240;
/// Fewest and most trials behind a number.
const TRIALS: (i64, i64) = (2, 100_000);

/// Loads the scenario of a preset or file that a lesson names.
pub type ScenarioLoader<'a> = &'a dyn Fn(&str) -> Result<Scenario>;

impl Lesson {
    /// Parses a lesson from TOML, with line ends of any system. `origin` names the file in errors;
    /// `open` loads its scenarios.
    ///
    /// # Errors
    ///
    /// [`Error::Lesson`] with the line, the step, the key, what was found and what is allowed;
    /// otherwise the error from loading a scenario.
    pub fn parse(toml: &str, origin: &str, open: ScenarioLoader<'_>) -> Result<Self> {
        let toml = &toml.strip_prefix('\u{feff}').unwrap_or(toml).replace("\r\n", "\n");
        let refuse = |line: Option<usize>, problem: Invalid| Error::Lesson {
            origin: line.map_or(origin.to_owned(), |line| format!("{origin}:{line}")),
            problem,
        };
        let table: Table = toml::from_str(toml).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let found = error.message().lines().collect::<Vec<_>>().join(", ");
            refuse(Some(line_of(toml, at)), Invalid::new("lesson", found, "TOML"))
        })?;
        let scenario_of = |name: &str| open(name);
        read(table, &scenario_of).map_err(|fault| match fault {
            Fault::Lesson(problem) => refuse(line_of_place(toml, &problem.field), problem),
            Fault::Scenario(error) => error,
        })
    }
}

/// Checks the format and reads the id.
fn id(keys: &mut Keys) -> std::result::Result<String, Invalid> {
    let format = keys.whole("format", i64::from(u32::MAX))?;
    FORMAT.check(format as f64)?;
    let id = keys.some_text("id")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(plain) || id.starts_with('-') || id.len() > 40 {
        let allowed = "at most 40 small letters, digits and hyphens";
        return Err(keys.problem("id", format!("\"{id}\""), allowed));
    }
    Ok(id)
}

fn read(table: Table, open: ScenarioLoader<'_>) -> std::result::Result<Lesson, Fault> {
    let mut keys = Keys::new("", table);
    let id = id(&mut keys)?;
    let title = keys.words("title")?;
    let minutes = keys.whole("minutes", LONGEST)? as u32;
    let misconception = keys.words("misconception")?;
    let trials = keys.whole_from("trials", TRIALS.0, TRIALS.1)?;
    let per_student = keys.flag("per_student", true)?;
    let name = keys.some_text("scenario")?;
    let changes = keys.values("set")?;
    let opening = Opening { open, trials };
    let base = opening.scenario(&keys, "scenario", &name)?;
    let base = turned(&keys, base, &changes, &[])?;
    let handles = |keys: &mut Keys, key| -> std::result::Result<Vec<Handle>, Invalid> {
        let paths = keys.texts(key)?;
        let find = |path: &String| Handle::find(base.draft(), path);
        paths.iter().map(|path| find(path).map_err(|e| keys.within(key, e))).collect()
    };
    let knobs = handles(&mut keys, "knobs")?;
    let locked = handles(&mut keys, "locked")?;
    if let Some(both) = locked.iter().find(|handle| knobs.contains(handle)) {
        let found = format!("\"{}\"", both.path(base.draft()));
        return Err(keys.problem("locked", found, "knobs that are not among knobs").into());
    }
    let measured = keys.tables("measure", "measure")?;
    let steps = keys.tables("step", "step")?;
    if steps.is_empty() {
        return Err(keys.problem("step", "nothing", "tables headed [[step]]").into());
    }
    keys.finish()?;
    let mut settings = Vec::new();
    for keys in measured {
        let setting = setting(keys, (&name, &base), &opening, &settings)?;
        settings.push(setting);
    }
    let scope = Scope { base: &base, settings: &settings };
    let steps = steps::read(steps, &scope, &knobs)?;
    let predicted = predicted(&settings, &steps);
    for setting in &mut settings {
        setting.theory = predicted.contains(&setting.name);
    }
    let fingerprint = fingerprint(&base, per_student, &settings, &steps);
    Ok(Lesson {
        id,
        title,
        minutes,
        misconception,
        name,
        base: Arc::new(base),
        knobs,
        locked,
        per_student,
        settings,
        steps,
        fingerprint,
    })
}

/// A checksum of everything that answers depend on: what is measured and what each step asks.
/// Changing the words does not change it.
fn fingerprint(
    base: &Scenario,
    per_student: bool,
    settings: &[LessonSetting],
    steps: &[LessonStep],
) -> u32 {
    let draws = if per_student { "" } else { "the same draws for all " };
    let mut all = format!("{draws}{:?}", base.draft());
    for setting in settings {
        all += &format!("{} {:?} {:?}", setting.name, setting.scenario.draft(), setting.asked);
    }
    for step in steps {
        all += &format!("{} {:?}", step.kind.name(), step.scenario.draft());
        all += &match &step.kind {
            StepKind::Predict { choices, confidence, .. } => {
                let when: Vec<String> = choices.iter().map(|c| c.when.to_string()).collect();
                format!("{} {confidence}", when.join(", "))
            }
            StepKind::Find { knob, sought, .. } => {
                format!("{} {sought:?}", knob.path(base.draft()))
            }
            StepKind::Free { goal, .. } => goal.to_string(),
            _ => String::new(),
        };
    }
    crc32fast::hash(all.as_bytes())
}

/// The settings whose theory prediction is mentioned.
fn predicted(settings: &[LessonSetting], steps: &[LessonStep]) -> Vec<String> {
    let spoken_of = steps.iter().flat_map(LessonStep::texts).flat_map(Text::numbers);
    let conditions = settings.iter().flat_map(|setting| &setting.shows);
    let choices = steps.iter().filter_map(|step| match &step.kind {
        StepKind::Predict { choices, .. } => Some(choices.iter().map(|choice| &choice.when)),
        _ => None,
    });
    let conditions = conditions.chain(choices.flatten());
    let compared = conditions.flat_map(Condition::spoken_of).filter_map(|(_, number)| number);
    let of_theory =
        spoken_of.chain(compared).filter(|number| number.field == QuantityField::Theory);
    of_theory.map(|number| number.subject.setting.clone()).collect()
}

/// Loads scenarios with the lesson's number of trials.
struct Opening<'a> {
    open: ScenarioLoader<'a>,
    trials: Option<i64>,
}

impl Opening<'_> {
    fn scenario(&self, keys: &Keys, key: &str, name: &str) -> std::result::Result<Scenario, Fault> {
        let scenario = (self.open)(name).map_err(|error| match error {
            Error::Value(problem) => Fault::Lesson(Invalid { field: String::new(), ..problem }),
            other => Fault::Scenario(other),
        });
        let scenario = scenario.map_err(|fault| match fault {
            Fault::Lesson(problem) => Fault::Lesson(keys.within(key, problem)),
            other => other,
        })?;
        let Some(trials) = self.trials else { return Ok(scenario) };
        let mut draft = scenario.draft().clone();
        draft.trials = trials as f64;
        Scenario::check(draft).map_err(|problem| keys.within(key, problem).into())
    }
}

/// A scenario with knobs set and its list of compared methods replaced.
fn turned(
    keys: &Keys,
    scenario: Scenario,
    changes: &[(String, String)],
    methods: &[String],
) -> std::result::Result<Scenario, Invalid> {
    let mut draft = scenario.draft().clone();
    for (path, value) in changes {
        let set = |draft: &mut _| {
            let handle = Handle::find(draft, path)?;
            let value = handle.knob.parse(path, value)?;
            handle.set(draft, value)
        };
        set(&mut draft).map_err(|problem| keys.within("set", problem))?;
    }
    draft.compare = methods.to_vec();
    Scenario::check(draft)
        .map_err(|problem| keys.within(if methods.is_empty() { "set" } else { "compare" }, problem))
}

fn setting(
    mut keys: Keys,
    (source, base): (&str, &Scenario),
    opening: &Opening<'_>,
    known: &[LessonSetting],
) -> std::result::Result<LessonSetting, Fault> {
    let name = keys.some_text("name")?;
    keys.call(&name);
    let plain = |c: char| c.is_alphanumeric() || "-_".contains(c);
    let taken = known.iter().any(|setting| setting.name == name);
    if taken || name == HERE || !name.chars().all(plain) {
        let allowed = "a unique name of letters, digits and hyphens, not \"here\"";
        return Err(keys.problem("name", format!("\"{name}\""), allowed).into());
    }
    let other = keys.text("scenario")?;
    let scenario = match &other {
        Some(other) => opening.scenario(&keys, "scenario", other)?,
        None => base.clone(),
    };
    let source = other.unwrap_or_else(|| source.to_owned());
    let scenario = match keys.whole_from("trials", TRIALS.0, TRIALS.1)? {
        None => scenario,
        trials => {
            Opening { open: &|_| Ok(scenario.clone()), trials }.scenario(&keys, "trials", "")?
        }
    };
    let (changes, methods) = (keys.values("set")?, keys.texts("compare")?);
    let scenario = turned(&keys, scenario, &changes, &methods)?;
    let sweep = keys.text("sweep")?;
    let asked = match (sweep, keys.flag("affinity", false)?) {
        (None, false) => SettingQuestion::Trials,
        (None, true) => SettingQuestion::Affinity,
        (Some(range), false) => {
            let range = Range::parse("sweep", &range).map_err(|e| keys.within("sweep", e))?;
            let (handle, mut values) =
                range.values_in("", &scenario).map_err(|e| keys.within("sweep", e))?;
            values.sort_by(f64::total_cmp);
            SettingQuestion::Sweep { handle, log: range.is_log(handle), values }
        }
        (Some(_), true) => {
            return Err(keys.problem("affinity", "true", "either sweep or affinity").into());
        }
    };
    let along = match keys.text("along")? {
        Some(path) => Some(
            Handle::find(scenario.draft(), &path).map_err(|error| keys.within("along", error))?,
        ),
        None => None,
    };
    let shows = keys.texts("shows")?;
    let shown = Vec::new();
    let mut own =
        LessonSetting { name, source, scenario, asked, along, shows: shown, theory: false };
    let mut all = known.to_vec();
    all.push(own.clone());
    let scope = Scope { base, settings: &all };
    for condition in &shows {
        let condition = Condition::parse(condition, Some(&own.name))
            .and_then(|condition| scope.allows(&condition).map(|()| condition))
            .map_err(|problem| keys.within("shows", problem))?;
        own.shows.push(condition);
    }
    keys.finish()?;
    Ok(own)
}

fn line_of(toml: &str, at: usize) -> usize {
    1 + toml.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The line of the heading of the table that contains a field such as `step 3 (predict): ask`.
fn line_of_place(toml: &str, field: &str) -> Option<usize> {
    let of_key = || {
        let key = field.split(':').next()?;
        let is_it = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
        toml.lines().position(is_it).map(|line| line + 1)
    };
    let Some((kind, rest)) = field.split_once(' ') else { return of_key() };
    let Some(number) = rest.split([' ', ':']).next().and_then(|n| n.parse::<usize>().ok()) else {
        return of_key();
    };
    let heading = format!("[[{kind}]]");
    let mut lines = toml.lines().enumerate().filter(|(_, line)| line.trim() == heading);
    lines.nth(number.checked_sub(1)?).map(|(line, _)| line + 1)
}
