//! A figure as a PDF document of one page.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect as Box, Ref, Str, TextStr};

use super::canvas::{Drawn, FONT, Page, state};
use super::composition::Composition;
use super::font::Font;
use super::notes::{PROGRAM, SOFTWARE};
use super::paint;
use super::palette::PAPER;
use super::typeface::Typeface;
use crate::error::{Error, Result};
use crate::export::options::RenderOptions;
use crate::figure::Figure;

const POINTS_PER_INCH: f64 = 72.0;
const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Mark of a subset before the name of a font.
const SUBSET: &str = "FIGURE+";

/// Object numbers of the document.
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const INFORMATION: Ref = Ref::new(5);
const TYPE: Ref = Ref::new(6);
const GLYPHS: Ref = Ref::new(7);
const DESCRIPTOR: Ref = Ref::new(8);
const FILE: Ref = Ref::new(9);
const CHARACTERS: Ref = Ref::new(10);
/// Object number of the first graphics state.
const STATES: i32 = 11;

/// Draws a figure on a white page of the size of the image. Text stays text in the bundled font,
/// whose glyphs in use are embedded. Title and caption become title and subject of the document;
/// `metadata`, pairs of keyword and text, go into its information dictionary.
///
/// # Errors
///
/// [`Error::Value`] for a size that is not allowed, [`Error::Failed`] if the font cannot be
/// embedded.
pub fn pdf(
    figure: &Figure,
    look: impl Into<RenderOptions>,
    metadata: &[(&str, String)],
) -> Result<Vec<u8>> {
    let look = look.into();
    let font = Font::of(&look.typeface)?;
    document(&Composition::of(figure, look.size.check()?, &font), &look, &font, metadata)
}

/// Draws a composition like [`pdf`].
pub(super) fn document(
    shown: &Composition,
    look: &RenderOptions,
    font: &Font,
    metadata: &[(&str, String)],
) -> Result<Vec<u8>> {
    let size = shown.size.check()?;
    let scale = POINTS_PER_INCH / size.dpi;
    let mut page = Page::new(look.style(font), f64::from(size.height), scale);
    page.draw(|canvas| canvas.rect(&shown.image, PAPER));
    for (figure, layout) in &shown.parts {
        page.within(&layout.plot, |canvas| paint::inside(figure, layout, canvas));
        page.draw(|canvas| paint::around(figure, layout, canvas));
    }
    page.draw(|canvas| shown.draw_head(canvas));
    let drawn = page.finish();

    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("en"));
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let [width, height] =
        [size.width, size.height].map(|pixels| (f64::from(pixels) * scale) as f32);
    sheet(&mut pdf, Box::new(0.0, 0.0, width, height), &drawn);
    pdf.stream(CONTENT, &packed(&drawn.content)?).filter(Filter::FlateDecode);
    embed(&mut pdf, font, &look.typeface, &drawn)?;
    let mut information = pdf.document_info(INFORMATION);
    information.title(TextStr(&shown.title)).subject(TextStr(&shown.description));
    information.creator(TextStr(PROGRAM)).pair(Name(SOFTWARE.as_bytes()), TextStr(PROGRAM));
    for (keyword, text) in metadata {
        information.pair(Name(keyword.as_bytes()), TextStr(text));
    }
    information.finish();
    Ok(pdf.finish())
}

/// Writes the page and its resources.
fn sheet(pdf: &mut Pdf, paper: Box, drawn: &Drawn) {
    let number = |place: usize| Ref::new(STATES + i32::try_from(place).unwrap_or_default());
    let mut page = pdf.page(PAGE);
    page.media_box(paper).parent(PAGES).contents(CONTENT);
    let mut resources = page.resources();
    resources.fonts().pair(FONT, TYPE);
    let mut states = resources.ext_g_states();
    for place in 0..drawn.covers.len() {
        states.pair(Name(&state(place)), number(place));
    }
    states.finish();
    resources.finish();
    page.finish();
    for (place, cover) in drawn.covers.iter().enumerate() {
        pdf.ext_graphics(number(place)).non_stroking_alpha(*cover as f32);
    }
}

/// Embeds the glyphs in use with a map to their characters.
fn embed(pdf: &mut Pdf, font: &Font, typeface: &Typeface, drawn: &Drawn) -> Result<()> {
    let file = subsetter::subset(typeface.file(), 0, &drawn.glyphs).map_err(|fault| {
        Error::Failed(format!("the font {} cannot be embedded: {fault}", typeface.family()))
    })?;
    let name = format!("{SUBSET}{}", typeface.family().replace(' ', ""));
    let name = Name(name.as_bytes());
    let is_cubic = is_cubic(&file);
    let subtype = if is_cubic { CidFontType::Type0 } else { CidFontType::Type2 };
    pdf.type0_font(TYPE)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(GLYPHS)
        .to_unicode(CHARACTERS);
    let mut glyphs = pdf.cid_font(GLYPHS);
    glyphs.subtype(subtype).base_font(name).system_info(SYSTEM);
    glyphs.font_descriptor(DESCRIPTOR).default_width(0.0);
    if !is_cubic {
        glyphs.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = glyphs.widths();
    for (number, (_, width)) in &drawn.shown {
        widths.consecutive(*number, [(1000.0 * width) as f32]);
    }
    widths.finish();
    glyphs.finish();
    program(pdf, name, &file, font)?;
    let mut characters = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
    for (number, (character, _)) in &drawn.shown {
        characters.pair(*number, *character);
    }
    pdf.cmap(CHARACTERS, &characters.finish());
    Ok(())
}

/// Writes the font file with its description.
fn program(pdf: &mut Pdf, name: Name<'_>, file: &[u8], font: &Font) -> Result<()> {
    let (ascent, descent) = font.heights();
    let [ascent, descent] = [ascent, descent].map(|height| (1000.0 * height) as f32);
    let is_cubic = is_cubic(file);
    let mut descriptor = pdf.font_descriptor(DESCRIPTOR);
    descriptor
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Box::new(-1100.0, descent, 2000.0, ascent))
        .italic_angle(0.0)
        .ascent(ascent)
        .descent(descent)
        .cap_height(729.0)
        .stem_v(80.0);
    match is_cubic {
        true => descriptor.font_file3(FILE),
        false => descriptor.font_file2(FILE),
    };
    descriptor.finish();
    let length = i32::try_from(file.len()).unwrap_or_default();
    let packed = packed(file)?;
    let mut stream = pdf.stream(FILE, &packed);
    stream.filter(Filter::FlateDecode);
    match is_cubic {
        true => stream.pair(Name(b"Subtype"), Name(b"OpenType")),
        false => stream.pair(Name(b"Length1"), length),
    };
    stream.finish();
    Ok(())
}

/// Returns true if the outlines of a font are cubic, in the table "CFF", and not quadratic.
fn is_cubic(file: &[u8]) -> bool {
    file.starts_with(b"OTTO")
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| Error::Failed(format!("the figure cannot be compressed: {error}")))
}
