//! The command `why`: the explanation of a verdict by theory.

use super::facts;
use super::voice::{Done, Trouble, Voice};
use crate::error::Invalid;
use crate::explanation::explain;
use crate::figure::words::GainParts;
use crate::line::session::LineSession;
use crate::study::prediction::{POPULATIONS, predict};
use crate::transfer::Prediction;

/// The prediction for the open scenario, or the reason why there is none.
pub(super) fn prediction(
    session: &LineSession<'_>,
) -> Result<Result<Prediction, &'static str>, Trouble> {
    let found = predict(&session.scenario, POPULATIONS);
    if session.cancel.is_cancelled() { Err(Trouble::Stopped) } else { Ok(found) }
}

pub(super) fn why(session: &mut LineSession<'_>, how: &str, voice: &mut Voice<'_>) -> Done {
    if !["", "all"].contains(&how) {
        return Err(Invalid::new("why", format!("\"{how}\""), "nothing after it, or all").into());
    }
    let theory = prediction(session)?;
    let along = Some(session.focus).filter(|focus| !focus.knob.is_choice());
    let explanation = explain(&session.scenario, along, &session.cancel, |_| {});
    let explanation = explanation.ok_or(Trouble::Stopped)?;
    let reason = &explanation.reason;
    let is_said_below = |gap: &str| how == "all" || reason.words.contains(gap);
    if !theory.as_ref().is_err_and(|gap| is_said_below(gap)) {
        voice.say(&facts::theory(&theory))?;
    }
    let has_theory = theory.is_ok();
    if let Ok(prediction) = theory {
        parts(&prediction, voice)?;
    }
    if how == "all" {
        return voice.say_all(explanation.spoken().iter().map(|line| facts::stopped(line)));
    }
    for words in [&reason.title, &reason.words] {
        let marked = if has_theory && !words.starts_with("Theory") { "Theory: " } else { "" };
        voice.say(&facts::stopped(&format!("{marked}{words}")))?;
    }
    if has_theory || !reason.source.starts_with("no theory") {
        voice.say(&format!("Source: {}.", reason.source))?;
    }
    if let Some(crossing) = &explanation.crossing {
        voice.say(&format!("Theory: {crossing}."))?;
    }
    voice.say(&facts::value(&session.scenario, session.focus))
}

/// Says variance saved and bias added as shares of the error alone; the errors if that is 0.
fn parts(prediction: &Prediction, voice: &mut Voice<'_>) -> Done {
    if !prediction.gain.is_finite() {
        return voice.say(&facts::predicted_errors(prediction));
    }
    let parts = GainParts::of(prediction);
    let saved = parts.variance.replace('+', "");
    voice.say(&format!("Theory: sharing saves variance worth {saved} of the error alone."))?;
    let added = parts.bias.replace('−', "");
    voice.say(&format!("Theory: sharing adds bias worth {added} of the error alone."))
}
