//! Spectra: the variance of every task's rows, from the loudest direction to the quietest.

use super::axis::compact;
use super::{
    Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat, words,
};
use crate::math::linalg;
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole as Part;

/// The largest number of tasks that are drawn.
pub const MOST_SERIES: usize = 7;

/// Eigenvalues below this share of the largest are not drawn.
const SMALLEST: f64 = 1e-9;

/// The largest number of symbols along a series.
const SYMBOLS: usize = 6;

/// Spectra that differ by less than this share everywhere lie on each other.
const SAME: f64 = 1e-9;

/// The largest number of names of tasks with one spectrum.
const MOST_NAMES: usize = 2;

/// Draws the eigenvalues of the row covariance Σ of every task: the squared standard deviations
/// along its axes, which no rotation changes. Equal spectra share a line and a name. Of a repeated
/// task one is drawn; of more than seven entries the first seven, including the one with index
/// `entry`. Tasks that share their rows have one.
pub fn figure(scenario: &Scenario, entry: usize) -> Figure {
    let entries = shown(scenario, entry);
    let spectra: Vec<Vec<f64>> =
        entries.iter().map(|&entry| eigenvalues(scenario, entry)).collect();
    let count = entries.len();
    let groups = alike(&spectra);
    let style = |i: usize| groups.iter().position(|group| group.contains(&i)).unwrap_or(i) as u8;
    let lines = entries.iter().zip(&spectra).enumerate().map(|(i, (&entry, spectrum))| {
        let dash = Dash::of_series(style(i));
        let line = Shape::Line { points: ranked(spectrum), dash };
        Mark::new(MarkRole::Series(style(i)), line).of(title(scenario, entry, count))
    });
    let symbols = groups.iter().enumerate().map(|(i, group)| {
        let points = marked(&spectra[group[0]], i, groups.len());
        let tasks: Vec<usize> = group.iter().map(|&i| entries[i]).collect();
        let symbol = match scenario.draft().tasks.len() < Symbol::COUNT {
            true => Symbol::of_task(scenario.draft(), tasks[0]),
            false => Symbol::of_series(i as u8),
        };
        let shape = Shape::Points { points, symbol };
        Mark::new(MarkRole::Series(i as u8), shape).named(together(scenario, &tasks, count))
    });
    let marks = lines.chain(symbols).collect();
    let all = if scenario.shares_rows() { count } else { scenario.draft().tasks.len() };
    let of = if all > count { format!(": {count} of {all} tasks") } else { String::new() };
    let left_out = if all > count {
        format!(" {} more tasks are not drawn.", all - count)
    } else {
        String::new()
    };
    Figure {
        id: "spectrum",
        title: format!("Spectrum of the rows{of}"),
        x: Axis {
            label: "principal axis, by falling variance".into(),
            scale: AxisScale::Linear,
            from: 1.0,
            to: scenario.dimension() as f64,
            format: TickFormat::Whole,
        },
        y: vertical(&spectra, scenario.real().is_none()),
        marks,
        caption: format!(
            "Eigenvalues of the covariance of the rows of each task: the variance along each of \
             its axes. Turning the axes does not change them.{left_out} {}",
            words::setting(scenario, |_| false)
        ),
        square: false,
    }
}

/// The entries that are drawn, in order; the selected one comes first if it would be missing.
fn shown(scenario: &Scenario, entry: usize) -> Vec<usize> {
    if scenario.shares_rows() {
        return vec![entry];
    }
    let count = scenario.draft().tasks.len();
    let selected = (MOST_SERIES..count).contains(&entry).then_some(entry);
    selected.into_iter().chain(0..count).take(MOST_SERIES).collect()
}

/// The eigenvalues of the covariance of an entry, the largest first.
fn eigenvalues(scenario: &Scenario, entry: usize) -> Vec<f64> {
    let Some((address, spec)) = scenario.first_of(entry) else { return Vec::new() };
    if scenario.real().is_some() {
        let covariance = scenario.population_of_all(0).tasks[address].covariance();
        let values = linalg::eigen(&covariance).0;
        return values.iter().copied().filter(|value| *value > SMALLEST * values[0]).collect();
    }
    let deviations = spec.covariance.spectrum.deviations(scenario.dimension());
    deviations.into_iter().map(|deviation| deviation * deviation).collect()
}

