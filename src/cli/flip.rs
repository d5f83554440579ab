//! `taskscope flip`: small changes that turn the verdict of a scenario.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, ValueEnum};
use serde::Serialize;

use crate::cancel::Cancel;
use crate::cli::source::Source;
use crate::cli::{interrupt, output, progress, study};
use crate::error::{Error, Invalid, Result};
use crate::export::table::in_json;
use crate::figure::words::flip as words;
use crate::flip::{Alternative, Flip, FlipOptions, Instead, Turn, VerdictChange, flip as search};
use crate::math::stats::Interval;
use crate::provenance::command::quoted;
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::study::Measurement;
use crate::study::caution::of_rows;
use crate::transfer::{Outcome, Verdict};

/// Version of the JSON.
const SCHEMA: &str = "taskscope.flip/1";

#[derive(Debug, clap::Args)]
pub(super) struct FlipArgs {
    #[command(flatten)]
    pub source: Source,
    /// The verdict that is wanted: helps (the gain's interval above 0) or hurts (its interval below
    /// 0) [default: the opposite of the present one; where there is no difference, the opposite of
    /// the predicted one, or helps without a prediction]
    #[arg(long, value_name = "VERDICT", value_parser = GoalParser)]
    pub to: Option<Goal>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of sentences
    #[arg(long)]
    pub json: bool,
}

/// A verdict that can be wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Goal {
    /// The gain's interval lies above 0
    Helps,
    /// The gain's interval lies below 0
    Hurts,
}

/// Reads a verdict that can be wanted; the error says what each means.
#[derive(Clone)]
struct GoalParser;

impl TypedValueParser for GoalParser {
    type Value = Goal;

