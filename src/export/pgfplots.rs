//! A figure as a small pgfplots document that reads its table from a CSV file.

mod words;

pub use words::words;

use super::Colours;
use super::points::{MarkPoint, number, points};
use crate::export::options::RenderOptions;
use crate::figure::{Anchor, Axis, AxisScale, Dash, Figure, Mark, Shape, Symbol, TickFormat};
use crate::transfer::Verdict;

/// The options of cells, except their sign; cells that make no difference have no shade.
const CELLS: &str = "only marks, mark size=3pt, scatter, \
                     point meta={\\thisrow{value}*abs(\\thisrow{sign})}, \
                     point meta min=-1, point meta max=1";

/// Largest number of ticks on an axis.
const TICKS: usize = 7;

/// The document. `table` is the name of the CSV file. Labels and names are those of the figure,
/// with Greek letters and signs in math mode.
pub fn tex(figure: &Figure, look: impl Into<RenderOptions>, table: &str, command: &str) -> String {
    let RenderOptions { size, colours } = look.into();
    let (width, height) = size.millimetres();
    let (text, line) = (size.text, 1.2 * size.text);
    let marks = figure.marks.iter().enumerate();
    let shown: String = marks.map(|(i, m)| mark(figure, i, m, colours)).collect();
    let square = if figure.square { "  axis equal image,\n" } else { "" };
    let percent = command.replace('\n', " ");
    format!(
        "% {percent}\n\
         \\documentclass[border=2pt]{{standalone}}\n\
         \\usepackage{{pgfplots}}\n\
         \\usepgfplotslibrary{{fillbetween}}\n\
         \\pgfplotsset{{compat=1.16}}\n\
         \\begin{{document}}\n\
         \\fontsize{{{text}}}{{{line:.1}}}\\selectfont\n\
         \\pgfplotstableread[col sep=comma]{{{table}}}\\figuretable\n\
         \\begin{{tikzpicture}}\n\
         \\begin{{axis}}[\n\
         \x20 width={width:.2}mm, height={height:.2}mm,\n\
         \x20 title={{{title}}}, title style={{text width={wide:.0}mm, align=center}},\n\
         {x}{y}{square}\
         \x20 axis lines=left, grid=major, grid style={{line width=0.5pt, black!10}},\n\
         \x20 legend cell align=left, legend style={{draw=none, fill=none, at={{(0.5,-0.25)}}, anchor=north}},\n\
         \x20 colormap={{verdicts}}{{{ramp}}},\n\
         ]\n\
         {shown}\
         \\end{{axis}}\n\
         \\end{{tikzpicture}}\n\
         \\end{{document}}\n",
        title = words(&figure.title),
        ramp = ramp(colours),
        wide = 0.8 * width,
        x = axis('x', &figure.x),
        y = axis('y', &figure.y),
    )
}

/// The options of an axis.
fn axis(letter: char, axis: &Axis) -> String {
    let (low, high) = (axis.from.min(axis.to), axis.from.max(axis.to));
    let ticks = axis.ticks(TICKS);
    let places: Vec<String> = ticks.iter().map(|tick| number(tick.at)).collect();
    let labels: Vec<String> =
        ticks.iter().map(|tick| format!("{{{}}}", words(&tick.text))).collect();
    let mode =
        if axis.scale == AxisScale::Log { format!("  {letter}mode=log,\n") } else { String::new() };
    let turned =
        if axis.from > axis.to { format!("  {letter} dir=reverse,\n") } else { String::new() };
    let ends = match low.is_finite() && high.is_finite() && low < high {
        true => format!(", {letter}min={}, {letter}max={}", number(low), number(high)),
        false => String::new(),
    };
    format!(
        "{mode}{turned}  {letter}label={{{}}}{ends},\n  \
         {letter}tick={{{}}}, {letter}ticklabels={{{}}},\n",
        words(&axis.label),
        places.join(","),
        labels.join(",")
    )
}

/// The colour ramp of cells from a gain of −1 to a gain of 1. In grey both ends are equally dark,
/// and cells that hurt have another sign.
fn ramp(colours: Colours) -> &'static str {
    match colours {
        Colours::OkabeIto => "rgb255=(213,94,0) rgb255=(240,240,240) rgb255=(0,114,178)",
        Colours::Grey => "rgb255=(88,88,88) rgb255=(240,240,240) rgb255=(88,88,88)",
    }
}

