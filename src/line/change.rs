//! Commands that change the scenario, undo and redo.

use super::desk::{Desk, Named};
use super::facts;
use super::plain::plain;
use super::voice::{Done, Voice};
use crate::error::Invalid;
use crate::scenario::{Handle, Scenario, ScenarioDraft, edit};

/// Turns a knob and gives it the focus.
pub(super) fn set(desk: &mut Desk<'_>, rest: &str, voice: &mut Voice<'_>) -> Done {
    let split = rest.split_once('=').or_else(|| rest.split_once(char::is_whitespace));
    let Some((path, value)) = split.map(|(path, value)| (path.trim(), value.trim())) else {
        return Err(Invalid::new("set", format!("\"{rest}\""), "KNOB VALUE").into());
    };
    let handle = find(&desk.scenario, path)?;
    let value = handle.knob.parse(path, value)?;
    let next = desk.scenario.with(handle, value)?;
    desk.focus = handle;
    if next == *desk.scenario {
        return voice.say(&format!("{} Nothing changes.", facts::value(&next, handle)));
    }
    change(desk, next, voice)
}

/// Finds a knob by its path; signs in the path may be spelled out.
pub(super) fn find(scenario: &Scenario, path: &str) -> Result<Handle, Invalid> {
    let draft = scenario.draft();
    let alike = |handle: &Handle| plain(&handle.path(draft)) == plain(path);
    Handle::find(draft, path)
        .or_else(|error| Handle::all(draft).into_iter().find(alike).ok_or(error))
}

/// Adds a source like the last one.
pub(super) fn add(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::added(desk.scenario.draft())?;
    change(desk, next, voice)
}

pub(super) fn copy(desk: &mut Desk<'_>, name: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::copied(desk.scenario.draft(), task(&desk.scenario, name)?)?;
    change(desk, next, voice)
}

pub(super) fn delete(desk: &mut Desk<'_>, name: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::deleted(desk.scenario.draft(), task(&desk.scenario, name)?)?;
    change(desk, next, voice)
}

/// The index of a task.
fn task(scenario: &Scenario, name: &str) -> Result<usize, Invalid> {
    let tasks = &scenario.draft().tasks;
    tasks.iter().position(|task| plain(&task.name) == plain(name)).ok_or_else(|| {
        let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
        Invalid::new("task", format!("\"{name}\""), names.join(", "))
    })
}

pub(super) fn seed(desk: &mut Desk<'_>, number: &str, voice: &mut Voice<'_>) -> Done {
    let seed = desk.scenario.draft().seed;
    set_number(desk, ("seed", seed), number, |draft, value| draft.seed = value, voice)
}

pub(super) fn trials(desk: &mut Desk<'_>, number: &str, voice: &mut Voice<'_>) -> Done {
    let trials = desk.scenario.draft().trials;
    set_number(desk, ("trials", trials), number, |draft, value| draft.trials = value, voice)
}

fn set_number(
    desk: &mut Desk<'_>,
    (name, old): (&str, f64),
    number: &str,
    set: fn(&mut ScenarioDraft, f64),
    voice: &mut Voice<'_>,
) -> Done {
    if number.is_empty() {
        return voice.say(&format!("{name} is {old}."));
    }
    let invalid = || Invalid::new(name, format!("\"{number}\""), "a whole number");
    let mut draft = desk.scenario.draft().clone();
    set(&mut draft, number.parse().map_err(|_| invalid())?);
    let next = Scenario::check(draft)?;
    if next == *desk.scenario {
        return voice.say(&format!("{name} is {old}. Nothing changes."));
    }
    change(desk, next, voice)
}

pub(super) fn open(desk: &mut Desk<'_>, asked: &str, voice: &mut Voice<'_>) -> Done {
    if asked.is_empty() {
        return Err(Invalid::new("open", "nothing", "a preset or a scenario file").into());
    }
    let (name, scenario) = (desk.open)(asked)?;
    desk.change(name, scenario);
    desk.focus = desk.scenario.focus();
    desk.forget();
    desk.introduce(voice)
}

pub(super) fn undo(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let Some(past) = desk.undo.pop() else { return voice.say("There is nothing to undo.") };
    let present = desk.go_to(past);
    let from = present.clone();
    desk.redo.push(present);
    travelled(desk, &from, voice)
}

pub(super) fn redo(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let Some(next) = desk.redo.pop() else { return voice.say("There is nothing to redo.") };
    let present = desk.go_to(next);
    let from = present.clone();
    desk.undo.push(present);
    travelled(desk, &from, voice)
}

fn change(desk: &mut Desk<'_>, next: Scenario, voice: &mut Voice<'_>) -> Done {
    let from = (desk.name.clone(), desk.scenario.clone());
    desk.change(desk.name.clone(), next);
    travelled(desk, &from, voice)
}

/// Says what changed and the new verdict; introduces the scenario if its name changed.
fn travelled(desk: &mut Desk<'_>, (name, from): &Named, voice: &mut Voice<'_>) -> Done {
    if *name != desk.name {
        desk.forget();
        return desk.introduce(voice);
    }
    voice.say_all(facts::changes(from, &desk.scenario, desk.focus))?;
    desk.say_verdict(voice)
}
