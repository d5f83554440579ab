//! `taskscope figures`: lists the figures.

use serde::Serialize;

use crate::catalog::{FIGURES, FigureInfo};
use crate::cli::output;
use crate::error::Result;
use crate::export::table::in_json;

/// Version of the JSON.
const SCHEMA: &str = "taskscope.figures/1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    figures: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    id: &'static str,
    title: &'static str,
    shows: &'static str,
    needs: &'static str,
    /// True if the figure is drawn from a study, not from a scenario alone.
    study: bool,
    screen: &'static str,
}

pub(super) fn figures(args: &Figures) -> Result<()> {
    output::print(&if args.json { json()? } else { text() })
}

fn text() -> String {
    let id = FIGURES.iter().map(|figure| figure.id.len()).max().unwrap_or(0);
    let needs = FIGURES.iter().map(|figure| needed(figure).len()).max().unwrap_or(0);
    let line = |figure: &FigureInfo| {
        format!("{:<id$}  {:<needs$}  {}\n", figure.id, needed(figure), figure.shows)
    };
    FIGURES.iter().map(line).collect()
}

/// The kind of input a figure needs, marked if that is a study.
fn needed(figure: &FigureInfo) -> String {
    let mark = if figure.is_of_study() { " (study)" } else { "" };
    format!("{}{mark}", figure.needs.name())
}

fn json() -> Result<String> {
    let listed = |figure: &FigureInfo| Listed {
        id: figure.id,
        title: figure.title,
        shows: figure.shows,
        needs: figure.needs.name(),
        study: figure.is_of_study(),
        screen: figure.screen,
    };
    let figures = FIGURES.iter().map(listed).collect();
    let document = Document { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), figures };
    in_json(&document)
}

#[derive(Debug, clap::Args)]
pub(super) struct Figures {
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
