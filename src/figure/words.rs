//! Gains, errors and settings in words; gains come with their interval.

mod crossing;
pub mod flip;
pub mod methods;
mod models;
mod reader;
mod setting;
mod undefined;

use crate::math::stats::{Interval, LEVEL, Mean};
use crate::method::Method;
use crate::model::{Loss, OptimumKind};
use crate::scenario::draft::TaskRole;
use crate::scenario::{Handle, Scenario, protocol};
use crate::study::suggestion::{Confirmation, SuggestedPlan};
use crate::study::{Measurement, StudyResults, caution};
use crate::task::Activation;
use crate::transfer::{Outcome, Verdict};

pub use crate::math::digits::short;
use crate::math::digits::{compact, fixed};
use crate::transfer::words::{self, percent};
pub use crate::transfer::words::{GainParts, predicted, prediction, share};
pub use crossing::{BREAK_EVEN, break_even, break_even_sentence, break_evens, crossing};
pub use models::{Gap, Stretch, fits, fitted, fitted_as, found, no_theory, stretches};
pub use reader::{for_reader, names, quantity, quantity_at, quantity_within, renamed};
pub use setting::{setting, title};
pub use undefined::undefined;

/// What a theory line is, with a space behind it.
pub fn theory(scenario: &Scenario) -> &'static str {
    match scenario.real() {
        Some(_) => {
            "Theory: the gain predicted from the fit to all rows, without any training, ± 3 % of the \
             error together or more. "
        }
        None => "Theory: the gain predicted from the setting, without any training. ",
    }
}

/// A legend entry with the number of trials behind it: `measured (n = 60, LEVEL)`.
pub fn counted(name: &str, trials: impl std::fmt::Display) -> String {
    format!("{name} (n = {trials}, {LEVEL})")
}

/// The legend entry without the number of trials, if it has one.
pub fn uncounted(name: &str) -> &str {
    count_of(name).map_or(name, |(name, _)| name)
}

/// The name and the number of trials of a legend entry: `measured` and `n = 60, LEVEL`.
pub fn count_of(name: &str) -> Option<(&str, &str)> {
    let (name, count) = name.strip_suffix(')')?.rsplit_once(" (")?;
    (count.starts_with("n = ") && count.ends_with(LEVEL)).then_some((name, count))
}

/// The plane of the θs of the pair; by the names of the tasks if there are more than two.
pub fn plane(scenario: &Scenario) -> String {
    match scenario.tasks().len() {
        0..=2 => "Plane of both θs".to_owned(),
        _ => {
            let [one, other] = scenario.pair().map(|i| scenario.tasks()[i].name.as_str());
            format!("Plane of θ of {one} and {other}")
        }
    }
}

/// Formats a gain with its interval: `+23 % ± 4.1`.
pub fn gain(gain: Option<Interval>) -> String {
    gain.map_or_else(|| "the gain is undefined".to_owned(), |gain| words::gain(&gain))
}

/// The mean gains of a suggested plan and of one model for all tasks, with what they say:
/// `+3.0 % ± 4.1, no difference`. The gain of every task alone is 0 by definition.
pub fn confirmed(plan: &SuggestedPlan, found: &Confirmation) -> [String; 2] {
    let own = match plan.is_alone() {
        true => "0, the baseline".to_owned(),
        false => gain_of_plan(&found.plan),
    };
    [own, gain_of_plan(&found.together)]
}

fn gain_of_plan(found: &Interval) -> String {
    let said = match Verdict::of_gain(found) {
        Verdict::NoDifference => ", no difference",
        Verdict::Undecided => ", may help or hurt",
        _ => "",
    };
    format!("{}{said}", words::gain(found))
}

/// Describes the effect of joint training: the gain; if it is undefined, the interval of the gain of
/// the geometric means; if errors are zero, both errors.
pub fn effect(outcome: &Outcome) -> String {
    match (outcome.gain, outcome.log_ratio) {
        _ if outcome.verdict == Verdict::OneTask => "nothing to compare".to_owned(),
        (Some(gain), _) if outcome.verdict == Verdict::SameTrials => {
            format!("{} (no ±)", predicted(gain.mean))
        }
        (None, Some(ratio)) if outcome.verdict == Verdict::SameTrials => {
            format!("{} (no ±)", predicted(1.0 - ratio.mean.exp()))
        }
        _ if outcome.verdict == Verdict::Undecided && !outcome.says_nothing() => {
            "rounding errors are as large as the effect".to_owned()
        }
        (None, Some(ratio)) => {
            let ends = [ratio.high, ratio.low].map(|end| predicted(1.0 - end.exp()));
            format!("typical gain {} to {}", ends[0], ends[1])
        }
        (None, None) => {
            let [alone, together] =
                [outcome.single, outcome.multi].map(|m| mean(m, outcome.trials));
            format!("error {alone} alone, {together} together")
        }
        (named, _) => gain(named),
    }
}

