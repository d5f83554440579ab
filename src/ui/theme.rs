//! Colours: Okabe–Ito for whose a mark is, blue and orange for helps and hurts. Colour is never
//! the only signal.

use ratatui::style::{Color, Modifier, Style};

use crate::figure::Role;
use crate::transfer::Verdict;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None are wanted.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// 256.
    Indexed,
    /// 24 bits.
    True,
}

/// The colours of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    depth: Depth,
}

/// A colour at the three depths that have any.
struct Hue(u32, u8, Color);

const BLUE: Hue = Hue(0x0045_A3E0, 74, Color::Blue);
const ORANGE: Hue = Hue(0x00E6_7E22, 172, Color::Yellow);
const GREEN: Hue = Hue(0x0009_A77C, 36, Color::Green);
const PINK: Hue = Hue(0x00CC_79A7, 175, Color::Magenta);
const GREY: Hue = Hue(0x0088_8888, 245, Color::DarkGray);

/// Colours of series; one more has the terminal's own.
const SERIES: [Hue; 6] = [
    BLUE,
    Hue(0x00D5_5E00, 166, Color::Red),
    GREEN,
    PINK,
    Hue(0x00E6_9F00, 214, Color::Yellow),
    Hue(0x0056_B4E9, 117, Color::Cyan),
];

impl Theme {
    /// A theme for a terminal of the given depth.
    pub fn new(depth: Depth) -> Self {
        Self { depth }
    }

    /// The style of a mark.
    pub fn role(&self, role: Role) -> Style {
        match role {
            Role::Target | Role::Measured => self.hue(&BLUE),
            Role::Source => self.hue(&ORANGE),
            Role::Shared => self.hue(&GREEN),
            Role::Theory => Style::new(),
            Role::Here => self.hue(&PINK).add_modifier(Modifier::BOLD),
            Role::Reference => self.dim(),
            Role::Series(series) => match SERIES.get(usize::from(series) % (SERIES.len() + 1)) {
                Some(hue) => self.hue(hue),
                None => Style::new(),
            },
        }
    }

    /// The style of a verdict.
    pub fn verdict(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Helps => self.hue(&BLUE),
            Verdict::Hurts => self.hue(&ORANGE),
            Verdict::NoDifference => Style::new(),
        }
        .add_modifier(Modifier::BOLD)
    }

    /// What is less important.
    pub fn dim(&self) -> Style {
        self.hue(&GREY)
    }

    /// What has the focus.
    pub fn focus(&self) -> Style {
        self.hue(&PINK).add_modifier(Modifier::BOLD)
    }

    /// What is wrong or new.
    pub fn alert(&self) -> Style {
        self.hue(&ORANGE).add_modifier(Modifier::BOLD)
    }

    /// Headings and keys.
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    fn hue(&self, Hue(rgb, index, named): &Hue) -> Style {
        match self.depth {
            Depth::None => Style::new(),
            Depth::Sixteen => Style::new().fg(*named),
            Depth::Indexed => Style::new().fg(Color::Indexed(*index)),
            Depth::True => Style::new().fg(Color::from_u32(*rgb)),
        }
    }
}
