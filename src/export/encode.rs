//! Pixels as the bytes of a PNG file, with what the file says about itself.

use png::{BitDepth, ColorType, Encoder, EncodingError, PixelDimensions, Unit};

use super::Size;
use super::experiment::{PROGRAM, SOFTWARE};
use crate::error::{Error, Result};

const INCHES_PER_METRE: f64 = 1.0 / 0.0254;

/// Encodes rows of red, green and blue. `notes` become international text chunks.
pub(super) fn encode(pixels: &[u8], size: &Size, notes: &[(&str, &str)]) -> Result<Vec<u8>> {
    written(pixels, size, notes)
        .map_err(|fault| Error::Failed(format!("the figure cannot be encoded: {fault}")))
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
