//! Colours: Okabe–Ito colours for roles, blue and orange for helps and hurts. Colour is never the
//! only signal.

use ratatui::style::{Color, Modifier, Style};

use crate::app::settings::{Marks, Settings, Tone};
use crate::figure::MarkRole;
use crate::transfer::Verdict;

pub use crate::app::settings::ColourDepth;

/// The colours and characters of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    depth: ColourDepth,
    tone: Tone,
    marks: Marks,
    thick: bool,
}

/// A colour for dark backgrounds, light backgrounds and high contrast: as 24 bits, as one of 256
/// and as one of 16.
struct Hue {
    dark: (u32, u8, Color),
    light: (u32, u8, Color),
    strong: (u32, u8, Color),
}

const fn hue(dark: (u32, u8, Color), light: (u32, u8, Color), strong: (u32, u8, Color)) -> Hue {
    Hue { dark, light, strong }
}

const BLUE: Hue = hue(
    (0x0045_A3E0, 74, Color::Blue),
    (0x0000_69A8, 25, Color::Blue),
    (0x006C_C4FF, 81, Color::LightCyan),
);
const ORANGE: Hue = hue(
    (0x00E6_7E22, 172, Color::Yellow),
    (0x00A8_4B00, 130, Color::Red),
    (0x00FF_B347, 215, Color::LightYellow),
);
const GREEN: Hue = hue(
    (0x0009_A77C, 36, Color::Green),
    (0x0000_7352, 23, Color::Green),
    (0x0048_E0A4, 79, Color::LightGreen),
);
const PINK: Hue = hue(
    (0x00CC_79A7, 175, Color::Magenta),
    (0x009B_3F74, 125, Color::Magenta),
    (0x00FF_9AD5, 212, Color::LightMagenta),
);
const GREY: Hue = hue(
    (0x0096_9696, 246, Color::DarkGray),
    (0x0062_6262, 241, Color::DarkGray),
    (0x00D0_D0D0, 252, Color::Gray),
);

/// Colours of series; the seventh series uses the terminal's own colour.
const SERIES: [Hue; 6] = [
    BLUE,
    hue(
        (0x00E8_7A3C, 173, Color::Red),
        (0x00B0_3C00, 130, Color::Red),
        (0x00FF_8F5A, 209, Color::LightRed),
    ),
    GREEN,
    PINK,
    hue(
        (0x00E6_9F00, 214, Color::Yellow),
        (0x0080_5800, 94, Color::Yellow),
        (0x00FF_D24A, 221, Color::LightYellow),
    ),
    hue(
        (0x0056_B4E9, 117, Color::Cyan),
        (0x0000_6A8A, 24, Color::Cyan),
        (0x0086_D8FF, 117, Color::LightCyan),
    ),
];

impl Theme {
    /// The dark theme for a terminal with this colour depth.
    pub fn new(depth: ColourDepth) -> Self {
        Self { depth, tone: Tone::Dark, marks: Marks::Braille, thick: false }
    }

    /// The theme selected in the settings.
    pub fn of(settings: &Settings) -> Self {
        Self { depth: settings.colours, tone: settings.theme, marks: settings.marks, thick: false }
    }

    /// The same theme with high contrast.
    pub fn strongly(self) -> Self {
        match self.tone {
            Tone::Mono => self,
            _ => Self { tone: Tone::Contrast, ..self },
        }
    }

    /// The same theme with thick lines and large points.
    pub(crate) fn thickly(self) -> Self {
        Self { thick: true, ..self }
    }

    /// Returns true if lines are thick and points are large.
    pub(crate) fn is_thick(&self) -> bool {
        self.thick
    }

    /// The number of colours of the terminal.
    pub(super) fn depth(&self) -> ColourDepth {
        self.depth
    }

    /// Dark or light, and contrast.
    pub(super) fn tone(&self) -> Tone {
        self.tone
    }

    /// The characters for lines and points.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// The background: the terminal's own, or black with high contrast.
    pub fn ground(&self) -> Style {
        match (self.tone, self.depth) {
            (Tone::Contrast, ColourDepth::Sixteen | ColourDepth::Indexed | ColourDepth::True) => {
                Style::new().fg(Color::White).bg(Color::Black)
            }
            _ => Style::new(),
        }
    }

    /// The style of a mark.
    pub fn role(&self, role: MarkRole) -> Style {
        match role {
            MarkRole::Target | MarkRole::Measured => self.hue(&BLUE),
            MarkRole::Source => self.hue(&ORANGE),
            MarkRole::Shared => self.hue(&GREEN),
            MarkRole::Theory => Style::new(),
            MarkRole::Here => self.hue(&PINK).add_modifier(Modifier::BOLD),
            MarkRole::Reference => self.dim(),
            MarkRole::Series(series) => {
                match SERIES.get(usize::from(series) % (SERIES.len() + 1)) {
                    Some(hue) => self.hue(hue),
                    None => Style::new(),
                }
            }
        }
    }

    /// The style of a verdict.
    pub fn verdict(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Helps => self.hue(&BLUE),
            Verdict::Hurts => self.hue(&ORANGE),
            _ => Style::new(),
        }
        .add_modifier(Modifier::BOLD)
    }

    /// Style of less important items.
    pub fn dim(&self) -> Style {
        self.hue(&GREY)
    }

    /// Style of the focused item.
    pub fn focus(&self) -> Style {
        self.hue(&PINK).add_modifier(Modifier::BOLD)
    }

    /// Style of problems and messages.
    pub fn alert(&self) -> Style {
        self.hue(&ORANGE).add_modifier(Modifier::BOLD)
    }

    /// Style of headings and keys.
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    fn hue(&self, hue: &Hue) -> Style {
        let (rgb, index, named) = match self.tone {
            Tone::Dark => hue.dark,
            Tone::Light => hue.light,
            Tone::Contrast => hue.strong,
            Tone::Mono => return Style::new(),
        };
        match self.depth {
            ColourDepth::None => Style::new(),
            ColourDepth::Sixteen => Style::new().fg(named),
            ColourDepth::Indexed => Style::new().fg(Color::Indexed(index)),
            ColourDepth::True => Style::new().fg(Color::from_u32(rgb)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour, as the Web Content Accessibility Guidelines define it.
    fn luminance(rgb: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((rgb >> shift) & 0xff) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The 24-bit value of one of the 256 colours: the 6 × 6 × 6 cube or the greys.
    fn indexed(index: u8) -> u32 {
        let index = u32::from(index);
        let level = |n: u32| if n == 0 { 0 } else { 55 + 40 * n };
        if index >= 232 {
            let grey = 8 + 10 * (index - 232);
            return grey << 16 | grey << 8 | grey;
        }
        let n = index - 16;
        level(n / 36) << 16 | level(n / 6 % 6) << 8 | level(n % 6)
    }

    #[test]
    fn every_colour_stands_out_from_its_ground_by_four_and_a_half_to_one() {
        let all = [&BLUE, &ORANGE, &GREEN, &PINK, &GREY].into_iter().chain(&SERIES);
        for hue in all {
            for ((rgb, index, _), ground) in
                [(hue.dark, 0x001E_1E1E), (hue.light, 0x00FF_FFFF), (hue.strong, 0)]
            {
                for colour in [rgb, indexed(index)] {
                    let ratio = contrast(colour, ground);
                    assert!(ratio >= 4.5, "{colour:06x} on {ground:06x}: {ratio:.2}");
                }
            }
        }
    }
}
