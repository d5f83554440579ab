//! Figure 3 of the paper and the one-knob pictures, measured and predicted, against tables from an
//! independent reference.

use crate::support::common::{outcome, prediction, preset, set, with_trials};
use taskscope::scenario::Scenario;
use taskscope::transfer::{Outcome, Verdict};

/// Value of a knob, gain, half of its 95 % interval (half a last digit if none is tabulated).
type Row = (f64, f64, f64);

/// Trials behind each gain: with a third of those that most presets ask for, intervals are wider,
/// and every verdict in the tables is still beyond doubt.
const TRIALS: usize = 32;

fn scenario(name: &str) -> Scenario {
    with_trials(&preset(name), TRIALS)
}

/// The outcome at a value of a knob. Its gain must agree with the tabulated one within both
/// intervals.
fn meets(scenario: &Scenario, knob: &str, (value, gain, half_width): Row) -> Outcome {
    let outcome = outcome(&set(scenario, knob, value));
    let found = outcome.gain.unwrap();
    assert!(
        (found.mean - gain).abs() <= found.half_width() + half_width,
        "{knob} = {value}: {:.3} ± {:.3} instead of {gain} ± {half_width}",
        found.mean,
        found.half_width()
    );
    outcome
}

/// Checks a table of source rows, gain, half of its interval, share helped, predicted gain.
fn figure(name: &str, table: &[(f64, f64, f64, f64, f64)]) {
    let scenario = scenario(name);
    for &(rows, gain, half_width, helped, predicted) in table {
        let outcome = meets(&scenario, "source.samples", (rows, gain, half_width));
        assert!((outcome.helped - helped).abs() < 0.17, "m = {rows}: {} helped", outcome.helped);
        if gain.abs() > 2.0 * half_width {
            let sign = if gain > 0.0 { Verdict::Helps } else { Verdict::Hurts };
            assert_eq!(outcome.verdict, sign, "m = {rows}");
        }
        let theory = prediction(&set(&scenario, "source.samples", rows)).gain;
        assert!((theory - predicted).abs() <= 0.03, "m = {rows}: theory {theory}, not {predicted}");
    }
}

#[test]
fn a_source_with_the_covariance_of_the_target_helps_from_the_first_rows() {
    figure(
        "fig3-task2",
        &[
            (20.0, 0.056, 0.011, 0.82, 0.059),
            (200.0, 0.340, 0.021, 0.99, 0.335),
            (400.0, 0.457, 0.020, 0.99, 0.449),
            (1e6, 0.572, 0.014, 1.0, 0.566),
        ],
    );
}

#[test]
fn a_source_that_is_loud_elsewhere_hurts_with_few_rows_and_helps_with_many() {
    figure(
        "fig3-task3",
        &[
            (20.0, -0.273, 0.025, 0.01, -0.280),
            (200.0, 0.014, 0.028, 0.52, 0.008),
            (400.0, 0.164, 0.026, 0.86, 0.151),
            (1e6, 0.520, 0.016, 1.0, 0.498),
        ],
    );
}

#[test]
fn a_source_with_other_axes_hurts_with_few_rows_and_helps_with_many() {
    figure(
        "fig3-task4",
        &[
            (20.0, -0.281, 0.026, 0.0, -0.296),
            (200.0, 0.012, 0.025, 0.57, 0.003),
            (400.0, 0.155, 0.023, 0.86, 0.148),
            (1e6, 0.510, 0.015, 1.0, 0.500),
        ],
    );
}

#[test]
fn with_a_random_pair_the_same_covariance_hurts_the_more_the_more_rows() {
    let scenario = scenario("random-pair");
    for row in [(20.0, -2.8, 0.5), (400.0, -56.0, 9.0), (1e6, -193.0, 32.0)] {
        assert_eq!(meets(&scenario, "source.samples", row).verdict, Verdict::Hurts);
    }
}

#[test]
fn with_a_random_pair_a_source_that_is_loud_elsewhere_helps_first_and_hurts_later() {
    let scenario = scenario("random-pair-turned");
    for row in [(20.0, 0.10, 0.02), (400.0, 0.48, 0.03), (2e4, 0.67, 0.02)] {
        assert_eq!(meets(&scenario, "source.samples", row).verdict, Verdict::Helps);
    }
    let late = meets(&scenario, "source.samples", (1e6, -9.0, 2.0));
    assert_eq!(late.verdict, Verdict::Hurts);
}

#[test]
fn labels_that_agree_help_labels_at_an_angle_hurt_and_opposite_labels_help_again() {
    let scenario = scenario("two-tasks");
    let table = [
        (0.0, 0.93, 0.005),
        (15.0, 0.70, 0.02),
        (25.0, 0.29, 0.05),
        (30.0, 0.03, 0.07),
        (35.0, -0.27, 0.09),
        (45.0, -0.94, 0.13),
        (60.0, -2.0, 0.2),
        (90.0, -3.2, 0.3),
        (150.0, 0.04, 0.06),
        (180.0, 0.93, 0.005),
    ];
    for row in table {
        meets(&scenario, "source.angle", row);
    }
    let verdict = |angle| outcome(&set(&scenario, "source.angle", angle)).verdict;
    for angle in [0.0, 15.0, 25.0, 155.0, 165.0, 180.0] {
        assert_eq!(verdict(angle), Verdict::Helps, "{angle}°");
    }
    for angle in [31.0, 149.0] {
        assert_eq!(verdict(angle), Verdict::NoDifference, "{angle}°");
    }
    for angle in [40.0, 60.0, 90.0, 120.0, 140.0] {
        assert_eq!(verdict(angle), Verdict::Hurts, "{angle}°");
    }
}

#[test]
fn turning_only_the_data_takes_a_source_from_helping_to_hurting() {
    let scenario = with_trials(&preset("turning-data"), 50);
    let table = [
        ((0.0, 0.19, 0.02), Verdict::Helps),
        ((10.0, 0.12, 0.005), Verdict::Helps),
        ((15.0, 0.05, 0.02), Verdict::Helps),
        ((20.0, 0.00, 0.02), Verdict::NoDifference),
        ((30.0, -0.08, 0.02), Verdict::Hurts),
        ((45.0, -0.14, 0.03), Verdict::Hurts),
        ((60.0, -0.17, 0.005), Verdict::Hurts),
        ((90.0, -0.18, 0.03), Verdict::Hurts),
    ];
    for (row, verdict) in table {
        assert_eq!(meets(&scenario, "source.rotation", row).verdict, verdict, "{}°", row.0);
    }
}
