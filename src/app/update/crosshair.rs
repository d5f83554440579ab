//! The cross-hair: showing, moving and leaving it.

use super::Effect;
use crate::app::crosshair::Crosshair;
use crate::app::lab::Pane;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::tasks::TasksPart;
use crate::figure::Figure;

/// The charts of the Lab that can have a cross-hair, in the order of Tab.
const OF_LAB: [Pane; 2] = [Pane::Gain, Pane::Loss];

impl App {
    /// Shows the cross-hair in the focused chart, or hides it.
    pub(super) fn toggle_crosshair(&mut self) -> Vec<Effect> {
        match self.screen {
            Screen::Affinity => {
                return self.say("the matrix has a cursor instead; the arrow keys move it");
            }
            Screen::Sweep => return self.cross_sweep(),
            _ => {}
        }
        if self.leave_crosshair() {
            return Vec::new();
        }
        let before = self.lab.pane;
        let pane = match self.screen {
            Screen::Theory => Pane::Landscape,
            Screen::Tasks => match (self.tasks.part, self.tasks.view) {
                (TasksPart::Rows, _) | (TasksPart::Table, TasksPart::Rows) => Pane::Rows,
                _ => Pane::Spectrum,
            },
            _ => {
                let known = |pane: &Pane| OF_LAB.contains(pane);
                let shown = Some(self.lab.pane).filter(known);
                shown.or(Some(self.lab.view).filter(known)).unwrap_or(Pane::Gain)
            }
        };
        self.crosshair = Some(Crosshair { pane, series: None, x: None, before });
        self.focus_pane(pane)
    }

    /// Hides the cross-hair. Returns true if there was one.
    pub(super) fn leave_crosshair(&mut self) -> bool {
        let Some(crosshair) = self.crosshair.take() else { return false };
        if self.screen == Screen::Lab {
            self.lab.pane = crosshair.before;
        }
        true
    }

    /// Shows or hides lines through the cursor of a sweep chart, which serves as its cross-hair.
    fn cross_sweep(&mut self) -> Vec<Effect> {
        if self.studies.shown_sweep().is_none() {
            return self.say("there is no chart yet; Space starts the sweep");
        }
        self.studies.crossed = !(self.studies.crossed && self.studies.in_chart);
        self.studies.in_chart = true;
        Vec::new()
    }

    /// Moves the cross-hair by points to the right and by series upwards.
    pub(super) fn move_crosshair(&mut self, right: i32, up: i32) -> Vec<Effect> {
        if let Some(crosshair) = self.crosshair
            && let Some(figure) = self.figure(crosshair.pane)
        {
            self.crosshair = Some(crosshair.moved(&figure, right, up));
        }
        Vec::new()
    }

    /// Moves the cross-hair to another chart on the screen.
    pub(super) fn crosshair_to(&mut self, by: i32) -> Vec<Effect> {
        let charts = match self.screen {
            Screen::Lab => OF_LAB.to_vec(),
            Screen::Tasks => vec![Pane::Spectrum, Pane::Rows],
            _ => return Vec::new(),
        };
        let Some(crosshair) = self.crosshair else { return Vec::new() };
        let here = charts.iter().position(|pane| *pane == crosshair.pane).unwrap_or(0) as i32;
        let pane = charts[(here + by).rem_euclid(charts.len() as i32) as usize];
        self.crosshair = Some(Crosshair { pane, series: None, x: None, ..crosshair });
        self.focus_pane(pane)
    }

    /// The reading at a position in a chart, given as shares of its axes: the nearest point, as
    /// with the cross-hair.
    pub(super) fn read_at(&self, figure: &Figure, pane: Pane, at: (f64, f64)) -> Option<String> {
        let crosshair = self.pointed(figure, pane, at)?;
        crosshair.on(figure).and_then(|point| self.reading(figure, &point))
    }

    /// The cross-hair on the point nearest to a position in a chart.
    fn pointed(&self, figure: &Figure, pane: Pane, at: (f64, f64)) -> Option<Crosshair> {
        let (series, place) = figure.nearest(at)?;
        let series = figure.series().swap_remove(series);
        let x = series.points.get(place).map(|point| point.x);
        let before = self.crosshair.map_or(self.lab.pane, |crosshair| crosshair.before);
        Some(Crosshair { pane, series: Some((series.role, series.of_role)), x, before })
    }

    /// Moves the cross-hair with the pointer in its chart.
    pub(super) fn follow_pointer(&mut self, pane: Pane, at: (f64, f64)) {
        if self.crosshair.is_some_and(|crosshair| crosshair.pane == pane)
            && let Some(figure) = self.figure(pane)
        {
            self.crosshair = self.pointed(&figure, pane, at).or(self.crosshair);
        }
    }
}
