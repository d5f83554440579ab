//! A preview of a picture: a line above and a line below, and the picture itself if it is drawn
//! with characters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Clear;

use super::view::View;
use super::widget::dots::half;
use super::widget::line::shortened;
use crate::app::preview::{PicturePreview, PreviewMode};
use crate::app::settings::{ColourDepth, Marks, Tone};
use crate::app::{App, HitTarget};
use crate::figure::image::Image;

/// Characters from light to dark.
const RAMP: &[u8] = b" .:-=+*#%@";
/// Lightness below which a pixel counts as ink.
const INK: f64 = 0.78;

/// The cells available for a picture on a screen of this size.
pub fn room(screen: Rect) -> Rect {
    Rect { y: screen.y + 1, height: screen.height.saturating_sub(2), ..screen }
}

/// Draws the preview in place of the screen.
pub(super) fn draw(app: &App, preview: &PicturePreview, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.frame.render_widget(Clear, area);
    view.frame.buffer_mut().set_style(area, theme.ground());
    view.regions.add(area, HitTarget::Beside);
    let line = |y: u16| Rect { y, height: 1, ..area };
    let (title, below) = match &preview.drawn {
        None => (format!(" {}: drawing", preview.title), " any key goes back".to_owned()),
        Some((image, way)) => {
            let (width, height) = (image.width, image.height);
            let title = format!(" {} as a PNG of {width} × {height} pixels", preview.title);
            let below = match way {
                PreviewMode::Pixels(name) => format!(" any key goes back; drawn with {name}"),
                PreviewMode::Characters(why) => {
                    format!(" any key goes back; only roughly, because {why}")
                }
            };
            (title, below)
        }
    };
    let room = room(area);
    if let Some((image, PreviewMode::Characters(_))) = &preview.drawn {
        characters(image, app, room, view.frame.buffer_mut());
    }
    view.frame
        .render_widget(shortened(Line::styled(title, theme.strong()), area.width), line(area.y));
    if area.height > 1 {
        let below = shortened(Line::styled(below, theme.dim()), area.width);
        view.frame.render_widget(below, line(area.bottom() - 1));
    }
}

/// Draws the picture with as many characters as fit: half blocks if there are colours, otherwise
/// Braille, blocks or letters where the picture is dark.
fn characters(image: &Image, app: &App, area: Rect, buffer: &mut Buffer) {
    let settings = &app.settings;
    let colours = matches!(settings.colours, ColourDepth::Indexed | ColourDepth::True);
    let coloured = colours && settings.theme != Tone::Mono && settings.marks != Marks::Ascii;
    let (across, down) = match settings.marks {
        _ if coloured => (1, 2),
        Marks::Braille => (2, 4),
        Marks::Blocks => (1, 2),
        Marks::Ascii => (1, 1),
    };
    if area.is_empty() || image.pixels.is_empty() {
        return;
    }
    // A cell is twice as high as wide. The two dots of a half block and the eight of Braille are
    // square.
    let stretch = if (across, down) == (1, 1) { 2.0 } else { 1.0 };
    let room = (f64::from(area.width * across), f64::from(area.height * down) * stretch);
    let (width, height) = image.within(room);
    let height = ((f64::from(height) / stretch) as u32).max(1);
    let small = image.scaled((width, height));
    let cells = (width.div_ceil(across.into()) as u16, height.div_ceil(down.into()) as u16);
    let left = area.x + (area.width - cells.0.min(area.width)) / 2;
    for row in 0..cells.1.min(area.height) {
        for column in 0..cells.0.min(area.width) {
            let pixel = |x: u16, y: u16| {
                small.at(u32::from(column * across + x), u32::from(row * down + y))
            };
            let (sign, style) = match settings.marks {
                _ if coloured => {
                    let colour =
                        |pixel: Option<[u8; 3]>| pixel.map(|rgb| colour(rgb, settings.colours));
                    let style =
                        Style { fg: colour(pixel(0, 0)), bg: colour(pixel(0, 1)), ..Style::new() };
                    ('▀', style)
                }
                Marks::Braille => (braille(&pixel), Style::new()),
                Marks::Blocks => (half(ink(pixel(0, 0)), ink(pixel(0, 1))), Style::new()),
                Marks::Ascii => (letter(pixel(0, 0)), Style::new()),
            };
            buffer.set_string(left + column, area.y + row, sign.encode_utf8(&mut [0; 4]), style);
        }
    }
}

/// Lightness of a pixel, from 0 to 1. Outside the picture it is that of white paper.
fn lightness(pixel: Option<[u8; 3]>) -> f64 {
    let [red, green, blue] = pixel.unwrap_or([255; 3]).map(f64::from);
    (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255.0
}

fn ink(pixel: Option<[u8; 3]>) -> bool {
    lightness(pixel) < INK
}

fn braille(pixel: &impl Fn(u16, u16) -> Option<[u8; 3]>) -> char {
    const BITS: [(u16, u16); 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];
    let dots = BITS.iter().enumerate().filter(|(_, (x, y))| ink(pixel(*x, *y)));
    let bits: u32 = dots.map(|(bit, _)| 1 << bit).sum();
    char::from_u32(0x2800 + bits).unwrap_or(' ')
}

fn letter(pixel: Option<[u8; 3]>) -> char {
    let dark = (1.0 - lightness(pixel)) * RAMP.len() as f64;
    char::from(RAMP[(dark as usize).min(RAMP.len() - 1)])
}

/// A colour for the terminal: with 256 colours, the nearest of the 6 × 6 × 6 cube or the greys.
fn colour(rgb: [u8; 3], depth: ColourDepth) -> Color {
    if depth == ColourDepth::True {
        return Color::Rgb(rgb[0], rgb[1], rgb[2]);
    }
    let level = |part: u8| match part {
        0..48 => 0,
        48..115 => 1,
        _ => (part - 35) / 40,
    };
    let [red, green, blue] = rgb.map(level);
    let spread = rgb.iter().max().zip(rgb.iter().min()).map_or(0, |(most, least)| most - least);
    if spread < 8 && (8..=238).contains(&rgb[1]) {
        return Color::Indexed(232 + ((rgb[1] - 3) / 10).min(23));
    }
    Color::Indexed(16 + 36 * red + 6 * green + blue)
}
