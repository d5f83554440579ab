//! `taskscope bench`: what the program computes most often, timed on fixed shapes.

mod clock;
mod descent;
mod report;
mod roofline;
mod rows;
mod similarity;
mod trials;

use serde::Serialize;

pub(super) use crate::cli::bench::report::Bench;
use crate::cli::bench::report::Case;
use crate::cli::output;
use crate::error::{Invalid, Result, json};

pub(super) fn bench(args: &Bench) -> Result<()> {
    if args.roofline {
        let found = roofline::measure();
        let text = found.text();
        return print(args.json, &text, &found);
    }
    let case = args.case.ok_or_else(|| {
        Invalid::new("bench", "no case", "--case with relu, logistic, linear, sweep, svd or trial")
    })?;
    args.check(case)?;
    let report = match case {
        Case::Relu | Case::Logistic => descent::on_rows(args, case)?,
        Case::Linear => descent::on_moments(args),
        Case::Sweep => trials::sweep(args)?,
        Case::Trial => trials::trial(args)?,
        Case::Svd => similarity::svd(args),
    };
    print(args.json, &report.text(), &report)
}

fn print(json: bool, text: &str, report: &impl Serialize) -> Result<()> {
    let line = json::line("the report", report)?;
    output::print(&if json { format!("{line}\n") } else { format!("{text}{line}\n") })
}
