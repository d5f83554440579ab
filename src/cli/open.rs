//! `taskscope [PRESET|FILE|FOLDER|FIGURE]`: opens the screen, or without a terminal line mode or
//! a summary.

use std::io::{IsTerminal, stdin, stdout};

use crate::cli::kept::Kept;
use crate::cli::lesson::play::{Play, play};
use crate::cli::looks::Looks;
use crate::cli::source::Source;
use crate::cli::tty::{is_dumb, is_screen};
use crate::cli::{config, interrupt, kept, line, output, picker, report, run, study};
use crate::error::Result;
use crate::study::records::TrialRecords;

pub(super) fn open(args: &Open) -> Result<()> {
    if args.tour {
        return play(&Play::tour(args.line, &args.looks));
    }
    let on_screen = is_screen() && !args.line;
    let begin = if on_screen { TrialRecords::whole } else { TrialRecords::lean };
    if let Some(kept) = kept::find(args.source.scenario.as_deref(), begin)? {
        return open_study(kept, args);
    }
    if on_screen && let Some(app) = picker::app(&args.source)? {
        return screen(app, &args.looks);
    }
    let (name, scenario) = args.source.scenario()?;
    let (input, output) = (stdin().is_terminal(), stdout().is_terminal());
    if args.line || (input && output && is_dumb()) {
        return line::converse(name, scenario, input && output, Box::new(stdin().lock()));
    }
    if is_screen() {
        return screen(crate::app::App::new(name, scenario), &args.looks);
    }
    if !input
        && !output
        && let Some(commands) = line::waiting()
    {
        return line::converse(name, scenario, false, commands);
    }
    interrupt::end_on_signals(None)?;
    let results = run::measured(&scenario)?;
    output::print(&report::text(&name, &scenario, &results))
}

fn open_study(kept: Kept, args: &Open) -> Result<()> {
    kept.unchanged(&args.source.changes)?;
    if is_screen()
        && !args.line
        && let Some(app) = crate::app::App::with_study(kept.results.clone())
    {
        return screen(app, &args.looks);
    }
    interrupt::end_on_signals(None)?;
    let by_figure = kept.is_asked_by_a_figure();
    let mut results = kept.results;
    if by_figure {
        results.records = study::run_whole(&results)?;
    }
    study::finish(None, &mut results, false)
}

fn screen(app: crate::app::App, looks: &Looks) -> Result<()> {
    let app = app.with_settings(config::config(looks)?.settings);
    crate::tui::run(app, config::places())
}

/// A scenario to open, and how to show it.
#[derive(Debug, clap::Args)]
pub(super) struct Open {
    #[command(flatten)]
    pub source: Source,
    /// Begin with a tour of one minute
    #[arg(long)]
    pub tour: bool,
    /// Use line mode (commands and plain sentences) instead of the screen
    #[arg(long)]
    pub line: bool,
    #[command(flatten)]
    pub looks: Looks,
}
