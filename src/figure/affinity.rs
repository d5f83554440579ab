//! Affinity: the gain of every task with every other, and the score of a proxy for it.

use super::finding::VerdictCounts;
use super::gain::{edge_words, estimate, noted, vertical};
use super::{
    Axis, AxisScale, Cell, Cells, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol,
    TickFormat, words,
};
use crate::math::digits::fixed;
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::Scenario;
use crate::study::StudyResults;
use crate::study::affinity::Insight;
use crate::study::agreement::ProxyAgreement;
use crate::study::groups::pairs;
use crate::study::probe::{PROXIES, Proxy};
use crate::transfer::{Outcome, Verdict};

/// A smaller gain is a rounding error.
const NOTHING: f64 = 1e-6;
/// The smallest number of tasks of which a proxy can order the pairs.
const FEWEST: usize = 3;

/// Returns the reason why a scenario has no figure of a proxy; `None` if it may have one.
pub fn no_proxy(scenario: &Scenario) -> Option<&'static str> {
    (scenario.tasks().len() < FEWEST).then_some(
        "a proxy orders pairs of tasks, so it takes at least three tasks (6 ordered pairs)",
    )
}

/// Draws the matrix of measured gains: a row for each task that learns, a column for each partner,
/// and a last column for all tasks together. `None` if the study is not an affinity study.
pub fn matrix(results: &StudyResults) -> Option<Figure> {
    let names = affinity_tasks(results)?;
    let k = names.len();
    let blank = Cell::new(f64::NAN, Verdict::OneTask).unmeasured();
    let apart = share_nothing(results, k);
    let shown = |outcome: &Outcome| Cell::of(outcome, outcome.gain).telling(outcome);
    let cell = |task: usize, partner: usize| match partner {
        _ if partner == task => Some(blank.clone()),
        _ if partner == k => results.together(task).map(shown),
        _ if apart => results.pair(task, partner).map(|o| shown(o).saying("0")),
        _ => results.pair(task, partner).map(shown),
    };
    let cells = Cells {
        columns: (0..=k + 1).map(|i| i as f64 - 0.5).collect(),
        rows: (0..=k).map(|i| i as f64 - 0.5).collect(),
        cells: (0..k).flat_map(|a| (0..=k).map(move |b| (a, b))).map(|(a, b)| cell(a, b)).collect(),
    };
    let axis = |label: &str, names: Vec<String>, from: f64, to: f64| Axis {
        label: label.into(),
        scale: AxisScale::Linear,
        from,
        to,
        format: TickFormat::Names(names),
    };
    let mark = Mark::new(MarkRole::Reference, Shape::Cells(cells)).of("gain");
    let (prefix, names) = without_prefix(names);
    let label = |label: &str| match prefix.as_str() {
        "" => label.to_owned(),
        prefix => format!("{label}: {prefix}"),
    };
    let mut partners = names.clone();
    partners.push("all".into());
    let end = |count: usize| count as f64 - 0.5;
    Some(Figure {
        id: "affinity",
        title: format!("Gain of each task with each other: {}", results.study.name(0)),
        x: axis(&label("trained with"), partners, -0.5, end(k + 1)),
        y: axis(&label("task that learns"), names, end(k), -0.5),
        marks: vec![match counted(results, k) {
            Some(counted) => mark.named(counted),
            None => mark,
        }],
        caption: format!(
            "{}{}Numbers: the gain in percent, with its interval where there is room{}. The diagonal is empty: no task is its own partner. {}{}",
            words::so_far(results),
            if apart { nothing(results) } else { String::new() },
            widest(results, k),
            undecided(results, k),
            caption(results)
        ),
        square: false,
    })
}

