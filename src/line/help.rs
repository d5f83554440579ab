//! The words that `help` explains.

use super::change::find;
use super::facts;
use super::voice::{Done, Voice};
use crate::error::Invalid;
use crate::line::session::LineSession;
use crate::math::stats::level;
use crate::scenario::knob::KNOBS;

/// Words used in answers and their meanings.
const WORDS: &[(&str, &str)] = &[
    (
        "gain",
        "The gain is 1 minus the error trained together over the error trained alone; positive \
         helps, negative hurts",
    ),
    ("interval", concat!("Plus or minus is half the paired ", level!(), " interval over n trials")),
    ("n", "n is the number of trials"),
    (
        "verdict",
        concat!("The verdict is HELPS or HURTS only if the ", level!(), " interval excludes zero"),
    ),
    (
        "theory",
        "Theory is a prediction for Gaussian rows that needs no training. Its plus or minus says how far the mean of many trials may be from it",
    ),
    (
        "optimum",
        "Exact optima are always found; multistart is the best of several searches; best found may \
         miss the optimum; tuned models are chosen on validation rows",
    ),
    ("notch", "A notch is the smallest turn of a knob: one press of an arrow key on its slider"),
    (
        "slider",
        "A slider is a knob with a track, as the Lab shows it; in line mode set KNOB VALUE turns it",
    ),
    ("knob", "A knob is a number or a choice of the scenario that can be turned; knobs lists them"),
    (
        "bias",
        "Bias is the part of the error that remains with ever more rows: the model that the tasks \
         share does not fit this one",
    ),
    (
        "variance",
        "Variance is the part of the error that comes from the noise of the training rows; more \
         rows lower it, and sharing does, too",
    ),
    ("head", "The head of a task is its own output layer A, behind the shared module B"),
    (
        "module",
        "The shared module B turns features into as many units as the width says; all tasks use it",
    ),
    ("task", "A task is labels over rows of features; the tasks of a scenario share one module"),
    ("target", "A target is a task whose gain is measured"),
    ("source", "A source is a task that is trained together with the targets"),
    ("aside", "A task aside is not trained"),
    ("trial", "A trial is one draw of the data, trained alone and together to the optimum"),
    (
        "error",
        "The error of drawn tasks is the excess risk on new rows: above that of the best model; of \
         real tasks it is the mean squared error or the share of misclassified test rows",
    ),
    ("baseline", "The baseline is the task trained alone, or the method that is compared with"),
    (
        "angle",
        "The angle lies between the directions theta of two tasks: 0 means equal, 90 unrelated, 180 \
         opposite",
    ),
    (
        "kappa",
        "Kappa, the knob condition, is the variance of the loudest over that of the quietest \
         direction of the rows, as a ratio of deviations",
    ),
    ("proxy", "A proxy is a cheap score that should rank pairs of tasks as their gains do"),
    (
        "surrogate",
        "A surrogate predicts the gains of groups of tasks from those of measured groups",
    ),
    ("plan", "A plan says which tasks are trained together in one model"),
    ("preset", "A preset is a scenario that comes with the program; presets lists them"),
];

/// Explains a word that is not a command: a word used in answers, or a knob.
pub(super) fn explain(
    session: &LineSession<'_>,
    word: &str,
    commands: impl Iterator<Item = &'static str>,
    voice: &mut Voice<'_>,
) -> Done {
    let is_asked = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(word);
    if let Some((_, meaning)) = WORDS.iter().find(is_asked) {
        return voice.say(&format!("{meaning}."));
    }
    if let Ok(handle) = find(&session.scenario, word) {
        return voice.say(&facts::knob(&session.scenario, handle));
    }
    if let Some(knob) = KNOBS.iter().find(|knob| knob.name == word) {
        let allowed = knob.allowed_words();
        return voice.say(&format!("{}; allowed: {allowed}.", facts::sentence(knob.help)));
    }
    let words = commands.chain(WORDS.iter().map(|(name, _)| *name));
    let allowed = format!("a knob, {}", words.collect::<Vec<_>>().join(", "));
    Err(Invalid::new("help", format!("\"{word}\""), allowed).into())
}
