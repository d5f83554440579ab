//! Ways of training compared at one scenario: the gain of each with its interval, side by side.

use super::gain::{estimate, place, vertical};
use super::words;
use super::{Axis, Dash, Estimate, Figure, Mark, Role, Shape, Symbol};
use crate::scenario::Scenario;
use crate::transfer::Outcome;

/// A way of training, and what it did.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    /// Its name.
    pub name: &'a str,
    /// The way that stands in the place of training alone.
    pub beside: Option<&'a str>,
    /// What it did.
    pub outcome: &'a Outcome,
    /// Whether it is the one that is asked about.
    pub asked: bool,
}

impl Way<'_> {
    /// What stands below it on the axis.
    fn label(&self) -> String {
        self.beside.map_or_else(|| self.name.to_owned(), |beside| format!("vs {beside}"))
    }
}

/// Draws what ways of training did to `whom`. `None` where of none a gain may be named.
pub fn figure(scenario: &Scenario, whom: &str, ways: &[Way<'_>]) -> Option<Figure> {
    let y = vertical(std::iter::empty(), ways.iter().filter_map(|way| way.outcome.gain));
    let points = |asked: bool| -> Vec<Estimate> {
        let known = ways.iter().enumerate().filter(|(_, way)| way.asked == asked);
        known.filter_map(|(x, way)| Some(estimate(&y, x as f64, &way.outcome.gain?))).collect()
    };
    let zero = Shape::Level { y: place(&y, 0.0), dash: Dash::Dashed };
    let mut marks = vec![Mark::new(Role::Reference, zero).named("no difference")];
    let trials = ways.iter().map(|way| way.outcome.trials).max().unwrap_or(0);
    let measured = format!("measured ({trials} trials, 95 %)");
    for (asked, role, symbol, name) in [
        (true, Role::Here, Symbol::Ring, "asked"),
        (false, Role::Measured, Symbol::Disc, measured.as_str()),
    ] {
        let points = points(asked);
        if !points.is_empty() {
            marks.push(Mark::new(role, Shape::Points { points, symbol }).named(name));
        }
    }
    if marks.len() == 1 {
        return None;
    }
    let said = ways.iter().map(|way| {
        let effect = words::effect(way.outcome);
        let (before, after) = (way.outcome.single.mean, way.outcome.multi.mean);
        let (before, after) = (words::short(before), words::short(after));
        let Way { name, beside, .. } = way;
        match beside {
            Some(beside) => format!("{name} vs {beside}: {effect} ({before}, {after})"),
            None => format!("{name}: {effect} (alone {before}, {name} {after})"),
        }
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let caption = format!(
        "Bars: paired 95 % intervals, n = {trials} trials, seed {}. Gain = 1 − E[error] / E[error \
         alone], {} at the optima; vs another way, that stands in the place of alone. {said}. {}",
        scenario.draft().seed,
        words::error(scenario),
        words::setting(scenario, |_| false)
    );
    Some(Figure {
        id: "methods",
        title: format!("Gain of {whom} by way of training"),
        x: Axis::of_names("way of training", ways.iter().map(Way::label)),
        y,
        marks,
        caption,
        square: false,
    })
}