/// The beginning that all names have in common, up to a hyphen or underscore, and the rest of each:
/// `category-` of `category-sky` and `category-grass`.
pub fn without_prefix(names: Vec<String>) -> (String, Vec<String>) {
    let first = names.first().cloned().unwrap_or_default();
    let ends = first.char_indices().filter(|(_, c)| ['-', '_'].contains(c)).map(|(i, _)| i + 1);
    let common = |end: &usize| {
        names.len() > 1
            && names.iter().all(|name| name.starts_with(&first[..*end]) && name.len() > *end)
    };
    let Some(end) = ends.rev().find(common) else { return (String::new(), names) };
    let rest = names.iter().map(|name| name[end..].to_owned()).collect();
    (first[..end].to_owned(), rest)
}

/// Says that there is nothing for a proxy to order; `None` if some pair has a gain.
pub fn nothing_to_order(results: &StudyResults) -> Option<&'static str> {
    let k = affinity_tasks(results)?.len();
    share_nothing(results, k).then_some(
        "the gain of every pair is 0, because the module has a unit for each of two tasks, so a \
         proxy has nothing to order; --set model.width=1 makes them share",
    )
}

/// Returns true if no pair has any gain, because the module is wide enough for both tasks.
fn share_nothing(results: &StudyResults, k: usize) -> bool {
    let is_zero = |gain: Interval| gain.mean.abs() < NOTHING && gain.half_width() < NOTHING;
    let zero = |(a, b)| results.pair(a, b).and_then(|o| o.gain).is_some_and(is_zero);
    let wide = results.study.bases().first().is_some_and(|scenario| scenario.width() > 1);
    wide && pairs(k).all(zero)
}

/// Says why no pair has any gain.
fn nothing(results: &StudyResults) -> String {
    let width = results.study.bases().first().map_or(0, |scenario| scenario.width());
    format!(
        "Two tasks in a module of width {width} share nothing, so the gain of every pair is 0. "
    )
}

/// Says of a matrix whose numbers have no room for their intervals where those are: below it, for
/// the cell under the cursor.
pub fn leave_intervals(matrix: &mut Figure) {
    let interval = format!(", ± {LEVEL}");
    for name in matrix.marks.iter_mut().filter_map(|mark| mark.name.as_mut()) {
        *name = name.replace(&interval, ", ± below");
    }
}

/// Leaves the intervals out of the legend of a matrix whose cells have no room for any.
pub fn leave_out_intervals(matrix: &mut Figure) {
    let interval = format!(", ± {LEVEL}");
    for name in matrix.marks.iter_mut().filter_map(|mark| mark.name.as_mut()) {
        *name = name.replace(&interval, "");
    }
}

/// The widest interval of the matrix: ` (at most ± 12)`; empty if none is known.
fn widest(results: &StudyResults, k: usize) -> String {
    let all = (0..k).filter_map(|task| results.together(task));
    let gains = pairs(k).filter_map(|(a, b)| results.pair(a, b)).chain(all).filter_map(|o| o.gain);
    let halves = gains.map(|gain| 100.0 * gain.half_width()).filter(|half| half.is_finite());
    match halves.fold(0.0, f64::max) {
        0.0 => String::new(),
        widest => format!(" (at most ± {})", words::rough(widest)),
    }
}

/// Counts the gains that are undecided; empty without any.
fn undecided(results: &StudyResults, k: usize) -> String {
    let all = (0..k).filter_map(|task| results.together(task));
    let outcomes = pairs(k).filter_map(|(a, b)| results.pair(a, b)).chain(all);
    match VerdictCounts::count(outcomes.map(|outcome| outcome.verdict)).undecided {
        0 => String::new(),
        1 => "1 gain may be a loss: undecided (?). ".to_owned(),
        some => format!("{some} gains may be losses: undecided (?). "),
    }
}

/// The number of trials behind the pairs, as text.
fn counted(results: &StudyResults, k: usize) -> Option<String> {
    let trials = pairs(k).filter_map(|(a, b)| Some(results.pair(a, b)?.trials));
    let counts: Vec<usize> = trials.collect();
    match (counts.iter().min(), counts.iter().max()) {
        (Some(least), Some(most)) if least == most => Some(format!("in %, n = {least}, ± {LEVEL}")),
        (Some(least), Some(most)) => Some(format!("in %, n = {least} to {most}, ± {LEVEL}")),
        _ => None,
    }
}

