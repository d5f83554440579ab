//! Colours of figures: those of Okabe and Ito or greys for marks, greys for the frame.

use crate::error::Invalid;
use crate::figure::{Cell, MarkRole};
use crate::transfer::Verdict;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

pub(super) const PAPER: Colour = [0xff, 0xff, 0xff];
pub(super) const INK: Colour = [0x22, 0x22, 0x22];
/// Ink on grounds on which the ordinary ink is hard to read.
const BLACK: Colour = [0; 3];
pub(super) const FAINT_INK: Colour = [0x59, 0x59, 0x59];
pub(super) const FRAME: Colour = [0x59, 0x59, 0x59];
pub(super) const HATCH: Colour = [0xb0, 0xb0, 0xb0];
/// The minus signs of cells that hurt.
pub(super) const MINUS: Colour = [0x70, 0x30, 0x00];
pub(super) const GRID: Colour = [0xe8, 0xe8, 0xe8];

const SERIES: [Colour; 7] = [
    [0x00, 0x72, 0xb2],
    [0xd5, 0x5e, 0x00],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0xe6, 0x9f, 0x00],
    [0x56, 0xb4, 0xe9],
    [0x00, 0x00, 0x00],
];
/// Greys of series. Series with the same dashes have clearly different greys; the contrast with
/// the paper is at least 3 : 1.
const GREY_SERIES: [u8; 7] = [0x00, 0x70, 0x8c, 0x38, 0x8c, 0x10, 0x48];
const HELPS: Colour = [0x00, 0x72, 0xb2];
const HURTS: Colour = [0xd5, 0x5e, 0x00];
const GREY_VERDICT: Colour = [0x80, 0x80, 0x80];
const NO_DIFFERENCE: Colour = [0xf0, 0xf0, 0xf0];
/// Share of the colour in the lightest cell with a verdict.
const LIGHTEST: f64 = 0.22;
/// Brightness of hatch lines relative to that of their ground, so that a stronger verdict is darker.
const HATCHING: f64 = 0.15;
/// Luminance below which a colour is dark: text in the colour of the paper then stands out more.
const DARK: f64 = 0.213;

/// The palette of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// The colours of Okabe and Ito, distinct for every kind of colour vision.
    #[default]
    OkabeIto,
    /// Greys for black-and-white print. Series differ by dashes and symbols; cells that hurt are
    /// hatched.
    Grey,
}

/// All palettes with their names; the first is the default.
pub const COLOURS: [(Colours, &str); 2] =
    [(Colours::OkabeIto, "okabe-ito"), (Colours::Grey, "grey")];

impl Colours {
    /// Finds a palette by name.
    ///
    /// # Errors
    ///
    /// [`Invalid`], with all names, if there is no such palette.
    pub fn named(name: &str) -> Result<Self, Invalid> {
        let found = COLOURS.iter().find(|(_, own)| *own == name);
        found.map(|(colours, _)| *colours).ok_or_else(|| {
            let names = COLOURS.map(|(_, own)| own);
            Invalid::new("--colours", format!("\"{name}\""), names.join(", "))
        })
    }

    /// The name of the palette.
    pub fn name(self) -> &'static str {
        COLOURS.iter().find(|(colours, _)| *colours == self).map_or("", |(_, name)| name)
    }

    /// The colour of a role, as RGB.
    pub fn of(self, role: MarkRole) -> [u8; 3] {
        match self {
            Self::OkabeIto => colour(role),
            Self::Grey => [grey(role); 3],
        }
    }

    /// The colour of a cell.
    pub(super) fn ground(self, cell: &Cell) -> Colour {
        self.shade(cell.verdict, cell.strength())
    }

    /// The colour of cells with a verdict, `strength` from 0 to 1.
    pub(super) fn shade(self, verdict: Verdict, strength: f64) -> Colour {
        let share = LIGHTEST + (1.0 - LIGHTEST) * strength;
        match (verdict, self) {
            (Verdict::Undecided | Verdict::SameTrials | Verdict::OneTask, _) => PAPER,
            (Verdict::NoDifference, _) => NO_DIFFERENCE,
            (_, Self::Grey) => mixed(GREY_VERDICT, share),
            (Verdict::Helps, Self::OkabeIto) => mixed(HELPS, share),
            (Verdict::Hurts, Self::OkabeIto) => mixed(HURTS, share),
        }
    }

    /// The colour of the hatch of cells with a verdict; `None` if their shade alone is distinct.
    pub(super) fn hatch(self, verdict: Verdict, ground: Colour) -> Option<Colour> {
        let hatched = self == Self::Grey && verdict == Verdict::Hurts;
        hatched.then(|| ground.map(|part| (HATCHING * f64::from(part)).round() as u8))
    }
}

