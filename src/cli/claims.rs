//! `taskscope claims`: measures the claims of the paper, as a table or as JSON.

use serde::Serialize;

use crate::cancel::Cancel;
use crate::claims::claim::{ClaimVerdict, Finding, PaperClaim};
use crate::claims::{CLAIMS, CheckOutcome, ClaimCheck, Expectation};
use crate::cli::{interrupt, output, progress};
use crate::error::{Error, Invalid, Result};
use crate::export::table::in_json;
use crate::figure::words;
use crate::math::stats::Interval;

/// Version of the JSON that `claims` prints.
const SCHEMA: &str = "taskscope.claims/1";
/// Largest number of trials of a measurement.
const MOST_TRIALS: usize = 100_000;

pub(super) fn claims(args: &Claims) -> Result<()> {
    let asked = asked(args)?;
    if args.trials.is_some_and(|trials| !(2..=MOST_TRIALS).contains(&trials)) {
        let allowed = format!("a whole number from 2 to {MOST_TRIALS}");
        return Err(Invalid::new("--trials", args.trials.unwrap_or(0), allowed).into());
    }
    interrupt::end_on_signals(None)?;
    let findings = measure(&asked, args.trials)?;
    let text = if args.json { json(&findings)? } else { table(&findings) };
    output::print(&text)?;
    let contradicted = findings.iter().filter(|f| f.verdict() == ClaimVerdict::Contradicted);
    match contradicted.map(|f| f.claim.id).collect::<Vec<_>>()[..] {
        [] => Ok(()),
        ref ids => Err(Error::Contradicted(ids.join(", "))),
    }
}

fn asked(args: &Claims) -> Result<Vec<&'static PaperClaim>> {
    if args.ids.is_empty() {
        return Ok(CLAIMS.iter().collect());
    }
    let ids: Vec<&str> = CLAIMS.iter().map(|claim| claim.id).collect();
    let find = |id: &String| {
        crate::claims::find(id)
            .ok_or_else(|| Invalid::new("claim", format!("\"{id}\""), ids.join(", ")).into())
    };
    let mut asked: Vec<&'static PaperClaim> = args.ids.iter().map(find).collect::<Result<_>>()?;
    let mut seen = Vec::new();
    asked.retain(|claim| {
        !seen.contains(&claim.id) && {
            seen.push(claim.id);
            true
        }
    });
    Ok(asked)
}

fn measure(asked: &[&'static PaperClaim], trials: Option<usize>) -> Result<Vec<Finding>> {
    let bar = progress::counting(asked.len(), "{pos}/{len} {msg}");
    let findings = asked
        .iter()
        .map(|claim| {
            bar.set_message(claim.id);
            let finding = claim
                .measure(trials, &Cancel::new())?
                .ok_or_else(|| Error::Failed(format!("{}: nothing could be measured", claim.id)))?;
            bar.inc(1);
            Ok(finding)
        })
        .collect();
    bar.finish_and_clear();
    findings
}

/// The findings as text, one block per claim.
fn table(findings: &[Finding]) -> String {
    findings.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(finding: &Finding) -> String {
    let claim = finding.claim;
    let mut text = format!("{}: {}\n", claim.id, claim.statement);
    text += &format!("  {}; {}\n", claim.source, claim.setting);
    let width = finding.checks.iter().map(|check| check.what.chars().count()).max().unwrap_or(0);
    for check in &finding.checks {
        text += &format!(
            "    {:<width$}  expected {:<17}  measured {}{}\n",
            check.what,
            expected(check.expected),
            measured(check),
            match check.agreement() {
                CheckOutcome::Agrees => "",
                CheckOutcome::Open => "  (open)",
                CheckOutcome::Contradicts => "  (CONTRADICTS)",
            }
        );
    }
    text + &format!("  {}\n", finding.verdict())
}

fn expected(expected: Expectation) -> String {
    match expected {
        Expectation::About { value, half } => {
            format!("{} ± {}", number(value), number(half))
        }
        Expectation::Above(bound) => format!("> {}", number(bound)),
        Expectation::Below(bound) => format!("< {}", number(bound)),
    }
}

fn measured(check: &ClaimCheck) -> String {
    let Interval { mean, .. } = check.measured;
    let half = check.measured.half_width();
    match check.trials {
        0 => number(mean),
        n if half == 0.0 => format!("{} (n {n})", number(mean)),
        n => format!("{} ± {} (n {n})", number(mean), number(half)),
    }
}

/// A number with three digits; values below 1e-12 count as rounding errors and become 0.
fn number(value: f64) -> String {
    let value = if value.abs() < 1e-12 { 0.0 } else { value };
    words::short(value).replace('-', "−")
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    claims: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    statement: &'static str,
    source: &'static str,
    setting: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'static str>,
    measured: Vec<Measured>,
    expected: Vec<Expected>,
}

#[derive(Serialize)]
struct Measured {
    what: String,
    #[serde(flatten)]
    interval: Interval,
    trials: usize,
    agrees: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Expected {
    About { value: f64, half: f64 },
    Above(f64),
    Below(f64),
}

fn json(findings: &[Finding]) -> Result<String> {
    let claims = findings.iter().map(|finding| Entry {
        id: finding.claim.id,
        statement: finding.claim.statement,
        source: finding.claim.source,
        setting: finding.claim.setting,
        verdict: finding.verdict().name(),
        remark: finding.verdict().remark(),
        measured: finding
            .checks
            .iter()
            .map(|check| Measured {
                what: check.what.clone(),
                interval: check.measured,
                trials: check.trials,
                agrees: check.agreement() == CheckOutcome::Agrees,
            })
            .collect(),
        expected: finding
            .checks
            .iter()
            .map(|check| match check.expected {
                Expectation::About { value, half } => Expected::About { value, half },
                Expectation::Above(bound) => Expected::Above(bound),
                Expectation::Below(bound) => Expected::Below(bound),
            })
            .collect(),
    });
    let document =
        Document { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), claims: claims.collect() };
    in_json(&document)
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