/// Draws the measured gains of all ordered pairs against the scores of a proxy. `None` with fewer
/// than three tasks, and if no pair has any gain. Pairs of the same score are drawn a little apart.
pub fn scatter(results: &StudyResults, insight: &Insight, proxy: usize) -> Option<Figure> {
    let tasks = affinity_tasks(results)?;
    let k = tasks.len();
    if k < FEWEST || share_nothing(results, k) {
        return None;
    }
    let (shown, scores) = (PROXIES.get(proxy)?, insight.proxies.get(proxy)?);
    let gain = |(a, b): (usize, usize)| results.pair(a, b)?.gain;
    let y = vertical(std::iter::empty(), pairs(k).filter_map(gain));
    let known: Vec<((usize, usize), Interval)> = pairs(k)
        .filter(|pair| scores[*pair].is_finite())
        .filter_map(|pair| Some((pair, gain(pair)?)))
        .collect();
    let labels = known.iter().map(|((a, b), _)| format!("{} → {}", tasks[*b], tasks[*a]));
    let labels: Vec<String> = labels.collect();
    let mut points: Vec<Estimate> =
        known.iter().map(|(pair, gain)| estimate(scores[*pair], gain)).collect();
    let (low, high) = points
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p.x), h.max(p.x)));
    spread(&mut points, high - low);
    let margin = (0.06 * (high - low)).max(0.05 * high.abs()).max(1e-3);
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let trials: Vec<usize> =
        known.iter().filter_map(|((a, b), _)| Some(results.pair(*a, *b)?.trials)).collect();
    let (least, most) = (trials.iter().min().copied()?, trials.iter().max().copied()?);
    let n = if least == most { format!("{least}") } else { format!("{least} to {most}") };
    let name = words::counted("pairs", n);
    let marks = vec![
        Mark::new(MarkRole::Reference, zero).named("no difference"),
        Mark::new(MarkRole::Measured, Shape::Points { points, symbol: Symbol::Disc })
            .named(name)
            .labelled(labels),
    ];
    let agreement = insight.agreements.get(proxy)?.as_ref();
    let x = Axis {
        label: format!("{}, {}", shown.name, shown.symbol.replace('\u{302}', "")),
        scale: AxisScale::Linear,
        from: low - margin,
        to: high + margin,
        format: TickFormat::Number,
    };
    let remarks = noted(caption(results), &y, edge_words(&marks, &x, &y));
    Some(Figure {
        id: "proxy",
        title: title(shown.name, agreement),
        caption: of_proxy(results, shown, agreement, &remarks),
        x,
        y,
        marks,
        square: false,
    })
}

/// The caption: the proxy, τ, and how both were found, before other remarks.
fn of_proxy(
    results: &StudyResults,
    shown: &Proxy,
    agreement: Option<&ProxyAgreement>,
    remarks: &str,
) -> String {
    let narrow = match agreement.filter(|found| found.interval().is_none()) {
        Some(_) => "All resamples order these few pairs alike, so τ has no interval. ",
        None => "",
    };
    format!(
        "{}{}: {} ({}). {}. τ: Kendall's rank correlation over {} ordered pairs, {LEVEL} interval \
         by resampling trials; p: share of relabellings of the tasks with a |τ| as large (Mantel \
         test). {narrow}Pairs of nearly the same score are drawn a little apart. {remarks}",
        words::so_far(results),
        capital(shown.name),
        shown.help,
        shown.source,
        self::agreement(agreement),
        pairs(results.tasks().len()).count(),
    )
}

/// The title: the proxy, τ, and whether it agrees.
fn title(name: &str, agreement: Option<&ProxyAgreement>) -> String {
    let said = agreement.map_or("τ is undefined".to_owned(), |found| {
        format!("τ = {}, {}", fixed(found.tau.mean, 2), verdict(found))
    });
    capital(&format!("{name}: {said}"))
}

