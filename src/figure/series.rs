//! The curves and rows of points of a figure, for reading it point by point.

use super::{Estimate, Figure, Mark, MarkRole, Shape};

/// A curve or a row of points of a figure, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The role of its mark.
    pub role: MarkRole,
    /// Its index among the series with the same role.
    pub of_role: usize,
    /// Its name; may be empty.
    pub name: String,
    /// Its points inside the axes; the points of a curve have no intervals.
    pub points: Vec<Estimate>,
}

impl Series {
    /// Returns the index of the point nearest to a horizontal position.
    pub fn nearest(&self, figure: &Figure, x: f64) -> Option<usize> {
        let share = figure.x.share(x);
        let far = |point: &Estimate| (figure.x.share(point.x) - share).abs();
        let places = self.points.iter().enumerate();
        places.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|(place, _)| place)
    }
}

impl Figure {
    /// Returns all series that have a point inside the axes, in the order of the marks. Points that
    /// lie on an unnamed curve of the same role are not listed separately.
    pub fn series(&self) -> Vec<Series> {
        let mut series: Vec<Series> = Vec::new();
        for mark in &self.marks {
            let points = match &mark.shape {
                Shape::Line { points, .. } => {
                    points.iter().map(|&(x, y)| Estimate { x, y, low: y, high: y }).collect()
                }
                Shape::Points { points, .. } if self.line_of(mark).is_none() => points.clone(),
                _ => continue,
            };
            let inside = |p: &Estimate| self.x.holds(p.x) && self.y.holds(p.y);
            let mut points: Vec<Estimate> = points.into_iter().filter(inside).collect();
            if points.is_empty() {
                continue;
            }
            points.sort_by(|a, b| self.x.share(a.x).total_cmp(&self.x.share(b.x)));
            let of_role = series.iter().filter(|other| other.role == mark.role).count();
            let name = mark.name.clone().or_else(|| self.name_of(mark)).unwrap_or_default();
            series.push(Series { role: mark.role, of_role, name, points });
        }
        series
    }

    /// The name of the points on a curve.
    fn name_of(&self, line: &Mark) -> Option<String> {
        let on = |mark: &&Mark| mark.role == line.role && self.line_of(mark).is_some();
        self.marks.iter().find(on)?.name.clone()
    }

    /// Returns the point nearest to a position given in shares of the axes: the index of its series
    /// and its own. Horizontal distance counts more than vertical distance.
    pub fn nearest(&self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        const UPRIGHT: f64 = 0.25;
        let mut best: Option<(f64, (usize, usize))> = None;
        for (of, series) in self.series().iter().enumerate() {
            for (place, point) in series.points.iter().enumerate() {
                let (right, up) = (self.x.share(point.x) - x, self.y.share(point.y) - y);
                let far = right.hypot(UPRIGHT * up);
                if best.is_none_or(|(least, _)| far < least) {
                    best = Some((far, (of, place)));
                }
            }
        }
        best.map(|(_, place)| place)
    }
}
