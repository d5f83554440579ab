//! Flags for the look of the screen.

use clap::ValueEnum;

/// Flags for the look of the screen; the configuration file sets the same permanently.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Screen")]
pub(super) struct Looks {
    /// Theme: auto (ask the terminal), dark, light, contrast or mono
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, conflicts_with = "colours")]
    pub color: Option<When>,
    /// Colour depth of the terminal: auto (detect it), none, 16, 256 or true
    #[arg(long, alias = "colors", value_name = "DEPTH")]
    pub colours: Option<String>,
    /// Characters to draw charts with: auto, braille, blocks or ascii
    #[arg(long, value_name = "NAME")]
    pub marks: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Show no tips
    #[arg(long)]
    pub no_tips: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// If the terminal has them and `NO_COLOR` is not set
    Auto,
    /// Even if `NO_COLOR` is set
    Always,
    /// Without colours
    Never,
}
