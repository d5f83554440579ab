//! The metadata in the file of a figure: the scenario or study, its provenance, and the command
//! that draws it again.

use crate::error::{Result, json};
use crate::provenance::{FigureSource, Provenance, command};

/// The keyword under which a figure holds its scenario, as JSON.
pub const SCENARIO: &str = "Scenario";
/// The keyword under which a figure holds the command that draws it.
pub const COMMAND: &str = "Command";
/// The keyword under which a figure says what of the scenario it shows, as JSON.
pub const DRAWING: &str = "Drawing";
/// The keyword under which a figure names the program and its version.
pub const SOFTWARE: &str = "Software";

/// The program and its version, as figures name it.
pub const PROGRAM: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

/// The metadata of a file with the drawing, by keyword.
pub fn notes<'a>(
    drawing: &Provenance,
    of: impl Into<FigureSource<'a>>,
) -> Result<Vec<(&'static str, String)>> {
    let of = of.into();
    let shown = json::line("the figure", drawing)?;
    let subject = match of {
        FigureSource::Scenario(scenario) => (SCENARIO, scenario.to_json()?),
        FigureSource::Study(study) => (STUDY, study.to_json()?),
    };
    Ok(vec![subject, (COMMAND, command::figure(drawing, of)), (DRAWING, shown)])
}

/// Keyword of the study in a figure, as JSON.
pub const STUDY: &str = "Study";
