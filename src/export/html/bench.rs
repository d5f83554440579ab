//! Figures of a page, with a slider and a table for the points that were measured.

use super::Page;
use super::words::folded;
use crate::error::Result;
use crate::export::Size;
use crate::export::alt::alternative;
use crate::export::canvas::FINE;
use crate::export::layout::Layout;
use crate::export::svg::{escaped, inline};
use crate::figure::{Figure, words};
use crate::lesson::Truth;
use crate::lesson::figures::{LessonPoint, LessonPoints};

/// Size of figures on the page, without the caption, which is shown below.
const FIGURE: Size = Size { caption: false, ..Size::PAGE };
/// Fewest measured points for a slider.
const FEWEST: usize = 2;
/// Colour of the marker, which no figure uses.
const MARKER: &str = "#a8005c";

impl Page<'_> {
    /// The figures of a step, or those of no step.
    pub(super) fn figures(&self, place: Option<usize>) -> Result<String> {
        let own = self.shown.iter().enumerate().filter(|(_, shown)| shown.step == place);
        own.map(|(i, shown)| drawn(i, &shown.figure, shown.points.as_ref())).collect()
    }

    /// Returns true if a step has a figure with a slider.
    pub(super) fn slides(&self, place: usize) -> bool {
        let own = self.shown.iter().filter(|shown| shown.step == Some(place));
        own.filter_map(|shown| shown.points.as_ref()).any(|along| along.points.len() >= FEWEST)
    }
}

/// A figure with its caption and, if it has measured points, their slider and table.
fn drawn(number: usize, figure: &Figure, along: Option<&LessonPoints>) -> Result<String> {
    let along = along.filter(|along| along.points.len() >= FEWEST);
    let mut svg = inline(figure, FIGURE, &format!("figure-{number}"), &alternative(figure))?
        .replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
    let layout = Layout::of(figure, FIGURE)?;
    if along.is_some()
        && let Some(end) = svg.rfind("</svg>")
    {
        svg.insert_str(end, &marker(&layout));
    }
    let (title, caption) = (escaped(&figure.title), captioned(&figure.caption));
    let chart = format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">\n\
         {svg}</div>\n<figcaption>{caption}</figcaption>\n</figure>\n"
    );
    let Some(along) = along else { return Ok(chart) };
    let points = slider(number, along) + &table(&layout, along);
    Ok(format!("<div class=\"points\">\n{chart}{points}</div>\n"))
}

/// A caption, with the list of all knob values folded away.
fn captioned(caption: &str) -> String {
    let Some((said, setting)) = caption.split_once("Setting: ") else { return escaped(caption) };
    let setting = format!("<p>{}</p>\n", escaped(setting));
    format!("{}{}", escaped(said.trim_end()), folded("", "The setting", &setting))
}

/// The marker of the slider, which is hidden until the script moves it.
fn marker(layout: &Layout) -> String {
    let [top, bottom] = [layout.plot.top, layout.plot.bottom].map(|at| (at * FINE).round());
    let em = layout.em * FINE;
    let (width, radius) = ((0.12 * em).round(), (0.5 * em).round());
    format!(
        "<g class=\"mark\" visibility=\"hidden\" stroke=\"{MARKER}\" stroke-width=\"{width}\" \
         fill=\"none\"><line y1=\"{top}\" y2=\"{bottom}\"/><circle r=\"{radius}\"/></g>\n"
    )
}

/// The slider. It begins at the measured point that is nearest to the step's own value.
fn slider(number: usize, along: &LessonPoints) -> String {
    let distance = |point: &LessonPoint| (point.value - along.begins).abs();
    let places = along.points.iter().enumerate();
    let nearest = places.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    let (begins, last) = (nearest.map_or(0, |(place, _)| place), along.points.len() - 1);
    let path = escaped(&along.path);
    format!(
        "<div class=\"act\" hidden=\"hidden\">\n\
         <label for=\"slider-{number}\">Move along {path} through the measured points:</label>\n\
         <input type=\"range\" id=\"slider-{number}\" min=\"0\" max=\"{last}\" step=\"1\" \
         value=\"{begins}\" autocomplete=\"off\"/>\n<output for=\"slider-{number}\"></output>\n</div>\n"
    )
}

/// The measured points as a table, each with its place in the chart.
fn table(layout: &Layout, along: &LessonPoints) -> String {
    let rows: String = along.points.iter().map(|point| row(layout, along, point)).collect();
    let path = escaped(&along.path);
    let table = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Measured points along \
         {path}\">\n<table>\n<thead><tr><th scope=\"col\">{path}</th><th scope=\"col\">gain</th>\
         <th scope=\"col\">verdict</th><th scope=\"col\">trials</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    );
    folded("", "The measured points as a table", &table)
}

fn row(layout: &Layout, along: &LessonPoints, point: &LessonPoint) -> String {
    let outcome = &point.outcome;
    let at = outcome.gain.map_or_else(String::new, |gain| {
        let (x, y) = layout.place((point.value, gain.mean));
        format!(" data-at=\"{} {}\"", (x * FINE).round(), (y * FINE).round())
    });
    let holds = match point.truth {
        Some(Truth::Holds) => " data-holds=\"yes\"",
        Some(Truth::Fails) => " data-holds=\"no\"",
        Some(Truth::Open) => " data-holds=\"open\"",
        None => "",
    };
    let value = escaped(&words::value_of(along.handle, point.value));
    let (gain, verdict) = (escaped(&words::effect(outcome)), outcome.verdict.verb());
    let trials = outcome.trials;
    format!(
        "<tr{at}{holds}><th scope=\"row\">{value}</th><td>{gain}</td><td>{verdict}</td>\
         <td>{trials}</td></tr>\n"
    )
}
