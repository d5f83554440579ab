//! A sheet as an SVG document. Text stays text, and columns stay aligned in any font.

use std::fmt::Write as _;

use super::super::layout::Rect;
use super::super::svg::{escaped, notes};
use super::layers::{Arc, Layers, Patch, Words};
use crate::export::sheet::grid::{ACROSS, BASELINE, DOWN, EM, MARGIN};
use crate::figure::Sheet;
use crate::figure::sheet::Rgb;

/// The bundled font by name, and fallbacks.
const FAMILY: &str = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";
/// Corner radius of the background.
const ROUND: f64 = 8.0;

/// The document with `metadata`, pairs of keyword and text.
pub(super) fn svg(sheet: &Sheet, metadata: &[(&str, String)]) -> String {
    let layers = Layers::of(sheet);
    let width = f64::from(sheet.columns) * ACROSS + 2.0 * MARGIN;
    let height = sheet.rows().len() as f64 * DOWN + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{}</title>\n{}\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"{ROUND}\" fill=\"{}\"/>\n",
        escaped(&sheet.title),
        notes(metadata),
        hex(sheet.paper),
    );
    let sharp = " shape-rendering=\"crispEdges\"";
    svg += &patches(&layers.grounds, sharp);
    svg += &patches(&layers.blocks, sharp);
    svg += &patches(&layers.rules, "");
    svg += &arcs(&layers.arcs);
    let _ = writeln!(
        svg,
        "<g font-family=\"{FAMILY}\" font-size=\"{}\" style=\"white-space:pre\">",
        number(EM)
    );
    layers.words.iter().for_each(|words| svg += &text(words));
    svg + "</g>\n</svg>\n"
}

/// One path per colour.
fn patches(patches: &[Patch], more: &str) -> String {
    let mut kinds: Vec<(Rgb, f64, String)> = Vec::new();
    for patch in patches {
        let path = rect(&patch.rect);
        match kinds.iter_mut().find(|kind| (kind.0, kind.1) == (patch.colour, patch.cover)) {
            Some((.., paths)) => *paths += &path,
            None => kinds.push((patch.colour, patch.cover, path)),
        }
    }
    let written = |(colour, cover, paths): (Rgb, f64, String)| {
        let cover = if cover < 1.0 { format!(" fill-opacity=\"{cover}\"") } else { String::new() };
        format!("<path fill=\"{}\"{cover}{more} d=\"{paths}\"/>\n", hex(colour))
    };
    kinds.into_iter().map(written).collect()
}

fn rect(rect: &Rect) -> String {
    let [x, y, width, height] = [rect.left, rect.top, rect.width(), rect.height()].map(number);
    format!("M{x} {y}h{width}v{height}h-{width}z")
}

fn arcs(arcs: &[Arc]) -> String {
    let path = |arc: &Arc| {
        let (x, y, radius) = (arc.at.0 + ACROSS / 2.0, arc.at.1 + DOWN / 2.0, ACROSS / 2.0);
        let side = |positive: bool| if positive { radius } else { -radius };
        let (start, end) = ((x + side(arc.right), y), (x, y + side(arc.down)));
        let sweep = u8::from(arc.right != arc.down);
        let [from_x, from_y, to_x, to_y] = [start.0, start.1, end.0, end.1].map(number);
        format!(
            "<path fill=\"none\" stroke=\"{}\" d=\"M{from_x} {from_y}A{radius} {radius} 0 0 {sweep} {to_x} {to_y}\"/>\n",
            hex(arc.colour)
        )
    };
    arcs.iter().map(path).collect()
}

fn text(words: &Words) -> String {
    let text: String = words.cells.iter().map(|(text, _)| text.as_str()).collect();
    let bold = if words.bold { " font-weight=\"bold\"" } else { "" };
    let under = if words.underlined { " text-decoration=\"underline\"" } else { "" };
    format!(
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{bold}{under}>{}</text>\n",
        number(words.at.0),
        number(words.at.1 + BASELINE),
        number(words.length),
        hex(words.colour),
        escaped(&text),
    )
}

/// A length with two decimals, without trailing zeros.
fn number(length: f64) -> String {
    format!("{}", (length * 100.0).round() / 100.0)
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
