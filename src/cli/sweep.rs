//! `taskscope sweep`: the gain along one knob or two.

use crate::cli::source::{Changes, with_methods};
use crate::cli::study;
use crate::cli::study::Running;
use crate::error::{Invalid, Result};
use crate::study::StudyDraft;
use crate::study::draft::{NamedScenario, Question};

pub(super) fn sweep(args: &Sweep) -> Result<()> {
    study::study(question(args)?, &args.running, false)
}

/// The study to run; `None` if the arguments name none and the folder holds it.
fn question(args: &Sweep) -> Result<Option<StudyDraft>> {
    if args.scenarios.is_empty() {
        let nothing = args.x.is_empty()
            && args.y.is_none()
            && args.methods.is_empty()
            && args.changes.is_nothing();
        if args.running.resume && nothing {
            return Ok(None);
        }
        let allowed = "a preset or a scenario file, or --resume --out DIR alone";
        return Err(Invalid::new("scenario", "none", allowed).into());
    }
    let mut entries: Vec<NamedScenario> = Vec::new();
    for asked in &args.scenarios {
        let (name, mut draft) = args.changes.draft(asked)?;
        draft.compare.clone_from(&args.methods);
        let scenario = with_methods(draft, &args.methods)?;
        if entries.iter().any(|entry| entry.name == name) {
            return Err(Invalid::new("scenario", format!("\"{name}\" twice"), "each once").into());
        }
        entries.push(NamedScenario { name, scenario: scenario.draft().clone() });
    }
    let mut x = args.x.clone();
    if x.is_empty() {
        let scenario = crate::scenario::Scenario::check(entries[0].scenario.clone())?;
        x.push(scenario.focus().path(scenario.draft()));
    }
    let question = Question::Sweep { x, y: args.y.clone() };
    Ok(Some(StudyDraft::new(question, entries)))
}

#[derive(Debug, clap::Args)]
#[command(after_help = SWEEP)]
pub(super) struct Sweep {
    /// Presets (see `taskscope presets`) or scenario files, drawn together in one figure
    #[arg(value_name = "PRESET|FILE")]
    pub scenarios: Vec<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// The knob along x and its values; several are drawn together [default: the knob in focus]
    #[arg(long, value_name = "KNOB=FROM:TO:N[:log]")]
    pub x: Vec<String>,
    /// A second knob, for a phase diagram
    #[arg(long, value_name = "KNOB=FROM:TO:N[:log]")]
    pub y: Option<String>,
    /// Measure another weighting scheme or method beside the scenario's own; may be given several
    /// times
    #[arg(long = "method", value_name = "NAME")]
    pub methods: Vec<String>,
    #[command(flatten)]
    pub running: Running,
}

const SWEEP: &str = "Values of a knob: KNOB=FROM:TO:N takes N evenly spaced values, \
KNOB=FROM:TO:N:log spaces them evenly in the logarithm, KNOB=A,B,C lists them, and KNOB alone \
takes 21 values over the range of its slider.\n\nThe folder holds \
study.json (the question), records.log (every trial), sweep.csv, sweep.json, sweep.png, sweep.svg \
and command.txt.";
