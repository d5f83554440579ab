//! Documents as files: figures with their scenario inside, scenarios as they are.

use super::{Size, folder, png, svg, write};
use crate::error::Result;
use crate::job::{Document, Filing, Picture};

/// The keyword under which an image holds its scenario, as JSON.
pub const SCENARIO: &str = "Scenario";

/// Writes a document, a figure as what the ending of the path says; what stands in its place is replaced only if the filing says so.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) where the file cannot be written.
pub fn file(filing: &Filing) -> Result<()> {
    let bytes = match &filing.document {
        Document::Picture { figure, scenario } => {
            let notes = [(SCENARIO, scenario.draft().to_json()?)];
            match Picture::of(&filing.path) {
                Some(Picture::Svg) => svg(figure, Size::default(), &notes)?.into_bytes(),
                Some(Picture::Png) | None => png(figure, Size::default(), &notes)?,
            }
        }
        Document::Scenario(scenario) => scenario.draft().to_json()?.into_bytes(),
        Document::Study { results, insight } => {
            return folder::save(&filing.path, results, insight.as_deref(), filing.replace);
        }
    };
    write(&filing.path, &bytes, filing.replace)
}
