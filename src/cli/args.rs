//! The command-line arguments, and the scenario they describe.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Parser, Subcommand, ValueEnum};

use super::drawing::Drawn;
use super::read::read;
use crate::catalog::FIGURES;
use crate::error::{EXIT_CODES, Error, Invalid, Result};
use crate::method::{Approach, Method, Weighting};
use crate::scenario::preset::PRESETS;
use crate::scenario::{Preset, Scenario, ScenarioDraft, knob, share};

/// See when learning tasks together helps and when it hurts.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = after_help())]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub open: Source,
    /// Use line mode (commands and plain sentences) instead of the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
    /// Print every setting with its value and origin, and the paths of files
    #[arg(long)]
    pub print_config: bool,
}

/// Flags for the look of the screen; the configuration file sets the same permanently.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Screen")]
pub(super) struct Looks {
    /// Theme: auto (ask the terminal), dark, light, contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, conflicts_with = "colours")]
    pub color: Option<When>,
    /// Colour depth of the terminal: auto (detect it), none, 16, 256 or true
    #[arg(long, alias = "colors", value_name = "DEPTH")]
    pub colours: Option<String>,
    /// Characters to draw charts with: auto, braille, blocks or ascii
    #[arg(long, value_name = "NAME")]
    pub marks: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Show no tips
    #[arg(long)]
    pub no_tips: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// If the terminal has them and `NO_COLOR` is not set
    Auto,
    /// Even if `NO_COLOR` is set
    Always,
    /// Without colours
    Never,
}

/// The text below the help of the program.
fn after_help() -> String {
    let codes = EXIT_CODES.map(|(code, meaning)| format!("{code} {meaning}"));
    format!(
        "Without a subcommand, the scenario opens on the screen. If the output is not a \
         terminal, the program prints a summary, or runs the line-mode commands on standard \
         input.\n\nExit codes: {}.\n\n`taskscope guide` explains what the program shows.",
        codes.join("; ")
    )
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open a scenario, a figure or a study (the same as without a subcommand)
    Open(Open),
    /// Measure a scenario and print the results
    Run(Run),
    /// List the presets, or print one as a scenario file
    Presets(Presets),
    /// List the knobs of a scenario with their values and allowed ranges
    Knobs(Knobs),
    /// Draw figures of a scenario or a study, or a whole screen, as files
    Export(Export),
    /// List the figures, what they show and what they need
    Figures(Figures),
    /// Measure the claims of the paper, each in its own setting
    Claims(Claims),
    /// Draw the figures of the paper on synthetic data, with a page about them
    Reproduce(Reproduce),
    /// Measure the gain along one knob or two
    Sweep(Sweep),
    /// Measure what every task gains with every other, and how well cheap proxies predict it
    Affinity(Affinity),
    /// Merge the parts of a study
    Merge(Merge),
    /// Play, check, print and write lessons
    Lesson(Lesson),
    /// Show a test card of the terminal and what was detected
    #[cfg(feature = "tui")]
    Doctor(Doctor),
    /// Print the completion script for a shell
    Completions(Completions),
    /// List the topics of the guide, or show one
    Guide(super::guide::Guide),
    /// Print the manual page, or write one for each command
    Man(Man),
}

#[derive(Debug, clap::Args)]
pub(super) struct Lesson {
    #[command(subcommand)]
    pub command: super::lesson::Command,
}

#[cfg(feature = "tui")]
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    pub looks: Looks,
}

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The folder to write the manual pages of all commands to
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// A scenario to open, and how to show it.
#[derive(Debug, clap::Args)]
pub(super) struct Open {
    #[command(flatten)]
    pub source: Source,
    /// Use line mode (commands and plain sentences) instead of the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
}

/// A scenario and the changes made to it.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A preset (see `taskscope presets`), a scenario file, a figure that holds its scenario, or a
    /// shared string [default: two-tasks]; `open` and `export` also take a study folder or its
    /// figure
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
}

