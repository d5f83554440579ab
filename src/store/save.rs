//! Saves documents as files: scenarios, and figures and screens that contain their scenario.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::export::{advice, picture_with, printout};
use crate::job::{AdviceFormat, Document, FigureFormat, SaveRequest, ScreenFormat};
use crate::provenance::command;
use crate::store::atomic::{Over, write, write_all};
use crate::store::datasets;
use crate::store::folder;
use crate::store::fonts::look;

/// Writes a document; the extension of the path selects the format of a figure. A file is replaced
/// only if the request allows it.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) if the file cannot be written.
pub fn file(filing: &SaveRequest) -> Result<()> {
    if let Some(scenario) = filing.document.scenario() {
        datasets::spare(scenario.draft(), &filing.path)?;
    }
    let bytes = match &filing.document {
        Document::Picture { figure, scenario, drawing } => {
            let kind = FigureFormat::of(&filing.path).unwrap_or(FigureFormat::Png);
            picture_with(kind, figure, scenario.draft(), drawing, look(drawing)?)?
        }
        Document::Screen { sheet, scenario, drawing } => {
            let kind = ScreenFormat::of(&filing.path).unwrap_or(ScreenFormat::Svg);
            printout(kind, sheet, scenario.draft(), drawing)?
        }
        Document::Advice { advice, scenario, name } => {
            let kind = AdviceFormat::of(&filing.path).unwrap_or(AdviceFormat::Html);
            let command = command::advise(name, scenario.draft());
            let mut files = advice::files(advice, scenario, name, &command, (kind, &filing.path))?;
            let page = files.pop().map(|(_, page)| page).unwrap_or_default();
            let over = if filing.replace { Over::Ours } else { Over::Nothing };
            files.iter().try_for_each(|(path, figure)| write(path, figure, over))?;
            page
        }
        Document::Scenario(scenario) => {
            let mut draft = scenario.draft().clone();
            datasets::relate(&mut draft, &filing.path);
            draft.to_json()?.into_bytes()
        }
        Document::Study { results, insight } => {
            return folder::save(&filing.path, results, insight.as_deref(), filing.replace);
        }
    };
    write(&filing.path, &bytes, if filing.replace { Over::Any } else { Over::Nothing })
}

/// Writes a figure in several formats, each as `draw` draws it, and its caption `text`, as `base`
/// with each extension. All are drawn before the first is written; files of ours are replaced.
///
/// # Errors
///
/// As [`write_all()`], and those of `draw`.
pub fn pictures(
    kinds: &[FigureFormat],
    base: &Path,
    text: String,
    draw: impl Fn(FigureFormat) -> Result<Vec<u8>>,
) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for (place, &kind) in kinds.iter().enumerate() {
        if !kinds[..place].contains(&kind) {
            files.push((kind.ending(), draw(kind)?));
        }
    }
    files.push(("txt", text.into_bytes()));
    let placed = files.into_iter().map(|(ending, bytes)| {
        let mut name = base.as_os_str().to_owned();
        name.push(format!(".{ending}"));
        (PathBuf::from(name), bytes)
    });
    let placed: Vec<_> = placed.collect();
    write_all(&placed)?;
    Ok(placed.into_iter().map(|(place, _)| place).collect())
}
