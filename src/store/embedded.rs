//! Reads the notes inside a figure file (PNG, SVG or PDF).

mod pdf;
mod png;
mod svg;

use super::notes::ContainerFormat;
use std::io;

use crate::export::notes::{COMMAND, DRAWING, PROGRAM, SCENARIO, SOFTWARE, STUDY};
use crate::provenance::Provenance;

/// The beginning of the command of a figure of the paper.
const REPRODUCE: &str = "taskscope reproduce --only ";

/// The scenario inside a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedScenario {
    /// The scenario as JSON.
    pub scenario: String,
    /// Provenance of the figure, if the file has it.
    pub drawing: Option<Provenance>,
}

/// The experiment inside a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbeddedExperiment {
    /// The scenario shown in the figure.
    Scenario(EmbeddedScenario),
    /// The study shown in the figure.
    Study {
        /// The study as JSON.
        study: String,
        /// Provenance of the figure, if the file has it.
        drawing: Option<Provenance>,
        /// The ID for `taskscope reproduce` if it is a figure of the paper.
        plate: Option<String>,
    },
}

impl EmbeddedExperiment {
    /// Provenance of the figure, if the file has it.
    pub fn drawing(&self) -> Option<&Provenance> {
        match self {
            Self::Scenario(EmbeddedScenario { drawing, .. }) | Self::Study { drawing, .. } => {
                drawing.as_ref()
            }
        }
    }
}

/// Reads the scenario inside a figure.
///
/// # Errors
///
/// A message for the figure of a study; otherwise as for [`held()`].
pub fn inside(bytes: &[u8], kind: ContainerFormat) -> io::Result<EmbeddedScenario> {
    match held(bytes, kind)? {
        EmbeddedExperiment::Scenario(inside) => Ok(inside),
        EmbeddedExperiment::Study { .. } => Err(refused(
            "the figure of a study, which can be opened and exported",
            "a scenario file, or a figure of a scenario",
        )),
    }
}

fn refused(found: &str, allowed: &str) -> io::Error {
    io::Error::other(format!("found {found}; allowed: {allowed}"))
}

/// Reads the experiment inside a figure of the given format.
///
/// # Errors
///
/// A message for a file that taskscope did not draw, one of a newer version, and a damaged one.
pub fn held(bytes: &[u8], kind: ContainerFormat) -> io::Result<EmbeddedExperiment> {
    let allowed = "a scenario file, or a figure of taskscope as PNG, SVG or PDF";
    let notes = match kind {
        ContainerFormat::Png => png::notes(bytes),
        ContainerFormat::Svg => svg::notes(bytes),
        ContainerFormat::Pdf => pdf::notes(bytes),
    };
    let notes = notes.map_err(|fault| {
        refused(&format!("{} that cannot be read ({fault})", kind.name()), allowed)
    })?;
    let note = |keyword: &str| notes.iter().find(|note| note.0 == keyword).map(|note| &note.1);
    let version = note(SOFTWARE).and_then(|name| name.strip_prefix("taskscope "));
    let Some(version) = version else {
        return Err(refused(&format!("{} that taskscope did not draw", kind.name()), allowed));
    };
    if is_newer(version) {
        let found = format!("a figure of the newer taskscope {}", crate::error::brief(version));
        return Err(refused(&found, &format!("figures up to {PROGRAM}")));
    }
    let drawing = note(DRAWING);
    let drawing = drawing.and_then(|json| serde_json::from_str(json).ok());
    let plate = note(COMMAND)
        .and_then(|command| command.strip_prefix(REPRODUCE)?.split(' ').next().map(str::to_owned));
    match (note(SCENARIO), note(STUDY)) {
        (Some(scenario), _) => Ok(EmbeddedExperiment::Scenario(EmbeddedScenario {
            scenario: scenario.clone(),
            drawing,
        })),
        (None, Some(study)) => {
            Ok(EmbeddedExperiment::Study { study: study.clone(), drawing, plate })
        }
        (None, None) => Err(match plate {
            Some(plate) => {
                let found = format!("a figure of the paper, drawn by {}", again(&plate));
                refused(&found, allowed)
            }
            None => refused("a figure without its scenario", allowed),
        }),
    }
}

/// The command that redraws a figure of the paper.
pub fn again(plate: &str) -> String {
    format!("{REPRODUCE}{plate} --out DIR")
}

/// Returns true if a version is newer than this program.
fn is_newer(version: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        let core = version.split(['-', '+']).next().unwrap_or_default();
        core.split('.').map(|part| part.trim().parse().unwrap_or(0)).collect()
    };
    numbers(version) > numbers(env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_newer_by_its_numbers_and_not_by_its_letters() {
        let [major, minor, patch] = [
            env!("CARGO_PKG_VERSION_MAJOR"),
            env!("CARGO_PKG_VERSION_MINOR"),
            env!("CARGO_PKG_VERSION_PATCH"),
        ]
        .map(|part| part.parse::<u64>().unwrap());
        assert!(!is_newer(env!("CARGO_PKG_VERSION")));
        assert!(!is_newer("0.0.9"));
        assert!(is_newer(&format!("{major}.{minor}.{}", patch + 1)));
        assert!(is_newer(&format!("{major}.{}.0", minor + 10)));
        assert!(is_newer(&format!("{}.0.0-beta", major + 1)));
    }

    #[test]
    fn the_first_bytes_tell_the_kind() {
        assert_eq!(ContainerFormat::of(b"\x89PNG\r\n\x1a\nrest"), Some(ContainerFormat::Png));
        assert_eq!(ContainerFormat::of(b"%PDF-1.7\n"), Some(ContainerFormat::Pdf));
        assert_eq!(ContainerFormat::of(b"\xef\xbb\xbf\n<?xml"), Some(ContainerFormat::Svg));
        assert_eq!(ContainerFormat::of(b" { \"taskscope\": 1 }"), None);
        assert_eq!(ContainerFormat::of(b""), None);
    }
}
