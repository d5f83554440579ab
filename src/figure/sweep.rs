//! The gain along knobs: a line with a confidence band for each scenario, knob and method.

use super::gain::{along, edge_words, estimate, noted, vertical};
use super::{
    Anchor, Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat,
    words,
};
use crate::math::stats::LEVEL;
use crate::study::crossing::Crossing;
use crate::study::plan::StudyLine;
use crate::study::prediction::NO_PREDICTION;
use crate::study::{PredictedGain, StudyResults};

/// With more crossings than this, only the caption states them.
const MOST_CROSSINGS: usize = 2;

/// Height of the label of a crossing, as a share of the vertical axis; labels are stacked.
const LABEL: f64 = 0.11;

/// Width of the label of a crossing, as a share of the horizontal axis.
const WORDS: f64 = 0.4;

/// A sweep to draw.
#[derive(Debug, Clone, Copy)]
pub struct SweepSeries<'a> {
    /// Its title, if the figure shows several sweeps.
    pub title: Option<&'a str>,
    /// Its results.
    pub results: &'a StudyResults,
}

/// One line of the figure.
struct Series<'a> {
    shown: SweepSeries<'a>,
    line: &'a StudyLine,
    method: usize,
    number: u8,
}

/// Draws one sweep, or several in the same figure. `None` if there is no line.
pub fn figure(shown: &[SweepSeries<'_>]) -> Option<Figure> {
    let series = series(shown);
    let first = series.first()?;
    let ruler = Ruler::new(&series);
    let y = vertical(
        series.iter().flat_map(|s| s.theory(&ruler)).map(|(_, gain)| gain),
        series.iter().flat_map(|s| s.known().map(|(_, gain)| gain).collect::<Vec<_>>()),
    );
    let zero = Shape::Level { y: 0.0, dash: Dash::Dashed };
    let mut marks = vec![Mark::new(MarkRole::Reference, zero).named("no difference")];
    marks.extend(series.iter().flat_map(|one| one.measured(&ruler, series.len() > 1)));
    let theories = series.iter().flat_map(|one| one.predicted(&ruler));
    marks.extend(theories.enumerate().map(|(i, mark)| match i {
        0 => mark.named("theory, no training"),
        _ => mark,
    }));
    marks.extend(crossings(&series, &ruler, &y));
    let scenario = &first.shown.results.study.bases()[first.line.base];
    Some(Figure {
        id: "sweep",
        title: format!("Gain of {} along {}", words::learners(scenario), ruler.subject),
        caption: noted(caption(&series, &ruler), &y, edge_words(&marks, &ruler.axis, &y)),
        x: ruler.axis,
        y,
        marks,
        square: false,
    })
}

/// The figure with its break-even points in the legend instead of beside their lines, for files.
pub fn explained(mut figure: Figure) -> Figure {
    figure.marks.retain(|mark| !matches!(mark.shape, Shape::Text { .. }));
    let mut first: Option<usize> = None;
    for index in 0..figure.marks.len() {
        let mark = &figure.marks[index];
        let (Shape::Upright { .. }, Some(name)) = (&mark.shape, mark.series.clone()) else {
            continue;
        };
        let beside = first.filter(|first| figure.marks[*first].role == mark.role);
        match (beside, name.split_once(words::BREAK_EVEN)) {
            (Some(first), Some((_, place))) => {
                let named = figure.marks[first].name.get_or_insert_default();
                *named += &format!(" and{place}");
            }
            _ => {
                figure.marks[index].name = Some(name);
                first = Some(index);
            }
        }
    }
    figure
}

fn series<'a>(shown: &[SweepSeries<'a>]) -> Vec<Series<'a>> {
    let mut series = Vec::new();
    for &shown in shown {
        let study = &shown.results.study;
        let lines = study.lines().iter().filter(|line| line.y.is_none());
        for line in lines {
            for method in 0..study.methods().len() {
                let number = (series.len() % 250) as u8;
                series.push(Series { shown, line, method, number });
            }
        }
    }
    series
}