/// A mean error with its interval; only 0 if it is zero in every trial.
fn mean(mean: Mean, trials: usize) -> String {
    match mean.mean {
        0.0 => "0".to_owned(),
        _ => mean_error(mean, trials),
    }
}

/// Describes the effect of joint training in little space: `+23 % ± 4`.
pub fn tight(outcome: &Outcome) -> String {
    match outcome.gain {
        _ if outcome.verdict == Verdict::OneTask => "–".to_owned(),
        _ if outcome.verdict == Verdict::SameTrials => effect(outcome),
        Some(gain) if gain.half_width().is_finite() => {
            let (mean, half) = even(&gain);
            format!("{mean} % ± {half}")
        }
        _ if outcome.verdict == Verdict::Undecided && !outcome.says_nothing() => "?".to_owned(),
        None if outcome.log_ratio.is_none() => {
            let [alone, together] =
                [outcome.single, outcome.multi].map(|error| mean(error, outcome.trials));
            format!("{alone} → {together}")
        }
        _ => effect(outcome),
    }
}

/// A gain and its half-width in percent with equally many decimal places, as many as the half-width
/// deserves; more if the two would look alike though they differ.
fn even(gain: &Interval) -> (String, String) {
    let (mean, half) = (100.0 * gain.mean, 100.0 * gain.half_width());
    let places = if half < 1.95 { 1 } else { 0 };
    let write = |value: f64| fixed(value, places);
    let is_hidden = write(mean) == write(0.0) && (gain.is_positive() || gain.is_negative());
    if half >= 1e4 || is_hidden || write(mean.abs()) == write(half) || (95.0..100.0).contains(&mean)
    {
        return percent(gain);
    }
    let text = write(mean);
    let sign =
        if text.starts_with('−') || mean <= 0.0 || write(mean) == write(0.0) { "" } else { "+" };
    (format!("{sign}{text}"), write(half))
}

/// Returns the names of the targets as they stand in a sentence: `target`, `the 5 clean tasks`.
pub fn learners(scenario: &Scenario) -> String {
    let groups: Vec<_> =
        scenario.groups().iter().filter(|group| group.role == TaskRole::Target).collect();
    match groups[..] {
        [one] if one.tasks.len() > 1 && one.name == "task" => {
            format!("the {} tasks", one.tasks.len())
        }
        [one] if one.tasks.len() > 1 => format!("the {} {} tasks", one.tasks.len(), one.name),
        _ => targets(scenario),
    }
}

/// Returns a verdict as `source HELPS target`.
pub fn verdict(scenario: &Scenario, outcome: &Outcome) -> String {
    let verdict = outcome.verdict;
    match verdict {
        Verdict::OneTask => return "one task".to_owned(),
        Verdict::SameTrials => {
            return "Every trial is the same, and there is no verdict".to_owned();
        }
        _ => {}
    }
    let joint = scenario.approach().method != Method::Ridge;
    let plural = joint && scenario.targets().len() == 1 && scenario.sources().len() > 1;
    format!("{} {} {}", subject(scenario), verdict.verb_on(plural), targets(scenario))
}

/// What to do if the trials say nothing; `None` if they say something.
pub fn doubt(outcome: &Outcome) -> Option<&'static str> {
    outcome
        .says_nothing()
        .then_some("Too uncertain to tell. More trials (--trials N) or rows narrow it.")
}

/// The subject of a verdict: the sources if there is one target, otherwise training together; with
/// the method if it is not joint training.
fn subject(scenario: &Scenario) -> String {
    let one = scenario.targets().len() == 1;
    let sources = named(scenario, TaskRole::Source).filter(|_| one);
    let plain = sources.unwrap_or_else(|| "training together".into());
    match scenario.approach().method {
        Method::Joint => plain,
        Method::Ridge => "ridge alone".into(),
        method => format!("{plain} ({})", method.name()),
    }
}

/// Returns the names of the targets.
pub fn targets(scenario: &Scenario) -> String {
    named(scenario, TaskRole::Target).unwrap_or_default()
}