/// The Okabe–Ito colour of a role, as RGB. Target and measured share one, because they never
/// appear in the same figure.
pub fn colour(role: MarkRole) -> [u8; 3] {
    match role {
        MarkRole::Target | MarkRole::Measured => [0x00, 0x72, 0xb2],
        MarkRole::Source => [0xd5, 0x5e, 0x00],
        MarkRole::Shared => [0x00, 0x9e, 0x73],
        MarkRole::Theory => [0x33, 0x33, 0x33],
        MarkRole::Here => [0xcc, 0x79, 0xa7],
        MarkRole::Reference => [0x80, 0x80, 0x80],
        MarkRole::Series(series) => SERIES[usize::from(series) % SERIES.len()],
    }
}

/// The grey of a role.
fn grey(role: MarkRole) -> u8 {
    match role {
        MarkRole::Target | MarkRole::Measured | MarkRole::Here => 0x00,
        MarkRole::Source => 0x38,
        MarkRole::Shared => 0x8c,
        MarkRole::Theory => 0x59,
        MarkRole::Reference => 0x8c,
        MarkRole::Series(series) => GREY_SERIES[usize::from(series) % GREY_SERIES.len()],
    }
}

/// The colour of text on a background: that of the paper where the background is dark.
pub(super) fn on(ground: Colour) -> Colour {
    match luminance(ground) {
        light if light < DARK => PAPER,
        light if (light + FLARE) / (luminance(INK) + FLARE) < LEGIBLE => BLACK,
        _ => INK,
    }
}

/// A colour mixed with paper; `share` is the part of the colour.
fn mixed(colour: Colour, share: f64) -> Colour {
    [0, 1, 2].map(|part| {
        let (ink, paper) = (f64::from(colour[part]), f64::from(PAPER[part]));
        (paper + share * (ink - paper)).round() as u8
    })
}

/// Luminance added to both in a ratio of contrast, and the smallest ratio at which text is legible.
const FLARE: f64 = 0.05;
const LEGIBLE: f64 = 4.5;

/// Relative luminance, from 0 to 1.
fn luminance(colour: Colour) -> f64 {
    let linear = |part: u8| (f64::from(part) / 255.0).powf(2.2);
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [MarkRole; 7] = [
        MarkRole::Target,
        MarkRole::Source,
        MarkRole::Shared,
        MarkRole::Theory,
        MarkRole::Measured,
        MarkRole::Here,
        MarkRole::Reference,
    ];

    #[test]
    fn greys_are_grey_and_every_line_stands_out_from_paper() {
        for role in ROLES.into_iter().chain((0..9).map(MarkRole::Series)) {
            let [red, green, blue] = Colours::Grey.of(role);
            assert!(red == green && green == blue, "{role:?}");
            assert!(1.05 / (luminance([red; 3]) + 0.05) >= 3.0, "{role:?}");
        }
    }

    #[test]
    fn greys_that_share_their_dashes_are_far_apart() {
        for (one, other) in [(0, 4), (1, 5), (2, 6)] {
            let (one, other) = (grey(MarkRole::Series(one)), grey(MarkRole::Series(other)));
            assert!(one.abs_diff(other) > 0x40, "{one} {other}");
        }
    }

    #[test]
    fn in_grey_a_cell_that_hurts_is_as_dark_as_one_that_helps_and_hatched() {
        for strength in [0.0, 0.5, 1.0] {
            let shade = |verdict| Colours::Grey.shade(verdict, strength);
            assert_eq!(shade(Verdict::Helps), shade(Verdict::Hurts));
            let hatch = |verdict| Colours::Grey.hatch(verdict, shade(verdict));
            assert!(hatch(Verdict::Hurts).is_some() && hatch(Verdict::Helps).is_none());
            assert!(Colours::OkabeIto.hatch(Verdict::Hurts, PAPER).is_none());
        }
    }

    #[test]
    fn text_on_cells_is_light_where_they_are_dark_and_always_stands_out() {
        assert_eq!((on(HELPS), on(GREY_VERDICT)), (PAPER, BLACK));
        assert_eq!(on(NO_DIFFERENCE), INK);
        for (colours, _) in COLOURS {
            for verdict in [Verdict::Helps, Verdict::Hurts, Verdict::NoDifference] {
                for strength in (0..=20).map(|step| f64::from(step) / 20.0) {
                    let ground = colours.shade(verdict, strength);
                    let (a, b) = (luminance(ground), luminance(on(ground)));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= 3.9, "{verdict:?} {strength}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn a_name_stands_for_its_colours_and_no_other_for_any() {
        for (colours, name) in COLOURS {
            assert_eq!(Colours::named(name).ok(), Some(colours));
            assert_eq!(colours.name(), name);
        }
        let error = Colours::named("rainbow").unwrap_err();
        assert!(error.to_string().contains("okabe-ito, grey"), "{error}");
    }
}
