//! What to beware of in results.

use crate::error::names::grouped;
use crate::math::digits::{compact, digits, short};
use crate::method::{Method, Weighting};
use crate::model::Loss;
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::study::held_out::HeldOutMeans;
use crate::study::measurement::Measurement;
use crate::study::population_theory::{MOST_SHRUNK, penalised};
use crate::transfer::Outcome;

/// What is needed where [`Scenario::repeats_rows`], and why.
pub const OTHER_ROWS: &str = "fewer training rows (four fifths, say), or parts that are drawn: where \
                              the parts are given and all training rows are used, every trial is \
                              the same, and there is no verdict";
/// Above this share of the error of the best constant prediction, features hardly predict labels.
pub const HARDLY: f64 = 0.95;
/// From this area under the ROC curve on, features tell two classes apart.
const RANKED: f64 = 0.7;
/// Above this relative half-width of its interval, the mean error alone is not reliable.
const WIDE: f64 = 0.25;
/// Fewer trials than this are not judged by the spread of their errors.
const FEW: usize = 10;
/// From this ratio of root-mean-square labels on, uniform weights train for the largest ones only.
const UNITS: f64 = 10.0;
/// From this ratio of errors alone on, the mean error of the targets is that of one of them.
const DECIDES: f64 = 100.0;

/// What to beware of, in sentences.
pub fn cautions(scenario: &Scenario, measurement: &Measurement) -> Vec<String> {
    let of_trials = [opposed(&measurement.own().targets), one_decides(scenario, measurement)];
    of_trials.into_iter().flatten().chain(of_data(scenario, measurement)).collect()
}

/// What to beware of for real tasks.
fn of_data(scenario: &Scenario, measurement: &Measurement) -> Vec<String> {
    let Some(real) = scenario.real() else { return Vec::new() };
    let constant = real.mean_constant_errors(scenario, 0..measurement.trials);
    let groups: Vec<(String, f64, &Outcome)> = scenario
        .groups()
        .iter()
        .zip(&measurement.own().groups)
        .map(|(group, outcome)| {
            let errors = &constant[group.tasks.clone()];
            (group.title(), errors.iter().sum::<f64>() / errors.len() as f64, outcome)
        })
        .collect();
    let ranked = measurement.own().held_out.as_ref().map(|all| {
        let auc = |[alone, _]: &[HeldOutMeans; 2]| alone.auc.map_or(0.5, |auc| auc.mean.mean);
        all.iter().map(auc).collect::<Vec<_>>()
    });
    let unpredictable =
        unpredictable(&groups, ranked.as_deref()).filter(|_| unlike_scales(scenario).is_none());
    let found = [unpredictable, uneven(&groups, scenario.classifies())];
    of_rows(scenario).into_iter().chain(found.into_iter().flatten()).collect()
}

/// What to beware of in the rows of real tasks, whatever trials find.
pub fn of_rows(scenario: &Scenario) -> Vec<String> {
    let Some(real) = scenario.real() else { return Vec::new() };
    let variances = real.test_variances(scenario.addresses());
    let found = [
        same_rows(scenario),
        unlike_scales(scenario),
        units(scenario, &variances),
        untuned(scenario),
    ];
    let doubts = real.test_doubts(scenario.addresses());
    found.into_iter().flatten().chain(doubts).collect()
}

/// Features of real tasks with scales so different that even the weakest penalty keeps the models
/// from using some of them.
pub fn unlike_scales(scenario: &Scenario) -> Option<String> {
    let found = scenario.real()?.data().unlike_scales()?;
    let tasks = 0..scenario.tasks().len();
    tasks.map(|task| penalised(scenario, task)).any(|share| share > MOST_SHRUNK).then(|| {
        format!(
            "One penalty holds for all features, but {} spreads {} times as far as {}: even the \
             weakest penalty keeps the models from using those that spread little. --standardise \
             (\"standardise\" in a scenario) divides every feature by its standard deviation.",
            found.largest,
            grouped(found.ratio.min(1e15) as u64),
            found.smallest,
        )
    })
}

/// A mean that a few trials turn: the typical trial says the opposite.
fn opposed(targets: &Outcome) -> Option<String> {
    let (gain, ratio) = (targets.gain?, targets.log_ratio?);
    let verb = match () {
        () if gain.is_negative() && ratio.is_negative() => "lowers",
        () if gain.is_positive() && ratio.is_positive() => "raises",
        () => return None,
    };
    let helped = (targets.helped * targets.trials as f64).round() as usize;
    let most = if verb == "lowers" { helped } else { targets.trials - helped };
    Some(format!(
        "A few trials with very large errors decide the mean: in {most} of {} training together \
         {verb} the error. With more rows they become rare.",
        targets.trials
    ))
}

/// Targets with errors so different that their mean is that of one of them.
fn one_decides(scenario: &Scenario, measurement: &Measurement) -> Option<String> {
    let groups = scenario.groups().iter().zip(&measurement.own().groups);
    let targets = groups.filter(|(group, _)| group.role == TaskRole::Target);
    let errors: Vec<(String, f64)> =
        targets.map(|(group, outcome)| (group.title(), outcome.single.mean)).collect();
    let largest = errors.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let least = errors.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (least.1 > 0.0 && largest.1 > DECIDES * least.1).then(|| {
        format!(
            "The verdict is on the mean error of all targets, which is nearly that of {}: alone its \
             error is {} times that of {}. Look at the gain of each.",
            largest.0,
            compact(largest.1 / least.1),
            least.0
        )
    })
}

