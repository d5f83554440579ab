//! The cross-hair: moving, reading and leaving it.

use super::Effect;
use crate::app::action::Action;
use crate::app::crosshair::Crosshair;
use crate::app::pane::Pane;
use crate::app::program::App;
use crate::app::reading::reading;
use crate::app::screen::{KeyContext, Screen};
use crate::figure::Figure;

impl App {
    /// Performs an action of the cross-hair; `None` if there is none or the action is not its own.
    pub(super) fn perform_on_crosshair(&mut self, action: Action) -> Option<Vec<Effect>> {
        if self.key_context() != KeyContext::Crosshair {
            return None;
        }
        match action {
            Action::Move(right, up) => self.move_crosshair(right, up),
            Action::Pane(by) => return Some(self.crosshair_to(by)),
            Action::Crosshair => {
                self.leave_crosshair();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// The reading under the cross-hair, in words with units; `None` if there is no cross-hair.
    pub fn crosshair_words(&self) -> Option<String> {
        let crosshair = self.view.crosshair?;
        let Some(figure) = self.figure(crosshair.pane) else {
            return Some("the chart is not drawn yet".to_owned());
        };
        let words = self.read(&figure, &crosshair);
        Some(words.unwrap_or_else(|| "there is no curve to read here".to_owned()))
    }

    /// Hides the cross-hair. Returns true if there was one.
    pub(super) fn leave_crosshair(&mut self) -> bool {
        let Some(crosshair) = self.view.crosshair.take() else { return false };
        if self.screens.current == Screen::Lab {
            self.screens.lab.pane = crosshair.before;
        }
        true
    }

    /// Moves the cross-hair by points to the right and by series upwards.
    fn move_crosshair(&mut self, right: i32, up: i32) {
        if let Some(crosshair) = self.view.crosshair
            && let Some(figure) = self.figure(crosshair.pane)
        {
            self.view.crosshair = Some(crosshair.moved(&figure, right, up));
        }
    }

    /// Moves the cross-hair to another chart on the screen.
    fn crosshair_to(&mut self, by: i32) -> Vec<Effect> {
        let charts = self.screens.current.info().charts;
        let Some(crosshair) = self.view.crosshair.filter(|_| charts.len() > 1) else {
            return Vec::new();
        };
        let here = charts.iter().position(|pane| *pane == crosshair.pane).unwrap_or(0) as i32;
        let pane = charts[(here + by).rem_euclid(charts.len() as i32) as usize];
        self.view.crosshair = Some(Crosshair { pane, series: None, x: None, ..crosshair });
        self.focus_pane(pane)
    }

    /// The reading at a position in a chart, given as shares of its axes: the nearest point, as
    /// with the cross-hair.
    pub(super) fn read_at(&self, figure: &Figure, pane: Pane, at: (f64, f64)) -> Option<String> {
        self.read(figure, &self.pointed(figure, pane, at)?)
    }

    /// The reading under a cross-hair.
    fn read(&self, figure: &Figure, crosshair: &Crosshair) -> Option<String> {
        reading(&self.screens.lab, &self.work.scenario, figure, &crosshair.on(figure)?)
    }

    /// The cross-hair on the point nearest to a position in a chart.
    fn pointed(&self, figure: &Figure, pane: Pane, at: (f64, f64)) -> Option<Crosshair> {
        let (series, place) = figure.nearest(at)?;
        let series = figure.series().swap_remove(series);
        let x = series.points.get(place).map(|point| point.x);
        let here = self.view.crosshair;
        let before = here.map_or(self.screens.lab.pane, |crosshair| crosshair.before);
        Some(Crosshair { pane, series: Some((series.role, series.of_role)), x, before })
    }

    /// Moves the cross-hair with the pointer in its chart.
    pub(super) fn follow_pointer(&mut self, pane: Pane, at: (f64, f64)) {
        if self.view.crosshair.is_some_and(|crosshair| crosshair.pane == pane)
            && let Some(figure) = self.figure(pane)
        {
            self.view.crosshair = self.pointed(&figure, pane, at).or(self.view.crosshair);
        }
    }
}
