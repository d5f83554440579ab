//! The arguments, and how they make a scenario.

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
    /// Ask and answer in lines of plain words instead of opening the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
    /// Print every setting, its value and where it comes from, and where files are looked for
    #[arg(long)]
    pub print_config: bool,
}

/// How the screen looks and behaves; the configuration says it for good.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Screen")]
pub(super) struct Looks {
    /// Colours for which background: auto (ask the terminal), dark, light, contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Whether there are colours at all
    #[arg(long, value_name = "WHEN", value_enum, conflicts_with = "colours")]
    pub color: Option<When>,
    /// How many colours the terminal has: auto (conclude it), none, 16, 256 or true
    #[arg(long, alias = "colors", value_name = "DEPTH")]
    pub colours: Option<String>,
    /// Characters of lines and points: auto, braille, blocks or ascii
    #[arg(long, value_name = "NAME")]
    pub marks: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Give no tips
    #[arg(long)]
    pub no_tips: bool,
}

/// Whether there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// As the terminal has them, unless `NO_COLOR` is set
    Auto,
    /// As the terminal has them
    Always,
    /// None
    Never,
}

/// What stands below the help of the program.
fn after_help() -> String {
    let codes = EXIT_CODES.map(|(code, meaning)| format!("{code} {meaning}"));
    format!(
        "Without a subcommand the scenario is opened on the screen; where the output is no \
         terminal, its summary is printed, or the commands of line mode on standard input are \
         carried out.\n\nExit codes: {}.\n\n`taskscope guide` explains what the program shows.",
        codes.join("; ")
    )
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open a scenario, the one inside a figure, or a study, as without a subcommand
    Open(Open),
    /// Measure a scenario and print the outcome
    Run(Run),
    /// List the presets, or print the file of one
    Presets(Presets),
    /// List the knobs of a scenario with their values and what is allowed
    Knobs(Knobs),
    /// Draw figures of a scenario or of a study, or a whole screen, into files
    Export(Export),
    /// List the figures with what they show and need
    Figures(Figures),
    /// Measure the claims of the paper, each in the setting in which it appears
    Claims(Claims),
    /// Draw the figures of the paper in synthetic form, with a page about them
    Reproduce(Reproduce),
    /// Measure the gain along a knob, or across two
    Sweep(Sweep),
    /// Measure what every task gains with every other, and which cheap proxies know it
    Affinity(Affinity),
    /// Put the parts of a study together
    Merge(Merge),
    /// Play, check, print and write lessons
    Lesson(Lesson),
    /// Show a test card of the terminal and what is concluded of it
    #[cfg(feature = "tui")]
    Doctor(Doctor),
    /// Print the script by which a shell completes commands and flags
    Completions(Completions),
    /// List the topics of the guide, or show one
    Guide(super::guide::Guide),
    /// Print the manual, or write a page for each command
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
    /// The folder for the pages of all commands
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What is opened, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Open {
    #[command(flatten)]
    pub source: Source,
    /// Ask and answer in lines of plain words instead of opening the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
}

/// Where a scenario comes from and how it is changed.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A preset (see `taskscope presets`), a scenario file, a figure with its scenario inside or a shared string
    /// [default: two-tasks]; where it is opened or drawn also the folder of a study or a figure of one
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
}

