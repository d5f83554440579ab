//! Title, caption and alternative text of a figure, for readers who cannot see it.

use super::points::{MarkPoint, kind, points};
use crate::figure::{Axis, AxisScale, Cells, Estimate, Figure, Mark, Shape, TickFormat};
use crate::text::lines;
use crate::transfer::Verdict;

/// Title, caption, alternative text and command, one paragraph each.
pub fn text(figure: &Figure, command: &str) -> String {
    with(figure, &alternative(figure), command)
}

/// The same as [`text()`], with another alternative text.
pub fn with(figure: &Figure, alternative: &str, command: &str) -> String {
    let alternative = format!("Alternative text: {alternative}");
    let command = format!("Drawn by: {command}");
    let parts = [figure.title.as_str(), figure.caption.as_str(), &alternative, &command];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    lines(&parts.join("\n\n")) + "\n"
}

/// Describes a figure in sentences: the axes, then every named mark with its numbers.
pub fn alternative(figure: &Figure) -> String {
    let (across, up) = match figure.is_lying() {
        true => (&figure.y, &figure.x),
        false => (&figure.x, &figure.y),
    };
    let mut sentences = vec![
        format!("Chart: {}.", figure.title.trim_end_matches('.')),
        format!("Horizontally {}.", axis(across)),
        format!("Vertically {}.", axis(up)),
    ];
    let marks = figure.marks.iter().enumerate();
    sentences.extend(marks.filter_map(|(place, mark)| {
        let pieces = pieces(mark, &figure.marks[place + 1..]);
        if pieces.len() > 1 { in_pieces(figure, &pieces) } else { sentence(figure, mark) }
    }));
    sentences.join(" ")
}

fn axis(axis: &Axis) -> String {
    let label = if axis.label.is_empty() { "an axis" } else { axis.label.as_str() };
    if let TickFormat::Names(names) = &axis.format {
        return format!("{label}: {}", names.join(", "));
    }
    let scale = if axis.scale == AxisScale::Linear { "" } else { ", logarithmic" };
    format!("{label}, from {} to {}{scale}", axis.write(axis.from), axis.write(axis.to))
}

/// Counts the cells of a matrix by their verdicts.
fn counted(cells: &Cells) -> String {
    let of = |verdict: Verdict| {
        let measured = cells.cells.iter().flatten().filter(|cell| cell.measured);
        measured.filter(|cell| cell.verdict == verdict).count()
    };
    let (columns, rows) = cells.size();
    let measured = cells.cells.iter().flatten().filter(|cell| cell.measured).count();
    let empty = match columns * rows - measured {
        0 => String::new(),
        empty => format!(", {empty} of them without a measurement of their own"),
    };
    let some = |count: usize, words: &str| match count {
        0 => String::new(),
        _ => format!(", {count} {words}"),
    };
    format!(
        "{columns} by {rows} cells{empty}: {} help, {} hurt, {} make no difference{}{}.",
        of(Verdict::Helps),
        of(Verdict::Hurts),
        of(Verdict::NoDifference),
        some(of(Verdict::Undecided), "may help or hurt (undecided)"),
        some(of(Verdict::SameTrials), "have no verdict (every trial is the same)")
    )
}

/// A line that has a name, with its other pieces: the lines of the same look behind it without a name.
fn pieces<'a>(mark: &'a Mark, behind: &'a [Mark]) -> Vec<&'a Mark> {
    let Shape::Line { dash, .. } = &mark.shape else { return vec![mark] };
    let belongs = |other: &&Mark| {
        let is_alike = matches!(&other.shape, Shape::Line { dash: own, .. } if own == dash);
        is_alike && other.role == mark.role && other.name.is_none()
    };
    let others = behind.iter().take_while(belongs);
    if mark.name.is_some() { [mark].into_iter().chain(others).collect() } else { vec![mark] }
}

