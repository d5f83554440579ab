//! The words of an advice page, which must follow from its numbers.

use crate::support::common;
use taskscope::advice::{
    self, Advice, AdviceTrials, BY_VALIDATION, Candidate, ConfirmedPlan, PagePictures, Plan,
    PlannedModel, Recommendation, RowsPoint, TaskGain,
};
use taskscope::figure;
use taskscope::math::stats::Interval;
use taskscope::method::Weighting;

fn around(mean: f64, half: f64) -> Interval {
    Interval { mean, low: mean - half, high: mean + half }
}

/// Advice on three tasks whose plans have these gains: the best one, all together at width 2 and
/// at width 1.
fn found(gains: [Option<Interval>; 3], recommendation: Recommendation) -> Advice {
    let plans = [(3, 2, Weighting::Svd), (3, 2, Weighting::Uniform), (3, 1, Weighting::Uniform)]
        .map(|(tasks, width, weights)| Plan::together(tasks, width, weights));
    let names = [BY_VALIDATION, "all together, best width", "all together, width 1"];
    let confirmed = |((name, plan), gain): ((&str, Plan), Option<Interval>)| ConfirmedPlan {
        name: name.to_owned(),
        plan,
        gain,
        tasks: vec![TaskGain { alone: 0.5, planned: 0.45, gain, saved: around(0.05, 0.01) }; 3],
    };
    let point = |share: f64, gain| RowsPoint {
        share,
        rows: 100.0 * share,
        trials: if share == 1.0 { 40 } else { 20 },
        gain,
    };
    Advice {
        caution: None,
        tasks: ["a", "b", "c"].map(str::to_owned).to_vec(),
        rows: vec![100; 3],
        available: vec![100; 3],
        validation_rows: 30,
        test_rows: 60,
        constant: vec![1.0; 3],
        classification: false,
        drawn_splits: true,
        trials: AdviceTrials::default(),
        recommendation,
        candidates: vec![Candidate { plan: Plan::alone(3), validation: around(0.0, 0.0) }],
        curve: vec![point(0.5, Some(around(0.02, 0.03))), point(1.0, gains[0])],
        confirmed: names.into_iter().zip(plans).zip(gains).map(confirmed).collect(),
    }
}

fn page(advice: &Advice) -> String {
    advice::markdown(advice, "three", "taskscope advise three.csv", &PagePictures::default())
}

#[test]
fn the_headline_of_a_plan_says_what_its_interval_says() {
    let other = [Some(around(-0.01, 0.01)); 2];
    let of = |gain: Option<Interval>, recommendation| {
        found([gain, other[0], other[1]], recommendation).headline()
    };
    let said = of(Some(around(0.1, 0.02)), Recommendation::Together);
    assert!(
        said.starts_with("Train a, b and c together") && said.contains("+10 % ± 2.0"),
        "{said}"
    );
    let said = of(Some(around(0.0004, 0.0003)), Recommendation::Negligible);
    assert!(said.contains("alone") && said.contains("+0.04 % ± 0.03: less than 1 %"), "{said}");
    let said = of(Some(around(-0.072, 0.063)), Recommendation::Alone);
    assert!(said.contains("loses: its gain is −7.2 % ± 6.3"), "{said}");
    let said = of(Some(around(0.004, 0.005)), Recommendation::Alone);
    assert!(said.contains("does not gain 1 % of the error: +0.4 % ± 0.5"), "{said}");
    let said = of(Some(around(0.01, 0.015)), Recommendation::Alone);
    assert!(said.contains("No plan that was confirmed gains more than 2.5 %"), "{said}");
    assert!(said.contains("gains +1.0 % ± 1.5"), "{said}");
    let said = of(None, Recommendation::Alone);
    assert!(said.contains("makes larger errors"), "{said}");
    let said = of(Some(around(0.03, 0.06)), Recommendation::Unsure);
    assert!(said.starts_with("Too few rows to say. "), "{said}");
    let few =
        Advice { test_rows: 10, ..found([Some(around(0.3, 0.1)); 3], Recommendation::TooFewRows) };
    assert!(few.headline().contains("the smallest test part has 10 rows"), "{}", few.headline());
}

