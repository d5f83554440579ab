//! Turns the knobs of a lesson and takes values as answers.

use super::pupil::Pupil;
use crate::error::Invalid;
use crate::lesson::{Given, HERE, SoughtValue, StepKind, Truth, words};
use crate::line::voice::{Done, Trouble, Voice};
use crate::line::{change, facts};
use crate::scenario::Handle;

impl Pupil<'_> {
    /// Turns one of the lesson's knobs; returns true if the scenario changed.
    fn turn(&mut self, knob: Handle, value: f64) -> Result<bool, Trouble> {
        let next = self.here.with(knob, value)?;
        let changes = next != self.here;
        if changes {
            self.here = next;
            self.findings.forget(HERE);
        }
        Ok(changes)
    }

    /// Measures the current knobs and says the result, and whether the goal is reached.
    fn look(&mut self, voice: &mut Voice<'_>) -> Done {
        self.measure_here(voice)?;
        voice.say_all(self.findings.get(HERE).map(words::measured).unwrap_or_default())?;
        let StepKind::Free { goal, .. } = &self.step().kind else { return Ok(()) };
        self.measure_needed(voice)?;
        let reached = self.session().answer().is_some_and(|answer| answer.right == Some(true));
        match goal.truth(&self.findings) {
            Truth::Holds if reached => voice.say("The goal is reached."),
            Truth::Holds => {
                let seconds = self.seconds();
                self.keep(|session, lesson, findings| {
                    Ok(session.commit(lesson, findings, Given::Reached, seconds)?)
                })?;
                voice.say("The goal is reached; type next to go on.")
            }
            Truth::Fails => voice.say("The goal is not reached yet."),
            Truth::Open => voice.say("The measurement leaves open whether the goal is reached."),
        }
    }
}

/// Turns a knob of the lesson.
pub(super) fn set(pupil: &mut Pupil<'_>, rest: &str, voice: &mut Voice<'_>) -> Done {
    let split = rest.split_once('=').or_else(|| rest.split_once(char::is_whitespace));
    let Some((path, value)) = split.map(|(path, value)| (path.trim(), value.trim())) else {
        return Err(Invalid::new("set", format!("\"{rest}\""), "KNOB VALUE").into());
    };
    if !pupil.step().kind.is_free() {
        let allowed = "knobs only at a step that asks for a value or sets a goal";
        return Err(Invalid::new(path, "a knob at this step", allowed).into());
    }
    let handle = change::find(&pupil.here, path)?;
    if !pupil.lesson.knobs.contains(&handle) {
        let knobs = pupil.lesson.knobs.iter().map(|knob| knob.path(pupil.here.draft()));
        let allowed = knobs.collect::<Vec<_>>().join(", ");
        return Err(Invalid::new("knob", format!("{path}, which is fixed"), allowed).into());
    }
    let value = handle.knob.parse(path, value)?;
    let before = pupil.here.clone();
    if pupil.turn(handle, value)? {
        voice.say_all(facts::changes(&before, &pupil.here, handle))?;
    } else {
        voice.say(&facts::value(&pupil.here, handle))?;
    }
    pupil.look(voice)
}

/// Measures the current knobs.
pub(super) fn run(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    if !pupil.step().kind.is_free() {
        let allowed = "only at a step that asks for a value or sets a goal";
        return Err(Invalid::new("run", "a step without knobs", allowed).into());
    }
    pupil.look(voice)
}

/// Answers with a value of the knob in question, by default its current one.
pub(super) fn answer(pupil: &mut Pupil<'_>, value: &str, voice: &mut Voice<'_>) -> Done {
    let StepKind::Find { knob, sought, .. } = &pupil.step().kind else {
        let allowed = "only at a step that asks for a value";
        return Err(Invalid::new("answer", "a step that asks for no value", allowed).into());
    };
    let value = match value {
        "" => knob.get(pupil.here.draft()).unwrap_or(f64::NAN),
        value => knob.knob.parse("answer", value)?,
    };
    pupil.turn(*knob, value)?;
    pupil.measure_needed(voice)?;
    if let SoughtValue::Where(..) = sought {
        pupil.measure_here(voice)?;
        voice.say_all(pupil.findings.get(HERE).map(words::measured).unwrap_or_default())?;
    }
    let seconds = pupil.seconds();
    pupil.keep(|session, lesson, findings| {
        Ok(session.commit(lesson, findings, Given::Value(value), seconds)?)
    })?;
    let right = pupil.session().answer().and_then(|answer| answer.right);
    let value = crate::figure::words::value_of(*knob, value);
    let measured = match sought {
        SoughtValue::Inside(number) => pupil.findings.get(&number.subject.setting),
        SoughtValue::Where(..) => None,
    };
    match (right, sought) {
        (Some(true), SoughtValue::Inside(number)) => {
            let interval = measured.and_then(|found| number.say(found)).unwrap_or_default();
            voice
                .say(&format!("Right: {value} is within a notch of what was measured: {interval}."))
        }
        (Some(true), SoughtValue::Where(condition, _)) => {
            voice.say(&format!("Right: at {value} it is true that {condition}."))
        }
        (Some(false), SoughtValue::Inside(_)) => {
            voice.say(&format!("Wrong: {value} is outside the measured interval."))?;
            advise(pupil, voice)
        }
        (Some(false), SoughtValue::Where(condition, _)) => {
            voice.say(&format!("Wrong: at {value} it is not true that {condition}."))?;
            advise(pupil, voice)
        }
        (None, _) => voice.say(&format!("The measurement leaves open whether {value} is right.")),
    }
}

/// Says in which direction to go on after a value that is not right.
fn advise(pupil: &Pupil<'_>, voice: &mut Voice<'_>) -> Done {
    match pupil.session().sought_side(pupil.lesson, &pupil.findings) {
        Some(side) => voice.say(&format!("To find it, {}, or type hint.", side.advice())),
        None => voice.say("Try another value, or type hint."),
    }
}
