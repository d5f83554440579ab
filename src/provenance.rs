//! The source of a figure: the scenario or study, the part that is drawn, and the command that
//! draws it again.

pub mod command;
mod wording;

pub use wording::Wording;

use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::scenario::ScenarioDraft;
use crate::study::StudyDraft;

/// The part of a scenario or study that is drawn, and the purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the figure: `gain`, `plane`, …, or [`Provenance::SCREEN`].
    pub figure: String,
    /// Name of the scenario, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The knobs along which it is drawn, if requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub along: Vec<String>,
    /// The task it is about, if requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The proxy against which the gains are drawn, by its name in
    /// [`PROXIES`](crate::study::probe::PROXIES).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// The approach that is drawn, if a study compares several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Name of the purpose, which sets the size; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// Name of the palette; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colours: Option<String>,
    /// Title, labels and names in other words.
    #[serde(flatten)]
    pub wording: Wording,
    /// The typeface: a name, or the path of a font file; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// True if the caption is not drawn whatever the purpose.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_caption: bool,
    /// For a figure of panels: the panels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<Panel>,
    /// Number of columns of panels, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<usize>,
    /// For a screen: its name, size and theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<ScreenCapture>,
}

/// One of the figures that are composed into one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Panel {
    /// Its scenario, as the name of a preset or a shared string; `None` for the scenario or study of
    /// the whole figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The part of the scenario that is drawn.
    pub drawing: Provenance,
}

/// A screen as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScreenCapture {
    /// Name of the screen in lower case: `lab`, `tasks`, …
    pub name: String,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Name of the theme.
    pub theme: String,
}

impl Provenance {
    /// Used in place of a figure's name when a whole screen is drawn.
    pub const SCREEN: &str = "screen";
    /// Used in place of a figure's name when several figures are composed into one.
    pub const PANELS: &str = "panels";

    /// The provenance of a figure that is drawn with no options.
    pub fn of(figure: &Figure) -> Self {
        Self { figure: figure.id.to_owned(), ..Self::default() }
    }

    /// Its name among the figures of a study: that of the figure, and which of several it is.
    pub fn stem(&self) -> String {
        let which = self.proxy.iter().chain(&self.method);
        which.fold(self.figure.clone(), |stem, which| format!("{stem}-{which}"))
    }
}

/// The scenario or the study of which a figure is drawn.
#[derive(Debug, Clone, Copy)]
pub enum FigureSource<'a> {
    /// A scenario; the rest of the figure follows from it and from its [`Provenance`].
    Scenario(&'a ScenarioDraft),
    /// A study, whose question says more than its scenarios.
    Study(&'a StudyDraft),
}

impl<'a> From<&'a ScenarioDraft> for FigureSource<'a> {
    fn from(scenario: &'a ScenarioDraft) -> Self {
        Self::Scenario(scenario)
    }
}

impl<'a> From<&'a StudyDraft> for FigureSource<'a> {
    fn from(study: &'a StudyDraft) -> Self {
        Self::Study(study)
    }
}
