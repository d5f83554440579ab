//! Detects properties of the terminal: colour depth, characters, light or dark background.

use std::env;
use std::io::{IsTerminal, stdin, stdout};
use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::app::settings::{SettingInfo, Settings};
use crate::cli::config::value::Found;
use crate::cli::interrupt;
use crate::cli::looks::When;

/// Time limit for the terminal to report its background.
const PATIENCE: Duration = Duration::from_millis(100);

/// Detects the value of a setting. `asked` is the origin of the value `auto`, if there is one. The
/// terminal is asked for its background only then: a late answer would arrive as key presses.
pub(super) fn concluded(
    setting: &SettingInfo,
    asked: Option<String>,
    color: Option<When>,
) -> Found {
    let default = setting.get(&Settings::default());
    let (value, why) = match (setting.name, &asked) {
        ("theme", Some(_)) => background()
            .map_or_else(|why| (default, format!("default: {why}")), |(mode, why)| (mode, why)),
        ("colours", _) => colours(color == Some(When::Always)),
        ("marks", _) if variable("TERM") == "linux" => ("blocks", "TERM=linux".to_owned()),
        _ => (default, "default".to_owned()),
    };
    let origin = asked.map_or_else(|| why.clone(), |asked| format!("{asked}: {why}"));
    Found { value: value.to_owned(), origin }
}

/// The colour depth of the terminal and the reason for it. `always` ignores `NO_COLOR` and a dumb
/// terminal; `CLICOLOR_FORCE` ignores only a dumb terminal.
pub(in crate::cli) fn colours(always: bool) -> (&'static str, String) {
    let (term, color) = (variable("TERM"), variable("COLORTERM"));
    let forced = always || !["", "0"].contains(&variable("CLICOLOR_FORCE").as_str());
    match () {
        () if !always && !variable("NO_COLOR").is_empty() => ("none", "NO_COLOR is set".to_owned()),
        () if !forced && term == "dumb" => ("none", "TERM=dumb".to_owned()),
        () if color == "truecolor" || color == "24bit" => ("true", format!("COLORTERM={color}")),
        () if term.contains("direct") => ("true", format!("TERM={term}")),
        () if term.contains("256color") => ("256", format!("TERM={term}")),
        () if term.is_empty() => ("16", "TERM is not set".to_owned()),
        () => ("16", format!("TERM={term}")),
    }
}

/// `dark` or `light` and the reason for it; or why it is unknown.
pub(in crate::cli) type Background = Result<(&'static str, String), String>;

/// Detects whether the background of the terminal is dark or light.
pub(in crate::cli) fn background() -> Background {
    let hint = variable("COLORFGBG");
    if let Some(colour) = hint.rsplit(';').next().and_then(|last| last.parse::<u8>().ok()) {
        let mode = if colour == 7 || colour >= 9 { "light" } else { "dark" };
        return Ok((mode, format!("COLORFGBG={hint}")));
    }
    if !(stdin().is_terminal() && stdout().is_terminal()) || variable("TERM") == "dumb" {
        return Err("there is no terminal to ask".to_owned());
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match interrupt::held(|| theme_mode(options)) {
        Ok(ThemeMode::Light) => Ok(("light", "reported by the terminal".to_owned())),
        Ok(ThemeMode::Dark) => Ok(("dark", "reported by the terminal".to_owned())),
        Err(_) => Err("the terminal does not report it".to_owned()),
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
