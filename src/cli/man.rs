//! `taskscope man`: the manual pages, generated from the program's own tables.

use std::path::PathBuf;

use clap_mangen::Man as Page;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::app::ACTIONS;
use crate::app::settings::SETTINGS;
use crate::cli::{config, output};
use crate::error::{EXIT_CODES, Error, Result};
use crate::line::plain;
use crate::{line, store};

/// Environment variables other than those of settings.
const VARIABLES: [(&str, &str); 8] = [
    ("TASKSCOPE_CONFIG", "The configuration file to use instead of the user's."),
    ("TASKSCOPE_STATE", "The folder of sessions and answers to use instead of the user's."),
    (
        "TASKSCOPE_VECTORS",
        "none: no vector instructions are used, to compare with other processors.",
    ),
    (
        "NO_COLOR",
        "If not empty, no colours are used unless the configuration or a flag asks for them.",
    ),
    ("CLICOLOR_FORCE", "If neither empty nor 0, colours are used even if TERM is dumb."),
    ("TERM", "The kind of terminal, which tells its colour depth; dumb selects line mode."),
    ("COLORTERM", "truecolor or 24bit: the terminal has 24-bit colours."),
    ("COLORFGBG", "The terminal's colours; the theme auto reads the background from it."),
];

pub(super) fn man(args: &Man, program: &clap::Command) -> Result<()> {
    let Some(folder) = &args.out else { return output::print(&manual(program)?) };
    let mut pages = vec![(folder.join("taskscope.1"), manual(program)?.into_bytes())];
    for command in program.get_subcommands() {
        let name = format!("taskscope-{}", command.get_name());
        let mut page = Vec::new();
        let command = command.clone().display_name(&name).bin_name(name.replacen('-', " ", 1));
        Page::new(command.version(env!("CARGO_PKG_VERSION")))
            .title(&name)
            .source(source())
            .render(&mut page)
            .map_err(fault)?;
        pages.push((folder.join(format!("{name}.1")), page));
    }
    store::write_all(&pages)?;
    pages.iter().for_each(|(path, _)| output::note(&format!("wrote {}", path.display())));
    Ok(())
}

fn source() -> String {
    format!("taskscope {}", env!("CARGO_PKG_VERSION"))
}

fn fault(error: std::io::Error) -> Error {
    Error::Failed(format!("the manual cannot be generated: {error}"))
}

/// The page taskscope(1).
fn manual(program: &clap::Command) -> Result<String> {
    let command = program.clone().after_help("").disable_help_subcommand(true);
    let page = Page::new(command);
    let mut text = Vec::new();
    page.render_title(&mut text).map_err(fault)?;
    page.render_name_section(&mut text).map_err(fault)?;
    page.render_synopsis_section(&mut text).map_err(fault)?;
    page.render_description_section(&mut text).map_err(fault)?;
    page.render_options_section(&mut text).map_err(fault)?;
    page.render_subcommands_section(&mut text).map_err(fault)?;
    let mut roff = Roff::new();
    keys(&mut roff);
    commands(&mut roff);
    environment(&mut roff);
    files(&mut roff);
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in EXIT_CODES {
        entry(&mut roff, [bold(code.to_string())], format!("{meaning}."));
    }
    roff.to_writer(&mut text).map_err(fault)?;
    page.render_version_section(&mut text).map_err(fault)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn entry(roff: &mut Roff, head: impl Into<Vec<Inline>>, body: String) {
    roff.control("TP", []);
    roff.text(head);
    roff.text([roman(body)]);
}

/// Every action: its keys, its effect, and the places where the keys work.
fn keys(roff: &mut Roff) {
    roff.control("SH", ["KEYS"]);
    for action in ACTIONS.iter() {
        let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
        let head = [bold(keys.join(", ")), roman("  "), italic(action.name)];
        entry(roff, head, format!("{} ({})", action.help, action.contexts_in_words()));
    }
}

fn commands(roff: &mut Roff) {
    roff.control("SH", ["LINE MODE"]);
    roff.text([roman(
        "Line mode runs with --line, on a dumb terminal, and if commands are piped in. These \
         commands show and change the scenario. Answers are sentences, one fact per line.",
    )]);
    for command in line::commands() {
        let head = [bold(command.name), roman(" "), italic(command.arguments)];
        entry(roff, head, format!("{}.", command.help));
    }
}

fn environment(roff: &mut Roff) {
    roff.control("SH", ["ENVIRONMENT"]);
    for setting in SETTINGS {
        let name = format!("TASKSCOPE_{}", setting.name.to_uppercase());
        let allowed = config::value::allowed(setting).join(", ");
        entry(roff, [bold(name)], format!("{}: {allowed}.", plain(setting.help)));
    }
    for (name, meaning) in VARIABLES {
        entry(roff, [bold(name)], meaning.to_owned());
    }
}

fn files(roff: &mut Roff) {
    roff.control("SH", ["FILES"]);
    let lines: Vec<String> = SETTINGS
        .iter()
        .map(|setting| format!("{} = \"{}\"", setting.name, setting.values[0]))
        .collect();
    entry(
        roff,
        [italic("$XDG_CONFIG_HOME/taskscope/config.toml")],
        format!(
            "Settings in TOML, for example {}. Flags and environment variables override them. \
             taskscope --print-config prints the path on this system.",
            lines.join("; ")
        ),
    );
    entry(
        roff,
        [italic("$XDG_STATE_HOME/taskscope/sessions")],
        "The current work, so that a crash loses no more than the last two seconds; deleted when \
         the program ends normally."
            .to_owned(),
    );
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The folder to write the manual pages of all commands to
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
