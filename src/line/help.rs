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
];

/// Explains a word that is not a command: a word used in answers, or a knob.
pub(super) fn explain(
    session: &LineSession<'_>,
    word: &str,
    commands: impl Iterator<Item = &'static str>,
    voice: &mut Voice<'_>,
) -> Done {
    if let Some((_, meaning)) = WORDS.iter().find(|(name, _)| *name == word) {
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