/// Changes to a scenario.
#[derive(Debug, clap::Args)]
pub(super) struct Changes {
    /// Set a knob (see `taskscope knobs`); may be given several times
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub set: Vec<String>,
    /// Number of trials [default: that of the scenario]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub trials: Option<String>,
    /// Seed of all random draws [default: that of the scenario]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub seed: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub source: Source,
    /// Measure another weighting scheme or method beside the scenario's own; may be given several
    /// times
    #[arg(long = "method", value_name = "NAME")]
    pub methods: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Claims {
    /// The claims to measure [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Number of trials of every measurement [default: each claim's own]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
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

#[derive(Debug, clap::Args)]
#[command(after_help = AFFINITY)]
pub(super) struct Affinity {
    /// A preset (see `taskscope presets`) or a scenario file
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// Train every group of up to K tasks, not only every pair
    #[arg(long, value_name = "K", default_value_t = crate::study::groups::GROUPS)]
    pub groups: usize,
    /// The most models a suggested plan may have
    #[arg(long, value_name = "M", default_value_t = crate::study::affinity::MODELS)]
    pub models: usize,
    /// Descent steps for the proxies gradient cosine and look-ahead
    #[arg(long, value_name = "N", default_value_t = crate::study::probe::STEPS)]
    pub steps: usize,
    #[command(flatten)]
    pub running: Running,
}

const AFFINITY: &str = "The folder holds study.json (the question), records.log (every trial), \
affinity.csv, affinity.json, the matrix and a figure per proxy as PNG and SVG, and command.txt.";

/// Options for running a study.
#[derive(Debug, clap::Args)]
pub(super) struct Running {
    /// The folder to write records, tables and figures to; created if missing
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Continue from the records in the folder; with --out alone, its study.json is the question
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Run only every N-th trial, starting with the I-th; `taskscope merge` joins the parts
    #[arg(long, value_name = "I/N", requires = "out")]
    pub shard: Option<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

const SWEEP: &str = "Values of a knob: KNOB=FROM:TO:N takes N evenly spaced values, \
KNOB=FROM:TO:N:log spaces them evenly in the logarithm, KNOB=A,B,C lists them, and KNOB alone \
takes 21 values over the range of its slider.\n\nThe folder holds \
study.json (the question), records.log (every trial), sweep.csv, sweep.json, sweep.png, sweep.svg \
and command.txt.";

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// The folders of the parts of one study, each run with --shard
    #[arg(value_name = "DIR", required = true)]
    pub parts: Vec<PathBuf>,
    /// The folder to write the whole study to; created if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Presets {
    /// The preset to print
    pub name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Knobs {
    #[command(flatten)]
    pub source: Source,
}

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    #[command(flatten)]
    pub source: Source,
    /// The figures to draw (see `taskscope figures`), separated by commas; all draws every one of
    /// the scenario or study [default: the same as the figure given]
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = figures())]
    pub figure: Vec<String>,
    #[cfg(feature = "tui")]
    #[command(flatten)]
    pub shown: super::screen::Shown,
    /// The knob along x in gain and sweep, for a sweep also KNOB=FROM:TO:N[:log] [default: the knob
    /// in focus]; give it twice for a phase diagram; with --screen, the knob in focus
    #[arg(long, value_name = "KNOB")]
    pub along: Vec<String>,
    /// The task whose rows or spectrum are drawn [default: the first target]
    #[arg(long, value_name = "TASK")]
    pub task: Option<String>,
    /// The proxies to draw gains against, separated by commas, or all [default: the first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub proxy: Vec<String>,
    /// The method whose phase diagram is drawn if the study compares several, or all [default: the
    /// first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub method: Vec<String>,
    #[command(flatten)]
    pub drawn: Drawn,
    /// The file to write (.png, .svg, .pdf, .csv, .json or .tex; for a screen .svg, .png, .ans or
    /// .txt), or with --format the folder. An existing file is replaced only if taskscope wrote it
    /// and it is of the same kind. Several figures have their IDs before the extension
    #[arg(long, value_name = "FILE|DIR")]
    pub out: PathBuf,
}

const REPRODUCE: &str = "The folder holds each figure as PNG, SVG, PDF and CSV with a caption and \
alternative text. index.html shows them all: how each differs from the paper's figure, n, \
intervals, seeds and the commands that redraw it. The same command writes the same bytes.";

