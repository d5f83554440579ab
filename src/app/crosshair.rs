//! The cross-hair, which reads an exact point of a chart by key or by mouse.

use super::pane::Pane;
use crate::figure::series::Series;
use crate::figure::{Estimate, Figure, MarkRole, Shape};

/// Position of the cross-hair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crosshair {
    /// The chart.
    pub pane: Pane,
    /// The series, by its role and its place among series with that role; `None` for the most
    /// informative one.
    pub series: Option<(MarkRole, usize)>,
    /// Position along the horizontal axis; `None` for the current setting.
    pub x: Option<f64>,
    /// The pane that had the focus before.
    pub(super) before: Pane,
}

/// A point of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPoint {
    /// The series.
    pub series: Series,
    /// Index of the point.
    pub place: usize,
}

impl SeriesPoint {
    /// Its position and interval.
    pub fn estimate(&self) -> Option<Estimate> {
        self.series.points.get(self.place).copied()
    }
}

impl Crosshair {
    /// The point of the figure under the cross-hair.
    pub fn on(&self, figure: &Figure) -> Option<SeriesPoint> {
        let all = figure.series();
        let own = |s: &&Series| Some((s.role, s.of_role)) == self.series;
        let first = |role: MarkRole| all.iter().find(move |s| s.role == role);
        let telling = || first(MarkRole::Measured).or_else(|| first(MarkRole::Target));
        let series = all.iter().find(own).or_else(telling).or_else(|| all.first())?.clone();
        let place = match self.x.or_else(|| here(figure)) {
            Some(x) => series.nearest(figure, x)?,
            None => series.points.len() - 1,
        };
        Some(SeriesPoint { series, place })
    }

    /// Moves the cross-hair by points to the right and by series upwards, as far as they go. In
    /// another series it moves to the point nearest above or below.
    pub(super) fn moved(self, figure: &Figure, right: i32, up: i32) -> Self {
        let Some(point) = self.on(figure) else { return self };
        let all = figure.series();
        let last = |count: usize| count.saturating_sub(1);
        let is = |s: &Series| (s.role, s.of_role) == (point.series.role, point.series.of_role);
        let here = all.iter().position(is).unwrap_or(0);
        let count = all.len().max(1) as i32;
        let next = (here as i32 - up).rem_euclid(count) as usize;
        let Some(series) = all.get(next) else { return self };
        let stands = point.estimate().map(|estimate| estimate.x);
        let place = match up {
            0 => point.place.saturating_add_signed(right as isize).min(last(series.points.len())),
            _ => stands.and_then(|x| series.nearest(figure, x)).unwrap_or(0),
        };
        // Moving between series keeps x, so that moving back returns to the same point.
        let x = if up == 0 { series.points.get(place).map(|p| p.x) } else { stands };
        Self { series: Some((series.role, series.of_role)), x, ..self }
    }
}

/// Position of the current setting.
fn here(figure: &Figure) -> Option<f64> {
    figure.marks.iter().filter(|mark| mark.role == MarkRole::Here).find_map(|mark| {
        match &mark.shape {
            Shape::Points { points, .. } => points.first().map(|point| point.x),
            Shape::Upright { x, .. } => Some(*x),
            _ => None,
        }
    })
}