/// The groups of a role: names for up to two groups, otherwise their number.
fn named(scenario: &Scenario, role: TaskRole) -> Option<String> {
    let groups: Vec<_> = scenario.groups().iter().filter(|group| group.role == role).collect();
    let count: usize = groups.iter().map(|group| group.tasks.len()).sum();
    match groups[..] {
        [] => None,
        [one] => Some(one.title()),
        [one, other] => Some(format!("{} and {}", one.title(), other.title())),
        _ if role == TaskRole::Target => Some(format!("the {count} tasks")),
        _ => Some(format!("the {count} sources")),
    }
}

/// Returns the name of the error: excess risk, or the share of misclassified rows for labels ±1;
/// for real tasks, what is measured on their test rows.
pub fn error(scenario: &Scenario) -> &'static str {
    match (scenario.real().is_some(), scenario.classifies()) {
        (true, classifies) => protocol::error(classifies),
        (false, true) => "the share of misclassified new rows",
        (false, false) => "excess risk",
    }
}

/// Describes the kinds of optimum behind a measurement: of joint training, and of the single-task
/// models unless these are exact.
pub fn optimum(measurement: &Measurement) -> String {
    kinds(measurement.alone, measurement.own().kind)
}

fn kinds(alone: OptimumKind, together: OptimumKind) -> String {
    if alone == together || alone == OptimumKind::Exact {
        together.to_string()
    } else {
        format!("alone {alone}, together {together}")
    }
}

/// Describes the kinds of optimum of some cells for one method, as in
/// `exact optima or tuned models`.
pub fn optima(results: &StudyResults, cells: impl Iterator<Item = usize>, method: usize) -> String {
    let mut known: Vec<(OptimumKind, OptimumKind)> = cells
        .filter_map(|cell| {
            let measurement = results.records.measurement(cell)?;
            Some((measurement.approaches.get(method)?.kind, measurement.alone))
        })
        .collect();
    known.sort_unstable();
    let mut said: Vec<String> = Vec::new();
    for (together, alone) in known {
        let words = match (alone, together) {
            (OptimumKind::Exact, OptimumKind::Multistart(_)) => "multistart optima".to_owned(),
            (_, OptimumKind::Tuned) => "tuned models".to_owned(),
            (_, OptimumKind::PlugIn) => "merged models".to_owned(),
            (_, OptimumKind::Rounding) => "optima up to rounding".to_owned(),
            _ => format!("{} optima", kinds(alone, together)),
        };
        if !said.contains(&words) {
            said.push(words);
        }
    }
    if said.is_empty() { "optima".to_owned() } else { said.join(" or ") }
}

/// Describes the progress of an incomplete study: `80 of 540 trials so far. `; empty if it is
/// complete.
pub fn so_far(results: &StudyResults) -> String {
    let records = &results.records;
    if records.is_complete() {
        return String::new();
    }
    format!("{} of {} trials so far. ", records.done(), records.wanted())
}

/// `1 model`, `3 models`.
pub fn models(count: usize) -> String {
    if count == 1 { "1 model".to_owned() } else { format!("{count} models") }
}

/// Describes the model and its training: `width 1, uniform weights`, and anything that is not
/// linear, squared loss or joint training.
pub fn model(scenario: &Scenario) -> String {
    let approach = scenario.approach();
    let mut parts = vec![units(scenario), format!("{} weights", approach.weighting.name())];
    if approach.method != Method::Joint {
        parts.push(approach.method.name().to_owned());
    }
    parts.join(", ")
}

/// Describes the units and the loss: `width 1`, `width 2, relu`.
pub fn units(scenario: &Scenario) -> String {
    let mut parts = vec![format!("width {}", scenario.width())];
    if scenario.activation() != Activation::Linear {
        parts.push(scenario.activation().name().to_owned());
    }
    if scenario.loss() != Loss::Squared {
        parts.push(format!("{} loss", scenario.loss().name()));
    }
    parts.join(", ")
}

/// What a caption says of the rows of real tasks: those that all trials share, and what to beware of.
/// Every sentence ends in a space.
pub fn of_rows(scenario: &Scenario) -> String {
    let fixed = protocol::fixed_rows(scenario).into_iter();
    let beware = caution::of_rows(scenario).into_iter().map(|c| format!("Beware: {c}"));
    fixed.chain(beware).map(|said| said + " ").collect()
}

/// A mean error with its half-width: `0.263 ± 0.021`.
pub fn mean_error(mean: Mean, trials: usize) -> String {
    match mean.half_width(trials) {
        half if half.is_nan() || half <= ROUNDING * mean.mean.abs() => short(mean.mean),
        half => format!("{} ± {}", short(mean.mean), short(half)),
    }
}

/// A half-width below this share of its mean is a rounding error: all trials are the same.
const ROUNDING: f64 = 1e-12;