/// The lines that draw a mark.
fn mark(figure: &Figure, index: usize, mark: &Mark, colours: Colours) -> String {
    let [red, green, blue] = colours.of(mark.role);
    let name = format!("mark{index}");
    let define = format!("\\definecolor{{{name}}}{{RGB}}{{{red},{green},{blue}}}\n");
    let rows = format!("restrict expr to domain={{\\thisrow{{mark}}}}{{{index}:{index}}}");
    let x = match figure.x.format {
        TickFormat::Names(_) => "x expr=\\thisrow{x}+\\thisrow{offset}",
        _ => "x=x",
    };
    let plot = |options: &str, columns: &str| {
        let forget = if mark.name.is_some() { "" } else { ", forget plot" };
        format!("\\addplot[{options}, {rows}{forget}] table[{x}, {columns}] {{\\figuretable}};\n")
    };
    let entry = mark
        .name
        .as_ref()
        .map_or(String::new(), |name| format!("\\addlegendentry{{{}}}\n", words(name)));
    if !is_drawn(figure, mark) {
        let image = format!("\\addlegendimage{{empty legend}}\n{entry}");
        return if mark.name.is_some() { image } else { String::new() };
    }
    let drawn = match &mark.shape {
        Shape::Line { dash, .. } => plot(&line(&name, *dash, 1.2), "y=y"),
        Shape::Level { dash, .. } | Shape::Upright { dash, .. } | Shape::Ellipse { dash, .. } => {
            plot(&line(&name, *dash, 0.8), "y=y")
        }
        Shape::Arrow { dash, .. } => plot(&format!("-stealth, {}", line(&name, *dash, 1.2)), "y=y"),
        Shape::Points { symbol, .. } => plot(
            &format!(
                "{name}, only marks, mark={}, mark size=1.6pt, error bars/.cd, y dir=both, y explicit, /pgfplots/.cd",
                sign(*symbol)
            ),
            "y=y, y error plus expr=\\thisrow{high}-\\thisrow{y}, \
             y error minus expr=\\thisrow{y}-\\thisrow{low}",
        ),
        Shape::Band { .. } => band(&name, &rows, mark.name.is_some()),
        Shape::Cells(_) => {
            let has_minus =
                points(figure, mark).iter().any(|point| point.verdict == Some(Verdict::Hurts));
            cells(&rows, colours, &plot(&format!("{CELLS}, mark=square*"), "y=y"), has_minus)
        }
        Shape::Text { text, anchor, .. } => labels(&name, text, *anchor, &points(figure, mark)),
    };
    define + &drawn + &entry
}

/// A band between the low and the high ends of its points.
fn band(name: &str, rows: &str, in_legend: bool) -> String {
    let edge = |side: &str| {
        format!(
            "\\addplot[draw=none, name path={name}{side}, {rows}, forget plot] \
             table[x=x, y={side}] {{\\figuretable}};\n"
        )
    };
    let forget = if in_legend { "" } else { ", forget plot" };
    format!(
        "{}{}\\addplot[{name}, opacity=0.2{forget}] fill between[of={name}low and {name}high];\n",
        edge("low"),
        edge("high")
    )
}

/// Cells: in grey another sign for those that hurt, in colour `plain` with a minus on them.
fn cells(rows: &str, colours: Colours, plain: &str, has_minus: bool) -> String {
    if colours == Colours::Grey {
        let half = |sign: &str, side: &str| {
            format!(
                "\\addplot[{CELLS}, mark={sign}, {rows}, forget plot, \
                 y filter/.expression={{\\thisrow{{sign}}{side}0 ? y : nan}}] \
                 table[x=x, y=y] {{\\figuretable}};\n"
            )
        };
        return format!("{}{}", half("square*", ">="), half("diamond*", "<"));
    }
    let minus = format!(
        "\\addplot[only marks, mark=-, mark size=2pt, black, {rows}, restrict expr to \
         domain={{\\thisrow{{sign}}}}{{-1.5:-0.5}}, forget plot] table[x=x, y=y] \
         {{\\figuretable}};\n"
    );
    format!("{plain}{}", if has_minus { &minus } else { "" })
}

/// A node with the text at each point.
fn labels(name: &str, text: &str, anchor: Anchor, points: &[MarkPoint]) -> String {
    let anchor = match anchor {
        Anchor::Start => "west",
        Anchor::Middle => "center",
        Anchor::End => "east",
    };
    let placed = points.iter().filter(|p| p.x.is_finite() && p.y.is_finite());
    let node = |p: &MarkPoint| {
        let (x, y, text) = (number(p.x), number(p.y), words(text));
        format!("\\node[{name}, anchor={anchor}] at (axis cs:{x},{y}) {{{text}}};\n")
    };
    placed.map(node).collect()
}

/// Returns true if a mark has enough points on the axes. pgfplots fails on the path of an empty
/// plot.
fn is_drawn(figure: &Figure, mark: &Mark) -> bool {
    let points = points(figure, mark);
    let is_placed = |ends: [f64; 2]| ends.iter().all(|end| end.is_finite());
    match &mark.shape {
        Shape::Text { .. } => true,
        Shape::Band { .. } => {
            points.iter().filter(|p| p.x.is_finite() && is_placed([p.low, p.high])).count() > 1
        }
        _ => points.iter().any(|p| is_placed([p.x, p.y])),
    }
}

fn line(name: &str, dash: Dash, width: f64) -> String {
    let dash = match dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
        Dash::DashDot => "dash dot",
    };
    format!("{name}, {dash}, line width={width}pt, mark=none")
}

fn sign(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Disc => "*",
        Symbol::Triangle => "triangle*",
        Symbol::Square => "square*",
        Symbol::Diamond => "diamond*",
        Symbol::Cross => "x",
        Symbol::Ring => "otimes",
    }
}