#[test]
fn a_plan_names_its_groups_first_and_does_not_list_many_tasks_alone() {
    let names: Vec<String> = (0..9).map(|i| format!("t{i}")).collect();
    let plan = |alone: usize| Plan {
        models: (0..alone)
            .map(PlannedModel::alone)
            .chain([PlannedModel::together(&[alone, alone + 1], 1, Weighting::Uniform)])
            .collect(),
    };
    let together = |i: usize| format!("t{i} and t{} together, width 1, uniform weights", i + 1);
    assert_eq!(plan(1).words(&names), format!("{}; t0 alone", together(1)));
    assert_eq!(plan(3).words(&names), format!("{}; t0, t1 and t2 each alone", together(3)));
    let said = format!("{}; each of the other 7 tasks alone", together(7));
    assert_eq!(plan(7).words(&names), said);
}

#[test]
fn a_page_says_which_plan_the_validation_rows_chose_if_another_is_better_on_the_test_rows() {
    let gains = [Some(around(0.06, 0.015)), Some(around(0.0, 0.01)), Some(around(-0.017, 0.013))];
    let mut advice = found(gains, Recommendation::Together);
    assert!(!page(&advice).contains("chose another plan"));
    advice.confirmed[0].name = "all together, width 1, raw losses".to_owned();
    advice.confirmed[2].name = BY_VALIDATION.to_owned();
    let said = page(&advice);
    assert!(said.starts_with("# Advice: three\n\n**Train a, b and c together"), "{said}");
    assert!(said.contains("The validation rows chose another plan: a, b and c together"), "{said}");
    assert!(said.contains("−1.7 % ± 1.3 on the test rows"), "{said}");
    let same = Advice { drawn_splits: false, ..advice };
    assert!(page(&same).contains("more trials do not make that choice surer"));
}

#[test]
fn features_that_hardly_predict_the_labels_are_named() {
    let gains = [Some(around(0.05, 0.01)); 3];
    let mut advice = found(gains, Recommendation::Together);
    assert!(!page(&advice).contains("hardly predict"));
    advice.confirmed[0].tasks[1].alone = 0.987;
    let said = page(&advice);
    assert!(
        said.contains("hardly predict the labels of b: alone, the error is at least 98 %"),
        "{said}"
    );
    advice.confirmed[0].tasks.iter_mut().for_each(|task| task.alone = 1.01);
    assert!(page(&advice).contains("hardly predict any of these labels"));
}

#[test]
fn what_more_rows_change_is_told_only_if_the_intervals_tell_it() {
    let with = |few: Interval, many: Interval| {
        let mut advice = found([Some(many); 3], Recommendation::Together);
        advice.curve[0].gain = Some(few);
        advice.findings()[1].clone()
    };
    let said = with(around(0.02, 0.03), around(0.05, 0.02));
    assert!(said.starts_with("With fewer rows no change can be told"), "{said}");
    assert!(said.contains("+5.0 % ± 2.0 with 100 rows a task and +2.0 % ± 3.0 with 50"), "{said}");
    assert!(
        with(around(0.2, 0.03), around(0.05, 0.02)).contains("fewer rows this plan gains more")
    );
    assert!(
        with(around(0.01, 0.01), around(0.05, 0.02)).contains("fewer rows this plan gains less")
    );
    assert!(
        with(around(-0.4, 0.03), around(-0.2, 0.02)).contains("fewer rows this plan loses more")
    );
    assert!(
        with(around(-0.1, 0.03), around(-0.2, 0.02)).contains("fewer rows this plan loses less")
    );
}

#[test]
fn the_page_gives_one_number_for_one_plan_at_one_number_of_rows() {
    let advice = found([Some(around(0.05, 0.01)); 3], Recommendation::Together);
    let page = page(&advice);
    assert_eq!(page.matches("0, the baseline").count(), 2, "{page}");
    assert!(page.contains("| 100 | 40 | +5.0 % ± 1.0 |"), "{page}");
}

#[test]
fn the_figure_of_rows_says_how_many_trials_stand_behind_every_point() {
    let advice = found([Some(around(0.05, 0.01)); 3], Recommendation::Together);
    let figure = figure::advice::rows(&common::preset("ratings"), &advice).unwrap();
    assert!(
        figure.caption.contains("n = 20 trials per point, 40 at 100 rows,"),
        "{}",
        figure.caption
    );
    let legend: Vec<String> = figure.legend().into_iter().map(|entry| entry.text).collect();
    assert!(legend.iter().any(|text| text.contains("n = 20 to 40")), "{legend:?}");
}
