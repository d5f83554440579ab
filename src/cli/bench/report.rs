//! The arguments of the command, and what it prints.

use serde::Serialize;

use crate::cli::bench::clock::Timed;
use crate::error::{Invalid, Result};

/// Tasks of the cases with rows.
pub(super) const TASKS: usize = 3;
/// Rows of every task.
pub(super) const ROWS: usize = 10_000;

/// The clock of the processor says nothing about a shorter time, in seconds.
const SHORT: f64 = 0.05;
/// Below this share of the time on the wall, the processor was busy with other programs.
const FREE: f64 = 0.9;

/// A measurement.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    case: Case,
    /// The shape in words.
    shape: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dtype: Option<Dtype>,
    threads: usize,
    steps: usize,
    /// The loop alone, by the clock on the wall.
    seconds: f64,
    /// The loop alone, of the processor; of all threads.
    processor_seconds: f64,
    steps_per_second: f64,
    /// A number that another program must find too: the loss after 20 steps, or a sum of results.
    loss_check: f64,
}

impl Report {
    pub(super) fn new(
        args: &Bench,
        case: Case,
        shape: String,
        timed: Timed,
        loss_check: f64,
    ) -> Self {
        let Timed { steps, seconds, processor_seconds } = timed;
        let dtype = matches!(case, Case::Relu | Case::Logistic).then_some(args.dtype());
        let steps_per_second = steps as f64 / seconds;
        let threads = args.threads();
        Self {
            case,
            shape,
            dtype,
            threads,
            steps,
            seconds,
            processor_seconds,
            steps_per_second,
            loss_check,
        }
    }

    pub(super) fn text(&self) -> String {
        let each = 1e6 * self.seconds / self.steps as f64;
        format!(
            "{}\n{} steps in {:.3} s: {:.1} steps/s, {each:.1} µs each\n{}loss check: {:.12} \
             (another program on this shape must find the same number)\n",
            self.shape,
            self.steps,
            self.seconds,
            self.steps_per_second,
            self.caution(),
            self.loss_check
        )
    }

    /// Says that other programs kept the processor busy, if they did; known for one thread only.
    fn caution(&self) -> String {
        let is_short = self.seconds < SHORT;
        if self.threads > 1 || is_short || self.processor_seconds > FREE * self.seconds {
            return String::new();
        }
        let steps = self.steps as f64 / self.processor_seconds;
        format!(
            "the processor was busy with other programs: it spent only {:.3} s on these steps, \
             which is {steps:.1} steps/s of its own time\n",
            self.processor_seconds
        )
    }
}

/// A computation that is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Case {
    /// Gradient descent of ReLU units with squared loss, on rows
    Relu,
    /// Gradient descent of linear units with logistic loss, on rows
    Logistic,
    /// Gradient descent of linear units with squared loss, on moments
    Linear,
    /// Exact optima for 3 kinds of sources and 10 numbers of their rows; a step is a seed
    Sweep,
    /// θ, SVD weights and all similarity scores of 10 tasks
    Svd,
    /// Trials of the preset two-tasks
    Trial,
}

/// How rows are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dtype {
    /// Seven digits, half the memory
    Float32,
    /// Sixteen digits, as everywhere else in the program
    Float64,
}

#[derive(Debug, clap::Args)]
#[command(override_usage = "taskscope bench [OPTIONS] <--case <CASE>|--roofline>")]
pub(in crate::cli) struct Bench {
    /// What to time
    #[arg(long, value_enum, required_unless_present = "roofline")]
    pub(super) case: Option<Case>,
    /// Number of units of the shared module; for relu, logistic and linear [default: 1]
    #[arg(long, value_name = "R", value_parser = clap::value_parser!(u16).range(1..=64))]
    r: Option<u16>,
    /// Number of features of the case svd [default: 100]
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u16).range(2..=2000))]
    d: Option<u16>,
    /// How rows are stored; for relu and logistic [default: float64]
    #[arg(long, value_enum)]
    dtype: Option<Dtype>,
    /// Number of threads; for relu and logistic [default: 1]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<usize>,
    /// Steps to time; without it, as many as take about a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) steps: Option<u64>,
    /// Draw the rows of the case sweep instead of their moments
    #[arg(long)]
    pub(super) rows: bool,
    /// Measure what the machine can do: reading memory, and arithmetic
    #[arg(long, conflicts_with_all = ["case", "steps"])]
    pub(super) roofline: bool,
    /// Print only the line of JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Case {
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

impl Bench {
    /// Number of units of the shared module.
    pub(super) fn width(&self) -> u16 {
        self.r.unwrap_or(1)
    }

    /// Number of features of the case svd.
    pub(super) fn features(&self) -> u16 {
        self.d.unwrap_or(100)
    }

    /// How rows are stored.
    pub(super) fn dtype(&self) -> Dtype {
        self.dtype.unwrap_or(Dtype::Float64)
    }

    /// Number of threads.
    pub(super) fn threads(&self) -> usize {
        self.threads.unwrap_or(1)
    }

    /// Refuses an option that changes nothing in a case.
    pub(super) fn check(&self, case: Case) -> Result<()> {
        let (on_rows, descends) = (
            matches!(case, Case::Relu | Case::Logistic),
            !matches!(case, Case::Sweep | Case::Svd | Case::Trial),
        );
        let options = [
            (
                "--r",
                self.r.is_some(),
                descends,
                "--case relu, logistic or linear, which have a width",
            ),
            (
                "--d",
                self.d.is_some(),
                case == Case::Svd,
                "--case svd; the others have fixed shapes",
            ),
            ("--dtype", self.dtype.is_some(), on_rows, "--case relu or logistic, which store rows"),
            (
                "--threads",
                self.threads.is_some(),
                on_rows,
                "--case relu or logistic, which share their rows out",
            ),
            ("--rows", self.rows, case == Case::Sweep, "--case sweep, which has the choice"),
        ];
        match options.into_iter().find(|(_, given, used, _)| *given && !used) {
            Some((flag, _, _, reason)) => Err(Invalid::new(
                flag,
                format!("case {}, where it changes nothing", case.name()),
                reason,
            )
            .into()),
            None => Ok(()),
        }
    }
}

fn threads(text: &str) -> std::result::Result<usize, String> {
    let number = text.parse().ok().filter(|n| (1..=256).contains(n));
    number.ok_or_else(|| "a number from 1 to 256".to_owned())
}