/// Eigenvalues against their rank, from 1.
fn ranked(spectrum: &[f64]) -> Vec<(f64, f64)> {
    spectrum.iter().enumerate().map(|(i, value)| ((i + 1) as f64, *value)).collect()
}

/// Some points of a series, placed apart from those of other series if there is room.
fn marked(spectrum: &[f64], series: usize, count: usize) -> Vec<Estimate> {
    let stride = count.max(spectrum.len().div_ceil(SYMBOLS));
    let first = (series * stride / count.max(1)).min(spectrum.len().saturating_sub(1));
    let places = ranked(spectrum).into_iter().skip(first).step_by(stride.max(1));
    places.map(|(x, y)| Estimate { x, y, low: y, high: y }).collect()
}

/// The spectra in groups of equal ones, each by its place.
fn alike(spectra: &[Vec<f64>]) -> Vec<Vec<usize>> {
    let close = |a: &f64, b: &f64| (a - b).abs() <= SAME * a.abs();
    let equal = |one: &[f64], other: &[f64]| {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| close(a, b))
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, spectrum) in spectra.iter().enumerate() {
        match groups.iter_mut().find(|group| equal(&spectra[group[0]], spectrum)) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups
}

/// The name of tasks with one spectrum: `a and b alike, κ 1`.
fn together(scenario: &Scenario, tasks: &[usize], among: usize) -> String {
    let [first, others @ ..] = tasks else { return String::new() };
    if scenario.shares_rows() {
        return format!("the rows that all {} tasks share", scenario.tasks().len());
    }
    let whole = title(scenario, *first, among);
    if others.is_empty() {
        return whole;
    }
    let names: Vec<String> = tasks.iter().map(|&task| called(scenario, task)).collect();
    let names = match names.len() {
        0..=MOST_NAMES => names.join(" and "),
        all if all == among => format!("all {all} tasks"),
        some => format!("{} and {} more", names[0], some - 1),
    };
    format!("{names} alike{}", &whole[called(scenario, *first).len()..])
}

/// The name, the condition number if there are few tasks, and whether the task is left out.
fn title(scenario: &Scenario, entry: usize, among: usize) -> String {
    let task = &scenario.draft().tasks[entry];
    let condition = match among {
        0..5 if scenario.real().is_none() => format!(", κ {}", compact(task.covariance.condition)),
        _ => String::new(),
    };
    format!("{}{condition}", called(scenario, entry))
}

/// The name, how often the task is repeated, and whether it is left out.
fn called(scenario: &Scenario, entry: usize) -> String {
    let task = &scenario.draft().tasks[entry];
    let count = task.count.map_or(String::new(), |count| format!(" ×{count}"));
    let aside = if task.role == Part::Aside { " (left out)" } else { "" };
    format!("{}{count}{aside}", task.name)
}

/// The vertical axis over all spectra, with a margin. For drawn rows it says what κ is: the ratio of
/// standard deviations.
fn vertical(spectra: &[Vec<f64>], has_condition: bool) -> Axis {
    let values = || spectra.iter().flatten().copied();
    let high = values().fold(f64::MIN_POSITIVE, f64::max);
    let low = values().fold(high, f64::min);
    let margin = (high / low).max(10.0).powf(0.1);
    if high / low < 1.001 {
        return Axis {
            label: "variance".into(),
            scale: AxisScale::Linear,
            from: 0.0,
            to: 1.3 * high,
            format: TickFormat::Number,
        };
    }
    Axis {
        label: if has_condition { "variance (largest/smallest: κ²)" } else { "variance" }.into(),
        scale: AxisScale::Log,
        from: low / margin,
        to: high * margin,
        format: TickFormat::Number,
    }
}
