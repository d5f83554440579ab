//! The results of a sweep as text.

use crate::cli::report::cells::{better, widest};
use crate::figure::finding::VerdictCounts;
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::scenario::knob::KnobScope;
use crate::scenario::{Scenario, protocol};
use crate::study::StudyResults;
use crate::study::caution::of_rows;
use crate::study::crossing::Crossing;
use crate::study::plan::{StudyAxis, StudyLine};
use crate::transfer::Verdict;

/// The table of every line and method, or the map of every phase diagram.
pub(in crate::cli) fn text(results: &StudyResults) -> String {
    let study = &results.study;
    let blocks = study.lines().iter().flat_map(|line| {
        let methods = 0..study.methods().len();
        methods.map(move |method| block(results, line, method))
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn block(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let heading = heading(results, line, method);
    match &line.y {
        None => {
            let table = table(results, line, method) + &gaps(results, line, method);
            heading + "\n" + &table + &crossings(results, line, method)
        }
        Some(y) => heading + "\n" + &map(results, line, y, method),
    }
}

fn heading(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let study = &results.study;
    let scenario = &study.bases()[line.base];
    let draft = scenario.draft();
    let methods = study.methods();
    let by = if methods.len() > 1 { format!(" by {}", methods[method]) } else { String::new() };
    let across = line.y.as_ref().map_or(String::new(), |y| format!(" and {}", y.path));
    let varied = |axis: &StudyAxis| axis.handle.knob.scope == KnobScope::Model;
    let model = match varied(&line.x) || line.y.as_ref().is_some_and(varied) {
        true => String::new(),
        false if methods.len() > 1 => format!("{}, ", words::units(scenario)),
        false => format!("{}, ", words::model(scenario)),
    };
    let dimension = match line.x.path.as_str() {
        "data.dimension" => String::new(),
        _ => format!("d = {}, ", draft.data.dimension),
    };
    format!(
        "{}: gain of {}{by} along {}{across}\n{dimension}{model}seed {}, {} trials per point at {}, ± {LEVEL}\n",
        study.name(line.base),
        words::targets(scenario),
        line.x.path,
        draft.seed,
        draft.trials,
        words::optima(results, line.cells(), method)
    ) + &protocol::fixed_rows(scenario).map_or_else(String::new, |said| said + "\n")
        + &of_rows(scenario).iter().map(|c| format!("Beware: {c}\n")).collect::<String>()
}

fn table(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let value = |x: f64| line.x.handle.knob.text(x);
    let points = results.points(line, method);
    let mut values: Vec<String> = points.iter().map(|point| value(point.x)).collect();
    values.push(line.x.path.clone());
    let width = widest(&values);
    let mut text = format!(
        "{:>width$}  {:>15}  {:>15}  {:>22}  {:>11}  {:<13}  {}\n",
        line.x.path, "error alone", "error together", "gain", "better in", "verdict", "theory"
    );
    for point in &points {
        let outcome = point.outcome;
        let theory = results.prediction(point.cell).filter(|_| method == 0);
        let theory = theory.map_or_else(|| "–".to_owned(), words::prediction);
        text += &format!(
            "{:>width$}  {:>15}  {:>15}  {:>22}  {:>11}  {:<13}  {theory}\n",
            value(point.x),
            words::mean_error(outcome.single, outcome.trials),
            words::mean_error(outcome.multi, outcome.trials),
            words::effect(outcome),
            better(outcome.helped, outcome.trials),
            short(outcome.verdict),
        );
    }
    text
}

/// Why cells of the table have no theory, in a line; empty if all have it, or the method has none.
fn gaps(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    if method > 0 || results.theory.is_empty() {
        return String::new();
    }
    let (mut gaps, mut known): (Vec<words::Gap>, Vec<f64>) = (Vec::new(), Vec::new());
    for point in results.points(line, method) {
        match results.theory.cells.get(point.cell) {
            Some(Err(gap)) => gaps.push((point.x, gap)),
            _ => known.push(point.x),
        }
    }
    if gaps.is_empty() {
        return String::new();
    }
    gaps.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    known.sort_by(f64::total_cmp);
    let scenario = &results.study.bases()[line.base];
    let said = words::no_theory(scenario, line.x.handle, &gaps, &known);
    format!("{}\n", said.trim_end())
}

fn crossings(results: &StudyResults, line: &StudyLine, method: usize) -> String {
    let scenario: &Scenario = &results.study.bases()[line.base];
    let found = results.crossings(line, method);
    let sentence =
        |crossing: &Crossing| format!("{}\n", words::crossing(scenario, line.x.handle, crossing));
    found.iter().map(sentence).collect()
}

/// A map with one letter per cell, the largest y on top.
fn map(results: &StudyResults, line: &StudyLine, y: &StudyAxis, method: usize) -> String {
    let (across, mut rows) = (line.x.values.len(), (0..y.values.len()).collect::<Vec<_>>());
    rows.sort_by(|&a, &b| y.values[b].total_cmp(&y.values[a]));
    let names: Vec<String> = y.values.iter().map(|value| y.handle.knob.text(*value)).collect();
    let width = widest(&names).max(y.path.chars().count());
    let mut text = format!("{:>width$}\n", y.path);
    let verdict = |cell: usize| results.outcome(cell, method).map(|outcome| outcome.verdict);
    for row in rows {
        let cells = (0..across).map(|column| line.first + row * across + column);
        let letters: String = cells.map(|cell| verdict(cell).map_or(' ', letter)).collect();
        text += &format!("{:>width$}  {letters}\n", names[row]);
    }
    let (first, last) = (line.x.values.first(), line.x.values.last());
    let end = |value: Option<&f64>| value.map_or(String::new(), |v| line.x.handle.knob.text(*v));
    text += &format!("{:width$}  {} {} to {}\n\n", "", line.x.path, end(first), end(last));
    let counts = VerdictCounts::count(line.cells().filter_map(verdict));
    let some = |count: usize, words: &str| match count {
        0 => String::new(),
        _ => format!(", {words} in {count}"),
    };
    text + &format!(
        "+ helps in {} cells, - hurts in {}{}{}, . no difference by the {LEVEL} interval in {} of {}\n",
        counts.helps,
        counts.hurts,
        some(counts.undecided, "? undecided"),
        some(counts.none, "= no verdict"),
        counts.same,
        line.cells().len()
    )
}

/// A verdict as one letter of a map.
fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Helps => '+',
        Verdict::Hurts => '-',
        Verdict::NoDifference => '.',
        Verdict::Undecided => '?',
        Verdict::SameTrials | Verdict::OneTask => '=',
    }
}

/// A verdict in a table column.
fn short(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helps => "helps",
        Verdict::Hurts => "HURTS",
        Verdict::NoDifference => "no difference",
        Verdict::Undecided => "undecided",
        Verdict::SameTrials => "no verdict",
        Verdict::OneTask => "one task",
    }
}