/// The horizontal axis: the values of the common knob, or the share of each knob's own range.
struct Ruler {
    axis: Axis,
    subject: String,
    shares: bool,
}

impl Ruler {
    fn new(series: &[Series<'_>]) -> Self {
        let first = &series[0].line.x;
        let shares = series.iter().any(|one| one.line.x.handle.knob != first.handle.knob);
        let mut paths: Vec<&str> = series.iter().map(|one| one.line.x.path.as_str()).collect();
        paths.dedup();
        let subject = match paths[..] {
            [one] => one.to_owned(),
            _ if !shares => first.handle.knob.name.to_owned(),
            _ => format!("{} knobs", paths.len()),
        };
        if shares {
            let (scale, format) = (AxisScale::Linear, TickFormat::Number);
            let label = "share of each knob's range".to_owned();
            return Self {
                axis: Axis { label, scale, from: 0.0, to: 1.0, format },
                subject,
                shares,
            };
        }
        let log = series.iter().all(|one| one.line.x.log);
        let values = || series.iter().flat_map(|one| one.line.x.values.iter().copied());
        let (from, to) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let scale = if log { AxisScale::Log } else { AxisScale::Linear };
        Self { axis: along(first.handle, &subject, scale, from, to), subject, shares }
    }

    /// The horizontal position of a value of a line.
    fn at(&self, line: &StudyLine, value: f64) -> f64 {
        if !self.shares {
            return value;
        }
        let values = &line.x.values;
        let [from, to] = [values[0], values[values.len() - 1]];
        let ends = |place: fn(f64) -> f64| (place(value) - place(from)) / (place(to) - place(from));
        if line.x.log { ends(f64::ln) } else { ends(|v| v) }
    }
}

impl Series<'_> {
    fn role(&self) -> MarkRole {
        MarkRole::Series(self.number)
    }

    /// The gains that are defined, by value.
    fn known(&self) -> impl Iterator<Item = (f64, crate::math::stats::Interval)> {
        let points = self.shown.results.points(self.line, self.method);
        points.into_iter().filter_map(|point| Some((point.x, point.outcome.gain?)))
    }

    /// The values of its knob in ascending order with the predicted gains: also those between the
    /// measured ones, unless the knob is a choice between names.
    fn theory_line(&self) -> Vec<PredictedGain> {
        let results = self.shown.results;
        let place = results.study.lines().iter().position(|line| line == self.line);
        let dense = place.and_then(|place| results.theory.lines.get(place));
        if let Some(line) = dense.filter(|line| !line.is_empty()) {
            return line.clone();
        }
        let gain = |cell: usize| {
            let found = results.theory.cells.get(cell).copied().unwrap_or(Err(NO_PREDICTION));
            Some(found?.gain).filter(|gain| gain.is_finite()).ok_or(NO_PREDICTION)
        };
        let cells = self.line.cells().zip(&self.line.x.values);
        let mut line: Vec<_> = cells.map(|(cell, x)| (*x, gain(cell))).collect();
        line.sort_by(|a, b| a.0.total_cmp(&b.0));
        line
    }

    /// Its predicted gains, in order along the axis.
    fn theory(&self, ruler: &Ruler) -> Vec<(f64, f64)> {
        let known = self.theory_line().into_iter().filter(|_| self.method == 0);
        let placed = known.filter_map(|(x, gain)| Some((ruler.at(self.line, x), gain.ok()?)));
        let mut placed: Vec<(f64, f64)> = placed.collect();
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        placed
    }

    /// Its range, as text.
    fn range(&self) -> String {
        let (knob, values) = (self.line.x.handle.knob, &self.line.x.values);
        format!("{} to {}", knob.text(values[0]), knob.text(values[values.len() - 1]))
    }

    fn name(&self, ruler: &Ruler) -> String {
        self.named(if ruler.shares { Some(self.range()) } else { None })
    }

