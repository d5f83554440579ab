//! Encodes pixels as a PNG file with notes.

use png::{BitDepth, ColorType, Encoder, EncodingError, PixelDimensions, Unit};

use std::io::Cursor;

use super::Size;
use super::notes::{PROGRAM, SOFTWARE};
use crate::error::{Error, Result};
use crate::figure::image::Image;

const INCHES_PER_METRE: f64 = 1.0 / 0.0254;

/// Encodes rows of RGB pixels. `notes` become international text chunks.
pub(super) fn encode(pixels: &[u8], size: &Size, notes: &[(&str, &str)]) -> Result<Vec<u8>> {
    written(pixels, size, notes)
        .map_err(|fault| Error::Failed(format!("the figure cannot be encoded: {fault}")))
}

/// Reads the pixels of an image drawn by taskscope.
///
/// # Errors
///
/// [`Error::Failed`] for bytes that are not a PNG with 8-bit RGB pixels.
pub fn image(file: Vec<u8>) -> Result<Image> {
    let failed =
        |what: &dyn std::fmt::Display| Error::Failed(format!("cannot read the picture: {what}"));
    let mut reader =
        png::Decoder::new(Cursor::new(&file)).read_info().map_err(|fault| failed(&fault))?;
    let size = reader.output_buffer_size().ok_or_else(|| failed(&"it is too large"))?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels).map_err(|fault| failed(&fault))?;
    if (info.color_type, info.bit_depth) != (ColorType::Rgb, BitDepth::Eight) {
        return Err(failed(&"its pixels are not 8-bit RGB"));
    }
    let (width, height) = (info.width, info.height);
    drop(reader);
    Ok(Image { width, height, pixels, file })
}

fn written(
    pixels: &[u8],
    size: &Size,
    notes: &[(&str, &str)],
) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size.width, size.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let density = (size.dpi * INCHES_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: density,
        yppu: density,
        unit: Unit::Meter,
    }));
    encoder.add_text_chunk(SOFTWARE.to_owned(), PROGRAM.to_owned())?;
    for (keyword, text) in notes {
        encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}
