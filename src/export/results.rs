//! The results of a study as files: a tidy table, JSON, the command, figures.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::atomic::write;
use super::{Size, png};
use crate::error::{Error, Result};
use crate::figure::sweep::Shown;
use crate::figure::{self, Figure};
use crate::study::crossing::Crossing;
use crate::study::draft::Question;
use crate::study::table::{COLUMNS, Row};
use crate::study::{Results, command};

/// The keyword under which an image holds its study, as JSON.
pub const STUDY: &str = "Study";
/// Version of the JSON of a sweep.
const SWEEP: &str = "taskscope.sweep/1";

/// Writes everything that follows from the records of a study into its folder, and returns the
/// names of the files. What stood there before is replaced.
pub fn results(folder: &Path, results: &Results) -> Result<Vec<PathBuf>> {
    let stem = stem(results);
    let mut files = vec![
        (format!("{stem}.csv"), csv(results)?.into_bytes()),
        (format!("{stem}.json"), json(results)?.into_bytes()),
        ("command.txt".to_owned(), format!("{}\n", command_of(results)).into_bytes()),
    ];
    let study = results.study.draft().to_json()?;
    for (name, figure) in figures(results) {
        files.push((
            format!("{name}.png"),
            png(&figure, Size::default(), &[(STUDY, study.clone())])?,
        ));
    }
    let mut written = Vec::new();
    for (name, bytes) in files.drain(..) {
        let place = folder.join(name);
        write(&place, &bytes, true)?;
        written.push(place);
    }
    Ok(written)
}

/// The command that asks the same question again: from presets where it can, else from the
/// folder itself.
pub fn command_of(results: &Results) -> String {
    command::command(results.study.draft())
        .unwrap_or_else(|| format!("taskscope {} --out . --resume", stem(results)))
}

/// The figures of a study, with the names of their files.
pub fn figures(results: &Results) -> Vec<(String, Figure)> {
    let methods = results.study.methods();
    let of_phase = methods.iter().enumerate().filter_map(|(place, method)| {
        let stem = if methods.len() > 1 { format!("phase-{method}") } else { "phase".to_owned() };
        Some((stem, figure::phase::figure(results, place)?))
    });
    let sweep = figure::sweep::figure(&[Shown { title: None, results }]);
    sweep.map(|figure| ("sweep".to_owned(), figure)).into_iter().chain(of_phase).collect()
}

/// What the files of a study are called.
fn stem(results: &Results) -> &'static str {
    match results.study.draft().question {
        Question::Sweep { .. } => "sweep",
        Question::Affinity { .. } => "affinity",
    }
}

/// The tidy table of a sweep as CSV.
pub fn csv(results: &Results) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: String| Error::Failed(format!("the table cannot be written: {error}"));
    for row in results.rows() {
        writer.serialize(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    command: String,
    trials: usize,
    trials_wanted: usize,
    columns: serde_json::Map<String, serde_json::Value>,
    crossings: Vec<CrossingOf>,
    rows: &'a [Row],
}

/// A crossing of a line.
#[derive(Serialize)]
struct CrossingOf {
    scenario: String,
    x_knob: String,
    method: String,
    at: f64,
    low: Option<f64>,
    high: Option<f64>,
    rises: bool,
}

/// A sweep as JSON.
pub fn json(results: &Results) -> Result<String> {
    let columns = COLUMNS.iter().map(|(name, words)| ((*name).to_owned(), (*words).into()));
    let document = Document {
        schema: SWEEP,
        version: env!("CARGO_PKG_VERSION"),
        command: command_of(results),
        trials: results.ledger.done(),
        trials_wanted: results.ledger.wanted(),
        columns: columns.collect(),
        crossings: crossings(results),
        rows: &results.rows(),
    };
    serde_json::to_string_pretty(&document)
        .map(|text| text + "\n")
        .map_err(|error| Error::Failed(format!("the results cannot be written as JSON: {error}")))
}

fn crossings(results: &Results) -> Vec<CrossingOf> {
    let (study, methods) = (&results.study, results.study.methods());
    let mut found = Vec::new();
    for line in study.lines() {
        for (place, method) in methods.iter().enumerate() {
            for Crossing { at, low, high, rises } in results.crossings(line, place) {
                found.push(CrossingOf {
                    scenario: study.name(line.base).to_owned(),
                    x_knob: line.x.path.clone(),
                    method: method.clone(),
                    at,
                    low,
                    high,
                    rises,
                });
            }
        }
    }
    found
}
