//! The reading of a point of a chart, in words with units.

use super::crosshair::SeriesPoint;
use super::screen::lab::Lab;
use crate::figure::{Estimate, Figure, MarkRole, Shape, words};
use crate::math::digits::fixed;
use crate::scenario::Scenario;
use crate::study::Curve;
use crate::transfer::Prediction;

/// A point of a figure of this scenario in words: position, value, interval and n, theory.
pub(super) fn reading(
    lab: &Lab,
    scenario: &Scenario,
    figure: &Figure,
    point: &SeriesPoint,
) -> Option<String> {
    let at = point.estimate()?;
    match figure.id {
        "gain" => gain_reading(lab, scenario, point, at.x),
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
fn gain_reading(lab: &Lab, scenario: &Scenario, point: &SeriesPoint, x: f64) -> Option<String> {
    let curve = lab.curve.as_ref()?;
    let path = curve.handle.path(scenario.draft());
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
            let outcome = lab.outcome().filter(|_| lab.fresh)?;
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
            let ghost = lab.ghost.as_ref()?;
            let words = match predicted(ghost, x) {
                Some((_, words)) => words,
                None => {
                    let (_, outcome) = nearest(&ghost.measured, x)?;
                    let effect = words::effect(outcome);
                    format!("measured {effect} ({} trials)", outcome.trials)
                }
            };
            let whose = if lab.pinned { "pinned" } else { "before" };
            Some(format!("{own}: {whose}, {words}"))
        }
    }
}

/// The height of the theory line at a value of the knob, with its position; beyond the line the
/// prediction nearest to it.
fn predicted(curve: &Curve, x: f64) -> Option<(f64, String)> {
    let between = |pair: &[(f64, Prediction)]| {
        let (from, to) = (pair[0].0, pair[1].0);
        let share = (x - from) / (to - from);
        (0.0..=1.0).contains(&share).then(|| {
            let [from, to] = [pair[0].1, pair[1].1];
            let along = |a: f64, b: f64| a + share * (b - a);
            let gain = along(from.gain, to.gain);
            (x, Prediction { gain, margin: along(from.margin, to.margin), ..from })
        })
    };
    let on_line = curve.stretches().find_map(|line| line.windows(2).find_map(between));
    let nearest = || nearest(&curve.theory, x).map(|(at, prediction)| (*at, *prediction));
    let (at, found) = on_line.filter(|(_, found)| found.gain.is_finite()).or_else(nearest)?;
    Some((at, format!("theory {}", words::prediction(&found))))
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
        "ψ {}°: {} {} of the labels explained{} (first trial)",
        fixed(at.x, 1),
        point.series.name,
        words::short(at.y),
        population.unwrap_or_default()
    )
}
