//! Commands that change the scenario, undo and redo.

use super::facts;
use super::plain::plain;
use super::voice::{Done, Voice};
use crate::error::Invalid;
use crate::line::session::{LineSession, Named};
use crate::scenario::{Handle, Scenario, ScenarioDraft, edit};
use crate::text::at_home;

/// Turns a knob and gives it the focus.
pub(super) fn set(session: &mut LineSession<'_>, rest: &str, voice: &mut Voice<'_>) -> Done {
    let split = rest.split_once('=').or_else(|| rest.split_once(char::is_whitespace));
    let Some((path, value)) = split.map(|(path, value)| (path.trim(), value.trim())) else {
        return Err(Invalid::new("set", format!("\"{rest}\""), "KNOB VALUE").into());
    };
    let handle = find(&session.scenario, path)?;
    let value = handle.parse(session.scenario.draft(), path, value)?;
    let next = session.scenario.with(handle, value)?;
    session.focus = handle;
    if next == *session.scenario {
        return voice.say(&format!("{} Nothing changes.", facts::value(&next, handle)));
    }
    change(session, next, voice)
}

/// Finds a knob by its path; signs in the path may be spelled out.
pub(super) fn find(scenario: &Scenario, path: &str) -> Result<Handle, Invalid> {
    let draft = scenario.draft();
    let alike = |handle: &Handle| plain(&handle.path(draft)) == plain(path);
    Handle::find(draft, path)
        .or_else(|error| Handle::all(draft).into_iter().find(alike).ok_or(error))
}

/// Adds a source like the last one.
pub(super) fn add(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::added(session.scenario.draft())?;
    change(session, next, voice)
}

pub(super) fn copy(session: &mut LineSession<'_>, name: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::copied(session.scenario.draft(), task(&session.scenario, name)?)?;
    change(session, next, voice)
}

pub(super) fn delete(session: &mut LineSession<'_>, name: &str, voice: &mut Voice<'_>) -> Done {
    let next = edit::deleted(session.scenario.draft(), task(&session.scenario, name)?)?;
    change(session, next, voice)
}

/// The index of a task.
fn task(scenario: &Scenario, name: &str) -> Result<usize, Invalid> {
    let tasks = &scenario.draft().tasks;
    tasks.iter().position(|task| plain(&task.name) == plain(name)).ok_or_else(|| {
        let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
        Invalid::new("task", format!("\"{name}\""), names.join(", "))
    })
}

pub(super) fn seed(session: &mut LineSession<'_>, number: &str, voice: &mut Voice<'_>) -> Done {
    let seed = session.scenario.draft().seed;
    set_number(session, ("seed", seed), number, |draft, value| draft.seed = value, voice)
}

pub(super) fn trials(session: &mut LineSession<'_>, number: &str, voice: &mut Voice<'_>) -> Done {
    let trials = session.scenario.draft().trials;
    set_number(session, ("trials", trials), number, |draft, value| draft.trials = value, voice)
}

fn set_number(
    session: &mut LineSession<'_>,
    (name, old): (&str, f64),
    number: &str,
    set: fn(&mut ScenarioDraft, f64),
    voice: &mut Voice<'_>,
) -> Done {
    if number.is_empty() {
        return voice.say(&format!("{name} is {old}."));
    }
    let invalid = || Invalid::new(name, format!("\"{number}\""), "a whole number");
    let mut draft = session.scenario.draft().clone();
    let value = number.parse().ok().filter(|value: &f64| value.is_finite());
    set(&mut draft, value.ok_or_else(invalid)?);
    let next = Scenario::check(draft)?;
    if next == *session.scenario {
        return voice.say(&format!("{name} is {old}. Nothing changes."));
    }
    change(session, next, voice)
}

pub(super) fn open(session: &mut LineSession<'_>, asked: &str, voice: &mut Voice<'_>) -> Done {
    if asked.is_empty() {
        return Err(Invalid::new("open", "nothing", "a preset or a scenario file").into());
    }
    let path = at_home(asked, std::env::home_dir().as_deref());
    let (name, scenario) = (session.open)(path.to_str().unwrap_or(asked))?;
    session.change(name, scenario);
    session.focus = session.scenario.focus();
    session.forget();
    session.introduce(voice)
}

pub(super) fn undo(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let Some(past) = session.undo.pop() else { return voice.say("There is nothing to undo.") };
    let present = session.go_to(past);
    let from = present.clone();
    session.redo.push(present);
    travelled(session, &from, voice)
}

pub(super) fn redo(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let Some(next) = session.redo.pop() else { return voice.say("There is nothing to redo.") };
    let present = session.go_to(next);
    let from = present.clone();
    session.undo.push(present);
    travelled(session, &from, voice)
}

/// Changes the scenario, and says what changed and the new verdict.
pub(super) fn change(session: &mut LineSession<'_>, next: Scenario, voice: &mut Voice<'_>) -> Done {
    let from = (session.name.clone(), session.scenario.clone());
    session.change(session.name.clone(), next);
    travelled(session, &from, voice)
}

/// Says what changed and the new verdict; introduces the scenario if its name changed.
fn travelled(session: &mut LineSession<'_>, (name, from): &Named, voice: &mut Voice<'_>) -> Done {
    if *name != session.name {
        session.forget();
        return session.introduce(voice);
    }
    voice.say_all(facts::changes(from, &session.scenario, session.focus))?;
    session.say_verdict(voice)
}