/// The names of some tasks: `a, b and c`.
pub fn listed(names: &[&str]) -> String {
    match names {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        names => names.concat(),
    }
}

/// Trials that are all the same.
fn same_rows(scenario: &Scenario) -> Option<String> {
    scenario.repeats_rows().then(|| format!("Take {OTHER_ROWS}."))
}

/// Methods that are tuned on validation rows, where there are none.
fn untuned(scenario: &Scenario) -> Option<String> {
    let lacks = scenario.real()?.lacks_validation(scenario.addresses());
    let approaches = scenario.approaches();
    let tuned = approaches.iter().map(|approach| approach.method).filter(|m| m.is_tuned());
    let names: Vec<&str> = tuned.map(Method::name).collect();
    (lacks && !names.is_empty()).then(|| {
        format!(
            "Without validation rows nothing can be tuned: {} {}, a model alone, joint or \
             pretrained.",
            listed(&names),
            if names.len() == 1 {
                "equals what it starts from"
            } else {
                "each equal what they start from"
            },
        )
    })
}

/// Labels in units so different that uniform weights train for the largest ones.
fn units(scenario: &Scenario, variances: &[f64]) -> Option<String> {
    let shares = scenario.width() < scenario.tasks().len();
    let uniform = scenario.approach().weighting == Weighting::Uniform;
    if !(shares && uniform && scenario.loss() == Loss::Squared) {
        return None;
    }
    let by_size = |a: &usize, b: &usize| variances[*a].total_cmp(&variances[*b]);
    let largest = (0..variances.len()).max_by(by_size)?;
    let least = (0..variances.len()).min_by(by_size)?;
    let ratio = (variances[largest] / variances[least]).sqrt();
    (ratio > UNITS).then(|| {
        format!(
            "The labels of {} spread {} times as far as those of {}: with uniform weights the \
             shared module is fitted to {0}. Weights by-scale balance them.",
            scenario.tasks()[largest].name,
            digits(ratio),
            scenario.tasks()[least].name,
        )
    })
}

/// Tasks that are hardly predicted better than by a constant. Of labels ±1, `ranked` has the area
/// under the ROC curve of every group alone.
fn unpredictable(groups: &[(String, f64, &Outcome)], ranked: Option<&[f64]>) -> Option<String> {
    let hardly = |(_, constant, outcome): &(String, f64, &Outcome)| {
        outcome.single.mean > HARDLY * constant && *constant > 0.0
    };
    let found: Vec<usize> = (0..groups.len()).filter(|&i| hardly(&groups[i])).collect();
    let names: Vec<&str> = found.iter().map(|&i| groups[i].0.as_str()).collect();
    let share = |&i: &usize| groups[i].2.single.mean / groups[i].1;
    let least = at_least(found.iter().map(share).reduce(f64::min)?);
    let auc = ranked.map(|auc| found.iter().map(|&i| auc[i]).fold(0.0, f64::max));
    let names = listed(&names);
    Some(match auc.filter(|auc| *auc >= RANKED) {
        Some(auc) => format!(
            "Alone, {names}: the share of misclassified rows is at least {least:.0} % of that of \
             always answering with the more frequent class. Yet the features tell the classes apart \
             (AUC {}): compare AUC and logistic loss, a gain in that share says little.",
            short(auc)
        ),
        None => format!(
            "The features hardly predict {names}: alone, the error is at least {least:.0} % of that \
             of the best constant prediction. A gain there says little."
        ),
    })
}

/// A share in whole percent, rounded down unless it misses the next by a rounding error.
pub fn at_least(share: f64) -> f64 {
    (100.0 * share + 1e-6).floor()
}

/// Tasks whose error differs so much between trials that its mean is not reliable.
fn uneven(groups: &[(String, f64, &Outcome)], classifies: bool) -> Option<String> {
    let of_group = |(name, _, outcome): &(String, f64, &Outcome)| {
        let half = outcome.single.half_width(outcome.trials);
        let share = half / outcome.single.mean;
        (outcome.trials >= FEW && share > WIDE).then(|| (name.clone(), share))
    };
    let found: Vec<(String, f64)> = groups.iter().filter_map(of_group).collect();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    let most = found.iter().map(|(_, share)| *share).reduce(f64::max)?;
    let other = match classifies {
        true => "Take more trials or rows.",
        false => "Take more trials or rows, or a label with fewer extremes, such as its logarithm.",
    };
    Some(format!(
        "The error alone of {} differs so much between trials (± {} % of its mean) that few trials \
         decide the gain. {other}",
        listed(&names),
        digits(100.0 * most)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::Risks;

    #[test]
    fn a_mean_that_a_few_trials_turn_is_cautioned_against() {
        let outcome = |large: f64| {
            let risk = |i: usize| if i.is_multiple_of(8) { large } else { 0.5 };
            let risks: Vec<Risks> =
                (0..800).map(|i| Risks { single: 1.0, multi: risk(i) }).collect();
            Outcome::of(&risks).unwrap()
        };
        let said = opposed(&outcome(20.0)).unwrap();
        assert!(said.contains("in 700 of 800 training together lowers the error"), "{said}");
        assert_eq!(opposed(&outcome(1.0)), None);
    }
}
