//! The changes that turn a verdict, in sentences.

use super::{compact, effect, learners, mean_error, two_errors, value_of, verdict};
use crate::flip::{Alternative, Flip, Instead, Lack, Turn, VerdictChange};
use crate::math::stats::LEVEL;
use crate::scenario::Scenario;
use crate::transfer::words::prediction;
use crate::transfer::{Prediction, Verdict};

/// The verdict as it is, with its trials and the prediction. Where training together helps already,
/// it first says that what would make it hurt is looked for.
pub fn now(scenario: &Scenario, flip: &Flip) -> String {
    let outcome = &flip.now.own().targets;
    let already = match (outcome.verdict, flip.goal) {
        (Verdict::Helps, Verdict::Hurts) => {
            "Training together helps already, so this looks for what would make it hurt. "
        }
        _ => "",
    };
    let verdict = match outcome.verdict {
        Verdict::SameTrials => "every trial is the same, and there is no verdict".to_owned(),
        _ => verdict(scenario, outcome),
    };
    format!(
        "{already}Now {verdict}: {} (n = {}, {LEVEL}); {}; error {}.",
        effect(outcome),
        outcome.trials,
        theory(flip.predicted.ok().as_ref()),
        two_errors(outcome)
    )
}

/// What the theory predicts, or that it predicts nothing.
fn theory(predicted: Option<&Prediction>) -> String {
    let says = |predicted| format!("theory {}", prediction(predicted));
    predicted.map_or_else(|| "not predicted".to_owned(), says)
}

/// What follows: the changes that make training together help or hurt, or that there are none.
pub fn found(scenario: &Scenario, flip: &Flip) -> String {
    let verb = if flip.goal == Verdict::Helps { "help" } else { "hurt" };
    let goal = format!("training together {verb} {}", learners(scenario));
    match flip.changes[..] {
        _ if flip.now.own().targets.verdict == flip.goal => {
            "That is the verdict asked for, so nothing has to change.".to_owned()
        }
        [] if flip.without.iter().any(|(_, lack)| *lack == Lack::Uncertain) => format!(
            "No change could be confirmed to make {goal}: more trials (--trials N) are needed."
        ),
        [] => format!("No knob with a number was found to make {goal}."),
        [ref first, ref others @ ..] => {
            let trials = first.measured.own().targets.trials;
            let gains = format!("gains on new trials, of another seed (n = {trials}, {LEVEL})");
            match others {
                [] => format!("One change makes {goal}; {gains}."),
                _ => format!("Changes that make {goal}, {}; {gains}.", order(flip)),
            }
        }
    }
}

/// What stands above the alternatives; `None` if there are none.
pub fn alternatives(scenario: &Scenario, flip: &Flip) -> Option<String> {
    flip.alternatives.first()?;
    Some(format!(
        "Without changing the data: the gains of {} on new trials of the same tasks, the best first \
         ({LEVEL} intervals); training alone is their baseline.",
        learners(scenario)
    ))
}

/// An alternative with its gain, n and verdict: `weights svd: +3.1 % ± 2.0 (n = 200), helps`.
pub fn alternative(scenario: &Scenario, alternative: &Alternative) -> String {
    let outcome = &alternative.outcome;
    let measured =
        || format!("{} (n = {}), {}", effect(outcome), outcome.trials, outcome.verdict.name());
    match &alternative.instead {
        Instead::Alone => format!(
            "train {} alone: 0 by definition; error {} (n = {})",
            learners(scenario),
            mean_error(outcome.single, outcome.trials),
            outcome.trials
        ),
        Instead::Without(source) => format!("leave {source} out: {}", measured()),
        Instead::Model { knob, value } => format!("{knob} {value}: {}", measured()),
    }
}

/// The order of the changes.
fn order(flip: &Flip) -> &'static str {
    match flip.changes.iter().any(VerdictChange::makes_harder) {
        true => "the smallest first, but last those that raise the error alone",
        false => "the smallest first",
    }
}

/// The changes in columns.
pub struct ChangeTable {
    /// The names of the columns.
    pub head: String,
    /// The lines of every change, one for each knob.
    pub changes: Vec<String>,
}

