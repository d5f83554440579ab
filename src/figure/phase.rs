//! A phase diagram: the region where joint training helps, makes no difference, or hurts.

mod settled;

use super::contour::Grid;
use super::finding::VerdictCounts;
use super::gain::along;
use super::{Axis, AxisScale, Cell, Cells, Dash, Figure, Mark, MarkRole, Shape, TickFormat, words};
use crate::math::stats::{Interval, LEVEL};
use crate::scenario::Scenario;
use crate::study::StudyResults;
use crate::study::plan::{self, StudyLine};
use crate::transfer::{Outcome, Verdict};

/// Most cells that have their gains written in them.
const WRITTEN: usize = 48;

/// Draws the phase diagram of a study for one method. Cells that are not measured yet are shown
/// like their nearest measured cell. `None` if the study is not a phase diagram.
pub fn figure(results: &StudyResults, method: usize) -> Option<Figure> {
    let study = &results.study;
    let line = study.lines().iter().find(|line| line.y.is_some())?;
    let vertical = line.y.as_ref()?;
    let (x, y) = (axis(&line.x), axis(vertical));
    let cells = Mark::new(MarkRole::Reference, Shape::Cells(cells(results, line, method)?));
    let mut marks = vec![match counted(results, line, method) {
        Some(counted) => cells.named(counted),
        None => cells,
    }];
    let name = |name: &'static str| {
        move |i: usize, mark: Mark| if i == 0 { mark.named(name) } else { mark }
    };
    let known = results.records.is_complete();
    let zeros = if known { measured_zeros(results, line, method) } else { Vec::new() };
    let lines = zeros.into_iter().enumerate().map(|(i, points)| {
        let shape = Shape::Line { points, dash: Dash::Solid };
        name("gain 0, measured")(i, Mark::new(MarkRole::Series(6), shape))
    });
    marks.extend(lines);
    let predicted = |cell: usize| log_ratio(results.prediction(cell).filter(|_| method == 0)?.gain);
    let predicted: Vec<Option<f64>> = line.cells().map(predicted).collect();
    let lines = self::zeros(line, &predicted).into_iter().enumerate().map(|(i, points)| {
        let shape = Shape::Line { points, dash: Dash::Dotted };
        name("gain 0, theory")(i, Mark::new(MarkRole::Series(6), shape))
    });
    marks.extend(lines);
    let scenario = &study.bases()[line.base];
    let by = match study.methods() {
        methods if methods.len() > 1 => format!(" by {}", methods[method]),
        _ => String::new(),
    };
    Some(Figure {
        id: "phase",
        title: format!(
            "Gain of {}{by} across {} and {}",
            words::learners(scenario),
            line.x.path,
            vertical.path
        ),
        x,
        y,
        marks,
        caption: caption(results, line, method),
        square: false,
    })
}

/// The way from the scenario of a phase diagram to another one; `None` unless that turns its two
/// knobs, or one of them, and nothing else.
pub fn way(results: &StudyResults, to: &Scenario) -> Option<Mark> {
    let study = &results.study;
    let line = study.lines().iter().find(|line| line.y.is_some())?;
    let base = &study.bases()[line.base];
    let (x, y) = (line.x.handle, line.y.as_ref()?.handle);
    let at = |scenario: &Scenario| Some((x.get(scenario.draft())?, y.get(scenario.draft())?));
    let (from, to_point) = (at(base)?, at(to)?);
    let moved = base.with(x, to_point.0).ok()?.with(y, to_point.1).ok()?;
    let (moved, to) = (moved.draft(), to.draft());
    let same = moved.tasks == to.tasks && moved.model == to.model && moved.data == to.data;
    let shape = Shape::Arrow { from, to: to_point, dash: Dash::Solid };
    let named = || Mark::new(MarkRole::Here, shape).named("the way to the open scenario");
    (same && from != to_point).then(named)
}

/// The number of trials behind the cells, as text.
fn counted(results: &StudyResults, line: &StudyLine, method: usize) -> Option<String> {
    let counts = line.cells().filter_map(|cell| Some(results.outcome(cell, method)?.trials));
    let (least, most) = (counts.clone().min()?, counts.max()?);
    let n = if least == most { format!("{least}") } else { format!("{least} to {most}") };
    Some(format!("n = {n}, {LEVEL}"))
}

fn scale(axis: &plan::StudyAxis) -> AxisScale {
    if axis.log { AxisScale::Log } else { AxisScale::Linear }
}

fn axis(axis: &plan::StudyAxis) -> Axis {
    let edges = scale(axis).edges(&axis.values);
    let (a, b) = match edges[..] {
        [first, .., last] => (first, last),
        _ => (f64::NAN, f64::NAN),
    };
    let along = along(axis.handle, &axis.path, scale(axis), a.min(b), a.max(b));
    match along.format {
        TickFormat::Whole => {
            let format = TickFormat::At(axis.values.iter().map(|value| *value as u64).collect());
            Axis { format, ..along }
        }
        _ => along,
    }
}

fn cells(results: &StudyResults, line: &StudyLine, method: usize) -> Option<Cells> {
    let y = line.y.as_ref()?;
    let columns = line.x.values.len();
    let few = line.cells().len() <= WRITTEN;
    let mut cells: Vec<Option<Cell>> = line
        .cells()
        .map(|cell| {
            let outcome = results.outcome(cell, method)?;
            let cell = Cell::of(outcome, size(outcome));
            Some(if few { cell.telling(outcome) } else { cell })
        })
        .collect();
    spread(&mut cells, columns);
    let edges = |axis: &plan::StudyAxis| scale(axis).edges(&axis.values);
    Some(Cells { columns: edges(&line.x), rows: edges(y), cells })
}

