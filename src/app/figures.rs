//! Figures of the program, with their provenance.

use super::pane::Pane;
use super::program::App;
use super::settings::SettingInfo;
use crate::figure::{Figure, loss, plane, rows};
use crate::provenance::{Provenance, ScreenCapture};

impl App {
    /// The figure of a pane, if it can be drawn.
    pub fn figure(&self, pane: Pane) -> Option<Figure> {
        self.screens.figure(pane, &self.work)
    }

    /// The figure of a pane as saved to a file, with its provenance. The curve before the last
    /// change is left out unless it is pinned.
    pub fn figure_to_save(&self, pane: Pane) -> Option<(Figure, Provenance)> {
        let (lab, scenario) = (&self.screens.lab, &self.work.scenario);
        let figure = match pane {
            Pane::Knobs | Pane::Gain | Pane::Why | Pane::About => {
                lab.gain(scenario, lab.ghost.as_ref().filter(|_| lab.pinned))?
            }
            pane => self.figure(pane)?,
        };
        let figure = match figure.id {
            "plane" => plane::explained(figure, scenario),
            "rows" => rows::explained(figure),
            "loss" => loss::explained(figure),
            _ => figure,
        };
        let draft = scenario.draft();
        let along = match figure.id {
            "gain" => vec![lab.curve.as_ref().map_or(lab.focus, |curve| curve.handle).path(draft)],
            _ => Vec::new(),
        };
        let task = match pane {
            Pane::Spectrum | Pane::Rows => draft.tasks.get(self.screens.tasks.row(scenario)),
            _ => None,
        };
        let drawing = Provenance {
            figure: figure.id.to_owned(),
            name: Some(self.work.name.clone()),
            along,
            task: task.map(|task| task.name.clone()),
            ..Provenance::default()
        };
        Some((figure, drawing))
    }

    /// Provenance of the whole screen, for a terminal of this size.
    pub fn screen_provenance(&self, size: (u16, u16)) -> Provenance {
        let theme = SettingInfo::find("theme").map_or("", |theme| theme.get(&self.settings));
        let draft = self.work.scenario.draft();
        Provenance {
            figure: Provenance::SCREEN.to_owned(),
            name: Some(self.work.name.clone()),
            along: vec![self.screens.lab.focus.path(draft)],
            screen: Some(ScreenCapture {
                name: self.screens.current.id().to_owned(),
                size,
                theme: theme.to_owned(),
            }),
            ..Provenance::default()
        }
    }
}