    /// What tells it apart from the other lines, with the range of its knob if it is given.
    fn named(&self, range: Option<String>) -> String {
        let study = &self.shown.results.study;
        let mut parts: Vec<String> = self.shown.title.iter().map(|t| (*t).to_owned()).collect();
        if study.lines().len() > 1 || parts.is_empty() && study.methods().len() == 1 {
            parts.push(study.title(self.line));
        }
        parts.extend(range);
        if study.methods().len() > 1 {
            parts.push(study.methods()[self.method].clone());
        }
        parts.join(", ")
    }

    fn is_choice(&self) -> bool {
        self.line.x.handle.knob.is_choice()
    }

    /// The band, line and points; only points with intervals for a choice between names.
    fn measured(&self, ruler: &Ruler, several: bool) -> Vec<Mark> {
        let mut points: Vec<Estimate> =
            self.known().map(|(x, gain)| estimate(ruler.at(self.line, x), &gain)).collect();
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        let name = if several { self.name(ruler) } else { "measured".to_owned() };
        let name = words::counted(&name, self.counted());
        let symbol = Symbol::of_series(self.number);
        if self.is_choice() {
            return vec![Mark::new(self.role(), Shape::Points { points, symbol }).named(name)];
        }
        let dots = points.iter().map(|p| Estimate { low: p.y, high: p.y, ..*p }).collect();
        let middle = points.iter().map(|p| (p.x, p.y)).collect();
        vec![
            Mark::new(self.role(), Shape::Band { points }),
            Mark::new(
                self.role(),
                Shape::Line { points: middle, dash: Dash::of_series(self.number) },
            ),
            Mark::new(self.role(), Shape::Points { points: dots, symbol }).named(name),
        ]
    }

    /// The theory line, in pieces where there is no prediction between; points for a choice
    /// between names.
    fn predicted(&self, ruler: &Ruler) -> Vec<Mark> {
        let points = self.theory(ruler);
        if points.is_empty() {
            return Vec::new();
        }
        if self.is_choice() {
            let alone = |(x, y)| Estimate { x, y, low: y, high: y };
            let points: Vec<Estimate> = points.into_iter().map(alone).collect();
            let shape = Shape::Points { points, symbol: Symbol::Cross };
            return vec![Mark::new(MarkRole::Theory, shape).of(self.theory_name(ruler))];
        }
        let mark = |points: &[(f64, f64)]| {
            let line = Shape::Line { points: points.to_vec(), dash: Dash::Dotted };
            Mark::new(MarkRole::Theory, line).of(self.theory_name(ruler))
        };
        self.pieces(ruler).iter().map(|points| mark(points)).collect()
    }

    /// The pieces of the theory line between values without a prediction; a single one is not drawn.
    fn pieces(&self, ruler: &Ruler) -> Vec<Vec<(f64, f64)>> {
        let missing = self.unpredicted().into_iter();
        let missing: Vec<f64> = missing.map(|(x, _)| ruler.at(self.line, x)).collect();
        let apart = |a: &(f64, f64), b: &(f64, f64)| {
            !missing.iter().any(|x| a.0.min(b.0) < *x && *x < a.0.max(b.0))
        };
        let points = self.theory(ruler);
        let pieces = points.chunk_by(apart).filter(|piece| piece.len() > 1);
        pieces.map(<[(f64, f64)]>::to_vec).collect()
    }

    /// The values of the knob without a prediction, in ascending order, and why.
    fn unpredicted(&self) -> Vec<words::Gap> {
        let line = self.theory_line().into_iter();
        line.filter_map(|(x, gain)| Some((x, gain.err()?))).collect()
    }

    /// Where its theory line is interrupted or that it has none, and why; empty for methods other than
    /// the first, which have none.
    fn gaps(&self, ruler: &Ruler) -> String {
        let base = &self.shown.results.study.bases()[self.line.base];
        if self.method > 0 || self.shown.results.theory.is_empty() {
            return String::new();
        }
        let is_drawn = |x: f64| {
            let at = ruler.at(self.line, x);
            self.is_choice() || self.pieces(ruler).iter().flatten().any(|(drawn, _)| *drawn == at)
        };
        let known = self.theory_line().into_iter().filter(|(x, gain)| gain.is_ok() && is_drawn(*x));
        let known: Vec<f64> = known.map(|(x, _)| x).collect();
        words::no_theory(base, self.line.x.handle, &self.unpredicted(), &known)
    }

