//! Saves documents as files: scenarios, and figures and screens that contain their scenario.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::export::{advice, alt, picture, points, printout};
use crate::figure::Figure;
use crate::job::{AdviceFormat, Document, FigureFormat, SaveRequest, ScreenFormat};
use crate::provenance::{FigureSource, Provenance, command};
use crate::store::atomic::{Over, write, write_all};
use crate::store::folder;

/// Writes a document; the extension of the path selects the format of a figure. A file is replaced
/// only if the request allows it. A pgfplots document is written with its table, which replaces
/// only a table of ours.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) if the file cannot be written.
pub fn file(filing: &SaveRequest) -> Result<()> {
    let bytes = match &filing.document {
        Document::Picture { figure, scenario, drawing } => {
            let kind = FigureFormat::of(&filing.path).unwrap_or(FigureFormat::Png);
            if kind == FigureFormat::Tex {
                let table = filing.path.with_extension(FigureFormat::Csv.ending());
                let over = if filing.replace { Over::Ours } else { Over::Nothing };
                write(&table, points::csv(figure)?.as_bytes(), over)?;
            }
            let stem = filing.path.file_stem().unwrap_or_default().to_string_lossy();
            picture(kind, figure, scenario.draft(), drawing, &stem)?
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
        Document::Scenario(scenario) => scenario.draft().to_json()?.into_bytes(),
        Document::Study { results, insight } => {
            return folder::save(&filing.path, results, insight.as_deref(), filing.replace);
        }
    };
    write(&filing.path, &bytes, if filing.replace { Over::Any } else { Over::Nothing })
}

/// Writes a figure in several formats, and its caption, as `base` with each extension. All are
/// drawn before the first is written; files of ours are replaced. A pgfplots document always comes
/// with its table.
///
/// # Errors
///
/// As [`write_all()`].
pub fn pictures<'a>(
    kinds: &[FigureFormat],
    figure: &Figure,
    of: impl Into<FigureSource<'a>>,
    drawing: &Provenance,
    base: &Path,
) -> Result<Vec<PathBuf>> {
    let of = of.into();
    let stem = base.file_name().unwrap_or_default().to_string_lossy();
    let mut wanted: Vec<FigureFormat> = Vec::new();
    for &kind in kinds {
        let table = (kind == FigureFormat::Tex).then_some(FigureFormat::Csv);
        for kind in table.into_iter().chain([kind]) {
            if !wanted.contains(&kind) {
                wanted.push(kind);
            }
        }
    }
    let mut files = Vec::new();
    for kind in wanted {
        files.push((kind.ending(), picture(kind, figure, of, drawing, &stem)?));
    }
    files.push(("txt", alt::text(figure, &command::figure(drawing, of)).into_bytes()));
    let placed = files.into_iter().map(|(ending, bytes)| {
        let mut name = base.as_os_str().to_owned();
        name.push(format!(".{ending}"));
        (PathBuf::from(name), bytes)
    });
    let placed: Vec<_> = placed.collect();
    write_all(&placed)?;
    Ok(placed.into_iter().map(|(place, _)| place).collect())
}
