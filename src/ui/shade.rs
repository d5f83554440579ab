//! Solid colours of cells on a diverging scale, where the terminal has enough colours.

use ratatui::style::{Color, Style};

use super::theme::Theme;
use crate::app::settings::{ColourDepth, Tone};
use crate::transfer::Verdict;

type Rgb = [u8; 3];

/// The full colours of cells that help and that hurt, as in exported figures.
const HELPS: Rgb = [0x00, 0x72, 0xb2];
const HURTS: Rgb = [0xd5, 0x5e, 0x00];
/// Cells without a difference, on a dark and on a light ground.
const DARK: Rgb = [0x3a, 0x3a, 0x3a];
const LIGHT: Rgb = [0xe4, 0xe4, 0xe4];
/// Share of the colour in the faintest cell with a verdict.
const FAINTEST: f64 = 0.3;

impl Theme {
    /// The style of a solid cell and the text on it; `strength` is from 0 to 1. `None` for undecided
    /// cells, and if the terminal has too few colours: signs then show the verdict.
    pub(crate) fn shade(&self, verdict: Verdict, strength: f64) -> Option<Style> {
        let ground = match self.tone() {
            Tone::Dark | Tone::Contrast => DARK,
            Tone::Light => LIGHT,
            Tone::Mono => return None,
        };
        let (full, share) = match verdict {
            Verdict::Helps => (HELPS, FAINTEST + (1.0 - FAINTEST) * strength),
            Verdict::Hurts => (HURTS, FAINTEST + (1.0 - FAINTEST) * strength),
            Verdict::NoDifference | Verdict::SameTrials | Verdict::OneTask => (ground, 0.0),
            Verdict::Undecided => return None,
        };
        let mix = |i: usize| {
            let (from, to) = (f64::from(ground[i]), f64::from(full[i]));
            (from + share * (to - from)).round() as u8
        };
        let rgb = [mix(0), mix(1), mix(2)];
        match self.depth() {
            ColourDepth::True => {
                let [r, g, b] = rgb;
                let ink =
                    if is_bright(rgb) { Color::Rgb(0, 0, 0) } else { Color::Rgb(255, 255, 255) };
                Some(Style::new().bg(Color::Rgb(r, g, b)).fg(ink))
            }
            ColourDepth::Indexed => {
                let (index, shown) = nearest(rgb);
                let ink = if is_bright(shown) { 16 } else { 231 };
                Some(Style::new().bg(Color::Indexed(index)).fg(Color::Indexed(ink)))
            }
            ColourDepth::None | ColourDepth::Sixteen => None,
        }
    }
}

/// Relative luminance, from 0 to 1 (Web Content Accessibility Guidelines).
fn luminance(rgb: Rgb) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2])
}

/// Returns true if black text stands out more than white text.
fn is_bright(rgb: Rgb) -> bool {
    let own = luminance(rgb) + 0.05;
    own / 0.05 > 1.05 / own
}

/// The nearest of the 256 colours, from the 6 × 6 × 6 cube or the greys, and its value.
fn nearest(rgb: Rgb) -> (u8, Rgb) {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let cube = (0..216u8).map(|n| (16 + n, [level(n / 36), level(n / 6 % 6), level(n % 6)]));
    let greys = (0..24u8).map(|n| (232 + n, [8 + 10 * n; 3]));
    let distance = |other: &Rgb| -> u32 {
        rgb.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    cube.chain(greys).min_by_key(|(_, other)| distance(other)).unwrap_or((231, [255; 3]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::settings::Settings;

    #[test]
    fn text_on_every_shade_has_a_contrast_of_four_and_a_half_to_one() {
        for theme in [Tone::Dark, Tone::Light, Tone::Contrast] {
            for verdict in [Verdict::Helps, Verdict::Hurts, Verdict::NoDifference] {
                for step in 0..=20 {
                    let settings =
                        Settings { theme, colours: ColourDepth::True, ..Settings::default() };
                    let style = Theme::of(&settings).shade(verdict, f64::from(step) / 20.0);
                    let Some(Style { bg: Some(Color::Rgb(r, g, b)), .. }) = style else { panic!() };
                    let own = luminance([r, g, b]) + 0.05;
                    let best = if is_bright([r, g, b]) { own / 0.05 } else { 1.05 / own };
                    assert!(best >= 4.5, "{theme:?} {verdict:?} {step}: {best:.2}");
                }
            }
        }
    }

    #[test]
    fn few_colours_have_no_shades() {
        for colours in [ColourDepth::None, ColourDepth::Sixteen] {
            let theme = Theme::of(&Settings { colours, ..Settings::default() });
            assert_eq!(theme.shade(Verdict::Helps, 1.0), None);
        }
    }
}