    /// Name of the theory line in tables; in the legend one entry stands for all.
    fn theory_name(&self, ruler: &Ruler) -> String {
        format!("{}, theory", self.name(ruler))
    }

    /// The number of trials behind its points.
    fn counted(&self) -> String {
        let points = self.shown.results.points(self.line, self.method);
        let counts = points.iter().map(|point| point.outcome.trials);
        let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
        if least == most { format!("{least}") } else { format!("{least} to {most}") }
    }

    fn crossings(&self) -> Vec<Crossing> {
        self.shown.results.crossings(self.line, self.method)
    }

    /// The horizontal position at which the line, drawn straight between measured points, is zero.
    fn drawn_zero(&self, crossing: &Crossing, ruler: &Ruler, y: &Axis) -> f64 {
        let (from, to) = crossing.between;
        let gain = |at: f64| self.known().find(|(x, _)| *x == at).map_or(f64::NAN, |p| p.1.mean);
        let [zero, before, after] = [0.0, gain(from), gain(to)].map(|gain| y.share(gain));
        let [left, right] = [from, to].map(|x| ruler.axis.share(ruler.at(self.line, x)));
        ruler.axis.value(left + (right - left) * (zero - before) / (after - before))
    }
}

/// A vertical line at every crossing, with its value.
fn crossings(series: &[Series<'_>], ruler: &Ruler, y: &Axis) -> Vec<Mark> {
    let all: Vec<(&Series<'_>, Crossing)> =
        series.iter().flat_map(|one| one.crossings().into_iter().map(move |c| (one, c))).collect();
    if all.len() > MOST_CROSSINGS {
        return Vec::new();
    }
    let mut marks = Vec::new();
    for (i, (one, crossing)) in all.iter().enumerate() {
        let x = one.drawn_zero(crossing, ruler, y);
        let upright = Shape::Upright { x, dash: Dash::Dotted };
        let far = ruler.axis.share(x) > 0.6;
        let height = match has_curve_below(series, ruler, y, (ruler.axis.share(x), far)) {
            true => y.value(0.93 - LABEL * i as f64),
            false => y.value(0.04 + LABEL * i as f64),
        };
        let anchor = if far { Anchor::End } else { Anchor::Start };
        let words = words::break_even(one.line.x.handle, crossing);
        let beside = ruler.axis.value(ruler.axis.share(x) + if far { -0.01 } else { 0.01 });
        let text = Shape::Text { at: (beside, height), text: words.clone(), anchor };
        let lead = if series.len() > 1 { format!("{}: ", one.named(None)) } else { String::new() };
        marks.push(Mark::new(one.role(), upright).of(format!("{lead}{words}")));
        marks.push(Mark::new(one.role(), text));
    }
    marks
}

/// Returns true if a label at the foot of the plot, which begins at a share of the horizontal axis
/// or, if it is `far`, ends there, would lie on a curve, and one at the top would not.
fn has_curve_below(
    series: &[Series<'_>],
    ruler: &Ruler,
    y: &Axis,
    (share, far): (f64, bool),
) -> bool {
    let (from, to) = if far { (share - WORDS, share) } else { (share, share + WORDS) };
    let points = series.iter().flat_map(|one| {
        one.known().map(|(x, gain)| (ruler.axis.share(ruler.at(one.line, x)), gain.mean))
    });
    let beside: Vec<f64> =
        points.filter(|(x, _)| (from..=to).contains(x)).map(|(_, gain)| y.share(gain)).collect();
    beside.iter().any(|share| *share < 0.25) && beside.iter().all(|share| *share < 0.75)
}

fn caption(series: &[Series<'_>], ruler: &Ruler) -> String {
    let first = &series[0];
    let scenario = &first.shown.results.study.bases()[first.line.base];
    let crossings = series.iter().flat_map(|one| {
        let scenario = &one.shown.results.study.bases()[one.line.base];
        let lead = if series.len() > 1 { format!("{}: ", one.name(ruler)) } else { String::new() };
        let sentence = move |c| {
            format!("{lead}{}. ", words::break_even_sentence(scenario, one.line.x.handle, &c))
        };
        one.crossings().into_iter().map(sentence)
    });
    let fixed = words::of_rows(scenario);
    format!(
        "{}{} paired {LEVEL} intervals, n = {} trials per point, seed {}. {fixed}Gain = 1 − E[error \
         together] / E[error alone], {} at {}. {}{}{}{}",
        so_far(series),
        if series.iter().all(Series::is_choice) { "Bars:" } else { "Bands:" },
        first.counted(),
        scenario.draft().seed,
        words::error(scenario),
        optima(series),
        unnamed(series),
        crossings.collect::<String>(),
        gaps(series, ruler),
        settings(series)
    )
}

/// Where theory lines are interrupted or that there is none, and why: once if it is the same of all
/// lines, otherwise with the name of each.
fn gaps(series: &[Series<'_>], ruler: &Ruler) -> String {
    let of_theory = series.iter().filter(|one| one.method == 0);
    let said: Vec<(String, String)> =
        of_theory.map(|one| (one.named(None), one.gaps(ruler))).collect();
    match said.iter().all(|(_, gaps)| *gaps == said[0].1) {
        true => said.first().map_or(String::new(), |(_, gaps)| gaps.clone()),
        false => {
            let told = said.iter().filter(|(_, gaps)| !gaps.is_empty());
            told.map(|(name, gaps)| format!("{name}: {gaps}")).collect()
        }
    }
}

/// Describes the progress of incomplete studies.
fn so_far(series: &[Series<'_>]) -> String {
    let mut said: Vec<String> = Vec::new();
    for one in series {
        let so_far = words::so_far(one.shown.results);
        let so_far = match one.shown.title {
            Some(title) if !so_far.is_empty() => format!("{title}: {so_far}"),
            _ => so_far,
        };
        if !said.contains(&so_far) {
            said.push(so_far);
        }
    }
    said.concat()
}

/// States how many points have no gain.
fn unnamed(series: &[Series<'_>]) -> String {
    let missing = |one: &Series<'_>| {
        let points = one.shown.results.points(one.line, one.method);
        points.iter().filter(|point| point.outcome.gain.is_none()).count()
    };
    match series.iter().map(missing).sum() {
        0 => String::new(),
        1 => "At one point the gain is undefined. ".to_owned(),
        n => format!("At {n} points the gain is undefined. "),
    }
}

/// Describes the kinds of optimum of all lines, each kind once.
fn optima(series: &[Series<'_>]) -> String {
    let kinds = series.iter().flat_map(|one| {
        words::fits(one.shown.results, one.line.cells(), one.method).collect::<Vec<_>>()
    });
    words::fitted_as(kinds)
}

/// The setting of one scenario, or the titles of several.
fn settings(series: &[Series<'_>]) -> String {
    let base = |one: &Series<'_>| one.shown.results.study.bases()[one.line.base].clone();
    let first = base(&series[0]);
    if series.iter().all(|one| base(one) == first) {
        let cells = series[0].line.cells();
        let at = |cell: usize| series[0].shown.results.study.cells()[cell].scenario.clone();
        let ends = (at(cells.start), at(cells.end - 1));
        return words::setting(&first, |handle| {
            handle.get(ends.0.draft()) != handle.get(ends.1.draft())
        });
    }
    let mut titles: Vec<String> = Vec::new();
    for one in series {
        let study = &one.shown.results.study;
        let title = format!("{}: {}", study.name(one.line.base), words::title(&base(one)));
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles.join(" ")
}