/// How a scenario is changed.
#[derive(Debug, clap::Args)]
pub(super) struct Changes {
    /// Turn a knob (see `taskscope knobs`); may be given several times
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub set: Vec<String>,
    /// Number of trials behind a verdict [default: that of the scenario]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub trials: Option<String>,
    /// Seed of every draw [default: that of the scenario]
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
    /// The claims to be measured [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Number of trials behind every measurement [default: each claim's own]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = SWEEP)]
pub(super) struct Sweep {
    /// Presets (see `taskscope presets`) or scenario files, overlaid in one figure
    #[arg(value_name = "PRESET|FILE")]
    pub scenarios: Vec<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// The knob along x and its values; several are overlaid [default: the knob in focus]
    #[arg(long, value_name = "KNOB=FROM:TO:N[:log]")]
    pub x: Vec<String>,
    /// A second knob: a phase diagram
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
    #[arg(long, value_name = "K", default_value_t = crate::study::affinity::GROUPS)]
    pub groups: usize,
    /// The most models a suggested plan may have
    #[arg(long, value_name = "M", default_value_t = crate::study::affinity::MODELS)]
    pub models: usize,
    /// Steps of descent behind the gradient cosine and the look-ahead
    #[arg(long, value_name = "N", default_value_t = crate::study::probe::STEPS)]
    pub steps: usize,
    #[command(flatten)]
    pub running: Running,
}

const AFFINITY: &str = "The folder holds study.json (the question), records.log (every trial), \
affinity.csv, affinity.json, the matrix and a figure for each proxy as PNG and SVG, and command.txt.";

/// How a study is run.
#[derive(Debug, clap::Args)]
pub(super) struct Running {
    /// The folder for records, tables and figures; made if need be
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with the records in the folder; given with --out alone, ask what study.json there asks
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Run only every N-th trial, from the I-th on; `taskscope merge` puts the parts together
    #[arg(long, value_name = "I/N", requires = "out")]
    pub shard: Option<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

const SWEEP: &str = "Values of a knob: KNOB=FROM:TO:N spreads N values evenly, KNOB=FROM:TO:N:log \
in the logarithm, KNOB=A,B,C lists them, KNOB alone takes 21 along its track.\n\nThe folder holds \
study.json (the question), records.log (every trial), sweep.csv, sweep.json, sweep.png, sweep.svg \
and command.txt.";

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// Folders of parts of one study, each run with --shard
    #[arg(value_name = "DIR", required = true)]
    pub parts: Vec<PathBuf>,
    /// The folder for the whole study; made if need be
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Presets {
    /// The preset whose file is printed
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
    /// What is drawn (see `taskscope figures`); several by commas, all that the scenario or the
    /// study has by all [default: what the figure shows that was given]
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = figures())]
    pub figure: Vec<String>,
    #[cfg(feature = "tui")]
    #[command(flatten)]
    pub shown: super::screen::Shown,
    /// The knob along which gain and sweep are drawn, for a sweep also as KNOB=FROM:TO:N[:log]
    /// [default: the one in focus]; given twice for a phase diagram; of a screen the one in focus
    #[arg(long, value_name = "KNOB")]
    pub along: Vec<String>,
    /// The task whose rows are drawn [default: the first target]
    #[arg(long, value_name = "TASK")]
    pub task: Option<String>,
    /// The proxy against which gains are drawn; several by commas, all by all [default: the first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub proxy: Vec<String>,
    /// The way of training whose phase diagram is drawn, where a study compares several; all by all
    /// [default: the first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub method: Vec<String>,
    #[command(flatten)]
    pub drawn: Drawn,
    /// The file to write, .png, .svg, .pdf, .csv, .json or .tex, of a screen .svg, .png, .ans or .txt, or
    /// with --format the folder; a file of taskscope of the same kind is replaced. Of several figures
    /// each has its ID before the ending
    #[arg(long, value_name = "FILE|DIR")]
    pub out: PathBuf,
}

const REPRODUCE: &str = "The folder holds each figure as PNG, SVG, PDF and CSV with caption and \
alternative text, and index.html with all of them: what of the paper's figure each is and is not, n, \
intervals, seeds and the commands that draw it again. The same command gives the same bytes.";

#[derive(Debug, clap::Args)]
#[command(after_help = REPRODUCE)]
pub(super) struct Reproduce {
    /// The folder; made if need be, files of taskscope of the same names are replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of trials behind every point [default: each figure's own, 30 or 60]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Only these figures
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Draw them for a column or the full width of a paper, a slide, a poster or the screen
    /// [default: text]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// Draw them in the colours of Okabe and Ito, or in greys for print [default: okabe-ito]
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

/// All figures that a scenario has.
pub(super) const ALL_FIGURES: &str = "all";

/// The names of the figures, each with what it shows.
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

    /// The scenario with further approaches to be compared, and its name.
    pub(super) fn comparing(&self, methods: &[String]) -> Result<(String, Scenario)> {
        let asked = self.scenario.as_deref().unwrap_or(PRESETS[0].name);
        let (name, mut draft) = self.changes.draft(asked)?;
        draft.compare.extend(methods.iter().cloned());
        Ok((name, with_methods(draft, methods)?))
    }
}

impl Changes {
    /// A preset or file with the changes made to it, and its name.
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

/// Checks a scenario that compares methods asked for by name, each of which must apply to it.
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
            let allowed = "a scheme or method by which this model can be trained: alignment, \
                           ridge and random weights are for linear units and squared loss";
            return Err(Invalid::new("--method", format!("\"{method}\""), allowed).into());
        }
    }
    Ok(scenario)
}

/// A preset or file as it is, and its name.
pub(super) fn unchanged(asked: &str) -> Result<(String, Scenario)> {
    let changes = Changes { set: Vec::new(), trials: None, seed: None };
    let (name, draft) = changes.draft(asked)?;
    Ok((name, Scenario::check(draft)?))
}

fn number(flag: &str, text: &str) -> Result<f64> {
    let invalid = || crate::error::Invalid::new(flag, format!("\"{text}\""), "a whole number");
    text.parse().map_err(|_| invalid().into())
}
