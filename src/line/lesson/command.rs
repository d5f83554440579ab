//! The table of lesson commands, used to carry them out, for `help` and in error messages.

use super::pupil::Pupil;
use super::{answer, figure, knobs, score};
use crate::error::Invalid;
use crate::lesson::catalog::LESSONS;
use crate::lesson::{StepKind, words};
use crate::line::entry::{INTERRUPT, LineCommand, split};
use crate::line::facts;
use crate::line::voice::{Done, Trouble, Voice};

/// The function that carries out a command.
type Carry = fn(&mut Pupil<'_>, &str, &mut Voice<'_>) -> Done;

/// All commands except the letters of choices, in the order of the help.
static COMMANDS: &[LineCommand<Carry>] = &[
    LineCommand::new("help", "", "lists the commands", help),
    LineCommand::new("next", "", "goes on; an empty line does the same", next),
    LineCommand::new("back", "", "goes back a step", back),
    LineCommand::new("again", "", "repeats the step", again),
    LineCommand::new("hint", "", "gives a hint, then the next one", hint),
    LineCommand::new(
        "set",
        "KNOB VALUE",
        "turns a knob of the lesson and measures; KNOB=VALUE does the same",
        knobs::set,
    ),
    LineCommand::new("run", "", "measures the current knobs", knobs::run),
    LineCommand::new(
        "answer",
        "[VALUE]",
        "answers with a value of the knob in question, by default the current one, or in words",
        respond,
    ),
    LineCommand::new(
        "save",
        "[FILE]",
        "saves the figure the step asks for; never replaces a file",
        figure::save,
    ),
    LineCommand::new("score", "", "tells how many answers were right", score::score),
    LineCommand::new(
        "class",
        "",
        "for a teacher: shows the class's answers at this step",
        score::class,
    ),
    LineCommand::quit("leaves; the lesson continues at this step"),
];

/// Carries out a line. Returns false if the program should end.
pub(super) fn carry_out(
    pupil: &mut Pupil<'_>,
    line: &str,
    voice: &mut Voice<'_>,
) -> Result<bool, Trouble> {
    let (word, rest) = split(line);
    let chosen = pupil.chosen.take();
    let kind = &pupil.step().kind;
    let predicts = matches!(kind, StepKind::Predict { .. });
    let explains = matches!(kind, StepKind::Explain { .. });
    let command = LineCommand::find(COMMANDS, word);
    let command = command.filter(|_| !explains || rest.is_empty() || word == "answer");
    match command {
        _ if line.is_empty() => next(pupil, "", voice).map(|()| true),
        _ if line.starts_with('#') => Ok(true),
        Some(command) => {
            command.begin(rest)?;
            command.carry.map_or(Ok(false), |carry| carry(pupil, rest, voice).map(|()| true))
        }
        None if explains => answer::write(pupil, line, voice).map(|()| true),
        None if predicts && answer::choice(line).is_some() => {
            let choice = answer::choice(line).unwrap_or_default();
            answer::choose(pupil, choice, voice).map(|()| true)
        }
        None if chosen.is_some() => {
            let sure = line.parse().unwrap_or(0);
            let given = (chosen.unwrap_or_default(), Some(sure));
            let done = answer::choose(pupil, given, voice);
            if done.is_err() {
                pupil.chosen = chosen;
            }
            done.map(|()| true)
        }
        None if line.contains('=') => knobs::set(pupil, line, voice).map(|()| true),
        None => Err(Invalid::new("command", format!("\"{word}\""), allowed(pupil)).into()),
    }
}

/// The commands and letters that can be typed at this step.
fn allowed(pupil: &Pupil<'_>) -> String {
    let letters = words::choices(pupil.step()).into_iter().map(|(letter, _)| letter.to_string());
    let names = COMMANDS.iter().map(|command| command.words.name.to_owned());
    let mut all: Vec<String> = letters.chain(names).collect();
    if pupil.step().kind.is_free() {
        all.push("KNOB=VALUE".to_owned());
    }
    all.join(", ")
}

fn help(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    voice.say("The letter of a choice commits it; add 1, 2 or 3 for how sure you are.")?;
    let teaches = pupil.class.is_some();
    let mut shown = COMMANDS.iter().filter(|command| command.words.name != "class" || teaches);
    shown.try_for_each(|command| command.explain(voice))?;
    voice.say(INTERRUPT)
}

/// Goes to the next step; after the last one the lesson is finished.
fn next(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    if !pupil.step().kind.is_free() {
        pupil.measure_needed(voice)?;
    }
    if let Some(why) = pupil.session().held(pupil.lesson, &pupil.findings) {
        return Err(Invalid::new("next", "an unfinished step", why).into());
    }
    if pupil.session().at + 1 < pupil.lesson.steps.len() {
        return pupil.go(|session, lesson, findings| session.next(lesson, findings), voice);
    }
    pupil.keep(|session, lesson, findings| {
        session.next(lesson, findings);
        Ok(())
    })?;
    pupil.measure_needed(voice)?;
    voice.say("The lesson is finished.")?;
    pupil.say_score(voice)?;
    pupil.say_outcomes(voice)?;
    let corrected = facts::stopped(&pupil.lesson.misconception);
    voice.say(&format!("The misconception it corrects: {corrected}"))?;
    let place = LESSONS.iter().position(|built| built.id == pupil.lesson.id);
    let next = place.and_then(|place| LESSONS.get(place + 1)).map(|next| next.lesson());
    match next {
        Some(Ok(next)) => {
            let title = facts::stopped(&next.title);
            voice.say(&format!("Next comes the lesson {}: {title}", next.id))?;
            voice.say(&format!("Play it with taskscope lesson play {} --line.", next.id))
        }
        _ => Ok(()),
    }
}

fn back(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    if pupil.session().at == 0 {
        return voice.say("This is the first step.");
    }
    pupil.go(|session, _, _| session.back(), voice)
}

fn again(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    pupil.tell(voice)
}

fn hint(pupil: &mut Pupil<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let more = pupil.keep(|session, lesson, _| Ok(session.hint(lesson)))?;
    let taken = pupil.session().hints_taken();
    match pupil.step().hints.get(taken.saturating_sub(1)) {
        Some(hint) if more => pupil.text(hint, voice),
        _ => voice.say("There is no further hint."),
    }
}

/// Answers the question with a value or in words.
fn respond(pupil: &mut Pupil<'_>, rest: &str, voice: &mut Voice<'_>) -> Done {
    match &pupil.step().kind {
        StepKind::Explain { .. } => answer::write(pupil, rest, voice),
        _ => knobs::answer(pupil, rest, voice),
    }
}