    fn parse_ref(
        &self,
        command: &Command,
        _: Option<&Arg>,
        value: &OsStr,
    ) -> std::result::Result<Goal, clap::Error> {
        let found = value.to_string_lossy();
        Goal::from_str(&found, false).map_err(|_| {
            let allowed = "helps (the gain's interval above 0) or hurts (its interval below 0)";
            let said = Invalid::new("--to", format!("\"{found}\""), allowed).to_string();
            clap::Error::raw(ErrorKind::ValueValidation, said + "\n").with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Goal::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

impl From<Goal> for Verdict {
    fn from(goal: Goal) -> Self {
        match goal {
            Goal::Helps => Self::Helps,
            Goal::Hurts => Self::Hurts,
        }
    }
}

pub(super) fn flip(args: &FlipArgs) -> Result<()> {
    study::threads(args.threads)?;
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.scenario()?;
    let bar = progress::counting(100, "{percent} %");
    let report = |share: f64| bar.set_position((100.0 * share) as u64);
    let options = FlipOptions { goal: args.to.map(Verdict::from), ..FlipOptions::default() };
    let found = search(&scenario, options, &Cancel::new(), &report);
    bar.finish_and_clear();
    let found =
        found.map_err(|needed| Invalid::new("flip", &name, needed))?.ok_or(Error::Interrupted)?;
    output::print(&match args.json {
        true => json(&args.source, &name, &scenario, &found)?,
        false => text(&args.source, &scenario, &found),
    })
}

/// The command that opens a changed scenario: what was asked, and the knobs that are turned.
fn opened(source: &Source, scenario: &Scenario, change: &VerdictChange) -> String {
    let draft = scenario.draft();
    let turned = change.turns.iter().map(|turn| {
        let Turn { handle, to, .. } = turn;
        (handle.path(draft), handle.knob.exact(*to))
    });
    command(source, turned.collect(), Vec::new())
}

/// The command that opens the scenario of an alternative.
fn instead(source: &Source, scenario: &Scenario, alternative: &Alternative) -> String {
    match &alternative.instead {
        Instead::Alone => {
            let tasks = scenario.draft().tasks.iter();
            let sources = tasks.filter(|task| task.role == TaskRole::Source);
            command(source, Vec::new(), sources.map(|task| task.name.clone()).collect())
        }
        Instead::Without(task) => command(source, Vec::new(), vec![task.clone()]),
        Instead::Model { knob, value } => {
            let set = (format!("model.{knob}"), value.clone());
            command(source, vec![set], Vec::new())
        }
    }
}

/// The command that opens what was asked with some knobs set and some tasks put aside.
fn command(source: &Source, set: Vec<(String, String)>, aside: Vec<String>) -> String {
    let is_set = |asked: &String| {
        let path = asked.split('=').next();
        set.iter().any(|(knob, _)| path == Some(knob))
    };
    let words = source.words(is_set).into_iter();
    let set = set.iter().flat_map(|(knob, value)| ["--set".to_owned(), format!("{knob}={value}")]);
    let aside = aside.into_iter().flat_map(|task| ["--aside".to_owned(), task]);
    ["taskscope".to_owned()]
        .into_iter()
        .chain(words.chain(set).chain(aside).map(|word| quoted(&word)))
        .collect::<Vec<_>>()
        .join(" ")
}

fn text(source: &Source, scenario: &Scenario, found: &Flip) -> String {
    let mut text =
        format!("{}\n\n{}\n", words::now(scenario, found), words::found(scenario, found));
    if !found.changes.is_empty() {
        let table = words::table(scenario, found);
        text += &format!("\n    {}\n", table.head);
        let changes = table.changes.iter().zip(&found.changes).zip(1..);
        for ((lines, change), place) in changes {
            let lines = lines.replace('\n', "\n    ");
            text += &format!("{place:>2}. {lines}\n    {}\n", opened(source, scenario, change));
        }
    }
    if let Some(head) = words::alternatives(scenario, found) {
        text += &format!("\n{head}\n\n");
        for (alternative, place) in found.alternatives.iter().zip(found.changes.len() + 1..) {
            let said = words::alternative(scenario, alternative);
            text +=
                &format!("{place:>2}. {said}\n    {}\n", instead(source, scenario, alternative));
        }
    }
    for (place, without) in words::without(scenario, found).into_iter().enumerate() {
        text += &format!("{}{without}\n", if place == 0 { "\n" } else { "" });
    }
    text + &of_rows(scenario).iter().map(|c| format!("\nBeware: {c}\n")).collect::<String>()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    name: &'a str,
    now: Said,
    predicted_gain: Option<f64>,
    predicted_margin: Option<f64>,
    goal: Verdict,
    changes: Vec<Changed>,
    /// The knobs without a change of their own, and why.
    without: BTreeMap<String, &'static str>,
    /// What can be done without changing the data, where training together hurts.
    alternatives: Vec<Alternatively<'a>>,
}

/// What a measurement says of the targets.
#[derive(Serialize)]
struct Said {
    verdict: Verdict,
    gain: Option<Interval>,
    error_alone: f64,
    error_together: f64,
    trials: usize,
}

#[derive(Serialize)]
struct Changed {
    turns: Vec<Turned>,
    distance: f64,
    predicted_gain: Option<f64>,
    predicted_margin: Option<f64>,
    measured: Said,
    /// The error alone as a multiple of that before, on the same trials.
    error_alone_times: f64,
    makes_target_harder: bool,
    command: String,
}

#[derive(Serialize)]
struct Turned {
    knob: String,
    from: f64,
    to: f64,
    notches: i32,
}

#[derive(Serialize)]
struct Alternatively<'a> {
    /// `alone`, `without`, `weights`, `method` or `width`.
    what: &'static str,
    /// The source that is left out, or the value of the knob.
    name: Option<&'a str>,
    /// The gain over training alone, with the errors on the same trials; of training alone, none.
    measured: Said,
    command: String,
}

fn alternatively<'a>(
    source: &Source,
    scenario: &Scenario,
    alternative: &'a Alternative,
) -> Alternatively<'a> {
    let measured = of(&alternative.outcome);
    let alone = measured.error_alone;
    let (what, name, measured) = match &alternative.instead {
        Instead::Alone => {
            let verdict = Verdict::OneTask;
            ("alone", None, Said { verdict, gain: None, error_together: alone, ..measured })
        }
        Instead::Without(task) => ("without", Some(task.as_str()), measured),
        Instead::Model { knob, value } => (*knob, Some(value.as_str()), measured),
    };
    Alternatively { what, name, measured, command: instead(source, scenario, alternative) }
}

fn said(measured: &Measurement) -> Said {
    of(&measured.own().targets)
}

fn of(outcome: &Outcome) -> Said {
    Said {
        verdict: outcome.verdict,
        gain: outcome.gain,
        error_alone: outcome.single.mean,
        error_together: outcome.multi.mean,
        trials: outcome.trials,
    }
}

fn json(source: &Source, name: &str, scenario: &Scenario, found: &Flip) -> Result<String> {
    let draft = scenario.draft();
    let changed = |change: &VerdictChange| Changed {
        turns: change
            .turns
            .iter()
            .map(|turn| Turned {
                knob: turn.handle.path(draft),
                from: turn.from,
                to: turn.to,
                notches: turn.notches,
            })
            .collect(),
        distance: change.distance(),
        predicted_gain: change.predicted.map(|predicted| predicted.gain),
        predicted_margin: change.predicted.map(|predicted| predicted.margin),
        measured: said(&change.measured),
        error_alone_times: change.alone,
        makes_target_harder: change.makes_harder(),
        command: opened(source, scenario, change),
    };
    let document = Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        name,
        now: said(&found.now),
        predicted_gain: found.predicted.ok().map(|predicted| predicted.gain),
        predicted_margin: found.predicted.ok().map(|predicted| predicted.margin),
        goal: found.goal,
        changes: found.changes.iter().map(changed).collect(),
        without: found
            .without
            .iter()
            .map(|(handle, lack)| (handle.path(draft), lack.name()))
            .collect(),
        alternatives: found
            .alternatives
            .iter()
            .map(|alternative| alternatively(source, scenario, alternative))
            .collect(),
    };
    in_json(&document)
}
