//! The cross-hair, which reads an exact point of a chart by key or by mouse.

use super::lab::Pane;
use super::state::App;
use crate::figure::series::Series;
use crate::figure::{Estimate, Figure, MarkRole, Shape, words};
use crate::study::Curve;

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

impl App {
    /// The reading under the cross-hair, in words with units; `None` if there is no cross-hair.
    pub fn crosshair_words(&self) -> Option<String> {
        let crosshair = self.crosshair?;
        let Some(figure) = self.figure(crosshair.pane) else {
            return Some("the chart is not drawn yet".to_owned());
        };
        let point = crosshair.on(&figure).and_then(|point| self.reading(&figure, &point));
        Some(point.unwrap_or_else(|| "there is no curve to read here".to_owned()))
    }

    /// A point of a figure of this scenario in words: position, value, interval and n, theory.
    pub(super) fn reading(&self, figure: &Figure, point: &SeriesPoint) -> Option<String> {
        let at = point.estimate()?;
        match figure.id {
            "gain" => self.gain_reading(point, at.x),
            "loss" => Some(loss_reading(figure, point, at)),
            "landscape" => Some(landscape_reading(figure, point, at)),
            _ => {
                let name = match point.series.name.as_str() {
                    "" => String::new(),
                    name => format!("{name}: "),
                };
                let (x, y) = (figure.x.write(at.x), figure.y.write(at.y));
                Some(format!("{name}{} {x}, {} {y}", figure.x.label, figure.y.label))
            }
        }
    }

    /// A gain along the knob: first on the curve under the cross-hair, then on the other one.
    fn gain_reading(&self, point: &SeriesPoint, x: f64) -> Option<String> {
        let curve = self.lab.curve.as_ref()?;
        let path = curve.handle.path(self.scenario.draft());
        let place = |x: f64| words::value_of(curve.handle, x);
        let own = format!("{path} {}", place(x));
        let theory = predicted(curve, x);
        let measured = nearest(&curve.measured, x).map(|(at, outcome)| {
            (*at, format!("measured {} ({} trials)", words::effect(outcome), outcome.trials))
        });
        // If the other value lies elsewhere, say where.
        let beside = |found: Option<(f64, String)>| match found {
            Some((at, words)) if at == x => format!("; {words}"),
            Some((at, words)) => format!("; at {} {words}", place(at)),
            None => String::new(),
        };
        match point.series.role {
            MarkRole::Here => {
                let outcome = self.outcome().filter(|_| self.lab.fresh)?;
                let effect = words::effect(outcome);
                let theory = beside(theory);
                Some(format!("here, {own}: measured {effect} ({} trials){theory}", outcome.trials))
            }
            MarkRole::Measured => {
                let (_, words) = measured.filter(|(at, _)| *at == x)?;
                Some(format!("{own}: {words}{}", beside(theory)))
            }
            MarkRole::Theory => {
                let (_, words) = theory.filter(|(at, _)| *at == x)?;
                Some(format!("{own}: {words}{}", beside(measured)))
            }
            _ => {
                let ghost = self.lab.ghost.as_ref()?;
                let words = match predicted(ghost, x) {
                    Some((_, words)) => words,
                    None => {
                        let (_, outcome) = nearest(&ghost.measured, x)?;
                        let effect = words::effect(outcome);
                        format!("measured {effect} ({} trials)", outcome.trials)
                    }
                };
                let whose = if self.lab.pinned { "pinned" } else { "before" };
                Some(format!("{own}: {whose}, {words}"))
            }
        }
    }
}

/// The theory's prediction nearest to a value of the knob, with its position.
fn predicted(curve: &Curve, x: f64) -> Option<(f64, String)> {
    let (at, prediction) = nearest(&curve.theory, x)?;
    Some((*at, format!("theory {}", words::predicted(prediction.gain))))
}

/// The entry nearest to a value of the knob.
fn nearest<T>(entries: &[(f64, T)], x: f64) -> Option<&(f64, T)> {
    let far = |entry: &(f64, T)| (entry.0 - x).abs();
    entries.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// A loss during training, with the optimum drawn in the same role.
fn loss_reading(figure: &Figure, point: &SeriesPoint, at: Estimate) -> String {
    let rule = figure.marks.iter().find_map(|mark| match mark.shape {
        Shape::Level { y, .. } if mark.role == point.series.role => Some(y),
        _ => None,
    });
    let rule = rule.map_or(String::new(), |y| format!(", {} at the optimum", words::short(y)));
    format!(
        "{} {}: {} {}{rule} ({}, first trial)",
        figure.x.label,
        figure.x.write(at.x),
        point.series.name,
        words::short(at.y),
        figure.y.label
    )
}

/// A value of the landscape, with the population's value for comparison.
fn landscape_reading(figure: &Figure, point: &SeriesPoint, at: Estimate) -> String {
    let population = figure.series().into_iter().find(|s| s.role == MarkRole::Theory);
    let population = population.filter(|_| point.series.role != MarkRole::Theory);
    let population = population.and_then(|series| {
        let place = series.nearest(figure, at.x)?;
        Some(format!(", of the population (theory) {}", words::short(series.points[place].y)))
    });
    format!(
        "φ {:.1}°: {} {} of the labels explained{} (first trial)",
        at.x,
        point.series.name,
        words::short(at.y),
        population.unwrap_or_default()
    )
}
