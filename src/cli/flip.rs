//! `taskscope flip`: small changes that turn the verdict of a scenario.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Serialize;

use crate::cancel::Cancel;
use crate::cli::source::Source;
use crate::cli::{interrupt, output, progress, study};
use crate::error::{Error, Invalid, Result};
use crate::export::table::in_json;
use crate::figure::words::flip as words;
use crate::flip::{Flip, FlipOptions, VerdictChange, flip as search};
use crate::math::stats::Interval;
use crate::provenance::command::quoted;
use crate::scenario::Scenario;
use crate::study::Measurement;
use crate::transfer::Verdict;

/// Version of the JSON.
const SCHEMA: &str = "taskscope.flip/1";

#[derive(Debug, clap::Args)]
pub(super) struct FlipArgs {
    #[command(flatten)]
    pub source: Source,
    /// The verdict that is wanted [default: the opposite of the present one; where there is no
    /// difference, the opposite of the predicted one, or helps without a prediction]
    #[arg(long, value_name = "VERDICT")]
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
    /// Training together lowers the error
    Helps,
    /// Training together raises the error
    Hurts,
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
    let options = FlipOptions { goal: args.to.map(Verdict::from) };
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
    let turned = change
        .turns
        .iter()
        .map(|turn| format!("{}={}", turn.handle.path(draft), turn.handle.knob.exact(turn.to)));
    let is_turned = |set: &String| {
        let path = set.split('=').next();
        change.turns.iter().any(|turn| path == Some(&turn.handle.path(draft)))
    };
    let words = source.words(is_turned).into_iter();
    let words = words.chain(turned.flat_map(|set| ["--set".to_owned(), set]));
    ["taskscope".to_owned()]
        .into_iter()
        .chain(words.map(|word| quoted(&word)))
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
    for (place, without) in words::without(scenario, found).into_iter().enumerate() {
        text += &format!("{}{without}\n", if place == 0 { "\n" } else { "" });
    }
    text
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

fn said(measured: &Measurement) -> Said {
    let outcome = &measured.own().targets;
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
    };
    in_json(&document)
}
