//! The results of a study as files: a tidy table, JSON, the command and figures.

use crate::export::table::in_json;
use crate::provenance::command::{command_of, stem};
use serde::Serialize;

use super::table::{in_csv, safe};
use super::{affinity, picture};
use crate::catalog::{FigureInfo, of_results};
use crate::error::Result;
use crate::figure::Figure;
use crate::job::FigureFormat;
use crate::study::affinity::Insight;
use crate::study::crossing::Crossing;
use crate::study::probe::PROXIES;
use crate::study::table::{TableRow, columns};
use crate::study::{Study, StudyDraft, StudyResults};

/// File with the command that runs the study again.
const COMMAND: &str = "command.txt";
/// The formats in which figures are drawn.
const DRAWN: [FigureFormat; 2] = [FigureFormat::Svg, FigureFormat::Png];
/// Version of the JSON of a sweep.
const SWEEP: &str = "taskscope.sweep/1";

/// The results of a study as files, with names and bytes: table, JSON, command and figures.
///
/// # Errors
///
/// If a figure or a table cannot be drawn.
pub fn files(results: &StudyResults, insight: Option<&Insight>) -> Result<Vec<(String, Vec<u8>)>> {
    let (stem, command) = (stem(&results.study), command_of(results));
    let (table, document) = if results.study.is_affinity() {
        (affinity::csv(results, insight)?, affinity::json(results, insight, command.clone())?)
    } else {
        (csv(results)?, json(results, command.clone())?)
    };
    let mut files = vec![
        (format!("{stem}.csv"), table.into_bytes()),
        (format!("{stem}.json"), document.into_bytes()),
        (COMMAND.to_owned(), format!("{command}\n").into_bytes()),
    ];
    for (drawing, figure) in of_results(results, insight) {
        for kind in DRAWN {
            let name = drawing.stem();
            let bytes = picture(kind, &figure, results.study.draft(), &drawing)?;
            files.push((format!("{name}.{}", kind.ending()), bytes));
        }
    }
    Ok(files)
}

/// The names that [`files()`] may give: those of the tables, of the file with the command, and of all
/// figures that the study may have.
pub fn names(study: &Study) -> Vec<String> {
    let stem = stem(study);
    let mut names = vec![format!("{stem}.csv"), format!("{stem}.json"), COMMAND.to_owned()];
    let methods = study.methods();
    let which: Vec<&str> =
        PROXIES.iter().map(|proxy| proxy.id).chain(methods.iter().map(String::as_str)).collect();
    for FigureInfo { id, .. } in FigureInfo::of_study(study) {
        let several = which.iter().map(|which| format!("{id}-{which}"));
        for name in std::iter::once((*id).to_owned()).chain(several) {
            names.extend(DRAWN.map(|kind| format!("{name}.{}", kind.ending())));
        }
    }
    names
}

/// The figures of a study with their file names.
pub fn figures(results: &StudyResults, insight: Option<&Insight>) -> Vec<(String, Figure)> {
    let drawings = of_results(results, insight).into_iter();
    drawings.map(|(drawing, figure)| (drawing.stem(), figure)).collect()
}

/// The tidy table of a sweep as CSV.
pub fn csv(results: &StudyResults) -> Result<String> {
    let rows = results.rows();
    let tuple = |row: &TableRow| {
        let TableRow { scenario, x_knob, x, y_knob, y, method, task, measures, theory, held_out } =
            row.clone();
        ((safe(&scenario), x_knob, x, y_knob, y, method, safe(&task)), measures, theory, held_out)
    };
    in_csv(columns().map(|column| column.0), rows.iter().map(tuple))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    command: String,
    study: &'a StudyDraft,
    trials: usize,
    trials_wanted: usize,
    columns: serde_json::Map<String, serde_json::Value>,
    crossings: Vec<CrossingOf>,
    rows: &'a [TableRow],
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

/// A sweep as JSON, with the command that runs it again.
pub fn json(results: &StudyResults, command: String) -> Result<String> {
    let named = columns().map(|(name, words)| (name.to_owned(), words.into()));
    in_json(&Document {
        schema: SWEEP,
        version: env!("CARGO_PKG_VERSION"),
        command,
        study: results.study.draft(),
        trials: results.records.done(),
        trials_wanted: results.records.wanted(),
        columns: named.collect(),
        crossings: crossings(results),
        rows: &results.rows(),
    })
}

fn crossings(results: &StudyResults) -> Vec<CrossingOf> {
    let (study, methods) = (&results.study, results.study.methods());
    let mut found = Vec::new();
    for line in study.lines() {
        for (place, method) in methods.iter().enumerate() {
            for Crossing { at, low, high, rises, .. } in results.crossings(line, place) {
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