/// Formats both errors: `alone 0.263 ± 0.021, together 0.080 ± 0.004`.
pub fn two_errors(outcome: &Outcome) -> String {
    format!(
        "alone {}, together {}",
        mean_error(outcome.single, outcome.trials),
        mean_error(outcome.multi, outcome.trials)
    )
}

/// Formats both errors with their number of trials.
pub fn errors(outcome: &Outcome) -> String {
    format!("{} (n = {})", two_errors(outcome), outcome.trials)
}

/// Formats a knob with its value: `source.angle 15°`.
pub fn knob(scenario: &Scenario, handle: Handle) -> String {
    let draft = scenario.draft();
    let value = handle.get(draft).unwrap_or(f64::NAN);
    format!("{} {}", handle.path(draft), value_of(handle, value))
}

/// Formats a rough number: whole from ten on, otherwise with one decimal.
pub fn rough(value: f64) -> String {
    if value.abs() >= 9.95 {
        short(value.round()).trim_end_matches(".0").to_owned()
    } else {
        format!("{value:.1}")
    }
}

/// A value without digits that nobody reads: a tenth of a degree, a thousandth of a plain number.
pub fn legible(handle: Handle, value: f64) -> f64 {
    let digits = match handle.knob.unit {
        _ if handle.knob.whole || handle.knob.is_choice() => return value,
        "°" => 10.0,
        "" if (0.1..1e6).contains(&value.abs()) => 1000.0,
        _ => return value,
    };
    (value * digits).round() / digits
}

/// Formats a value with the unit of its knob.
pub fn value_of(handle: Handle, value: f64) -> String {
    with_unit(handle, number_of(handle, value))
}

/// Formats a value without the unit of its knob.
fn number_of(handle: Handle, value: f64) -> String {
    let text = handle.knob.text(legible(handle, value));
    if handle.knob.unit == "rows" { in_short(value).unwrap_or(text) } else { text }
}

/// Formats the ends of a range in one notation: `178k` and `316k`, `5.62k` and `10k`.
fn numbers_of(handle: Handle, low: f64, high: f64) -> (String, String) {
    let is_short = |value| handle.knob.unit == "rows" && in_short(value).is_some();
    let low = match !is_short(low) && is_short(high) && low >= 1e3 {
        true => format!("{}k", number_of(handle, low / 1e3)),
        false => number_of(handle, low),
    };
    (low, number_of(handle, high))
}

fn with_unit(handle: Handle, text: String) -> String {
    match handle.knob.unit {
        "" => text,
        unit @ ("°" | "×") => format!("{text}{unit}"),
        "rows" if text == "1" => "1 row".to_owned(),
        unit => format!("{text} {unit}"),
    }
}

