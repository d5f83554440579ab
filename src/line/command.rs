//! The table of commands, used to carry them out, for `help` and in error messages.

use super::entry::{CommandHelp, INTERRUPT, LineCommand, split};
use super::voice::{Done, Trouble, Voice};
use super::{advise, change, facts, flip, help, methods, study as studies, why};
use crate::error::Invalid;
use crate::line::session::LineSession;
use crate::provenance::command;
use crate::scenario::preset::PRESETS;
use crate::scenario::{Handle, share};
use crate::store;
use crate::text::at_home;

/// The function that carries out a command.
type Carry = fn(&mut LineSession<'_>, &str, &mut Voice<'_>) -> Done;

/// All commands, in the order of the help.
static COMMANDS: &[LineCommand<Carry>] = &[
    LineCommand::new(
        "help",
        "[WORD]",
        "lists the commands, or explains a command, knob or word",
        help,
    ),
    LineCommand::new("show", "", "shows the scenario, its tasks and the values of its knobs", show),
    LineCommand::new("tasks", "", "lists the tasks", tasks),
    LineCommand::new(
        "knobs",
        "",
        "lists the knobs with their values, meanings and allowed ranges",
        knobs,
    ),
    LineCommand::new(
        "set",
        "KNOB VALUE",
        "turns a knob and gives the verdict; KNOB=VALUE does the same",
        change::set,
    ),
    LineCommand::new(
        "run",
        "",
        "measures the scenario and gives the verdict with all details",
        run,
    ),
    LineCommand::new(
        "why",
        "[all]",
        "gives the reason for the verdict; with all, also formulas and limits",
        why::why,
    ),
    LineCommand::new(
        "flip",
        "[helps|hurts|N]",
        "finds small changes that turn the verdict, or that make it so; with N, makes one of them",
        flip::flip,
    ),
    LineCommand::new(
        "methods",
        "",
        "sets joint training, merging, fine-tuning and ridge side by side",
        methods::methods,
    ),
    LineCommand::new(
        "sweep",
        "[KNOB[=FROM:TO:N[:log]]]",
        "measures the gain along a knob, by default the one in focus",
        studies::sweep,
    ),
    LineCommand::new(
        "affinity",
        "[groups]",
        "measures what every task gains with every other; groups trains random groups too",
        studies::affinity,
    ),
    LineCommand::new(
        "advise",
        "[FILE]",
        "says which real tasks to train together; writes the page to a FILE if named",
        advise::advise,
    ),
    LineCommand::new("add", "", "adds a source like the last one", change::add),
    LineCommand::new("copy", "TASK", "adds a copy of a task", change::copy),
    LineCommand::new("delete", "TASK", "deletes a task; undo brings it back", change::delete),
    LineCommand::new("presets", "", "lists the built-in scenarios", presets),
    LineCommand::new("open", "PRESET|FILE", "opens another scenario", change::open),
    LineCommand::new("save", "FILE", "writes the scenario as JSON; never replaces a file", save),
    LineCommand::new(
        "share",
        "",
        "gives a string and, if possible, a command that open the scenario",
        share,
    ),
    LineCommand::new("seed", "[N]", "gives the seed of all random draws, or sets it", change::seed),
    LineCommand::new("trials", "[N]", "gives the number of trials, or sets it", change::trials),
    LineCommand::new("undo", "", "undoes the last change", change::undo),
    LineCommand::new("redo", "", "repeats the change that was undone last", change::redo),
    LineCommand::quit("leaves the program"),
];

/// All commands, as a user sees them.
pub fn commands() -> impl Iterator<Item = CommandHelp> {
    COMMANDS.iter().map(|command| command.words)
}

/// Carries out a line. Returns false if the program should end.
pub(super) fn carry_out(
    session: &mut LineSession<'_>,
    line: &str,
    voice: &mut Voice<'_>,
) -> Result<bool, Trouble> {
    let (word, rest) = split(line);
    match LineCommand::find(COMMANDS, word) {
        _ if line.is_empty() || line.starts_with('#') => Ok(true),
        Some(command) => {
            command.begin(rest)?;
            command.carry.map_or(Ok(false), |carry| carry(session, rest, voice).map(|()| true))
        }
        None if line.contains('=') => change::set(session, line, voice).map(|()| true),
        None => {
            let names: Vec<&str> = COMMANDS.iter().map(|command| command.words.name).collect();
            let allowed = format!("{}, or KNOB=VALUE", names.join(", "));
            Err(Invalid::new("command", format!("\"{word}\""), allowed).into())
        }
    }
}

fn help(session: &mut LineSession<'_>, word: &str, voice: &mut Voice<'_>) -> Done {
    if word.is_empty() {
        COMMANDS.iter().try_for_each(|command| command.explain(voice))?;
        return voice.say(INTERRUPT);
    }
    match LineCommand::find(COMMANDS, word) {
        Some(command) => command.explain(voice),
        None => {
            help::explain(session, word, COMMANDS.iter().map(|command| command.words.name), voice)
        }
    }
}

fn show(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    voice.say_all(facts::summary(&session.name, &session.scenario))?;
    let draft = session.scenario.draft();
    let (shown, others): (Vec<Handle>, Vec<Handle>) =
        Handle::all(draft).into_iter().partition(|handle| handle.is_slider(draft));
    voice.say_all(shown.into_iter().map(|handle| facts::value(&session.scenario, handle)))?;
    if !others.is_empty() {
        voice.say(&format!("The command knobs lists {} more.", others.len()))?;
    }
    voice.say(&facts::focus(&session.scenario, session.focus))
}

fn tasks(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    voice.say_all(facts::tasks(&session.scenario))
}

fn knobs(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let handles = Handle::all(session.scenario.draft());
    voice.say_all(handles.into_iter().map(|handle| facts::knob(&session.scenario, handle)))
}

fn run(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let measurement = session.measure(&session.scenario.approaches(), voice)?;
    voice.say(&facts::verdict(&session.scenario, &measurement))?;
    voice.say_all(facts::details(&session.scenario, &measurement))?;
    voice.say(&facts::theory(&why::prediction(session)?))
}

fn presets(_: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    for preset in PRESETS {
        let title = preset.draft()?.title;
        voice.say(&format!("{}: {}", preset.name, facts::stopped(&title)))?;
    }
    Ok(())
}

fn share(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let draft = session.scenario.draft();
    voice.say(&share::to_string(&session.name, draft)?)?;
    command::scenario(&session.name, draft).map_or(Ok(()), |command| voice.say(&command))
}

fn save(session: &mut LineSession<'_>, file: &str, voice: &mut Voice<'_>) -> Done {
    if file.is_empty() {
        return Err(Invalid::new("save", "nothing", "the name of a file").into());
    }
    let path = at_home(file, std::env::home_dir().as_deref());
    let mut draft = session.scenario.draft().clone();
    store::datasets::relate(&mut draft, &path);
    store::write(&path, draft.to_json()?.as_bytes(), store::Over::Nothing)?;
    voice.say(&format!("The scenario is in {}.", path.display()))
}
