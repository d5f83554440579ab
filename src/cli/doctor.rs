//! `taskscope doctor`: a test card of the terminal, and what the program detects.

mod folders;
mod row;
mod wave;

use std::env;
use std::io::{IsTerminal, stderr, stdin, stdout};

use crate::app::settings::{ColourDepth, SETTINGS, Settings};
use crate::cli::config::{Background, Config};
use crate::cli::doctor::row::row;
use crate::cli::looks::Looks;
use crate::cli::{config, output};
use crate::error::Result;
use crate::store::session::AbandonedSession;
use crate::text::shown;
use crate::tui;
use crate::ui::card;

/// Environment variables that are printed.
const VARIABLES: [&str; 9] = [
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "TMUX",
    "SSH_TTY",
];

/// Characters that some terminals draw two columns wide.
const AMBIGUOUS: &str = "±×−θσ°²·…→";

pub(super) fn doctor(args: &Doctor) -> Result<()> {
    let mut text = String::new();
    let config = match config::config(&args.looks) {
        Ok(config) => config,
        Err(error) => {
            text += &format!("The configuration is invalid: {}\n\n", shown(&error.to_string()));
            fallback()
        }
    };
    let background = config::background();
    text += &terminal(&background);
    text += "\n";
    text += &settings(&config);
    text += "\n";
    text += &colours(&config.settings);
    text += "\n";
    text += &characters();
    text += "\n";
    text += &advice(&background);
    text += "\n";
    text += &folders::text();
    text += &sessions();
    output::script(&text)
}

/// Default settings with the detected colour depth, used if the configuration is invalid.
fn fallback() -> Config {
    let origins = SETTINGS.iter().map(|_| "default".to_owned()).collect();
    let mut settings = Settings::default();
    let concluded = config::colours(false).0;
    for setting in SETTINGS.iter().filter(|setting| setting.name == "colours") {
        let _ = setting.set(&mut settings, concluded);
    }
    Config { settings, origins }
}

fn terminal(background: &Background) -> String {
    let yes = |is: bool| if is { "a terminal" } else { "no terminal" };
    let mut text = row("standard input", yes(stdin().is_terminal()));
    text += &row("output", yes(stdout().is_terminal()));
    text += &row("errors", yes(stderr().is_terminal()));
    match tui::size().filter(|size| stdout().is_terminal() && *size != (0, 0)) {
        Some((width, height)) => {
            let layout = card::layout(width, height);
            text += &row("size", &format!("{width} x {height}: {layout}"));
        }
        None => text += &row("size", "unknown"),
    }
    for name in VARIABLES {
        let value = env::var_os(name);
        let value =
            value.map_or_else(|| "not set".to_owned(), |v| v.to_string_lossy().into_owned());
        text += &row(name, &value);
    }
    text += &row(
        "background",
        &match background {
            Ok((mode, why)) => format!("{mode}: {why}"),
            Err(why) => format!("unknown: {why}"),
        },
    );
    text
}

fn settings(config: &Config) -> String {
    let rows = SETTINGS.iter().zip(&config.origins).map(|(setting, origin)| {
        row(setting.name, &format!("{} ({origin})", setting.get(&config.settings)))
    });
    rows.collect()
}

/// The name of every colour, drawn in that colour if the terminal has colours.
fn colours(settings: &Settings) -> String {
    let shown = stdout().is_terminal() && settings.colours != ColourDepth::None;
    let mut text = "What each colour means (words and shapes say the same):\n".to_owned();
    for line in card::swatches(settings).chunks(6) {
        let names = line.iter().map(|swatch| match shown && !swatch.parameters.is_empty() {
            true => format!("\x1b[{}m● {}\x1b[0m", swatch.parameters, swatch.name),
            false => format!("● {}", swatch.name),
        });
        text += &format!("  {}\n", names.collect::<Vec<_>>().join("   "));
    }
    text
}

fn characters() -> String {
    let mut text = String::from(
        "Do these three waves look alike, apart from fineness? If one differs, avoid its marks:\n",
    );
    for (name, rows) in wave::all() {
        for (number, row) in rows.iter().enumerate() {
            let name = if number == 0 { name } else { "" };
            text += &format!("  {name:<8}  {row}\n");
        }
    }
    text += "Are the two bars aligned? If not, set marks = \"ascii\":\n";
    let width = AMBIGUOUS.chars().count();
    text + &format!("  {AMBIGUOUS}|\n  {}|\n", "x".repeat(width))
}

fn advice(background: &Background) -> String {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut said = vec![
        "The mouse: Shift-drag selects text while the program uses it; m releases it, --no-mouse leaves it alone.",
    ];
    said.push(match () {
        () if set("TMUX") => {
            "Copying goes through tmux: allow it with `set -s set-clipboard on` in its configuration (OSC 52)."
        }
        () if set("STY") => "Copying (OSC 52) does not work inside screen; anything you copy is also shown in full.",
        () if set("SSH_TTY") => {
            "Copying over SSH works if your local terminal allows OSC 52; anything you copy is also shown in full."
        }
        () => "Copying works if the terminal allows OSC 52; anything you copy is also shown in full.",
    });
    if background.as_ref().is_ok_and(|(mode, _)| *mode == "light") {
        said.push("The background is light: theme = \"light\" suits it.");
    }
    said.iter().map(|line| format!("{line}\n")).collect()
}

/// The number of abandoned sessions, and the files that cannot be read as sessions.
fn sessions() -> String {
    let Some(folder) = config::sessions() else { return String::new() };
    let found = AbandonedSession::find(&folder);
    let mut text = row("sessions left", &found.left.len().to_string());
    for skipped in &found.skipped {
        text += &row("", &format!("not a session: {skipped}"));
    }
    text
}

#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    pub looks: Looks,
}
