//! The source of a figure: the scenario or study, the part that is drawn, and the command that
//! draws it again.

pub mod command;

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
    /// For a screen: its name, size and theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<ScreenCapture>,
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
