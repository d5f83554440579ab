//! Advice as files: a page in Markdown or HTML with figures, or its numbers as JSON.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::picture;
use crate::advice::{self, Advice, PagePictures};
use crate::error::Result;
use crate::export::table::in_json;
use crate::figure::{Figure, advice as figures};
use crate::guide::page_in_html;
use crate::job::{AdviceFormat, FigureFormat};
use crate::provenance::Provenance;
use crate::scenario::{Scenario, ScenarioDraft};

/// Version of the JSON.
const SCHEMA: &str = "taskscope.advice/1";
/// The files of a page of advice at a path; the page itself is the last. HTML holds its figures;
/// beside Markdown lie two SVG files. `command` repeats the advice.
///
/// # Errors
///
/// If a figure cannot be drawn.
pub fn files(
    found: &Advice,
    scenario: &Scenario,
    name: &str,
    command: &str,
    (format, path): (AdviceFormat, &Path),
) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let title = &scenario.draft().title;
    if format == AdviceFormat::Json {
        return Ok(vec![(path.to_owned(), json(found, scenario, command)?.into_bytes())]);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut files = Vec::new();
    let mut pictures = Vec::new();
    for (part, figure) in
        [("plans", figures::plans(scenario, found)), ("rows", figures::rows(scenario, found))]
    {
        let Some(figure) = figure else {
            pictures.push(None);
            continue;
        };
        let svg = svg(&figure, scenario, name)?;
        pictures.push(Some(match format {
            AdviceFormat::Html => format!("data:image/svg+xml;base64,{}", STANDARD.encode(&svg)),
            _ => {
                let file = format!("{stem}-{part}.svg");
                files.push((path.with_file_name(&file), svg));
                file
            }
        }));
    }
    let [plans, rows] = [0, 1].map(|i: usize| pictures[i].take());
    let page = advice::markdown(found, title, command, &PagePictures { plans, rows });
    let bytes = match format {
        AdviceFormat::Html => page_in_html(title, &page),
        _ => page,
    };
    files.push((path.to_owned(), bytes.into_bytes()));
    Ok(files)
}

fn svg(figure: &Figure, scenario: &Scenario, name: &str) -> Result<Vec<u8>> {
    let drawing = Provenance {
        figure: figure.id.to_owned(),
        name: Some(name.to_owned()),
        ..Provenance::default()
    };
    picture(FigureFormat::Svg, figure, scenario.draft(), &drawing)
}

/// A text that begins like a page of advice, so that an existing file can be compared with it.
pub fn beginning(format: AdviceFormat) -> String {
    match format {
        AdviceFormat::Html => page_in_html("", ""),
        AdviceFormat::Markdown => "# Advice: \n\n## How this was measured\n".to_owned(),
        AdviceFormat::Json => format!("{{\"schema\":\"{SCHEMA}\"}}"),
    }
}

/// The advice as JSON, with its scenario and the command that repeats it.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn json(found: &Advice, scenario: &Scenario, command: &str) -> Result<String> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        version: &'static str,
        command: &'a str,
        scenario: &'a ScenarioDraft,
        headline: String,
        #[serde(flatten)]
        advice: &'a Advice,
    }
    in_json(&Document {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        command,
        scenario: scenario.draft(),
        headline: found.headline(),
        advice: found,
    })
}
