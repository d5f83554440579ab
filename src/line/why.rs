//! What theory sees behind a verdict.

use super::desk::Desk;
use super::facts;
use super::voice::{Done, Trouble, Voice};
use crate::figure::words;
use crate::scenario::check::along_track;
use crate::study::draft::{Entry, Question};
use crate::study::prediction::{POPULATIONS, predict};
use crate::study::{Study, StudyDraft, engine};
use crate::transfer::Prediction;

/// Values of a knob between which a change of sign is looked for.
const POINTS: usize = 101;

/// The prediction for the scenario that is open, or why there is none.
pub(super) fn prediction(desk: &Desk<'_>) -> Result<Result<Prediction, &'static str>, Trouble> {
    let found = predict(&desk.scenario, POPULATIONS);
    if desk.cancel.is_cancelled() { Err(Trouble::Stopped) } else { Ok(found) }
}

pub(super) fn why(desk: &mut Desk<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let theory = prediction(desk)?;
    voice.say(&facts::theory(&theory))?;
    let Ok(prediction) = theory else { return Ok(()) };
    let share = |share: f64| words::share(share).replace('+', "");
    voice.say(&format!(
        "Theory: sharing saves variance worth {} of the error alone.",
        share(prediction.variance_saved())
    ))?;
    voice.say(&format!(
        "Theory: sharing adds bias worth {} of the error alone.",
        share(prediction.bias_added())
    ))?;
    along(desk, voice)
}

/// Where along the knob in focus the predicted gain changes its sign.
fn along(desk: &Desk<'_>, voice: &mut Voice<'_>) -> Done {
    let path = desk.focus.path(desk.scenario.draft());
    if desk.focus.knob.is_choice() {
        return Ok(());
    }
    let mut scenario = desk.scenario.draft().clone();
    scenario.compare.clear();
    let values = along_track(&desk.scenario, desk.focus, POINTS);
    let words: Vec<String> = values.iter().map(|value| desk.focus.knob.exact(*value)).collect();
    let question = Question::Sweep { x: vec![format!("{path}={}", words.join(","))], y: None };
    let entry = Entry { name: desk.name.clone(), scenario };
    let study = Study::check(StudyDraft::new(question, vec![entry]))?;
    let gains = engine::predictions(&study, &desk.cancel);
    let gains = gains.ok_or(Trouble::Stopped)?;
    let known: Vec<(f64, f64)> = values
        .iter()
        .zip(&gains)
        .filter_map(|(value, prediction)| Some((*value, prediction.as_ref()?.gain)))
        .collect();
    let crossings: Vec<f64> = known.windows(2).filter_map(crossing).collect();
    if crossings.is_empty() {
        return voice.say(&format!("Theory: the gain keeps its sign along {path}."));
    }
    for at in crossings {
        let at = format!("{at:.2e}").parse().unwrap_or(at);
        let near = words::value_of(desk.focus, at);
        voice.say(&format!("Theory: the gain changes its sign near {path} {near}."))?;
    }
    voice.say(&facts::value(&desk.scenario, desk.focus))
}

/// Where a straight line between two points is zero, if it is.
fn crossing(pair: &[(f64, f64)]) -> Option<f64> {
    let ((x, a), (y, b)) = (pair[0], pair[1]);
    (a * b < 0.0).then(|| x + (y - x) * a / (a - b))
}
