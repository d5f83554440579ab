//! A figure as an SVG document.

use super::canvas::{FINE, forms};
use super::composition::Composition;
use super::font::Font;
use super::layout::Rect;
use super::notes::{PROGRAM, SOFTWARE};
use super::palette::PAPER;
use super::{Size, paint};
use crate::error::Result;
use crate::export::options::RenderOptions;
use crate::figure::Figure;
use crate::text::is_hidden;

/// Draws a figure on white as an SVG document. Text stays text. Title and caption are also the
/// document's title and description; `metadata`, pairs of keyword and text, become metadata.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a size that is not allowed.
pub fn svg(
    figure: &Figure,
    look: impl Into<RenderOptions>,
    metadata: &[(&str, String)],
) -> Result<String> {
    let look = look.into();
    let font = Font::of(&look.typeface)?;
    drawn(&Composition::of(figure, look.size.check()?, &font), &look, &font, metadata)
}

/// Draws a composition like [`svg`].
pub(super) fn drawn(
    shown: &Composition,
    look: &RenderOptions,
    font: &Font,
    metadata: &[(&str, String)],
) -> Result<String> {
    let clip = format!("{}-plot", escaped(shown.id()));
    element(shown, look, font, &clip, &notes(metadata))
}

/// Draws a figure like [`svg`], as an element of a page: `name` is unique in that page,
/// `description` is the text for readers who cannot see it.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a size that is not allowed.
pub(super) fn inline(figure: &Figure, size: Size, name: &str, description: &str) -> Result<String> {
    let look = RenderOptions::from(size);
    let font = Font::of(&look.typeface)?;
    let mut shown = Composition::of(figure, look.size.check()?, &font);
    description.clone_into(&mut shown.description);
    element(&shown, &look, &font, &escaped(name), "")
}

fn element(
    shown: &Composition,
    look: &RenderOptions,
    font: &Font,
    clip: &str,
    notes: &str,
) -> Result<String> {
    let size = shown.size.check()?;
    let (pixels, style) = ((size.width, size.height), look.style(font));
    let paper = forms(pixels, style, |canvas| canvas.rect(&shown.image, PAPER))?;
    let name = |place: usize| if place == 0 { clip.to_owned() } else { format!("{clip}-{place}") };
    let (mut frames, mut groups) = (String::new(), Vec::new());
    for (place, (figure, layout)) in shown.parts.iter().enumerate() {
        let name = name(place);
        let inside = forms(pixels, style, |canvas| paint::inside(figure, layout, canvas))?;
        let around = forms(pixels, style, |canvas| paint::around(figure, layout, canvas))?;
        frames += &format!("<clipPath id=\"{name}\">{}</clipPath>", frame(&layout.plot));
        groups.push(format!(
            "<g clip-path=\"url(#{name})\" stroke-linejoin=\"round\">\n{inside}\n</g>"
        ));
        groups.push(format!("<g stroke-linejoin=\"round\">\n{around}\n</g>"));
    }
    let head = forms(pixels, style, |canvas| shown.draw_head(canvas))?;
    if !head.is_empty() {
        groups.push(format!("<g stroke-linejoin=\"round\">\n{head}\n</g>"));
    }
    Ok([
        opening(&size),
        format!("<title>{}</title>", escaped(&shown.title)),
        format!("<desc>{}</desc>", escaped(&shown.description)),
        notes.to_owned(),
        format!("<defs>{frames}</defs>"),
        paper,
        groups.join("\n"),
        "</svg>\n".to_owned(),
    ]
    .join("\n"))
}

/// The opening tag, with the size of the image in millimetres and a view box in fractions of its
/// pixels.
fn opening(size: &Size) -> String {
    let (width, height) = size.millimetres();
    let steps = |pixels: u32| f64::from(pixels) * FINE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}mm\" height=\"{height:.2}mm\" viewBox=\"0 0 {} {}\" role=\"img\">",
        steps(size.width),
        steps(size.height),
    )
}

/// Notes as metadata elements, by keyword.
pub(super) fn notes(metadata: &[(&str, String)]) -> String {
    let all = [(SOFTWARE, PROGRAM)]
        .into_iter()
        .chain(metadata.iter().map(|(keyword, text)| (*keyword, text.as_str())));
    let note = |(keyword, text)| {
        format!("<metadata data-keyword=\"{}\">{}</metadata>", escaped(keyword), escaped(text))
    };
    all.map(note).collect::<Vec<_>>().join("\n")
}

fn frame(area: &Rect) -> String {
    let [left, top, width, height] =
        [area.left, area.top, area.width(), area.height()].map(|length| (length * FINE).round());
    format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>")
}

/// A text escaped for XML, without hidden characters and those that XML does not allow.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            _ if is_hidden(character) => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
