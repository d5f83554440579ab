//! `taskscope export`: figures of a scenario as files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{ALL_FIGURES, Export};
use super::draw::draw;
use super::{interrupt, output};
use crate::error::{Error, Invalid, Result};
use crate::export;
use crate::figure::catalog::{Described, FIGURES};
use crate::job::{Document, Filing, Picture};
use crate::scenario::Scenario;

pub(super) fn export(args: &Export) -> Result<()> {
    if Picture::of(&args.out).is_none() {
        return Err(Invalid::new("--out", args.out.display(), Picture::ALLOWED).into());
    }
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.scenario()?;
    let scenario = Arc::new(scenario);
    let asked = asked(&args.figure, &scenario);
    for described in &asked {
        let named = args.figure.iter().any(|id| id == described.id);
        let figure = match draw(described, &name, &scenario, args) {
            Err(Error::Value(none)) if !named => {
                output::note(&none.to_string());
                continue;
            }
            drawn => Box::new(drawn?),
        };
        let path = if asked.len() > 1 { beside(&args.out, described.id) } else { args.out.clone() };
        let document = Document::Picture { figure, scenario: scenario.clone() };
        export::file(&Filing { document, path: path.clone(), replace: true })?;
        let written = output::visible(&path.display().to_string());
        output::print(&format!("wrote {written}\n"))?;
    }
    Ok(())
}

/// The figures asked for, each once, in the order of the table; with `all` also those that the
/// scenario has.
fn asked(ids: &[String], scenario: &Scenario) -> Vec<&'static Described> {
    let all = ids.iter().any(|id| id == ALL_FIGURES);
    let is_asked = |figure: &&Described| {
        let own = all && !figure.of_study && figure.gap(scenario).is_none();
        own || ids.iter().any(|id| id == figure.id)
    };
    FIGURES.iter().filter(is_asked).collect()
}

/// The path of one of several figures: its name stands before the ending.
fn beside(out: &Path, id: &str) -> PathBuf {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    out.with_file_name(format!("{stem}-{id}{}", ending.unwrap_or_default()))
}
