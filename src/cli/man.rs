//! `taskscope man`: the manual, one page for each command, made of the same tables as the program.

use clap::CommandFactory;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::args::{Args, Man};
use super::{config, output};
use crate::app::ACTIONS;
use crate::app::settings::SETTINGS;
use crate::error::{EXIT_CODES, Error, Result};
use crate::line::{COMMANDS, plain};
use crate::store;

/// Variables of the environment besides those of settings.
const VARIABLES: [(&str, &str); 7] = [
    ("TASKSCOPE_CONFIG", "The configuration, in the place of the user's file."),
    ("TASKSCOPE_STATE", "The folder of sessions and answers, in the place of the user's."),
    (
        "NO_COLOR",
        "If not empty, there are no colours, unless the configuration or a flag names some.",
    ),
    ("CLICOLOR_FORCE", "If neither empty nor 0, there are colours even where TERM is dumb."),
    ("TERM", "How many colours the terminal has; dumb stands for line mode."),
    ("COLORTERM", "truecolor or 24bit: the terminal has colours of 24 bits."),
    ("COLORFGBG", "Colours of the terminal, by which the theme auto knows its background."),
];

pub(super) fn man(args: &Man) -> Result<()> {
    let Some(folder) = &args.out else { return output::print(&manual()?) };
    let mut pages = vec![(folder.join("taskscope.1"), manual()?.into_bytes())];
    for command in Args::command().get_subcommands() {
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
    Error::Failed(format!("the manual cannot be made: {error}"))
}

/// taskscope(1).
fn manual() -> Result<String> {
    let command = Args::command().after_help("").disable_help_subcommand(true);
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

/// Every action, with its keys, where they act, and what it does.
fn keys(roff: &mut Roff) {
    roff.control("SH", ["KEYS"]);
    for action in ACTIONS {
        let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
        let head = [bold(keys.join(", ")), roman("  "), italic(action.name)];
        entry(roff, head, format!("{} ({})", action.help, action.places_in_words()));
    }
}

fn commands(roff: &mut Roff) {
    roff.control("SH", ["LINE MODE"]);
    roff.text([roman(
        "With --line, in a terminal that is dumb, and where commands come by a pipe, a scenario is \
         asked and turned by these commands and answered in sentences, one fact a line.",
    )]);
    for command in COMMANDS {
        let head = [bold(command.name), roman(" "), italic(command.arguments)];
        entry(roff, head, format!("{}.", command.help));
    }
}

fn environment(roff: &mut Roff) {
    roff.control("SH", ["ENVIRONMENT"]);
    for setting in SETTINGS {
        let name = format!("TASKSCOPE_{}", setting.name.to_uppercase());
        let allowed = config::allowed(setting).join(", ");
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
            "Settings in TOML, as in {}. Flags and the environment come before it. \
             taskscope --print-config says where it is looked for on this system.",
            lines.join("; ")
        ),
    );
    entry(
        roff,
        [italic("$XDG_STATE_HOME/taskscope/sessions")],
        "What is being worked on, so that a crash loses no more than the last two seconds; gone \
         after a clean end."
            .to_owned(),
    );
}