/// The changes in columns: knob, values, notches, and on its first line the predicted gain and that
/// of new trials.
pub fn table(scenario: &Scenario, flip: &Flip) -> ChangeTable {
    let head = ["knob", "now", "", "then", "notches", "theory", "gain"];
    let head = head.map(str::to_owned);
    let rows: Vec<Vec<[String; 7]>> =
        flip.changes.iter().map(|change| rows(scenario, change)).collect();
    let width = |column: usize| {
        let cells = rows.iter().flatten().chain([&head]).map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: [usize; 7] = std::array::from_fn(width);
    let line = |row: &[String; 7]| {
        let [knob, from, arrow, to, notches, theory, gain] = row;
        let [a, b, c, d, e, f, _] = widths;
        format!("{knob:a$}  {from:>b$} {arrow:c$} {to:d$}  {notches:>e$}  {theory:>f$}  {gain}")
            .trim_end()
            .to_owned()
    };
    let block = |(rows, change): (&Vec<[String; 7]>, &VerdictChange)| {
        rows.iter().map(line).chain(harder(change)).collect::<Vec<_>>().join("\n")
    };
    let changes = rows.iter().zip(&flip.changes).map(block).collect();
    ChangeTable { head: line(&head), changes }
}

/// The predicted gain of a change; a dash where there is none.
fn theory_cell(change: &VerdictChange) -> String {
    change.predicted.as_ref().map_or_else(|| "–".to_owned(), prediction)
}

/// The cells of a change.
fn rows(scenario: &Scenario, change: &VerdictChange) -> Vec<[String; 7]> {
    let row = |(place, turn): (usize, &Turn)| {
        let [theory, gain] = match place {
            0 => [theory_cell(change), effect(&change.measured.own().targets)],
            _ => [String::new(), String::new()],
        };
        let [from, to] = [turn.from, turn.to].map(|value| value_of(turn.handle, value));
        let from = from.split(' ').next().unwrap_or_default().to_owned();
        let path = turn.handle.path(scenario.draft());
        [path, from, "→".to_owned(), to, turn.notches.abs().to_string(), theory, gain]
    };
    change.turns.iter().enumerate().map(row).collect()
}

/// That a change makes the targets themselves harder to learn, and how much.
fn harder(change: &VerdictChange) -> Option<String> {
    let times = || compact(change.alone);
    change.makes_harder().then(|| format!("raises the error alone, too: × {}", times()))
}

/// The turns of a change: `source.angle 15° → 34° (19 notches)`.
pub fn turns(scenario: &Scenario, change: &VerdictChange) -> String {
    let turn = |turn: &Turn| {
        let Turn { handle, from, to, notches } = *turn;
        let unit = if notches.abs() == 1 { "notch" } else { "notches" };
        let [from, to] = [from, to].map(|value| value_of(handle, value));
        let path = handle.path(scenario.draft());
        format!("{path} {from} → {to} ({} {unit})", notches.abs())
    };
    change.turns.iter().map(turn).collect::<Vec<_>>().join(" and ")
}

/// What new trials say of a change, and what theory says.
pub fn confirmation(change: &VerdictChange) -> String {
    let outcome = &change.measured.own().targets;
    format!(
        "{} (n = {} new trials, {LEVEL}); {}; error {}{}",
        effect(outcome),
        outcome.trials,
        theory(change.predicted.as_ref()),
        two_errors(outcome),
        harder(change).map_or_else(String::new, |harder| format!("; {harder}"))
    )
}

/// The knobs without a change of their own, a sentence for each reason, and how was searched where
/// theory has no prediction.
pub fn without(scenario: &Scenario, flip: &Flip) -> Vec<String> {
    let verb = if flip.goal == Verdict::Helps { "help" } else { "hurt" };
    let sentence = |(lack, begins): (Lack, String)| {
        let paths: Vec<String> = flip
            .without
            .iter()
            .filter(|(_, own)| *own == lack)
            .map(|(handle, _)| handle.path(scenario.draft()))
            .collect();
        (!paths.is_empty()).then(|| format!("{begins}: {}.", paths.join(", ")))
    };
    let all = [
        (Lack::Nothing, format!("Turned alone, no value makes it {verb}, says theory")),
        (Lack::Unturned, format!("Turned alone, no value that was measured makes it {verb}")),
        (Lack::Uncertain, "Found, but new trials do not confirm it; more of them may".to_owned()),
    ];
    let searched = flip.predicted.err().filter(|_| flip.now.own().targets.verdict != flip.goal);
    let searched = searched.map(|gap| {
        format!("Theory did not search: {gap}. So trials searched along each slider alone.")
    });
    all.into_iter().filter_map(sentence).chain(searched).collect()
}