#[derive(Debug, clap::Args)]
#[command(after_help = REPRODUCE)]
pub(super) struct Reproduce {
    /// The folder to write; created if missing; taskscope files of the same names are replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of trials at every point [default: each figure's own, 30 or 60]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Draw only these figures
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Size of the figures: for the screen, a column or the text width of a paper, a slide or a
    /// poster [default: text]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// Palette: the colours of Okabe and Ito, or greys for print [default: okabe-ito]
    #[arg(long, value_name = "okabe-ito|grey")]
    pub colours: Option<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Figures {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// The name that selects all figures of a scenario.
pub(super) const ALL_FIGURES: &str = "all";

/// The IDs of the figures, each with a description.
fn figures() -> PossibleValuesParser {
    let known = FIGURES.iter().map(|figure| PossibleValue::new(figure.id).help(figure.shows));
    let all = PossibleValue::new(ALL_FIGURES).help("Every figure that the scenario has.");
    PossibleValuesParser::new(known.chain([all]))
}

impl Source {
    /// The scenario and its name.
    pub(super) fn scenario(&self) -> Result<(String, Scenario)> {
        self.comparing(&[])
    }

    /// The scenario with further approaches to compare, and its name.
    pub(super) fn comparing(&self, methods: &[String]) -> Result<(String, Scenario)> {
        let asked = self.scenario.as_deref().unwrap_or(PRESETS[0].name);
        let (name, mut draft) = self.changes.draft(asked)?;
        draft.compare.extend(methods.iter().cloned());
        Ok((name, with_methods(draft, methods)?))
    }
}

impl Changes {
    /// The draft of a preset or file with the changes applied, and its name.
    pub(super) fn draft(&self, asked: &str) -> Result<(String, ScenarioDraft)> {
        let (name, origin, mut draft) = found(asked)?;
        Scenario::check(draft.clone()).map_err(|problem| Error::Scenario { origin, problem })?;
        for assignment in &self.set {
            knob::assign(&mut draft, assignment)?;
        }
        for (flag, text) in [("--trials", &self.trials), ("--seed", &self.seed)] {
            let Some(text) = text else { continue };
            let value = number(flag, text)?;
            if flag == "--trials" { draft.trials = value } else { draft.seed = value }
        }
        Ok((name, draft))
    }
}

/// Name, origin and draft of a preset, a shared string or a file.
fn found(asked: &str) -> Result<(String, String, ScenarioDraft)> {
    if let Some(preset) = Preset::find(asked) {
        let origin = format!("preset {asked}");
        return Ok((asked.to_owned(), origin.clone(), ScenarioDraft::parse(preset.json, &origin)?));
    }
    if asked.starts_with(share::PREFIX) {
        let (name, draft) = share::from_string(asked)?;
        return Ok((name, "shared string".into(), draft));
    }
    let name = crate::store::read::name(Path::new(asked));
    Ok((name, asked.to_owned(), ScenarioDraft::parse(&read(asked)?, asked)?))
}

/// Checks a scenario and the methods named for comparison, each of which must apply to it.
pub(super) fn with_methods(draft: ScenarioDraft, methods: &[String]) -> Result<Scenario> {
    let own = Approach { weighting: Weighting::Uniform, method: Method::Joint };
    if let Some(name) = methods.iter().find(|name| own.named(name).is_none()) {
        let found = format!("\"{name}\"");
        return Err(Invalid::new("--method", found, Approach::names().join(", ")).into());
    }
    let scenario = Scenario::check(draft)?;
    for method in methods {
        let approach = scenario.approach().named(method);
        if !approach.is_some_and(|approach| scenario.approaches().contains(&approach)) {
            let allowed = "a scheme or method that works with this model: alignment, \
                           ridge and random weights need linear units and squared loss";
            return Err(Invalid::new("--method", format!("\"{method}\""), allowed).into());
        }
    }
    Ok(scenario)
}

/// A preset or file without changes, and its name.
pub(super) fn unchanged(asked: &str) -> Result<(String, Scenario)> {
    let changes = Changes { set: Vec::new(), trials: None, seed: None };
    let (name, draft) = changes.draft(asked)?;
    Ok((name, Scenario::check(draft)?))
}

fn number(flag: &str, text: &str) -> Result<f64> {
    let invalid = || crate::error::Invalid::new(flag, format!("\"{text}\""), "a whole number");
    text.parse().map_err(|_| invalid().into())
}
