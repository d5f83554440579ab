//! The test card: the colour of every role, and the layout for a terminal size.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::ladder::Rung;
use super::theme::Theme;
use crate::app::Settings;
use crate::figure::MarkRole;
use crate::transfer::Verdict;

/// A colour in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swatch {
    /// The role it stands for.
    pub name: String,
    /// Parameters of the control sequence that starts it: `1;38;5;74`. Empty if there are none.
    pub parameters: String,
}

/// The colours of all roles in the theme of the settings.
pub fn swatches(settings: &Settings) -> Vec<Swatch> {
    let theme = Theme::of(settings);
    let roles = [
        ("target", MarkRole::Target),
        ("source", MarkRole::Source),
        ("shared", MarkRole::Shared),
        ("theory", MarkRole::Theory),
        ("here", MarkRole::Here),
        ("reference", MarkRole::Reference),
    ];
    let verdicts = [
        ("helps", Verdict::Helps),
        ("hurts", Verdict::Hurts),
        ("no difference", Verdict::NoDifference),
    ];
    let named = verdicts.map(|(name, verdict)| (name.to_owned(), theme.verdict(verdict)));
    let roles = roles.map(|(name, role)| (name.to_owned(), theme.role(role)));
    let series = (0..7).map(|n| (format!("series {}", n + 1), theme.role(MarkRole::Series(n))));
    let others = [("focus".to_owned(), theme.focus()), ("alert".to_owned(), theme.alert())];
    let all = named.into_iter().chain(roles).chain(series).chain(others);
    all.map(|(name, style)| Swatch { name, parameters: parameters(style) }).collect()
}

/// The layout for a terminal of this size, in words.
pub fn layout(width: u16, height: u16) -> &'static str {
    match Rung::of(Rect::new(0, 0, width, height)) {
        Rung::Wide => "three columns",
        Rung::Narrow => "two columns, the verdict on one line",
        Rung::Small => "one pane at a time",
        Rung::Line => "a few lines",
    }
}

fn parameters(style: Style) -> String {
    let bold = style.add_modifier.contains(Modifier::BOLD).then(|| "1".to_owned());
    let colour = style.fg.and_then(|colour| match colour {
        Color::Rgb(r, g, b) => Some(format!("38;2;{r};{g};{b}")),
        Color::Indexed(index) => Some(format!("38;5;{index}")),
        Color::Reset => None,
        named => {
            place(named).map(|place| if place < 8 { 30 + place } else { 82 + place }.to_string())
        }
    });
    bold.into_iter().chain(colour).collect::<Vec<_>>().join(";")
}

/// Index of a colour among the 16 of the terminal's palette.
fn place(colour: Color) -> Option<u8> {
    const SIXTEEN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    SIXTEEN.iter().position(|one| *one == colour).map(|place| place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::settings::ColourDepth;

    #[test]
    fn swatches_name_the_colours_that_a_terminal_understands() {
        let of = |colours| {
            let settings = Settings { colours, ..Settings::default() };
            swatches(&settings)[0].parameters.clone()
        };
        assert_eq!(of(ColourDepth::None), "1");
        assert_eq!(of(ColourDepth::Sixteen), "1;34");
        assert_eq!(of(ColourDepth::Indexed), "1;38;5;74");
        assert_eq!(of(ColourDepth::True), "1;38;2;69;163;224");
        assert_eq!(parameters(Style::new().fg(Color::LightRed)), "91");
    }
}