/// Says where every piece of a line begins and ends.
fn in_pieces(figure: &Figure, pieces: &[&Mark]) -> Option<String> {
    let name = pieces.first()?.name.as_ref()?;
    let place = |p: &MarkPoint| format!("{} at {}", figure.y.write(p.y), figure.x.write(p.x));
    let ends = pieces.iter().filter_map(|mark| {
        let points = points(figure, mark);
        Some(format!("from {} to {}", place(points.first()?), place(points.last()?)))
    });
    let ends: Vec<String> = ends.collect();
    Some(format!("{name}: line in {} pieces, {}.", ends.len(), ends.join("; ")))
}

fn sentence(figure: &Figure, mark: &Mark) -> Option<String> {
    if let Shape::Cells(cells) = &mark.shape {
        return Some(counted(cells));
    }
    if let Shape::Text { text, .. } = &mark.shape {
        return Some(format!("Text in the chart: {text}."));
    }
    let name = match &mark.shape {
        Shape::Level { .. } | Shape::Upright { .. } => {
            mark.series.as_ref().or(mark.name.as_ref())?
        }
        _ => mark.name.as_ref()?,
    };
    let mark = line_under(figure, mark).unwrap_or(mark);
    let all = points(figure, mark);
    let shown: Vec<_> = all.iter().filter(|p| p.x.is_finite() && p.y.is_finite()).collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return Some(format!("In the legend: {name}."));
    };
    let (x, y) = (|value| figure.x.write(value), |value| figure.y.write(value));
    let interval = |p: &MarkPoint| match p.low < p.high {
        true => format!(" (interval {} to {})", y(p.low), y(p.high)),
        false => String::new(),
    };
    let is_named = |axis: &Axis| matches!(axis.format, TickFormat::Names(_));
    let is_down = is_named(&figure.y) && !is_named(&figure.x);
    let place = |p: &MarkPoint| match is_down {
        true => format!("{} at {}", x(p.x), y(p.y)),
        false => format!("{}{} at {}", y(p.y), interval(p), x(p.x)),
    };
    let numbers = match &mark.shape {
        Shape::Level { .. } if figure.is_lying() => format!("vertical line at {}", y(first.y)),
        Shape::Level { .. } => format!("horizontal line at {}", y(first.y)),
        Shape::Upright { .. } if figure.is_lying() => format!("horizontal line at {}", x(first.x)),
        Shape::Upright { .. } => format!("vertical line at {}", x(first.x)),
        Shape::Ellipse { .. } => "ellipse around the origin".to_owned(),
        Shape::Arrow { .. } => format!("arrow from {} to {}", place(first), place(last)),
        _ if shown.len() == 1 => format!("one point, {}", place(first)),
        shape => {
            format!(
                "{} points, from {} to {}, lowest {}, highest {}",
                match kind(shape) {
                    "points" => format!("{}", shown.len()),
                    kind => format!("{kind} of {}", shown.len()),
                },
                place(first),
                place(last),
                extreme(figure, &shown, is_down, 1.0),
                extreme(figure, &shown, is_down, -1.0)
            )
        }
    };
    Some(format!("{name}: {numbers}."))
}

/// The line on which symbols stand that are fewer than its points: it has the values to tell.
fn line_under<'a>(figure: &'a Figure, mark: &Mark) -> Option<&'a Mark> {
    let Shape::Points { points: symbols, .. } = &mark.shape else { return None };
    let holds_all = |other: &&Mark| match &other.shape {
        Shape::Line { points, .. } => {
            let on_line = |symbol: &Estimate| points.contains(&(symbol.x, symbol.y));
            other.role == mark.role && points.len() > symbols.len() && symbols.iter().all(on_line)
        }
        _ => false,
    };
    figure.marks.iter().find(holds_all)
}

/// The lowest value, or with a sign of −1 the highest; with the name beside it if values run across.
fn extreme(figure: &Figure, points: &[&MarkPoint], is_down: bool, sign: f64) -> String {
    let value = |p: &MarkPoint| if is_down { p.x } else { p.y };
    let found = points.iter().min_by(|a, b| (sign * value(a)).total_cmp(&(sign * value(b))));
    match found {
        Some(found) if is_down => {
            format!("{} at {}", figure.x.write(found.x), figure.y.write(found.y))
        }
        Some(found) => figure.y.write(found.y),
        None => String::new(),
    }
}
