//! The table of commands, used to carry them out, for `help` and in error messages.

use super::desk::Desk;
use super::voice::{Done, Trouble, Voice};
use super::{change, facts, help, study as studies, why};
use crate::error::Invalid;
use crate::export;
use crate::scenario::preset::PRESETS;
use crate::scenario::{Handle, share};
use crate::study;

type Carry = fn(&mut Desk<'_>, &str, &mut Voice<'_>) -> Done;

/// A command of line mode.
pub struct LineCommand {
    /// The first word.
    pub name: &'static str,
    /// The arguments that may follow.
    pub arguments: &'static str,
    /// A description for `help`.
    pub help: &'static str,
    carry: Option<Carry>,
}

impl std::fmt::Debug for LineCommand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Command({})", self.name)
    }
}

const fn command(
    name: &'static str,
    arguments: &'static str,
    help: &'static str,
    carry: Carry,
) -> LineCommand {
    LineCommand { name, arguments, help, carry: Some(carry) }
}

/// All commands, in the order of the help.
pub static COMMANDS: &[LineCommand] = &[
    command(
        "help",
        "[WORD]",
        "lists the commands, or explains a command, knob or word",
        help::help,
    ),
    command("show", "", "shows the scenario, its tasks and the values of its knobs", show),
    command("tasks", "", "lists the tasks", tasks),
    command("knobs", "", "lists the knobs with their values, meanings and allowed ranges", knobs),
    command(
        "set",
        "KNOB VALUE",
        "turns a knob and gives the verdict; KNOB=VALUE does the same",
        change::set,
    ),
    command("run", "", "measures the scenario and gives the verdict with all details", run),
    command(
        "why",
        "[all]",
        "gives the reason for the verdict; with all, also formulas and limits",
        why::why,
    ),
    command(
        "sweep",
        "[KNOB[=FROM:TO:N[:log]]]",
        "measures the gain along a knob, by default the one in focus",
        studies::sweep,
    ),
    command("affinity", "", "measures what every task gains with every other", studies::affinity),
    command("add", "", "adds a source like the last one", change::add),
    command("copy", "TASK", "adds a copy of a task", change::copy),
    command("delete", "TASK", "deletes a task; undo brings it back", change::delete),
    command("presets", "", "lists the built-in scenarios", presets),
    command("open", "PRESET|FILE", "opens another scenario", change::open),
    command("save", "FILE", "writes the scenario as JSON; never replaces a file", save),
    command(
        "share",
        "",
        "gives a string and, if possible, a command that open the scenario",
        share,
    ),
    command("seed", "[N]", "gives the seed of all random draws, or sets it", change::seed),
    command("trials", "[N]", "gives the number of trials, or sets it", change::trials),
    command("undo", "", "undoes the last change", change::undo),
    command("redo", "", "repeats the change that was undone last", change::redo),
    LineCommand { name: "quit", arguments: "", help: "leaves the program", carry: None },
];

/// Carries out a line. Returns false if the program should end.
pub(super) fn carry_out(
    desk: &mut Desk<'_>,
    line: &str,
    voice: &mut Voice<'_>,
) -> Result<bool, Trouble> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match COMMANDS.iter().find(|command| command.name == word) {
        _ if line.is_empty() || line.starts_with('#') => Ok(true),
        Some(command) if command.arguments.is_empty() && !rest.is_empty() => {
            Err(Invalid::new(word, format!("\"{rest}\""), "nothing after it").into())
        }
        Some(LineCommand { carry: Some(carry), .. }) => carry(desk, rest, voice).map(|()| true),
        Some(_) => Ok(false),
        None if line.contains('=') => change::set(desk, line, voice).map(|()| true),
        None => {
            let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
            let allowed = format!("{}, or KNOB=VALUE", names.join(", "));
            Err(Invalid::new("command", format!("\"{word}\""), allowed).into())
        }
    }
}

fn show(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    voice.say_all(facts::summary(&desk.name, &desk.scenario))?;
    let draft = desk.scenario.draft();
    let (shown, others): (Vec<Handle>, Vec<Handle>) =
        Handle::all(draft).into_iter().partition(|handle| handle.is_slider(draft));
    voice.say_all(shown.into_iter().map(|handle| facts::value(&desk.scenario, handle)))?;
    if !others.is_empty() {
        voice.say(&format!("The command knobs lists {} more.", others.len()))?;
    }
    voice.say(&facts::focus(&desk.scenario, desk.focus))
}

fn tasks(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    voice.say_all(facts::tasks(&desk.scenario))
}

fn knobs(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let handles = Handle::all(desk.scenario.draft());
    voice.say_all(handles.into_iter().map(|handle| facts::knob(&desk.scenario, handle)))
}

fn run(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let measurement = desk.measure(&desk.scenario.approaches(), voice)?;
    voice.say(&facts::verdict(&desk.scenario, &measurement))?;
    voice.say_all(facts::details(&desk.scenario, &measurement))?;
    voice.say(&facts::theory(&why::prediction(desk)?))
}

fn presets(_: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    for preset in PRESETS {
        let title = preset.scenario()?.draft().title.clone();
        voice.say(&format!("{}: {}", preset.name, facts::stopped(&title)))?;
    }
    Ok(())
}

fn share(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let draft = desk.scenario.draft();
    voice.say(&share::to_string(&desk.name, draft)?)?;
    study::command::open(&desk.name, draft).map_or(Ok(()), |command| voice.say(&command))
}

fn save(desk: &mut Desk<'_>, file: &str, voice: &mut Voice<'_>) -> Done {
    if file.is_empty() {
        return Err(Invalid::new("save", "nothing", "the name of a file").into());
    }
    let json = desk.scenario.draft().to_json()?;
    export::write(std::path::Path::new(file), json.as_bytes(), export::Over::Nothing)?;
    voice.say(&format!("The scenario is in {file}."))
}
