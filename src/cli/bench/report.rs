//! The arguments of the command, and what it prints.

use serde::Serialize;

use crate::cli::bench::clock::Timed;

/// Tasks of the cases with rows.
pub(super) const TASKS: usize = 3;
/// Rows of every task.
pub(super) const ROWS: usize = 10_000;

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
        let dtype = matches!(case, Case::Relu | Case::Logistic).then_some(args.dtype);
        let steps_per_second = steps as f64 / seconds;
        let threads = args.threads;
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
            "{}\n{} steps in {:.3} s: {:.1} steps/s, {each:.1} µs each\nloss check: {:.12}\n",
            self.shape, self.steps, self.seconds, self.steps_per_second, self.loss_check
        )
    }
}

/// What is timed.
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
pub(in crate::cli) struct Bench {
    /// What to time
    #[arg(long, value_enum, required_unless_present = "roofline")]
    pub(super) case: Option<Case>,
    /// Number of units of the shared module
    #[arg(long, value_name = "R", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(super) r: u16,
    /// Number of features of the case svd
    #[arg(long, value_name = "D", default_value_t = 100, value_parser = clap::value_parser!(u16).range(2..=2000))]
    pub(super) d: u16,
    /// How rows are stored; for relu and logistic
    #[arg(long, value_enum, default_value = "float64")]
    pub(super) dtype: Dtype,
    /// Number of threads; for relu and logistic
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = threads)]
    pub(super) threads: usize,
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

fn threads(text: &str) -> std::result::Result<usize, String> {
    let number = text.parse().ok().filter(|n| (1..=256).contains(n));
    number.ok_or_else(|| "a number from 1 to 256".to_owned())
}