/// A large number as at the ends of a track, `20k` or `1M`, if nothing is lost.
fn in_short(value: f64) -> Option<String> {
    let is_whole = |unit: f64| value >= unit && (value / unit * 100.0).fract() == 0.0;
    (is_whole(1e6) || (1e4..1e6).contains(&value) && is_whole(1e3)).then(|| compact(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Preset;
    use crate::study::grouping::Suggestion;

    fn interval(mean: f64, half: f64) -> Option<Interval> {
        Some(Interval { mean, low: mean - half, high: mean + half })
    }

    #[test]
    fn a_value_has_no_digits_that_nobody_reads_and_keeps_those_that_matter() {
        let draft = Preset::find("fig3-task2").unwrap().scenario().unwrap().draft().clone();
        let said = |path: &str, value: f64| value_of(Handle::find(&draft, path).unwrap(), value);
        assert_eq!(said("source.angle", 16.2602), "16.3°");
        assert_eq!(said("source.angle", 15.0), "15°");
        assert_eq!(said("source.cosine", 0.965_926), "0.966");
        assert_eq!(said("source.noise", 0.75), "0.75");
        assert_eq!(said("source.samples", 400.0), "400 rows");
        assert_eq!(said("source.samples", 1e6), "1M rows");
        assert_eq!(said("source.samples", 20_000.0), "20k rows");
        assert_eq!(said("source.samples", 123_456.0), "123456 rows");
    }

    #[test]
    fn the_ends_of_a_range_are_in_one_notation() {
        let draft = Preset::find("fig3-task2").unwrap().scenario().unwrap().draft().clone();
        let rows = Handle::find(&draft, "source.samples").unwrap();
        let said = |low, high| {
            let (low, high) = numbers_of(rows, low, high);
            format!("{low} and {high}")
        };
        assert_eq!(said(178_000.0, 316_000.0), "178k and 316k");
        assert_eq!(said(5620.0, 10_000.0), "5.62k and 10k");
        assert_eq!(said(100.0, 200.0), "100 and 200");
        assert_eq!(said(562_000.0, 1e6), "562k and 1M");
    }

    #[test]
    fn a_number_of_rows_is_written_with_all_its_digits() {
        let draft = crate::scenario::Preset::find("two-tasks").unwrap().scenario().unwrap();
        let handle = Handle::find(draft.draft(), "source.samples").unwrap();
        assert_eq!(value_of(handle, 123_456_789.0), "123456789 rows");
        assert_eq!(value_of(handle, 1.0), "1 row");
    }

    #[test]
    fn a_plan_has_the_verdict_of_its_interval_and_every_task_alone_is_the_baseline() {
        let suggestion = |plan| Suggestion {
            plan,
            gains: Vec::new(),
            value: 0.0,
            predicted: false,
            exhaustive: true,
        };
        let said = |mean, half, plan: &[&[usize]]| {
            let gain = interval(mean, half).unwrap();
            let found = Confirmation { plan: gain, together: gain, trials: 20 };
            let plan = plan.iter().map(|group| group.to_vec()).collect();
            confirmed(&SuggestedPlan { suggestion: suggestion(plan), confirmation: None }, &found)
        };
        let one = |mean, half| said(mean, half, &[&[0, 1], &[2]])[0].clone();
        assert_eq!(one(0.03, 0.04), "+3.0 % ± 4.0, no difference");
        assert_eq!(one(0.03, 0.4), "+3.0 % ± 40, may help or hurt");
        assert_eq!(one(0.08, 0.04), gain(interval(0.08, 0.04)));
        assert_eq!(one(-0.08, 0.04), gain(interval(-0.08, 0.04)));
        let alone = said(0.0, 0.0, &[&[0], &[1]]);
        assert_eq!(alone, ["0, the baseline", "0.0 % ± 0.0, no difference"]);
    }

    #[test]
    fn a_gain_that_is_sure_does_not_look_like_zero() {
        let said = |mean, half| gain(interval(mean, half));
        assert_eq!(said(1.5e-6, 0.8e-6), "+1.5e-4 % ± 8.0e-5");
        assert_eq!(said(-1.5e-6, 0.8e-6), "−1.5e-4 % ± 8.0e-5");
        assert_eq!(said(1.5e-6, 2e-6), "0.0 % ± 0.0");
        assert_eq!(said(3e-4, 1e-6), "+0.030 % ± 1.0e-4");
        assert_eq!(even(&interval(4e-4, 3e-4).unwrap()), ("+0.04".into(), "0.03".into()));
        assert_eq!(even(&interval(1.5e-6, 0.8e-6).unwrap()), ("+1.5e-4".into(), "8.0e-5".into()));
    }

    #[test]
    fn a_gain_is_a_percentage_with_its_interval_whatever_its_size() {
        assert_eq!(gain(interval(0.234, 0.041)), "+23 % ± 4.1");
        assert_eq!(gain(interval(-0.273, 0.025)), "−27 % ± 2.5");
        assert_eq!(gain(interval(-4.1, 0.4)), "−410 % ± 40");
        assert_eq!(gain(interval(0.0, 0.0)), "0.0 % ± 0.0");
        assert_eq!(gain(interval(0.22, 0.2204)), "+22.00 % ± 22.04");
        assert_eq!(gain(interval(-0.0832, 0.083)), "−8.32 % ± 8.30");
        assert_eq!(gain(interval(-3.46e17, 3.4e17)), "−3e19 % ± 3e19");
        assert_eq!(predicted(-2.9), "−290 %");
        let tightly = |mean, half| {
            let trials = [(1.0, 1.0 - mean - half), (1.0, 1.0 - mean + half)];
            let risks = trials.map(|(single, multi)| crate::transfer::Risks { single, multi });
            let mut outcome = Outcome::of(&risks).unwrap();
            outcome.gain = interval(mean, half);
            tight(&outcome)
        };
        assert_eq!(tightly(-1.13, 0.215), "−113 % ± 22");
        assert_eq!(tightly(-1.76, 0.04), "−176 % ± 4");
        assert_eq!(tightly(-60.6, 10.5), "−6060 % ± 1050");
        assert_eq!(tightly(0.234, 0.041), "+23 % ± 4");
        assert_eq!(tightly(0.069, 0.21), "+7 % ± 21");
        assert_eq!(tightly(-0.002, 0.21), "0 % ± 21");
        assert_eq!(tightly(0.012, 0.0004), "+1.2 % ± 0.0");
        assert_eq!(predicted(f64::NAN), "the gain is undefined");
    }
}