/// Moves points of nearly the same score apart, by a small share of the range of all scores; many
/// together by no more than a few.
fn spread(points: &mut [Estimate], range: f64) {
    const NEAR: f64 = 0.008;
    const MOST: f64 = 0.024;
    let step = NEAR * range;
    if step <= 0.0 {
        return;
    }
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| points[*a].x.total_cmp(&points[*b].x));
    let scores: Vec<f64> = points.iter().map(|point| point.x).collect();
    for run in order.chunk_by(|a, b| (scores[*b] - scores[*a]).abs() < step) {
        let middle = (run.len() - 1) as f64 / 2.0;
        let step = step.min(MOST * range / (run.len() as f64 - 1.0).max(1.0));
        for (place, index) in run.iter().enumerate() {
            points[*index].x = scores[*index] + (place as f64 - middle) * step;
        }
    }
}

/// The text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Describes how a proxy orders the pairs: `τ = 0.81 (LEVEL: 0.68 to 0.90; p = 0.008), agrees`. With
/// few pairs every resample of the trials may have the same τ; then there is no interval.
pub fn agreement(agreement: Option<&ProxyAgreement>) -> String {
    let Some(found) = agreement else { return "τ is undefined".to_owned() };
    let number = |value: f64| fixed(value, 2);
    let interval = match found.interval() {
        None => "no interval: few pairs".to_owned(),
        Some((low, high)) => format!("{LEVEL}: {} to {}", number(low), number(high)),
    };
    format!(
        "τ = {} ({interval}; p = {}), {}",
        number(found.tau.mean),
        words::short(found.chance),
        verdict(found)
    )
}

/// Returns `agrees`, `misleads` or `no evidence`, from the interval of τ and the Mantel test.
pub fn verdict(agreement: &ProxyAgreement) -> &'static str {
    match () {
        () if agreement.agrees() => "agrees",
        () if agreement.misleads() => "MISLEADS",
        () => "no evidence",
    }
}

fn affinity_tasks(results: &StudyResults) -> Option<Vec<String>> {
    results.study.is_affinity().then(|| results.tasks())
}

fn caption(results: &StudyResults) -> String {
    let Some(scenario) = results.study.bases().first() else { return String::new() };
    let draft = scenario.draft();
    format!(
        "Every group is trained, n = {} trials, seed {}; ± paired {LEVEL} intervals; a task \
         gains or loses if its interval excludes zero. Gain = 1 − E[error together] / E[error \
         alone], {} at {} (smaller groups) and {} (all). {}{}",
        draft.trials,
        draft.seed,
        words::error(scenario),
        words::fitted(results, 1..results.study.cells().len(), 0),
        words::fitted(results, 0..1, 0),
        words::of_rows(scenario),
        words::title(scenario)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_without_width_is_not_given() {
        let found = |low: f64, high: f64| {
            let tau = Interval { mean: 0.89, low, high };
            agreement(Some(&ProxyAgreement { tau, chance: 0.333, pairs: 6, trials: 10 }))
        };
        assert_eq!(found(0.89, 0.89), "τ = 0.89 (no interval: few pairs; p = 0.333), no evidence");
        assert!(found(0.5, 0.95).contains(": 0.50 to 0.95; p = 0.333"), "{}", found(0.5, 0.95));
    }

    #[test]
    fn names_lose_the_beginning_that_all_have_in_common() {
        let split = |names: &[&str]| {
            let (prefix, rest) = without_prefix(names.iter().map(|n| (*n).to_owned()).collect());
            (prefix, rest.join(" "))
        };
        assert_eq!(split(&["kind-sky", "kind-grass"]), ("kind-".into(), "sky grass".into()));
        assert_eq!(split(&["a-b-1", "a-b-2"]), ("a-b-".into(), "1 2".into()));
        for names in [vec!["a-b", "c-d"], vec!["a-", "a-b"], vec!["a-b"], vec!["sky", "skin"]] {
            assert_eq!(split(&names), (String::new(), names.join(" ")));
        }
    }
}
