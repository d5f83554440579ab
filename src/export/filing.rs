//! Documents as files: figures with their scenario inside, scenarios as they are.

use super::{Size, folder, png, write};
use crate::error::Result;
use crate::job::{Document, Filing};

/// The keyword under which an image holds its scenario, as JSON.
pub const SCENARIO: &str = "Scenario";

/// Writes a document; what stands in its place is replaced only if the filing says so.
///
/// # Errors
///
/// [`Error::Write`](crate::error::Error::Write) where the file cannot be written.
pub fn file(filing: &Filing) -> Result<()> {
    let bytes = match &filing.document {
        Document::Picture { figure, scenario } => {
            png(figure, Size::default(), &[(SCENARIO, scenario.draft().to_json()?)])?
        }
        Document::Scenario(scenario) => scenario.draft().to_json()?.into_bytes(),
        Document::Study(results) => return folder::save(&filing.path, results, filing.replace),
    };
    write(&filing.path, &bytes, filing.replace)
}