/// The gain; if it is undefined, the gain of the typical error ratio, which then also gives the
/// verdict.
fn size(outcome: &Outcome) -> Option<Interval> {
    let saved = |log: f64| 1.0 - log.exp();
    let typical = |ratio: Interval| Interval {
        mean: saved(ratio.mean),
        low: saved(ratio.high),
        high: saved(ratio.low),
    };
    outcome.gain.or(outcome.log_ratio.map(typical))
}

/// Copies the nearest known cell into every empty cell, ring by ring.
fn spread(cells: &mut [Option<Cell>], columns: usize) {
    let mut ring: Vec<usize> = (0..cells.len()).filter(|i| cells[*i].is_some()).collect();
    while !ring.is_empty() {
        let mut next = Vec::new();
        for &from in &ring {
            for to in settled::beside(from, columns, cells.len()) {
                if cells[to].is_none() {
                    cells[to] = cells[from].clone().map(Cell::unmeasured);
                    next.push(to);
                }
            }
        }
        ring = next;
    }
}

/// The zero lines of the measured gain, between cells with a sure sign; others count as the sure ones
/// around them, so that noise draws no line.
fn measured_zeros(results: &StudyResults, line: &StudyLine, method: usize) -> Vec<Vec<(f64, f64)>> {
    let outcome = |cell: usize| results.outcome(cell, method);
    let mut values: Vec<Option<f64>> =
        line.cells().map(|cell| log_ratio(outcome(cell)?.gain?.mean)).collect();
    let is_sure = |cell: usize| {
        outcome(cell).is_some_and(|found| matches!(found.verdict, Verdict::Helps | Verdict::Hurts))
    };
    let sure: Vec<bool> = line.cells().map(is_sure).collect();
    settled::settle(&mut values, &sure, line.x.values.len());
    zeros(line, &values)
}

/// Minus the logarithm of the error ratio: it has the sign of the gain, which is itself unbounded on
/// one side only.
fn log_ratio(gain: f64) -> Option<f64> {
    let ratio = -(1.0 - gain).ln();
    ratio.is_finite().then_some(ratio)
}

/// The zero lines of the values of all cells, by linear interpolation.
fn zeros(line: &StudyLine, values: &[Option<f64>]) -> Vec<Vec<(f64, f64)>> {
    let Some(y) = &line.y else { return Vec::new() };
    let place = |axis: &plan::StudyAxis| -> Vec<f64> {
        axis.values.iter().map(|v| if axis.log { v.ln() } else { *v }).collect()
    };
    let (xs, ys) = (place(&line.x), place(y));
    let back = |value: f64, log: bool| if log { value.exp() } else { value };
    let lines = Grid { xs: &xs, ys: &ys, values }.zeros();
    let unplaced = |(u, v): (f64, f64)| (back(u, line.x.log), back(v, y.log));
    lines.into_iter().map(|points| points.into_iter().map(unplaced).collect()).collect()
}

/// Says what the lines of gain 0 are; empty without any.
fn lines(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let has_theory = method == 0
        && line.cells().any(|cell| results.prediction(cell).is_some_and(|p| p.gain.is_finite()));
    let kinds = match (results.records.is_complete(), has_theory) {
        (true, true) => "solid: measured, between sure signs; dotted: the theory line",
        (true, false) => "measured, between sure signs",
        (false, true) => "dotted: the theory line",
        (false, false) => return String::new(),
    };
    format!("Lines: gain 0, interpolated between the middles of cells ({kinds}). ")
}

/// Counts the cells that are undecided; empty without any.
fn undecided(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let verdicts = line.cells().filter_map(|cell| Some(results.outcome(cell, method)?.verdict));
    match VerdictCounts::count(verdicts).undecided {
        0 => String::new(),
        1 => "1 cell may help or hurt: undecided (?). ".to_owned(),
        some => format!("{some} cells may help or hurt: undecided (?). "),
    }
}

fn caption(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let scenario = &results.study.bases()[line.base];
    let draft = scenario.draft();
    let at = |cell: usize| &results.study.cells()[cell].scenario;
    let (from, to) = (at(line.cells().start), at(line.cells().end - 1));
    let so_far = words::so_far(results);
    let lines = lines(results, line, method);
    let signs = match line.cells().len() <= WRITTEN {
        true => {
            "Cells give the gain with its ± where that fits; others that hurt have a minus sign"
        }
        false => "Cells that hurt have a minus sign",
    };
    let open = undecided(results, line, method);
    let unnamed = line.cells().filter(|&cell| {
        results.outcome(cell, method).is_some_and(|outcome| outcome.gain.is_none())
    });
    let typical = match unnamed.count() {
        0 => String::new(),
        n => format!("In {n} cells the gain is undefined and the typical ratio decides. "),
    };
    format!(
        "{so_far}{typical}{} cells of n = {} trials, seed {}; a cell helps or hurts if its paired \
         {LEVEL} interval excludes zero. {open}{signs}, in grey falling lines; \
         a gain of −100 % and any below have one shade. {lines}Gain = 1 − E[error together] / E[error alone], {} at {}. \
         {}{}",
        line.cells().len(),
        draft.trials,
        draft.seed,
        words::error(scenario),
        words::fitted(results, line.cells(), method),
        words::of_rows(scenario),
        words::setting(scenario, |handle| handle.get(from.draft()) != handle.get(to.draft()))
    )
}
