//! The gains that a surrogate predicts for groups it has not seen, against the measured ones.

use super::gain::{edge_words, estimate, noted, vertical};
use super::{Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, words};
use crate::math::digits::fixed;
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::Scenario;
use crate::study::StudyResults;
use crate::study::affinity::Insight;
use crate::study::surrogate::{FEWEST, UnseenAgreement, UnseenGroup};

/// The fewest tasks of which there are enough groups of three or more.
const FEWEST_TASKS: usize = 5;

/// Returns the reason why a scenario has no figure of a surrogate; `None` if it may have one.
pub fn no_surrogate(scenario: &Scenario) -> Option<&'static str> {
    (scenario.tasks().len() < FEWEST_TASKS).then_some(
        "a surrogate predicts groups of three tasks or more from others, so it takes at least five \
         tasks",
    )
}

/// Says how well unseen groups are predicted: Spearman's ρ, its interval, the number of groups,
/// and ρ of the means over pairs.
pub fn agreement(found: &UnseenAgreement) -> String {
    let Interval { mean, low, high } = found.surrogate;
    let pairs =
        found.pairs.map_or_else(String::new, |rho| format!("; means over pairs {}", fixed(rho, 2)));
    format!(
        "Spearman's ρ {} ({} to {}) on {} unseen groups{pairs}",
        fixed(mean, 2),
        fixed(low, 2),
        fixed(high, 2),
        found.groups
    )
}

/// The same in few words: ρ of the surrogate, and of the means over pairs.
pub fn short(found: &UnseenAgreement) -> String {
    let Interval { mean, low, high } = found.surrogate;
    let pairs = found.pairs.map_or_else(String::new, |rho| format!("; pairs {}", fixed(rho, 2)));
    format!("surrogate ρ {} ({} to {}){pairs}", fixed(mean, 2), fixed(low, 2), fixed(high, 2))
}

/// Says why there is no agreement.
pub fn too_few() -> String {
    format!("an agreement takes at least {FEWEST} groups of three tasks or more")
}

/// Draws the measured gains of all tasks in unseen groups against the predicted ones. `None` if
/// there are too few groups.
pub fn scatter(results: &StudyResults, insight: &Insight) -> Option<Figure> {
    let surrogate = insight.surrogate.as_ref()?;
    let found = surrogate.agreement.as_ref()?;
    let known = gains(results, &surrogate.unseen);
    let points: Vec<Estimate> = known.iter().map(|(x, gain)| estimate(*x, gain)).collect();
    let y = vertical(known.iter().map(|(x, _)| *x), known.iter().map(|(_, gain)| *gain));
    let label = match y.scale {
        AxisScale::Gain => "predicted gain (log)",
        _ => "predicted gain",
    };
    let x = Axis { label: label.into(), ..y.clone() };
    let ends = vec![(y.from, y.from), (y.to, y.to)];
    let equal = Shape::Line { points: ends, dash: Dash::Dashed };
    let trials = results.study.bases().first().map_or(0, |scenario| scenario.trials());
    let marks = vec![
        Mark::new(MarkRole::Reference, equal).named("measured as predicted"),
        Mark::new(MarkRole::Measured, Shape::Points { points, symbol: Symbol::Disc })
            .named(format!("tasks in unseen groups, n = {trials}")),
    ];
    let remarks = noted(caption(results, found), &y, edge_words(&marks, &x, &y));
    Some(Figure {
        id: "surrogate",
        title: format!("Surrogate: ρ = {}", fixed(found.surrogate.mean, 2)),
        caption: remarks,
        x,
        y,
        marks,
        square: true,
    })
}

/// The predicted gain of every task of every unseen group, with the measured one.
fn gains(results: &StudyResults, unseen: &[UnseenGroup]) -> Vec<(f64, Interval)> {
    let of_group = |group: &UnseenGroup| -> Vec<(f64, Interval)> {
        let cell = results.group(&group.measured.tasks);
        let measured = cell.and_then(|cell| results.records.measurement(cell));
        let gains = measured.map(|measured| measured.own().groups.clone()).unwrap_or_default();
        let pairs = group.predicted.iter().zip(gains);
        pairs.filter_map(|(predicted, outcome)| Some((*predicted, outcome.gain?))).collect()
    };
    unseen.iter().flat_map(of_group).collect()
}

fn caption(results: &StudyResults, found: &UnseenAgreement) -> String {
    let Some(scenario) = results.study.bases().first() else { return String::new() };
    format!(
        "{}{}; {LEVEL} interval by resampling groups. The surrogate (Li, Nguyen & Zhang, TMLR \
         2023) takes the logarithm of a task's relative error to be linear in the indicators of \
         the other members; each group was left out of the fit that predicts it. n = {} trials of \
         every group, seed {}; ± paired {LEVEL} intervals of the measured gains. {}",
        words::so_far(results),
        agreement(found),
        scenario.trials(),
        scenario.draft().seed,
        words::title(scenario)
    )
}
