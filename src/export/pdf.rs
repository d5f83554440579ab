//! A figure as a PDF document of one page.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect as Box, Ref, Str, TextStr};

use super::canvas::{Drawn, FONT, Page, state};
use super::font::Font;
use super::layout::Layout;
use super::notes::{PROGRAM, SOFTWARE};
use super::paint;
use super::palette::PAPER;
use crate::error::{Error, Result};
use crate::export::canvas::Style;
use crate::export::options::RenderOptions;
use crate::figure::Figure;

const POINTS_PER_INCH: f64 = 72.0;
const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Name of the font; the six letters mark a subset.
const FAMILY: Name<'static> = Name(b"FIGURE+DejaVuSans");

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
    let RenderOptions { size, colours } = look.into();
    let size = size.check()?;
    let font = Font::bundled()?;
    let layout = Layout::with(figure, &size, &font);
    let scale = POINTS_PER_INCH / size.dpi;
    let style = Style { font: &font, least: size.hairline(), colours };
    let mut page = Page::new(style, f64::from(size.height), scale);
    page.draw(|canvas| canvas.rect(&layout.image, PAPER));
    page.within(&layout.plot, |canvas| paint::inside(figure, &layout, canvas));
    page.draw(|canvas| paint::around(figure, &layout, canvas));
    let drawn = page.finish();

    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("en"));
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let [width, height] =
        [size.width, size.height].map(|pixels| (f64::from(pixels) * scale) as f32);
    sheet(&mut pdf, Box::new(0.0, 0.0, width, height), &drawn);
    pdf.stream(CONTENT, &packed(&drawn.content)?).filter(Filter::FlateDecode);
    embed(&mut pdf, &font, &drawn)?;
    let mut information = pdf.document_info(INFORMATION);
    information.title(TextStr(&figure.title)).subject(TextStr(&figure.caption));
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
fn embed(pdf: &mut Pdf, font: &Font, drawn: &Drawn) -> Result<()> {
    let file = subsetter::subset(Font::file(), 0, &drawn.glyphs)
        .map_err(|fault| Error::Failed(format!("the bundled font cannot be embedded: {fault}")))?;
    let (ascent, descent) = font.heights();
    let [ascent, descent] = [ascent, descent].map(|height| (1000.0 * height) as f32);
    pdf.type0_font(TYPE)
        .base_font(FAMILY)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(GLYPHS)
        .to_unicode(CHARACTERS);
    let mut glyphs = pdf.cid_font(GLYPHS);
    glyphs.subtype(CidFontType::Type2).base_font(FAMILY).system_info(SYSTEM);
    glyphs
        .font_descriptor(DESCRIPTOR)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = glyphs.widths();
    for (number, (_, width)) in &drawn.shown {
        widths.consecutive(*number, [(1000.0 * width) as f32]);
    }
    widths.finish();
    glyphs.finish();
    pdf.font_descriptor(DESCRIPTOR)
        .name(FAMILY)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Box::new(-1100.0, descent, 2000.0, ascent))
        .italic_angle(0.0)
        .ascent(ascent)
        .descent(descent)
        .cap_height(729.0)
        .stem_v(80.0)
        .font_file2(FILE);
    let length = i32::try_from(file.len()).unwrap_or_default();
    pdf.stream(FILE, &packed(&file)?).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    let mut characters = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
    for (number, (character, _)) in &drawn.shown {
        characters.pair(*number, *character);
    }
    pdf.cmap(CHARACTERS, &characters.finish());
    Ok(())
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| Error::Failed(format!("the figure cannot be compressed: {error}")))
}
